"""Reading answers through a form."""

from dataclasses import replace
from typing import Any

import pytest

from surveys.engine import (
    Cell,
    Choice,
    ChoiceList,
    Context,
    EvaluationError,
    ExpressionError,
    Group,
    Kind,
    MissingCode,
    Question,
    Repeat,
    Table,
    TableTotals,
    Totals,
    UnknownPath,
    initial_answers,
)
from tests.surveys.engine.factories import (
    CONTEXT,
    calculate,
    form,
    integer,
    select,
    several,
    state,
    text,
)

TABLE = form(
    Table(
        name="t",
        row_list="rows",
        totals=Totals.BOTH,
        closed="row() = 'south' and . = 'b'",
        columns=(
            integer("a", missing=(MissingCode.NOT_APPLICABLE, MissingCode.NOT_YET)),
            integer("b"),
            integer("both", calculation="${a} + coalesce(${b}, 0)"),
            text("note"),
        ),
    ),
    calculate("total", "sum(${a})"),
    calculate("north", "cell(${a}, 'north')"),
)
FILLED = {"t": {"north": {"a": "1", "b": "2"}, "south": {"a": "4", "b": "9"}}}


def test_values_come_out_as_they_are_stored():
    compiled = form(
        integer("n"),
        Question(name="d", kind=Kind.DATE),
        select("s", "yes_no"),
        several("m", "colours"),
    )
    stored = {"n": "5", "d": "2026-01-02", "s": "yes", "m": ["red", "blue"]}

    assert {name: state(compiled, stored).value(name) for name in stored} == stored


def test_a_hidden_answer_reads_as_blank_and_stays_stored():
    compiled = form(
        select("q", "yes_no"), integer("n", relevant="${q} = 'yes'"), calculate("c", "${n} + 1")
    )
    hidden = state(compiled, {"q": "no", "n": "5"})

    assert not hidden.is_relevant("n")
    assert (hidden.value("n"), hidden.value("c")) == (None, None)
    assert hidden.cell("n") == Cell(value="5")


def test_relevance_is_inherited_from_the_group():
    compiled = form(
        select("q", "yes_no"),
        Group(
            name="g", relevant="${q} = 'yes'", children=(Group(name="h", children=(integer("n"),)),)
        ),
    )

    assert not state(compiled, {"n": "5"}).is_relevant("n")
    assert state(compiled, {"n": "5", "q": "yes"}).is_relevant("n")


def test_a_missing_code_reads_as_blank():
    compiled = form(
        integer("n", missing=(MissingCode.NOT_YET,)), calculate("c", "missing-code(${n})")
    )
    missing = state(compiled, {"n": "5"}, remarks={"n": {"missing": "CCSL"}})

    assert missing.value("n") is None
    assert missing.value("c") == "CCSL"
    assert missing.cell("n") == Cell(value="5", missing="CCSL")


def test_unreadable_text_reads_as_blank():
    typed = state(form(integer("n")), {}, typed={"n": "năm"})

    assert typed.value("n") is None
    assert typed.cell("n") == Cell(typed="năm")


def test_inside_a_table_a_column_is_the_same_rows_cell():
    assert state(TABLE, FILLED).value("t/north/both") == "3"


def test_outside_a_table_a_column_is_a_sequence_and_cell_one_of_it():
    filled = state(TABLE, FILLED)

    assert (filled.value("total"), filled.value("north")) == ("5", "1")


def test_a_closed_cell_is_grey_and_reads_as_blank():
    filled = state(TABLE, FILLED)

    assert filled.is_closed("t/south/b")
    assert filled.value("t/south/b") is None
    assert filled.value("t/south/both") == "4"


