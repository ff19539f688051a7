"""What is said about wrong answers."""

from typing import Any

import pytest

from surveys.engine import (
    Cell,
    Context,
    Element,
    Finding,
    FindingCode,
    Grade,
    Group,
    Kind,
    MissingCode,
    Progress,
    Question,
    Repeat,
    Table,
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


def found(element: Element, stored: Any, **documents: Any) -> list[str]:
    compiled = form(element)
    answers = {} if stored is None else {element.name: stored}
    return [finding.code for finding in state(compiled, answers, **documents).findings()]


RANGE = Question(name="a", kind=Kind.RANGE, parameters={"start": "1", "end": "5"})
STEPS = Question(name="a", kind=Kind.RANGE, parameters={"start": "0.5", "end": "3", "step": "0.5"})
CASES: list[tuple[Element, Any, list[str]]] = [
    (integer("a", required="yes"), None, ["required_missing"]),
    (integer("a", required="yes"), "0", []),
    (integer("a", required="1 = 2"), None, []),
    (integer("a", required="yes", relevant="1 = 2"), None, []),
    (integer("a", required="yes", read_only="yes"), None, []),
    (integer("a", constraint=". > 3"), None, []),
    (integer("a", constraint=". > 3"), "3", ["constraint_failed"]),
    (integer("a", constraint=". > ${a} - 1"), "3", []),
    (integer("a", warning=". > 3"), "3", ["warning_failed"]),
    (integer("a"), "1.5", ["not_integer"]),
    (integer("a"), "1.0", []),
    (integer("a"), "abc", ["unreadable"]),
    (Question(name="a", kind=Kind.DATE), "2026-02-30", ["unreadable"]),
    (RANGE, "6", ["out_of_range"]),
    (RANGE, "5", []),
    (STEPS, "1.5", []),
    (STEPS, "1.25", ["off_step"]),
    (STEPS, "4", ["out_of_range"]),
    (Question(name="a", kind=Kind.RANGE, parameters={"step": "5"}), "7", ["off_step"]),
    (select("a", "yes_no"), "maybe", ["not_a_choice"]),
    (select("a", "yes_no", or_other=True), "other", ["required_missing"]),
    (several("a", "colours"), ["red", "pink"], ["not_a_choice"]),
    (several("a", "colours", choice_filter="name != 'red'"), ["red"], ["not_a_choice"]),
    (text("a"), "x" * 10_001, ["too_long"]),
    (
        text("a", constraint="date(.) > '2020-01-01'"),
        "nie",
        ["constraint_failed", "expression_failed"],
    ),
]


@pytest.mark.parametrize(("element", "stored", "codes"), CASES, ids=range(len(CASES)))
def test_an_answer_is_told_by_code(element: Element, stored: Any, codes: list[str]):
    assert found(element, stored) == codes


@pytest.mark.parametrize(
    ("element", "stored", "params"),
    [
        (RANGE, "6", {"start": "1", "end": "5"}),
        (RANGE, "0", {"start": "1", "end": "5"}),
        (Question(name="a", kind=Kind.RANGE, parameters={"start": "1"}), "0", {"start": "1"}),
        (Question(name="a", kind=Kind.RANGE, parameters={"end": "5"}), "6", {"end": "5"}),
        (select("a", "yes_no"), "maybe", {"choice": "maybe"}),
        (several("a", "colours"), ["red", "pink", "grey"], {"choice": "pink, grey"}),
        (select("a", "yes_no"), "other", {"choice": "other"}),
        (text("a"), "x" * 10_001, {"limit": "10000"}),
        (integer("a"), "abc" * 100, {"typed": ("abc" * 100)[:200]}),
    ],
)
def test_a_finding_says_what_is_wrong_with_the_answer(element, stored, params):
    (finding,) = state(form(element), {"a": stored}).findings()

    assert (finding.path, finding.grade, finding.params) == ("a", Grade.HARD, params)


@pytest.mark.parametrize("stored", ["1", "3", "5"])
def test_the_ends_of_a_range_belong_to_it(stored: str):
    assert found(RANGE, stored) == []


def test_a_rule_that_cannot_be_worked_out_says_why():
    compiled = form(text("a", constraint="date(.) > '2020-01-01'"))
    findings = state(compiled, {"a": "nie"}).findings()

    assert findings[-1].params == {"reason": "'nie' is no date; write it as 2026-12-31."}


@pytest.mark.parametrize(
    ("question", "stored", "code"),
    [
        (integer("c"), "1.5", "not_integer"),
        (select("c", "yes_no"), "maybe", "not_a_choice"),
        (integer("c", constraint=". > 3"), "1", "constraint_failed"),
        (integer("c", warning=". > 3"), "1", "warning_failed"),
        (integer("c"), "abc", "unreadable"),
        (text("c"), "x" * 10_001, "too_long"),
        (integer("c", required="${d} = 1"), None, "required_missing"),
    ],
)
def test_a_finding_in_a_table_or_a_row_says_which_cell(question, stored, code):
    other = integer("d")
    table = Table(name="t", row_list="rows", columns=(question, other))
    row = {"d": "1", **({"c": stored} if stored else {})}
    filled = state(form(table), {"t": {"south": row}})
    listed = state(
        form(Repeat(name="r", children=(question, other))),
        {"r": [{"_id": "x"}, {"_id": "y", **row}]},
    )

    assert [(each.code, each.path) for each in filled.findings()] == [(code, "t/south/c")]
    assert [(each.code, each.path) for each in listed.findings()] == [(code, "r/y/c")]


def test_a_row_counts_as_filled_when_what_its_answers_show_is_filled():
    row = (integer("a", required="yes"), integer("b", required="yes", relevant="${a} = 1"))
    compiled = form(Repeat(name="r", children=row))
    rows = [{"_id": "x", "a": "2"}, {"_id": "y", "a": "1"}]

    assert state(compiled, {"r": rows}).progress() == Progress(0, 1)
    assert state(compiled, {"r": rows[:1]}).progress() == Progress(1, 1)
    assert state(compiled, {"r": [rows[0], {**rows[1], "b": "5"}]}).progress() == Progress(1, 1)


@pytest.mark.parametrize(
    ("constraint", "codes"),
    [
        ("string-length() = 4", []),
        ("string-length() = 3", ["constraint_failed"]),
        ("normalize-space() = '5 6'", []),
        ("number() = 5", ["constraint_failed"]),
        ("string() = '5  6'", []),
    ],
)
def test_a_function_without_an_argument_reads_the_question_itself(
    constraint: str, codes: list[str]
):
    assert found(text("a", constraint=constraint), "5  6") == codes


def test_text_of_ten_thousand_characters_is_not_too_long():
    assert found(text("a"), "x" * 10_000) == []


@pytest.mark.parametrize(
    ("question", "code", "message"),
    [
        (
            integer("a", required="yes", required_message={"vi": "Cần"}),
            "required_missing",
            {"vi": "Cần"},
        ),
        (
            integer("a", constraint=". > 9", constraint_message={"vi": "Nhỏ"}),
            "constraint_failed",
            {"vi": "Nhỏ"},
        ),
        (
            integer("a", warning=". > 9", warning_message={"vi": "Xem"}),
            "warning_failed",
            {"vi": "Xem"},
        ),
    ],
)
def test_a_finding_has_the_message_of_its_rule(question, code, message):
    answers = {} if question.required else {"a": "1"}
    (finding,) = state(form(question), answers).findings()

    assert (finding.code, finding.message) == (code, message)


def test_the_rules_of_a_table_have_their_messages_and_grades():
    table = Table(
        name="t",
        row_list="rows",
        constraint="sum(${a}) > 9",
        constraint_message={"vi": "Nhỏ"},
        warning="sum(${a}) > 9",
        warning_message={"vi": "Xem"},
        columns=(integer("a"),),
    )
    findings = state(form(table), {"t": {"north": {"a": "1"}}}).findings()

    assert [(each.code, each.path, each.grade, each.message) for each in findings] == [
        ("table_constraint_failed", "t", Grade.HARD, {"vi": "Nhỏ"}),
        ("table_warning_failed", "t", Grade.SOFT, {"vi": "Xem"}),
    ]


@pytest.mark.parametrize(
    ("explanation", "is_explained"), [("vì", True), ("  ", False), (None, False)]
)
def test_a_warning_is_explained_by_words(explanation, is_explained):
    compiled = form(integer("a", warning=". > 9"))
    remarks = {"a": {"explanation": explanation}}
    (finding,) = state(compiled, {"a": "1"}, remarks=remarks).findings()

    assert finding.explained is is_explained


def test_each_finding_names_its_section():
    row = integer("c", required="yes")
    compiled = form(
        integer("a", required="yes"),
        Group(name="g", children=(Group(name="h", children=(integer("b", required="yes"),)),)),
        Repeat(name="r", repeat_count="1", children=(row,)),
    )

    assert [(each.path, each.section) for each in state(compiled).findings()] == [
        ("a", "section_1"),
        ("b", "g"),
        ("r/1/c", "r"),
    ]


def test_the_findings_of_one_section_are_its_own():
    compiled = form(
        integer("a", required="yes"), Group(name="g", children=(integer("b", required="yes"),))
    )

    assert [each.path for each in state(compiled).findings("g")] == ["b"]


def test_a_check_of_a_calculation_on_no_page_counts_and_stands_at_the_page_before():
    compiled = form(
        Group(name="g", relevant="${n} > 5", children=(integer("m"),)),
        calculate("twice", "${n} * 2", constraint=". < 9"),
        Group(name="h", children=(integer("n"),)),
    )
    read = state(compiled, {"n": "5"})

    assert [(each.code, each.path, each.section) for each in read.findings()] == [
        ("constraint_failed", "twice", "g")
    ]
    assert (len(read.findings("g")), len(read.findings("h"))) == (1, 0)
    assert state(compiled, {"n": "4"}).findings() == ()


def test_nothing_is_said_about_what_is_computed_and_blank():
    assert found(integer("a", required="yes", calculation="1 div 0"), None) == []


def test_a_computed_answer_is_checked():
    assert found(integer("a", constraint=". > 3", calculation="1 + 1"), None) == [
        "constraint_failed"
    ]


def test_the_groups_of_a_repeat_hide_their_questions_row_by_row():
    repeat = Repeat(
        name="r",
        children=(
            integer("a"),
            Group(name="g", relevant="${a} = 1", children=(integer("b", required="yes"),)),
        ),
    )

    read = state(form(repeat), {"r": [{"_id": "x", "a": "1"}, {"_id": "y", "a": "2"}]})

    assert [each.path for each in read.findings()] == ["r/x/b"]


def test_typed_text_is_unreadable_and_not_missing_as_well():
    assert found(integer("a", required="yes"), None, typed={"a": "năm"}) == ["unreadable"]


def test_a_number_with_a_fraction_typed_for_a_whole_one_says_so():
    assert found(integer("a"), None, typed={"a": "1,5"}) == ["not_integer"]


def test_an_allowed_missing_code_is_enough():
    asked = integer("a", required="yes", missing=(MissingCode.NOT_YET,))

    assert found(asked, None, remarks={"a": {"missing": "CCSL"}}) == []


def test_a_missing_code_that_is_not_allowed_is_told():
    asked = integer("a", required="yes", missing=(MissingCode.NOT_YET,))

    assert found(asked, None, remarks={"a": {"missing": "HC"}}) == ["missing_not_allowed"]


def test_a_finding_says_where_how_much_and_in_whose_words():
    asked = integer("a", warning=". < 5", warning_message={"vi": "Quá lớn"})
    compiled = form(Group(name="g", children=(asked,)))

    assert state(compiled, {"a": "9"}).findings() == (
        Finding(
            code=FindingCode.WARNING_FAILED,
            path="a",
            grade=Grade.SOFT,
            message={"vi": "Quá lớn"},
            section="g",
        ),
    )


TABLE = Table(
    name="t",
    row_list="rows",
    closed="row() = 'south' and . = 'b'",
    constraint="sum(${a}) <= 10",
    warning="sum(${b}) <= 1",
    columns=(integer("a", required="yes"), integer("b", required="yes")),
)


def test_findings_stand_in_document_order_and_skip_closed_cells():
    findings = state(form(TABLE), {"t": {"north": {"a": "11", "b": "2"}}}).findings()

    assert [(finding.code, finding.path) for finding in findings] == [
        ("required_missing", "t/south/a"),
        ("table_constraint_failed", "t"),
        ("table_warning_failed", "t"),
    ]


def test_the_rules_of_a_table_are_not_asked_while_it_is_blank():
    blank = Table(name="t", row_list="rows", constraint="sum(${a}) > 10", columns=(integer("a"),))

    assert state(form(blank)).findings() == ()


def test_only_active_rows_are_checked():
    compiled = form(
        integer("n"), Repeat(name="r", repeat_count="${n}", children=(text("a", required="yes"),))
    )
    findings = state(compiled, {"n": "1", "r": [{"_id": "x"}, {"_id": "y"}]}).findings()

    assert [finding.path for finding in findings] == ["r/x/a"]


def test_more_than_a_thousand_rows_are_too_many():
    compiled = form(Repeat(name="r", children=(text("a"),)))
    rows = [{"_id": str(number)} for number in range(1_001)]

    assert [finding.code for finding in state(compiled, {"r": rows}).findings()] == [
        "too_many_rows"
    ]


def test_the_findings_of_a_hidden_section_are_none():
    compiled = form(Group(name="g", relevant="1 = 2", children=(text("a", required="yes"),)))

    assert state(compiled).findings("g") == ()


PROGRESS = form(
    Group(
        name="first",
        children=(
            integer("a"),
            integer("b", relevant="${a} > 1"),
            Group(name="inner", relevant="${a} > 2", children=(integer("c"),)),
            calculate("d", "1"),
            Question(name="note", kind=Kind.NOTE),
        ),
    ),
    Group(
        name="second",
        children=(
            Table(name="t", row_list="rows", columns=(integer("x", required="yes"), text("y"))),
            Repeat(name="r", children=(text("z", required="yes"),)),
        ),
    ),
)


@pytest.mark.parametrize(
    ("answers", "section", "expected"),
    [
        ({}, "first", (0, 1)),
        ({"a": "2"}, "first", (1, 2)),
        ({"a": "3", "c": "1"}, "first", (2, 3)),
        ({}, "second", (0, 2)),
        ({"t": {"north": {"x": "1"}}}, "second", (0, 2)),
        ({"t": {"north": {"x": "1"}, "south": {"x": "1"}}}, "second", (1, 2)),
        ({"r": [{"_id": "k"}]}, "second", (0, 2)),
        ({"r": [{"_id": "k", "z": "x"}]}, "second", (1, 2)),
        ({"a": "1", "r": [{"_id": "k", "z": "x"}]}, None, (2, 3)),
    ],
)
def test_progress_counts_as_people_count(
    answers: dict[str, Any], section: str | None, expected: tuple[int, int]
):
    assert state(PROGRESS, answers).progress(section) == Progress(*expected)


def test_a_missing_code_counts_as_an_answer():
    assert state(PROGRESS, remarks={"a": {"missing": "KAD"}}).progress("first") == Progress(1, 1)


def test_a_section_is_shown_as_its_group_is():
    compiled = form(integer("a"), Group(name="g", relevant="${a} = 1", children=(integer("b"),)))

    assert [state(compiled, {"a": "1"}).is_relevant(s.name) for s in compiled.sections] == [
        True,
        True,
    ]
    assert [state(compiled).is_relevant(s.name) for s in compiled.sections] == [True, False]


def test_findings_hang_on_the_day_the_caller_gives():
    compiled = form(Question(name="d", kind=Kind.DATE, constraint=". <= today()"))
    later = Context(CONTEXT.today.replace(year=2027), CONTEXT.now)

    assert len(state(compiled, {"d": "2027-01-01"}).findings()) == 1
    assert state(compiled, {"d": "2027-01-01"}, context=later).findings() == ()


CONTACTS = Repeat(
    name="r",
    children=(Question(name="mail", kind=Kind.TEXT, parameters={"unique": "yes"}),),
)


def duplicates(current: Any) -> list[tuple[str, str]]:
    return [(f.path, f.params["row"]) for f in current.findings() if f.code == "duplicate"]


def test_a_unique_answer_of_a_repeat_stands_once_whatever_its_case() -> None:
    rows = [{"_id": "1", "mail": "a@x"}, {"_id": "2", "mail": "b@x"}, {"_id": "3", "mail": "A@X "}]

    assert duplicates(state(form(CONTACTS), {"r": rows})) == [("r/3/mail", "1")]


def test_blank_answers_are_no_duplicates() -> None:
    rows = [{"_id": "1"}, {"_id": "2"}]

    assert duplicates(state(form(CONTACTS), {"r": rows})) == []


def test_correcting_the_first_of_two_same_answers_clears_the_second() -> None:
    rows = [{"_id": "1", "mail": "a@x"}, {"_id": "2", "mail": "a@x"}]
    current = state(form(CONTACTS), {"r": rows})

    consequences = current.set("r/1/mail", Cell(value="c@x"))

    assert (sorted(consequences.changed), duplicates(current)) == (["r/1/mail", "r/2/mail"], [])


def test_deleting_the_first_of_two_same_answers_clears_the_second() -> None:
    rows = [{"_id": "1", "mail": "a@x"}, {"_id": "2", "mail": "a@x"}]
    current = state(form(CONTACTS), {"r": rows})

    consequences = current.delete_row("r", "1")

    assert ("r/2/mail" in consequences.changed, duplicates(current)) == (True, [])
