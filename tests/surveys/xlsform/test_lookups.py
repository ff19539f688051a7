"""Sheets with lookup tables."""

from typing import Any

import pytest

from surveys.engine import Problem, columns_of, rows_of
from surveys.xlsform import ReadResult, read_workbook
from tests.surveys.xlsform.workbooks import Rows, as_csv, workbook

SURVEY: Rows = [
    ["type", "name", "label", "calculation"],
    ["text", "item", "Mặt hàng", ""],
    ["calculate", "price", "", "pulldata('prices', 'price', 'item', ${item})"],
]
PRICES: Rows = [["item", "price"], [" rice ", 12.5], [], ["salt", 3]]


def read(prices: Rows = PRICES, *, sheet: str = "lookup.prices", **options: Any) -> ReadResult:
    sheets = {"survey": SURVEY, sheet: prices, "settings": [["form_title"], ["A"]]}
    return read_workbook(workbook(**sheets), "a.xlsx", code="a", **options)


def at(problems: tuple[Problem, ...]) -> list[tuple[str, str, str]]:
    return [(problem.code, problem.at, problem.severity.value) for problem in problems]


def test_a_sheet_is_a_table_of_texts():
    definition = read().definition

    assert definition is not None
    table = definition.tables["prices"]
    assert columns_of(table) == ("item", "price")
    assert rows_of(table) == [["rice", "12.5"], ["salt", "3"]]


def test_a_csv_workbook_holds_tables_too():
    rows = [
        ["survey"],
        *([""] + [str(cell) for cell in row] for row in SURVEY),
        ["lookup.prices"],
        ["", "item", "price"],
        ["", "rice", "12.5"],
    ]

    definition = read_workbook(as_csv(rows), "a.csv", code="a").definition

    assert definition is not None
    assert rows_of(definition.tables["prices"]) == [["rice", "12.5"]]


@pytest.mark.parametrize(
    ("prices", "expected"),
    [
        ([], ("lookup_empty", "lookup.prices!A1", "error")),
        ([["item", "price"]], ("lookup_empty", "lookup.prices!A1", "error")),
        ([["item", "item"], ["a", "b"]], ("column_twice", "lookup.prices!B1", "error")),
        (
            [["item", "price"], ["a", "b", "c"]],
            ("column_without_header", "lookup.prices!C2", "error"),
        ),
        ([["item", "price"], ["a", "b" * 10_001]], ("cell_too_long", "lookup.prices!B2", "error")),
        (
            [["item", *range(100)], ["a", *"b" * 100]],
            ("table_too_large", "lookup.prices!A1", "error"),
        ),
    ],
)
def test_a_sheet_that_is_no_table_is_a_problem_at_its_cell(prices, expected):
    result = read(prices)

    assert result.definition is None
    assert at(result.problems)[0] == expected


def test_a_name_that_is_taken_is_a_problem_at_the_sheet():
    found = read(sheet="lookup.bảng").problems

    assert ("name_invalid", "lookup.bảng!A1", "error") in at(found)


def test_a_table_that_is_missing_is_a_warning_at_the_cell_because_it_can_be_attached():
    result = read(sheet="lookup.prizes")

    assert at(result.problems) == [("table_unknown", "survey!D3", "warning")]
    assert result.definition is not None


def test_what_is_attached_counts_and_gives_way_to_the_workbook():
    attached = read([["item", "price"], ["rice", 1]]).definition
    assert attached is not None
    tables = {**attached.tables, "other": attached.tables["prices"]}

    definition = read(attached=tables).definition

    assert definition is not None
    assert list(definition.tables) == ["prices", "other"]
    assert rows_of(definition.tables["prices"])[0] == ["rice", "12.5"]


def test_a_select_from_a_file_says_where_its_choices_belong():
    survey = [
        ["type", "name", "label"],
        ["select_one_from_file x.csv", "a", "A"],
        ["text", "b", "B"],
    ]

    result = read_workbook(workbook(survey=survey), "a.xlsx", code="a")

    (problem,) = [each for each in result.problems if each.code == "type_unsupported"]
    assert problem.advice.startswith("Write the choices into the sheet choices")