def test_closed_may_hang_on_a_cell_of_the_same_row():
    compiled = form(
        Table(
            name="t",
            row_list="rows",
            closed="${has} = 'no' and . != 'has'",
            columns=(select("has", "yes_no"), integer("n")),
        )
    )
    filled = state(compiled, {"t": {"north": {"has": "no", "n": "3"}, "south": {"has": "yes"}}})

    assert [filled.is_closed(f"t/{row}/n") for row in ("north", "south")] == [True, False]
    assert not filled.is_closed("t/north/has")


def test_totals_add_rows_columns_and_the_whole_leaving_closed_cells_out():
    assert state(TABLE, FILLED).totals("t") == TableTotals(
        {"north": "3", "south": "4"}, {"a": "5", "b": "2", "both": "7"}, "7"
    )


def test_a_total_is_blank_while_a_cell_is_blank():
    totals = state(TABLE, {"t": {"north": {"a": "1", "b": "2"}}}).totals("t")

    assert totals == TableTotals(
        {"north": "3", "south": None}, {"a": None, "b": "2", "both": None}, None
    )


@pytest.mark.parametrize(("code", "total"), [("KAD", "1"), ("CCSL", None)])
def test_only_not_applicable_lets_a_total_go_on(code: str, total: str | None):
    remarks = {"t/south/a": {"missing": code}}
    totals = state(TABLE, {"t": {"north": {"a": "1"}}}, remarks=remarks).totals("t")

    assert totals.columns["a"] == total


REPEAT = form(
    integer("wanted"),
    Repeat(
        name="team",
        children=(
            text("title"),
            integer("size", default="1"),
            calculate("place", "position(..)"),
            calculate("double", "${size} * 2"),
        ),
    ),
    Repeat(name="counted", repeat_count="${wanted}", children=(integer("item"),)),
    calculate("sizes", "sum(${size})"),
    calculate("teams", "count(${team})"),
    calculate("second", "indexed-repeat(${title}, ${team}, 2)"),
)
TEAMS: dict[str, Any] = {
    "team": [{"_id": "x", "title": "Một", "size": "3"}, {"_id": "y", "title": "Hai", "size": "4"}]
}


def test_inside_a_repeat_a_question_is_the_same_rows_answer():
    assert state(REPEAT, TEAMS).value("team/y/double") == "8"


def test_outside_a_repeat_a_question_is_the_sequence():
    filled = state(REPEAT, TEAMS)

    assert [filled.value(name) for name in ("sizes", "teams", "second")] == ["7", "2", "Hai"]


def test_position_counts_rows_from_one():
    assert state(REPEAT, TEAMS).value("team/y/place") == "2"


def test_a_counted_repeat_has_as_many_rows_as_its_count_says():
    filled = state(REPEAT, {"wanted": "2", "counted": [{"_id": "k", "item": "1"}]})

    assert filled.rows("counted") == ("k", "1")


def test_a_lower_count_only_puts_surplus_rows_to_rest():
    stored = {"wanted": "1", "counted": [{"_id": "k", "item": "1"}, {"_id": "l", "item": "2"}]}
    filled = state(REPEAT, stored)

    assert filled.rows("counted") == ("k",)
    assert not filled.is_relevant("counted/l/item")
    assert filled.cell("counted/l/item") == Cell(value="2")
    assert filled.submission()["counted"] == [{"_id": "k", "item": "1"}]


def test_previous_is_the_answer_of_the_round_before():
    compiled = form(
        integer("n"),
        calculate("grown", "${n} - previous(${n})"),
        Table(
            name="t", row_list="rows", columns=(integer("c"), calculate("was", "previous(${c})"))
        ),
    )
    before = {"n": "10", "t": {"north": {"c": "7"}}}
    context = Context(CONTEXT.today, CONTEXT.now, previous=before)
    filled = state(compiled, {"n": "12"}, context=context)

    assert (filled.value("grown"), filled.value("t/north/was")) == ("2", "7")
    assert state(compiled, {"n": "12"}).value("grown") is None


