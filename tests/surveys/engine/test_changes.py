"""What an edit stores and what follows from it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.engine import (
    Cell,
    Consequences,
    FormState,
    Group,
    Kind,
    MissingCode,
    Question,
    Repeat,
    RowExists,
    Table,
    Totals,
    UnknownPath,
)
from tests.surveys.engine.factories import (
    calculate,
    form,
    integer,
    select,
    several,
    state,
    text,
)


def test_a_cell_is_stored_without_touching_the_documents_given():
    answers: dict[str, Any] = {"t": {"north": {"a": "1"}}}
    edited = state(form(Table(name="t", row_list="rows", columns=(integer("a"),))), answers)

    edited.set("t/south/a", Cell(value="2"))

    assert edited.answers == {"t": {"north": {"a": "1"}, "south": {"a": "2"}}}
    assert answers == {"t": {"north": {"a": "1"}}}


def test_an_emptied_cell_leaves_no_trace():
    edited = state(
        form(Table(name="t", row_list="rows", columns=(integer("a"),))),
        {"t": {"north": {"a": "1"}}},
    )

    edited.set("t/north/a", Cell())

    assert (edited.answers, edited.remarks, edited.typed) == ({}, {}, {})


def test_a_missing_code_and_typed_text_lie_beside_the_answers():
    edited = state(
        form(integer("a", missing=(MissingCode.NOT_YET,)), integer("b")),
        remarks={"a": {"reason": "chờ"}},
    )

    edited.set("a", Cell(missing="CCSL"))
    edited.set("b", Cell(typed="năm"))

    assert edited.remarks == {"a": {"reason": "chờ", "missing": "CCSL"}}
    assert edited.typed == {"b": "năm"}


def test_nothing_but_the_question_changes_when_nothing_hangs_on_it():
    compiled = form(
        Group(name="g", children=(integer("a"),)), integer("b", relevant="${c} = 1"), integer("c")
    )

    changed = state(compiled).set("a", Cell(value="1"))

    assert changed.changed == {"a"}
    assert changed.sections == {"g"}


def test_what_hangs_on_an_answer_changes_with_it():
    compiled = form(
        select("q", "yes_no"),
        integer("n", relevant="${q} = 'yes'", required="yes"),
        calculate("c", "${n} * 2"),
        several("m", "colours", choice_filter="name != 'red' or ${q} = 'yes'"),
        integer("k", constraint=". < 3 or ${q} = 'yes'"),
        text("free"),
    )
    edited = state(compiled, {"n": "5", "k": "9"})

    changed = edited.set("q", Cell(value="yes"))

    assert changed.changed == {"q", "n", "c", "m", "k"}
    assert changed.redrawn == {"n"}


def test_following_stops_where_a_value_did_not_move():
    compiled = form(
        integer("n"), calculate("big", "${n} > 10"), calculate("text_of_it", "string(${big})")
    )

    assert state(compiled, {"n": "5"}).set("n", Cell(value="6")).changed == {"n"}
    assert state(compiled, {"n": "5"}).set("n", Cell(value="16")).changed == {
        "n",
        "big",
        "text_of_it",
    }


def test_in_a_table_only_the_same_row_follows_and_the_totals():
    compiled = form(
        Table(
            name="t",
            row_list="rows",
            totals=Totals.ROWS,
            columns=(integer("a"), integer("b"), integer("c", calculation="${a} + ${b}")),
        ),
        calculate("share", "${a_sum} * 2"),
        calculate("a_sum", "sum(${a})"),
    )
    filled = {"t": {row: {"a": "1", "b": "1"} for row in ("north", "south")}}

    changed = state(compiled, filled).set("t/north/a", Cell(value="5"))

    assert changed.changed == {"t/north/a", "t/north/c", "t", "a_sum", "share"}
    assert changed.redrawn == frozenset()


def test_a_table_that_comes_is_redrawn_whole():
    compiled = form(
        select("q", "yes_no"),
        Table(name="t", row_list="rows", relevant="${q} = 'yes'", columns=(integer("a"),)),
        calculate("all", "sum(${a})"),
    )
    changed = state(compiled, {"t": {"north": {"a": "2"}}}).set("q", Cell(value="yes"))

    assert changed.changed == {"q", "t", "all"}
    assert changed.redrawn == {"t"}


def test_a_changed_count_redraws_the_repeat():
    compiled = form(integer("n"), Repeat(name="r", repeat_count="${n}", children=(integer("a"),)))

    changed = state(compiled).set("n", Cell(value="2"))

    assert changed.changed == {"n", "r"}
    assert changed.redrawn == {"r"}


def test_editing_a_row_that_a_count_promises_makes_it():
    compiled = form(
        integer("n"), Repeat(name="r", repeat_count="${n}", children=(integer("a", default="0"),))
    )
    edited = state(compiled, {"n": "2"})

    edited.set("r/2/a", Cell(value="7"))

    assert edited.answers["r"] == [{"_id": "1", "a": "0"}, {"_id": "2", "a": "7"}]
    assert edited.rows("r") == ("1", "2")


def test_a_trigger_runs_its_calculation_only_when_the_question_changes():
    compiled = form(
        integer("a"),
        integer("b"),
        text("noted", calculation="concat(${a}, '-', ${b})", trigger="${a}"),
    )
    edited = state(compiled)

    edited.set("b", Cell(value="2"))
    assert edited.value("noted") is None
    changed = edited.set("a", Cell(value="1"))
    assert "noted" in changed.changed
    edited.set("b", Cell(value="3"))
    assert edited.value("noted") == "1-2"


def test_a_trigger_in_a_row_runs_the_calculation_of_that_row():
    row = (
        integer("a"),
        integer("b"),
        integer("noted", calculation="${a} * ${b}", trigger="${a}"),
    )
    edited = state(form(Repeat(name="r", children=row)), {"r": [{"_id": "x"}, {"_id": "y"}]})

    for name, value in (("x/b", "2"), ("y/b", "3"), ("y/a", "5")):
        edited.set(f"r/{name}", Cell(value=value))

    assert edited.answers["r"] == [
        {"_id": "x", "b": "2"},
        {"_id": "y", "b": "3", "a": "5", "noted": "15"},
    ]


def test_a_trigger_outside_a_repeat_runs_the_calculation_of_every_stored_row():
    row = (integer("b"), integer("noted", calculation="${a} * ${b}", trigger="${a}"))
    compiled = form(integer("a"), Repeat(name="r", children=row))
    edited = state(compiled, {"r": [{"_id": "x", "b": "2"}, {"_id": "y", "b": "3"}]})

    edited.set("a", Cell(value="10"))

    assert [edited.value(f"r/{each}/noted") for each in "xy"] == ["20", "30"]


def test_a_trigger_passes_what_it_triggers_on():
    compiled = form(
        integer("a"),
        integer("b", calculation="${a} + 1", trigger="${a}"),
        integer("c", calculation="${b} + 1", trigger="${b}"),
    )
    edited = state(compiled)

    changed = edited.set("a", Cell(value="1"))

    assert edited.answers == {"a": "1", "b": "2", "c": "3"}
    assert changed.changed == {"a", "b", "c"}


def test_a_question_that_is_triggered_without_a_calculation_is_emptied():
    edited = state(form(integer("a"), integer("b", trigger="${a}")), {"b": "5"})

    edited.set("a", Cell(value="1"))

    assert edited.answers == {"a": "1"}


def test_once_in_a_row_keeps_the_rows_first_value():
    row = (integer("n"), calculate("first", "once(${n})"))
    edited = state(form(Repeat(name="r", children=row)), {"r": [{"_id": "x"}, {"_id": "y"}]})

    for value in ("1", "2"):
        edited.set("r/y/n", Cell(value=value))

    assert edited.answers["r"] == [{"_id": "x"}, {"_id": "y", "n": "2", "first": "1"}]


def test_a_row_is_added_at_the_end_and_restored_at_its_place():
    edited = state(ROWS, TWO)

    edited.add_row("r", "z")
    edited.restore_row("r", "w", 1, {"a": "W", "unknown": "5", "n": None})

    assert edited.rows("r") == ("x", "w", "y", "z")
    assert edited.answers["r"][1] == {"_id": "w", "a": "W"}


def test_once_keeps_its_first_value():
    compiled = form(integer("n"), calculate("first", "once(${n})"))
    edited = state(compiled)

    edited.set("n", Cell(value="1"))
    edited.set("n", Cell(value="2"))

    assert edited.value("first") == "1"


ROWS = form(
    Repeat(
        name="r",
        children=(text("a"), integer("n", default="1"), calculate("place", "position(..)")),
    ),
    calculate("all", "sum(${n})"),
)
TWO = {"r": [{"_id": "x", "a": "X", "n": "1"}, {"_id": "y", "a": "Y", "n": "2"}]}


def test_an_added_row_starts_with_its_defaults():
    edited = state(ROWS, TWO)

    changed = edited.add_row("r", "z", values={"a": "Z"})

    assert edited.answers["r"][2] == {"_id": "z", "n": "1", "a": "Z"}
    assert {"r", "all"} <= changed.changed
    assert changed.redrawn == {"r"}


def test_a_deleted_row_can_be_put_back_in_its_place():
    edited = state(ROWS, TWO)

    edited.delete_row("r", "x")
    assert edited.value("r/y/place") == "1"
    edited.restore_row("r", "x", 0, {"a": "X", "n": "1"})

    assert edited.answers == TWO


def test_a_moved_row_takes_its_answers_along():
    edited = state(ROWS, TWO)

    edited.move_row("r", "y", 0)

    assert edited.rows("r") == ("y", "x")
    assert edited.value("r/y/place") == "1"


def test_row_edits_that_cannot_be_are_refused():
    edited = state(ROWS, TWO)

    with pytest.raises(RowExists):
        edited.add_row("r", "x")
    with pytest.raises(UnknownPath):
        edited.delete_row("r", "q")
    with pytest.raises(UnknownPath):
        edited.move_row("r", "q", 0)
    with pytest.raises(UnknownPath):
        edited.add_row("all", "x")
    with pytest.raises(UnknownPath):
        edited.set("r/q/a", Cell(value="1"))


def test_an_explanation_settles_a_soft_finding():
    edited = state(form(integer("n", warning=". < 5")), {"n": "9"})

    changed = edited.explain("n", explanation="Đúng như vậy")

    assert [finding.explained for finding in edited.findings()] == [True]
    assert changed.changed == {"n"}


WHOLE = form(
    integer("count"),
    select("q", "yes_no"),
    Group(
        name="g",
        relevant="${q} != 'no'",
        children=(
            integer("n", required="${q} = 'yes'", constraint=". <= ${limit}", warning=". > 1"),
            calculate("limit", "coalesce(${top}, 2) * 2"),
            integer("top"),
        ),
    ),
    Table(
        name="t",
        row_list="rows",
        totals=Totals.BOTH,
        relevant="${limit} > 2",
        closed="${a} = 0 and . = 'b'",
        constraint="sum(${a}) <= ${limit}",
        columns=(
            integer("a", missing=tuple(MissingCode)),
            integer("b", required="${a} > 1"),
            integer("c", calculation="${a} + coalesce(${b}, ${n})"),
            integer("d", calculation="cell(${c}, 'north') - 1"),
        ),
    ),
    Repeat(
        name="r",
        repeat_count="${count}",
        children=(
            integer("x", relevant="position(..) > 1 or ${q} = 'yes'"),
            calculate("y", "${x} + count(${r}) + sum(${a})"),
        ),
    ),
    calculate("z", "sum(${y}) + max(${b}) + indexed-repeat(${x}, ${r}, 2)"),
    several("m", "colours", choice_filter="name != 'red' or ${z} > 4"),
)
FIGURES = st.sampled_from(["0", "1", "2", "3"])
CELLS = st.one_of(
    st.builds(Cell, value=FIGURES),
    st.just(Cell()),
    st.just(Cell(missing="KAD")),
    st.just(Cell(typed="chữ")),
)
EDITS = st.one_of(
    st.tuples(st.just("q"), st.sampled_from(["yes", "no", None]).map(Cell)),
    st.tuples(st.just("m"), st.sampled_from([["red"], ["blue"], None]).map(Cell)),
    st.tuples(
        st.sampled_from(
            [
                "count",
                "n",
                "top",
                "t/north/a",
                "t/south/a",
                "t/north/b",
                "t/south/b",
                "r/1/x",
                "r/2/x",
            ]
        ),
        CELLS,
    ),
)
CELL_PATHS = [
    *("count", "q", "n", "limit", "top", "z", "m"),
    *(f"t/{row}/{column}" for row in ("north", "south") for column in "abcd"),
    *(f"r/{row}/{name}" for row in ("1", "2", "3") for name in "xy"),
]


def seen(filled: FormState) -> dict[str, Any]:
    """Everything a person can see, by path."""
    findings: dict[str, list[Any]] = {}
    for finding in filled.findings():
        findings.setdefault(finding.path, []).append(finding)
    view: dict[str, Any] = {
        path: (
            filled.value(path),
            filled.is_relevant(path),
            filled.is_required(path),
            filled.is_closed(path),
            filled.choices(path),
            findings.get(path),
        )
        for path in CELL_PATHS
    }
    view["g"] = filled.is_relevant("g")
    view["t"] = (filled.is_relevant("t"), filled.totals("t"), findings.get("t"))
    view["r"] = (filled.rows("r"), findings.get("r"))
    return view


@settings(deadline=None, max_examples=150)
@given(st.lists(EDITS, max_size=12))
def test_step_by_step_equals_from_scratch_and_consequences_name_all_that_changed(
    edits: list[tuple[str, Cell]],
):
    edited = state(WHOLE)
    before = seen(edited)
    for path, cell in edits:
        try:
            told = edited.set(path, cell)
        except UnknownPath:
            continue
        fresh = state(WHOLE, edited.answers, remarks=edited.remarks, typed=edited.typed)
        after = seen(edited)
        assert after == seen(fresh)
        assert edited.submission() == fresh.submission()
        assert moved_outside(told, before, after) <= told.changed
        before = after


@settings(deadline=None, max_examples=150)
@given(st.lists(EDITS, max_size=12))
def test_a_batch_stores_what_its_edits_store_and_names_all_that_they_changed(
    edits: list[tuple[str, Cell]],
):
    edited, alone = state(WHOLE), state(WHOLE)
    before, batch, met = seen(edited), edited.batch(), set[str]()
    for path, cell in edits:
        try:
            batch.set(path, cell)
        except UnknownPath:
            continue
        alone.set(path, cell)
        met.add(path)

    told = batch.consequences()

    assert seen(edited) == seen(alone)
    assert met | moved_outside(told, before, seen(edited)) <= told.changed


def test_a_batch_names_what_hangs_on_two_of_its_edits_once():
    edited = state(form(integer("a"), integer("b"), calculate("c", "${a} + ${b}")))
    batch = edited.batch()

    batch.set("a", Cell(value="1"))
    batch.set("b", Cell(value="2"))

    assert (sorted(batch.consequences().changed), edited.value("c")) == (["a", "b", "c"], "3")


def moved_outside(told: Consequences, before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """What is otherwise than before, but for what stands in places that are redrawn whole."""
    moved = {key for key in after if after[key] != before[key]}
    return {key for key in moved if key.partition("/")[0] not in told.redrawn or "/" not in key}


def test_a_date_question_keeps_an_iso_date():
    edited = state(form(Question(name="d", kind=Kind.DATE)))

    edited.set("d", edited.read_input("d", "25/12/2026"))

    assert edited.answers == {"d": "2026-12-25"}


def test_what_is_put_stands_as_if_it_were_set():
    compiled = form(
        integer("a"),
        calculate("b", "${a} + 1"),
        calculate("c", "${b} * 2", trigger="${a}"),
        Repeat(name="r", repeat_count="${a}", children=(integer("d"),)),
    )
    one, other = state(compiled), state(compiled)
    for path, value in (("a", "2"), ("r/2/d", "5"), ("a", "3")):
        one.set(path, Cell(value=value))
        other.put(path, Cell(value=value))

    assert (other.answers, other.submission()) == (one.answers, one.submission())
    assert one.value("c") == "8"
