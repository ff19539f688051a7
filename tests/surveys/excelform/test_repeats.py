"""Repeats: stored rows, blank ones, and room for more."""

from dataclasses import replace

from surveys.engine import Kind, Question, Repeat
from surveys.excelform.repeats import SPARE
from tests.surveys.excelform.books import PROJECTS, row_of, section, state_of, value_at, written

HEAD = "repeat:projects"
STORED = {"projects": [{"_id": "k7", "title": "Một"}, {"_id": "m2", "title": "Hai", "cost": "1.5"}]}


def codes_in(sheet):
    return [sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)]


def test_stored_rows_stand_in_their_order_with_their_ids():
    sheet = section(written(state_of(PROJECTS, answers=STORED)))

    assert [
        value_at(sheet, f"entry:projects/{row}", HEAD, "column:title") for row in ("k7", "m2")
    ] == ["Một", "Hai"]
    assert row_of(sheet, "entry:projects/k7") < row_of(sheet, "entry:projects/m2")


def test_blank_rows_follow_the_stored_ones():
    sheet = section(written(state_of(PROJECTS, answers=STORED)))

    assert codes_in(sheet).count("entry:projects/") == SPARE


def test_rows_may_be_inserted_though_the_structure_is_locked():
    sheet = section(written(state_of(PROJECTS)))

    assert sheet.protection.sheet
    assert not sheet.protection.insertRows


def test_rows_that_an_answer_counts_get_no_blank_ones():
    counted = replace(PROJECTS, repeat_count="${n}")
    number = Question(name="n", kind=Kind.INTEGER, label={"vi": "Số dự án"})

    sheet = section(written(state_of(number, counted, answers={"n": "3", **STORED})))

    found = [code for code in codes_in(sheet) if code.startswith("entry:")]
    assert found == ["entry:projects/k7", "entry:projects/m2", "entry:projects/1"]


def test_the_rule_of_a_column_reaches_over_the_blank_rows():
    sheet = section(written(state_of(PROJECTS, answers=STORED)))
    first = row_of(sheet, "entry:projects/k7")

    ranges = [str(each.sqref) for each in sheet.data_validations.dataValidation]

    assert ranges == [f"E{first}:E{first + SPARE + 1}"]


def test_a_file_in_a_row_is_attached_on_the_page():
    files = Repeat(
        name="projects",
        label={"vi": "Dự án"},
        children=(
            Question(name="title", kind=Kind.TEXT, label={"vi": "Tên"}),
            Question(name="scan", kind=Kind.FILE, label={"vi": "Bản quét"}),
        ),
    )
    sheet = section(written(state_of(files, answers=STORED)))

    assert value_at(sheet, "entry:projects/k7", HEAD, "column:scan") == (
        "Đính kèm trên trang của phiếu"
    )


def test_the_rows_of_the_last_round_stand_below_to_look_at():
    past = {"projects": [{"title": "Dự án cũ"}]}

    sheet = section(written(state_of(PROJECTS, previous=past)))

    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == "Dự án cũ"]
    assert [cell.protection.locked for cell in found] == [True]