@pytest.mark.parametrize(
    ("previous", "expected"),
    [
        (None, None),
        ({}, None),
        ({"r": [{"_id": "y", "n": "7"}, {"_id": "x", "n": "3"}]}, "3"),
        ({"r": [{"_id": "z", "n": "7"}]}, None),
        ({"r": [{"_id": "x", "n": "bảy"}]}, None),
    ],
)
def test_previous_in_a_row_is_the_answer_of_the_row_with_the_same_id(previous, expected):
    compiled = form(Repeat(name="r", children=(integer("n"), calculate("was", "previous(${n})"))))
    context = Context(CONTEXT.today, CONTEXT.now, previous=previous)

    assert state(compiled, {"r": [{"_id": "x"}]}, context=context).value("r/x/was") == expected


@pytest.mark.parametrize(
    ("count", "rows"),
    [
        (None, ()),
        ("0", ()),
        ("-2", ()),
        ("2.9", ("k", "1")),
        ("3", ("k", "1", "2")),
    ],
)
def test_rows_that_a_count_promises_have_the_numbers_that_are_free(count, rows):
    compiled = form(
        Question(name="n", kind=Kind.DECIMAL),
        Repeat(name="r", repeat_count="${n}", children=(text("a"),)),
    )
    stored = {"n": count, "r": [{"_id": "k"}, {"_id": "1"}]}

    assert state(compiled, stored).rows("r") == rows


def test_a_count_promises_a_thousand_rows_at_most():
    compiled = form(Repeat(name="r", repeat_count="5000", children=(text("a"),)))

    assert len(state(compiled).rows("r")) == 1_000


def test_a_hidden_repeat_or_table_has_no_rows():
    compiled = form(
        Repeat(name="r", relevant="1 = 2", children=(integer("a"),)),
        Table(name="t", row_list="rows", relevant="1 = 2", columns=(integer("b"),)),
        calculate("c", "count(${r}) + count(${t}) + sum(${a}) + sum(${b})"),
    )
    read = state(compiled, {"r": [{"_id": "x", "a": "1"}], "t": {"north": {"b": "2"}}})

    assert (read.rows("r"), read.rows("t"), read.value("c")) == ((), (), "0")
    assert (read.value("r/x/a"), read.value("t/north/b")) == (None, None)
    assert not read.is_relevant("r/x/a")


@pytest.mark.parametrize(
    ("question", "is_read_only"),
    [
        (integer("a"), False),
        (integer("a", read_only="yes"), True),
        (integer("a", read_only="${b} = 1"), True),
        (integer("a", read_only="${b} = 2"), False),
        (integer("a", calculation="${b} + 1"), True),
        (Question(name="a", kind=Kind.NOTE), True),
        (Question(name="a", kind=Kind.HIDDEN), True),
    ],
)
def test_a_person_may_type_where_nothing_else_writes(question: Question, is_read_only: bool):
    assert state(form(question, integer("b")), {"b": "1"}).is_read_only("a") is is_read_only


def test_a_condition_that_cannot_be_worked_out_leaves_a_cell_open_and_is_told():
    table = Table(
        name="t", row_list="rows", closed="date(${a}) < today()", columns=(text("a"), integer("b"))
    )
    read = state(form(table), {"t": {"north": {"a": "nie"}, "south": {"a": "2020-01-01"}}})

    assert (read.is_closed("t/north/b"), read.is_closed("t/south/b")) == (False, True)


def test_a_missing_code_of_what_is_not_asked_reads_as_blank():
    asked = integer("n", missing=(MissingCode.NOT_YET,), relevant="${q} = 1")
    compiled = form(integer("q"), asked, calculate("c", "missing-code(${n})"))
    remarks = {"n": {"missing": "CCSL"}}

    assert state(compiled, {"q": "1"}, remarks=remarks).value("c") == "CCSL"
    assert state(compiled, {"q": "2"}, remarks=remarks).value("c") is None


