"""What a workbook would change, beside what is stored."""

from dataclasses import replace
from typing import Any

from surveys.engine import Cell, Choice, ChoiceList, compile_definition
from surveys.excelform.comparing import Terms, compare
from surveys.excelform.reading.returned import returned
from surveys.excelform.reading.sheets import read_workbook
from tests.surveys.excelform import returned_books as books
from tests.surveys.excelform.returned_books import budget, compared, general, line, people, question


def verdicts(*args: Any, **more: Any) -> list[tuple[str, str, str, str]]:
    return [(one.path, one.part, one.verdict, one.reason) for one in compared(*args, **more).lines]


def test_an_answer_is_new_changed_or_unchanged():
    sheets = general(question("staff", 12), question("name", "An"), question("cost", 3.5))

    assert verdicts(sheets, {"staff": "12", "name": "Bình"}) == [
        ("staff", "value", "unchanged", ""),
        ("cost", "value", "new", ""),
        ("name", "value", "changed", ""),
    ]


def test_an_empty_cell_clears_nothing_by_itself():
    found = compared(general(question("staff")), {"staff": "12"})

    assert [(one.verdict, one.old) for one in found.lines] == [("cleared", Cell(value="12"))]
    assert found.after.cell("staff") == Cell(value="12")


def test_an_empty_cell_is_not_zero():
    assert compared(general(question("staff"))).lines == ()


def test_what_a_colleague_changed_since_stays_where_the_workbook_did_not():
    terms = Terms(since={"staff": Cell(value="12")})

    assert verdicts(general(question("staff", 12)), {"staff": "13"}, terms) == [
        ("staff", "value", "unchanged", "newer")
    ]


def test_what_both_changed_is_a_conflict():
    terms = Terms(since={"staff": Cell(value="12")})

    assert verdicts(general(question("staff", 14)), {"staff": "13"}, terms) == [
        ("staff", "value", "conflict", "")
    ]


def test_what_a_colleague_filled_in_since_is_not_offered_for_clearing():
    terms = Terms(since={"staff": Cell()})

    assert verdicts(general(question("staff")), {"staff": "13"}, terms) == [
        ("staff", "value", "unchanged", "newer")
    ]


def test_a_barrier_refuses_with_its_reason():
    terms = Terms(barrier=lambda path: "part_of_another" if path == "staff" else "")

    assert verdicts(general(question("staff", 14), question("name", "An")), None, terms) == [
        ("staff", "value", "refused", "part_of_another"),
        ("name", "value", "new", ""),
    ]


def test_what_is_read_only_closed_or_not_asked_is_refused():
    sheets = general(question("staff", 2), question("fixed", 5), question("more", "x")) | budget(
        ("row:budget/state", "NS", 1, 2)
    )

    assert verdicts(sheets) == [
        ("staff", "value", "new", ""),
        ("fixed", "value", "refused", "read_only"),
        ("more", "value", "refused", "not_asked"),
        ("budget/state/planned", "value", "new", ""),
        ("budget/state/loan", "value", "refused", "closed"),
    ]


def test_an_answer_may_be_asked_because_of_another_in_the_workbook():
    assert ("more", "value", "new", "") in verdicts(
        general(question("staff", 20), question("more", "x"))
    )


def test_what_is_computed_is_not_read():
    assert compared(general(question("total", 99))).lines == ()


def test_findings_of_the_workbooks_values_are_raised():
    found = compared(general(question("share", 120)))

    assert [(one.path, one.code) for one in found.findings] == [("share", "constraint_failed")]


def test_a_new_row_brings_its_answers():
    found = compared(people((None, "", "An", 30, "Thấp")))

    assert [(one.path, one.part, one.verdict) for one in found.lines] == [
        ("people/+1", "row", "new"),
        ("people/+1/who", "value", "new"),
        ("people/+1/age", "value", "new"),
        ("people/+1/skills", "value", "new"),
    ]
    assert found.after.answers["people"] == [
        {"_id": "+1", "who": "An", "age": "30", "skills": ["low"]}
    ]


STORED = {"people": [{"_id": "aa", "who": "An"}, {"_id": "bb", "who": "Bình"}]}


def test_a_row_that_is_gone_is_named_and_stays():
    found = compared(people(("entry:people/aa", "", "An")), STORED)

    assert [(one.path, one.part, one.verdict) for one in found.lines] == [
        ("people/bb", "row", "cleared"),
        ("people/aa/who", "value", "unchanged"),
    ]
    assert len(found.after.answers["people"]) == 2


def test_a_row_that_came_after_the_workbook_was_made_is_not_gone():
    terms = Terms(rows_since=frozenset({"people/bb"}))

    assert verdicts(people(("entry:people/aa", "", "An")), STORED, terms) == [
        ("people/aa/who", "value", "unchanged", "")
    ]


def test_a_row_that_somebody_deleted_meanwhile_is_refused():
    assert verdicts(people(("entry:people/zz", "", "Zét")), STORED)[-1] == (
        "people/zz/who",
        "value",
        "refused",
        "row_unknown",
    )


def test_no_more_rows_than_a_list_holds():
    found = verdicts(people((None, "", "An"), (None, "", "Bình")), None, Terms(most_rows=1))

    assert found == [
        ("people/+1", "row", "new", ""),
        ("people/+2", "row", "refused", "too_many_rows"),
        ("people/+1/who", "value", "new", ""),
    ]


def test_an_explanation_is_compared_like_an_answer():
    sheets = general(question("staff", 12, None, None, None, None, "vì tăng"))

    found = compared(sheets, {"staff": "12"}, remarks={"staff": {"explanation": "cũ"}}).lines

    assert [(one.part, one.verdict, one.old_text, one.new_text) for one in found] == [
        ("value", "unchanged", "", ""),
        ("explanation", "changed", "cũ", "vì tăng"),
    ]


def test_two_choices_with_the_same_words_are_in_doubt():
    twins = tuple(Choice(name=name, label={"vi": "Như nhau"}) for name in ("a", "b"))
    lists = {**books.DEFINITION.lists, "levels": ChoiceList(name="levels", choices=twins)}
    form = compile_definition(replace(books.DEFINITION, lists=lists))
    sheets = read_workbook(books.workbook(general(question("level", "như nhau"))), "a.xlsx")
    draft = type(books.state())(form, answers={}, context=books.state().context)

    (found,) = compare(returned(sheets, form), draft).lines

    assert found.reason == "choice_ambiguous"


def test_nothing_that_is_compared_changes_the_draft():
    answers: dict[str, Any] = {"staff": "12", "people": [{"_id": "aa", "who": "An"}]}

    line(general(question("staff", 13)), answers)
    compared(people(("entry:people/aa", "", "Bình")), answers)

    assert answers == {"staff": "12", "people": [{"_id": "aa", "who": "An"}]}
