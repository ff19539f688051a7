"""Greyed cells as a set and as an expression."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.definitions import dump, load
from surveys.engine import Context, FormState, compile_definition
from surveys.questionnaires.drafting.closing import read_closed, write_closed
from tests.surveys.definitions.editing.factories import draft, question

ROWS = ["r1", "r2", "r3"]
COLUMNS = ["a", "b", "c"]
EVERY = [(row, column) for row in ROWS for column in COLUMNS]


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ([], ""),
        ([("r1", "a")], "row() = 'r1' and . = 'a'"),
        ([("r1", "a"), ("r2", "a"), ("r3", "a")], ". = 'a'"),
        ([("r1", "a"), ("r1", "b"), ("r1", "c")], "row() = 'r1'"),
        ([("r1", "a"), ("r2", "a")], "(row() = 'r1' or row() = 'r2') and . = 'a'"),
        ([("r1", "a"), ("r1", "b")], "row() = 'r1' and (. = 'a' or . = 'b')"),
        (
            [("r1", "a"), ("r3", "b"), ("r1", "c"), ("r2", "c"), ("r3", "c")],
            ". = 'c' or row() = 'r1' and . = 'a' or row() = 'r3' and . = 'b'",
        ),
        (EVERY, ". = 'a' or . = 'b' or . = 'c'"),
        ([("r9", "a")], ""),
    ],
)
def test_cells_are_written_the_shortest_way(cells: list[tuple[str, str]], text: str):
    assert write_closed(cells, ROWS, COLUMNS) == text


def test_the_only_row_and_the_only_column_are_no_whole():
    assert write_closed([("r1", "a")], ["r1"], ["a"]) == "row() = 'r1' and . = 'a'"


@given(st.frozensets(st.sampled_from(EVERY)))
def test_what_is_written_is_read_back(cells: frozenset[tuple[str, str]]):
    assert read_closed(write_closed(cells, ROWS, COLUMNS), ROWS, COLUMNS) == cells


@given(st.frozensets(st.sampled_from(EVERY)))
def test_the_engine_closes_just_these_cells(cells: frozenset[tuple[str, str]]):
    document = draft()
    table = document["children"][1]
    table |= {"columns": [question(name) for name in COLUMNS]}
    table |= {"closed": write_closed(cells, ROWS, COLUMNS)}
    document["children"] = [table]
    document["lists"]["rows"]["choices"] = [{"name": row, "label": {}} for row in ROWS]
    state = FormState(
        compile_definition(load(document)),
        answers={},
        context=Context(date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)),
    )

    assert {(r, c) for r, c in EVERY if state.is_closed(f"t/{r}/{c}")} == cells
    assert dump(load(document))["children"][0].get("closed", "") == table["closed"]


@pytest.mark.parametrize(
    "text",
    [
        "${a} = 0",
        "row() != 'r1'",
        "not(. = 'a')",
        "row() = 'r1' or",
        "(. = 'a'",
        "and",
        ". = 'a' . = 'b'",
        "(" * 500 + ". = 'a'" + ")" * 500,
    ],
)
def test_an_expression_that_says_more_is_left_alone(text: str):
    assert read_closed(text, ROWS, COLUMNS) is None


@given(st.text(alphabet="row() =.'ab\"nd1", max_size=40))
def test_any_text_is_read_or_left(text: str):
    assert read_closed(text, ROWS, COLUMNS) is None or read_closed(text, ROWS, COLUMNS) is not None


def test_brackets_and_other_orders_are_read():
    text = "((. = \"a\" or . = 'b')) and row( ) = 'r1'"

    assert read_closed(text, ROWS, COLUMNS) == frozenset({("r1", "a"), ("r1", "b")})


def test_a_code_with_a_quotation_mark_is_written_in_the_other():
    text = write_closed([("r'1", "a")], ["r'1", "x"], COLUMNS)

    assert read_closed(text, ["r'1", "x"], COLUMNS) == frozenset({("r'1", "a")})