def test_a_missing_code_is_that_of_the_same_row():
    row = (integer("n", missing=(MissingCode.NOT_YET,)), calculate("c", "missing-code(${n})"))
    compiled = form(Repeat(name="r", children=row))
    read = state(
        compiled, {"r": [{"_id": "x"}, {"_id": "y"}]}, remarks={"r/y/n": {"missing": "CCSL"}}
    )

    assert (read.value("r/x/c"), read.value("r/y/c")) == (None, "CCSL")


@pytest.mark.parametrize(
    ("name", "error"),
    [("q", UnknownPath), ("team", UnknownPath), ("none", UnknownPath)],
)
def test_only_tables_have_totals(name: str, error: type[Exception]):
    compiled = form(integer("q"), Repeat(name="team", children=(text("a"),)))

    with pytest.raises(error):
        state(compiled).totals(name)


@pytest.mark.parametrize(
    ("kind", "calculation", "value"),
    [
        (Kind.INTEGER, "'5'", "5"),
        (Kind.INTEGER, "'năm'", None),
        (Kind.INTEGER, "1 = 1", "1"),
        (Kind.TEXT, "1 + 1", "2"),
        (Kind.TEXT, "1 = 1", "true"),
        (Kind.TEXT, "today()", "2026-11-05"),
        (Kind.SELECT_ONE, "'red'", "red"),
        (Kind.SELECT_MULTIPLE, "'red blue'", ["red", "blue"]),
        (Kind.SELECT_MULTIPLE, "''", None),
        (Kind.SELECT_MULTIPLE, "concat(' ', '')", None),
        (Kind.DATE, "now()", "2026-11-05"),
        (Kind.DATE, "20000", "2024-10-04"),
        (Kind.DATE, "concat('nie', '')", None),
        (Kind.DATETIME, "today()", "2026-11-05T00:00"),
        (Kind.TIME, "'09:30'", "09:30"),
        (Kind.TIME, "concat('nie', '')", None),
        (Kind.CALCULATE, "1 = 1", True),
        (Kind.CALCULATE, "today()", "2026-11-05"),
    ],
)
def test_a_computed_answer_is_of_the_type_of_its_question(kind, calculation, value):
    listed = kind in {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE}
    question = Question(
        name="a", kind=kind, list_name="colours" if listed else "", calculation=calculation
    )

    assert state(form(question)).value("a") == value


@pytest.mark.parametrize(
    ("kind", "stored", "value"),
    [
        (Kind.INTEGER, 5, "5"),
        (Kind.INTEGER, "5.0", "5"),
        (Kind.INTEGER, "", None),
        (Kind.INTEGER, "1e3", None),
        (Kind.DECIMAL, "0.10", "0.1"),
        (Kind.TEXT, "a\u0301", "á"),
        (Kind.TEXT, 5, "5"),
        (Kind.ACKNOWLEDGE, True, "OK"),
        (Kind.ACKNOWLEDGE, False, None),
        (Kind.FILE, ["x.pdf", "y.pdf"], ["x.pdf", "y.pdf"]),
        (Kind.FILE, [], None),
        (Kind.SELECT_ONE, ["red"], "red"),
        (Kind.SELECT_ONE, ["red", "blue"], None),
        (Kind.SELECT_MULTIPLE, "red blue", ["red", "blue"]),
        (Kind.SELECT_MULTIPLE, [1, 2], ["1", "2"]),
        (Kind.SELECT_MULTIPLE, " ", None),
        (Kind.DATE, "2026-02-30", None),
        (Kind.DATE, "2026-1-2", "2026-01-02"),
        (Kind.TIME, "9:05", "09:05"),
        (Kind.DATETIME, "2026-01-02", "2026-01-02T00:00"),
        (Kind.DATETIME, "2026-01-02T00:00Z", "2026-01-02T07:00"),
    ],
)
def test_a_stored_answer_reads_as_its_type_or_as_blank(kind, stored, value):
    listed = kind in {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE}
    question = Question(name="a", kind=kind, list_name="colours" if listed else "")

    assert state(form(question), {"a": stored}).value("a") == value


