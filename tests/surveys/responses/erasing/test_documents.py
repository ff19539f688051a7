"""What is left of the documents of a response without its personal data."""

import pytest

from surveys.responses.erasing.documents import (
    without_answers,
    without_changes,
    without_outcome,
    without_remarks,
    without_typed,
)


def is_personal(path: str) -> bool:
    return path.rpartition("/")[2] == "name"


def test_answers_at_the_top_in_lists_and_in_tables_go():
    answers = {
        "name": "A",
        "staff": 1,
        "people": [{"_id": "x", "name": "B", "age": 30}],
        "table": {"row": {"name": "C", "cost": 2}},
        "skills": ["data"],
    }

    assert without_answers(answers, is_personal) == {
        "staff": 1,
        "people": [{"_id": "x", "age": 30}],
        "table": {"row": {"cost": 2}},
        "skills": ["data"],
    }


def test_a_row_of_a_table_that_is_called_like_a_question_stays():
    assert without_answers({"table": {"name": {"cost": 2}}}, is_personal) == {
        "table": {"name": {"cost": 2}}
    }


def test_of_a_personal_remark_the_code_stays():
    remarks = {
        "name": {"missing": "KAD", "reason": "Ông A"},
        "people/x/name": {"explanation": "Bà B"},
        "staff": {"explanation": "Mới"},
    }

    assert without_remarks(remarks, is_personal) == {
        "name": {"missing": "KAD"},
        "staff": {"explanation": "Mới"},
    }


def test_what_could_not_be_read_goes():
    assert without_typed({"people/x/name": "?", "staff": "ba"}, is_personal) == {"staff": "ba"}


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (
            ["people/x/name", {"value": "A", "missing": ""}, {"value": None, "missing": "KAD"}],
            ["people/x/name", {"value": None, "missing": ""}, {"value": None, "missing": "KAD"}],
        ),
        (
            [
                "people/x",
                {"index": 0, "values": {"name": "A", "age": 1}, "typed": {"name": "?"}},
                None,
            ],
            ["people/x", {"index": 0, "values": {"age": 1}, "typed": {}}, None],
        ),
        (["people/x", {"index": 0}, {"index": 1}], ["people/x", {"index": 0}, {"index": 1}]),
        (["staff", {"value": 1}, {"value": 2}], ["staff", {"value": 1}, {"value": 2}]),
    ],
)
def test_the_history_tells_that_a_personal_answer_changed_and_not_to_what(change, left):
    assert without_changes([change], is_personal) == [left]


def test_a_repeated_edit_gets_no_personal_text_again():
    outcome = {
        "changed": ["name"],
        "conflicts": [{"path": "name"}, {"path": "staff"}],
        "refused": [{"path": "people/x"}],
    }

    assert without_outcome(outcome, is_personal) == {
        "changed": ["name"],
        "conflicts": [{"path": "staff"}],
        "refused": [],
    }


def test_what_an_edit_left_in_personal_cells_goes():
    left = {"staff": {"value": "3"}, "people/x/name": {"value": "Bà B"}}

    assert without_outcome({"left": left}, is_personal) == {"left": {"staff": {"value": "3"}}}
