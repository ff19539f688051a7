"""Answers are found by their hidden codes, wherever people moved them."""

from openpyxl import Workbook

from surveys.excelform.reading.identity import Identity
from tests.surveys.excelform.returned_books import (
    COLUMNS,
    META,
    NOW,
    budget,
    compared,
    general,
    given,
    people,
    question,
    workbook,
)

ROWS = [question("staff", 12), question("name", "An"), question("cost", 3.5)]
ANSWERS = {"staff": "12", "cost": "3.5", "name": "An"}


def read(data: bytes) -> dict[str, object]:
    """What stands in the answers' own cells."""
    return {path: one.value.raw for path, one in given(data).given.items() if one.value}


def test_rows_may_be_sorted_even_above_their_head():
    sheets = {"Chung": [*reversed(ROWS), COLUMNS]}

    assert read(workbook(sheets)) == {"staff": 12, "name": "An", "cost": 3.5}


def test_columns_may_be_moved_and_others_inserted():
    order = (3, 0, 8, 2, 1)
    moved = [tuple((*row, *[None] * 9)[column] for column in order) for row in [COLUMNS, *ROWS]]

    assert read(workbook({"Chung": [(None, *row) for row in moved]})) == {
        "staff": 12,
        "name": "An",
        "cost": 3.5,
    }


def test_sheets_may_be_renamed_and_stand_in_any_order():
    sheets = budget(("row:budget/oda", "ODA", 5, 6)) | {"Trang 7": [COLUMNS, *ROWS]}

    assert read(workbook(sheets)) == {
        "staff": 12,
        "name": "An",
        "cost": 3.5,
        "budget/oda/planned": 5,
        "budget/oda/loan": 6,
    }


def test_a_row_without_a_code_behind_a_repeats_rows_is_a_new_row():
    sheets = people(
        ("entry:people/aa", "", "An", 30),
        (None, "", "Bình", 40),
        ("entry:people/bb", "", "Chi", 50),
        ("entry:people/", "", None, None),
        ("entry:people/", "", "Dũng", 60),
        ("ks:text", "Ghi chú"),
        (None, "", "không phải dòng", None),
    )
    found = given(workbook(sheets))

    assert found.rows["people"].present == {"aa", "bb"}
    assert {row: spot.name for row, spot in found.rows["people"].new.items()} == {
        "+1": "B4",
        "+2": "B7",
    }
    assert found.given["people/+1/who"].value is not None
    assert found.given["people/+1/who"].value.raw == "Bình"


def test_a_copied_row_with_its_code_is_in_doubt_at_both_places():
    found = given(workbook(general(*ROWS, question("staff", 99))))

    assert [(one.code, one.sheet, one.cell, one.path) for one in found.problems if one.cell] == [
        ("code_twice", "Chung", "B3", "staff"),
        ("code_twice", "Chung", "B6", "staff"),
    ]
    assert "staff" not in found.given


def test_a_section_without_its_codes_is_named():
    found = given(workbook(general(*ROWS)))

    assert [(one.code, one.path) for one in found.problems] == [("section_absent", "lists")]


def test_a_row_whose_head_was_deleted_is_named():
    found = given(workbook({"Bảng": [("row:budget/oda", "ODA", 5, 6)]}))

    assert [(one.code, one.sheet, one.cell) for one in found.problems if one.cell] == [
        ("head_missing", "Bảng", "A1")
    ]


def merge(area: str):
    def change(made: Workbook) -> None:
        made["Chung"].merge_cells(area)

    return change


def test_a_merged_area_over_two_answers_is_a_problem_of_both():
    found = compared(general(*ROWS), change=merge("D3:D4"))

    assert [(p.code, p.cell, p.path) for p in found.problems if p.cell] == [
        ("merged", "D3", "staff"),
        ("merged", "D4", "name"),
    ]
    assert [line.path for line in found.lines] == ["cost"]


def test_the_first_cell_of_a_merged_area_holds_its_value():
    found = compared(general(*ROWS), ANSWERS, change=merge("D3:E3"))

    assert [(line.path, line.verdict) for line in found.lines] == [
        ("staff", "unchanged"),
        ("cost", "unchanged"),
        ("name", "unchanged"),
    ]


def test_an_answer_merged_into_its_label_is_a_problem():
    found = compared(general(*ROWS), change=merge("C3:D3"))

    assert [(p.code, p.cell) for p in found.problems if p.cell] == [("merged", "D3")]


def test_the_hidden_sheet_says_what_the_workbook_was_made_from():
    assert given(workbook(general(*ROWS))).identity == Identity(
        "1", "phieu", "3", "ab", "vi", NOW.replace(day=20, hour=8)
    )


def test_the_hidden_sheet_is_found_under_another_name():
    data = workbook(general(*ROWS), change=lambda made: setattr(made["_ks"], "title", "x"))

    assert given(data).identity.is_known


def test_a_workbook_without_the_hidden_sheet_is_not_known():
    assert not given(workbook(general(*ROWS), meta={})).identity.is_known


def test_another_format_is_not_known():
    assert not given(workbook(general(*ROWS), meta=META | {"format": "2"})).identity.is_known


def test_what_can_be_read_in_front_is_handed_on():
    assert "Tỉnh Lào Cai" in given(workbook(general(*ROWS))).front