@pytest.mark.parametrize(
    ("stored", "value"),
    [(True, True), (7, "7"), ("5", "5"), (["a", "b"], ["a", "b"]), ("", None)],
)
def test_a_stored_calculation_keeps_its_own_type(stored, value):
    compiled = form(integer("n"), calculate("a", "once(${n})"))

    assert state(compiled, {"a": stored}).value("a") == value


def test_a_column_of_a_long_chain_is_read_in_its_row():
    chain = [integer("c0")]
    chain += [integer(f"c{i}", calculation=f"${{c{i - 1}}} + 1") for i in range(1, 200)]
    compiled = form(Table(name="t", row_list="rows", columns=tuple(chain)))
    read = state(compiled, {"t": {"north": {"c0": "1"}, "south": {"c0": "1000"}}})

    assert [read.value(f"t/{row}/c199") for row in ("north", "south")] == ["200", "1199"]


def test_a_missing_code_of_a_row_that_is_not_asked_reads_as_blank():
    row = (
        integer("q"),
        integer("n", missing=(MissingCode.NOT_YET,), relevant="${q} = 1"),
        calculate("c", "missing-code(${n})"),
    )
    rows = [{"_id": "x", "q": "1"}, {"_id": "y", "q": "2"}]
    remarks = {f"r/{each}/n": {"missing": "CCSL"} for each in "xy"}
    read = state(form(Repeat(name="r", children=row)), {"r": rows}, remarks=remarks)

    assert [read.value(f"r/{each}/c") for each in "xy"] == ["CCSL", None]


def test_the_row_of_a_table_is_a_choice_of_its_list():
    names = integer("a"), calculate("label", "jr:choice-name(row(), '${which}')")
    compiled = form(select("which", "rows"), Table(name="t", row_list="rows", columns=names))

    assert state(compiled).value("t/north/label") == "Nhãn north"


def test_a_submission_keeps_the_cells_of_a_table_in_their_rows():
    stored = {"t": {"north": {"a": "1"}, "south": {"b": "9", "a": "4"}}}

    assert state(TABLE, stored).submission()["t"] == {
        "north": {"a": "1", "both": "1"},
        "south": {"a": "4", "both": "4"},
    }


def test_cells_that_are_not_asked_are_left_out_of_totals():
    columns = (integer("a", relevant="${q} = 1"), integer("b"))
    table = Table(name="t", row_list="rows", totals=Totals.BOTH, columns=(integer("q"), *columns))
    cells = {"north": {"q": "1", "a": "5", "b": "1"}, "south": {"q": "2", "a": "7", "b": "2"}}

    assert state(form(table), {"t": cells}).totals("t").columns == {"q": "3", "a": "5", "b": "3"}


def test_choices_are_filtered_by_their_columns():
    provinces = ChoiceList(
        "p", tuple(Choice(code, {}, extra={"region": code[0]}) for code in ("a1", "a2", "b1"))
    )
    compiled = form(
        text("region"), select("p", "p", choice_filter="region = ${region}"), lists={"p": provinces}
    )

    assert [c.name for c in state(compiled, {"region": "a"}).choices("p")] == ["a1", "a2"]


def test_a_lookup_takes_the_first_item_that_meets_its_condition():
    provinces = ChoiceList("p", (Choice("a", {"vi": "An"}, extra={"zone": "3"}),))
    compiled = form(
        text("q"),
        calculate("zone", "instance('p')/root/item[name = ${q}]/zone"),
        lists={"p": provinces},
    )

    assert state(compiled, {"q": "a"}).value("zone") == "3"
    assert state(compiled, {"q": "b"}).value("zone") is None


