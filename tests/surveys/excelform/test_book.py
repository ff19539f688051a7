"""The whole workbook: its sheets, its codes, its bytes."""

from io import BytesIO
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from surveys.excelform import codes, questionnaire_workbook
from tests.surveys.excelform.books import FACTS, section, state_of, value_at, written


def test_the_same_answers_give_the_same_bytes():
    first = questionnaire_workbook(state_of(answers={"people": "12"}), FACTS)

    again = questionnaire_workbook(state_of(answers={"people": "12"}), FACTS)

    assert first == again


def test_no_part_of_the_package_says_when_it_was_packed():
    with ZipFile(BytesIO(questionnaire_workbook(state_of(), FACTS))) as package:
        times = {part.date_time for part in package.infolist()}

    assert times == {(1980, 1, 1, 0, 0, 0)}


def test_sheets_are_instructions_sections_lists_and_what_the_file_is():
    book = written(state_of())

    assert [(each.title, each.sheet_state) for each in book.worksheets] == [
        ("Hướng dẫn", "visible"),
        ("1. Chung", "visible"),
        ("_lists", "hidden"),
        ("_ks", "veryHidden"),
    ]


def test_the_very_hidden_sheet_says_what_the_workbook_was_made_from():
    sheet = written(state_of())["_ks"]

    found = {row[0].value: row[1].value for row in sheet.iter_rows()}

    assert tuple(found) == codes.META_KEYS
    assert (found["questionnaire"], found["version"], found["definition"]) == (
        "phieu",
        "1",
        "ab" * 32,
    )


def test_the_checksum_is_that_of_every_code_in_its_order():
    book = written(state_of())
    sheet = section(book)
    heads = (codes.COLUMNS, codes.TABLE, codes.REPEAT)
    found = [
        str(cell.value)
        for row in sheet.iter_rows()
        if row[0].value
        for cell in (row if str(row[0].value).startswith(heads) else row[:1])
        if cell.value and not str(cell.value).startswith("=")
    ]

    assert book["_ks"].cell(7, 2).value == codes.checksum(found)


def test_every_row_of_a_section_has_a_code():
    sheet = section(written(state_of(answers={"projects": [{"_id": "a", "title": "Một"}]})))

    assert all(sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1))


def test_codes_lead_to_single_answers_to_cells_of_tables_and_to_rows_of_repeats():
    answers = {
        "people": "12",
        "staff": {"it": {"men": "3"}},
        "projects": [{"_id": "k7", "title": "Trục liên thông", "cost": "1.5"}],
    }

    sheet = section(written(state_of(answers=answers)))

    assert value_at(sheet, "question:people", codes.COLUMNS, codes.ANSWER) == 12
    assert value_at(sheet, "row:staff/it", "table:staff", "column:men") == 3
    assert value_at(sheet, "entry:projects/k7", "repeat:projects", "column:title") == (
        "Trục liên thông"
    )


def test_calamine_opens_the_workbook():
    book = CalamineWorkbook.from_filelike(BytesIO(questionnaire_workbook(state_of(), FACTS)))

    assert book.sheet_names == ["Hướng dẫn", "1. Chung", "_lists", "_ks"]