def test_a_choice_name_is_the_label_in_the_default_language():
    compiled = form(select("q", "yes_no"), calculate("c", "jr:choice-name(${q}, '${q}')"))
    english = Context(CONTEXT.today, CONTEXT.now, language="en")

    assert state(compiled, {"q": "yes"}, context=english).value("c") == "Nhãn yes"
    assert state(compiled, {"q": "what"}).value("c") is None


def test_a_submission_drops_what_is_hidden_and_holds_what_is_computed():
    compiled = form(
        integer("n"),
        integer("hidden", relevant="false()"),
        calculate("c", "${n} > 1"),
        text("blank"),
    )

    assert state(compiled, {"n": "5", "hidden": "1"}).submission() == {"n": "5", "c": True}


def test_a_computed_question_is_read_only():
    filled = state(TABLE, FILLED)

    assert filled.is_read_only("t/north/both")
    assert not filled.is_read_only("t/north/a")


def test_defaults_are_evaluated_once_for_a_new_draft():
    compiled = form(
        text("plain", default="2024-01-01 (mẫu"),
        Question(name="day", kind=Kind.DATE, default="today()"),
        Question(name="fixed", kind=Kind.DATE, default="2026-02-03"),
        integer("carried", default="previous(${carried})"),
        select("s", "yes_no", default="yes"),
        Table(name="t", row_list="rows", columns=(integer("c", default="0"),)),
    )
    context = Context(CONTEXT.today, CONTEXT.now, previous={"carried": "9"})

    assert initial_answers(compiled, context) == {
        "plain": "2024-01-01 (mẫu",
        "day": "2026-11-05",
        "fixed": "2026-02-03",
        "carried": "9",
        "s": "yes",
        "t": {"north": {"c": "0"}, "south": {"c": "0"}},
    }


def test_an_expression_is_evaluated_over_the_whole_response():
    filled = state(TABLE, FILLED)

    assert filled.evaluate("sum(${a}) > 4") is True
    with pytest.raises(ExpressionError):
        filled.evaluate("${none}")
    with pytest.raises(EvaluationError):
        filled.evaluate("date(concat('x', ${total}))")


@pytest.mark.parametrize("path", ["none", "t", "a", "t/none", "x/north/a", "t/north/total"])
def test_a_path_that_leads_nowhere_is_an_error(path: str):
    with pytest.raises(UnknownPath):
        state(TABLE, FILLED).cell(path)


def test_a_chain_of_a_thousand_calculations_is_evaluated():
    chain = [integer("n0")]
    chain += [calculate(f"n{i}", f"${{n{i - 1}}} + 1") for i in range(1, 1_000)]

    assert state(form(*chain), {"n0": "1"}).value("n999") == "1000"


def test_a_chain_of_a_thousand_conditions_is_evaluated():
    chain = [integer("n0")]
    chain += [integer(f"n{i}", relevant=f"${{n{i - 1}}} = 1") for i in range(1, 1_000)]
    compiled = form(*chain, calculate("last", "${n999}"))
    filled = {f"n{i}": "1" for i in range(1_000)}

    assert state(compiled, filled).is_relevant("n999")
    assert state(compiled, filled).value("last") == "1"
    assert state(compiled, {**filled, "n0": "0"}).value("last") is None


def test_malformed_documents_read_as_blank():
    broken = {"t": ["x"], "total": 5}

    assert state(TABLE, broken).submission() == {"total": "0"}


def test_the_outcome_of_one_rule_is_asked_for_by_itself():
    asked = form(integer("a"), replace(integer("b"), relevant="${a} > 1", constraint=". > ${a}"))

    answered = state(asked, {"a": "1", "b": "3"})

    assert answered.outcome("b", "relevant") is False
    # What is hidden reads as blank, so that no check of it can hold.
    assert answered.outcome("b", "constraint") is False
    with pytest.raises(UnknownPath):
        answered.outcome("a", "relevant")
