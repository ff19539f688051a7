"""The first sheet: contents that count, links that lead somewhere."""

from surveys.excelform import codes
from tests.surveys.excelform.books import (
    STAFF,
    cached,
    column_of,
    row_of,
    section,
    state_of,
    written,
)

ANSWERED, OF, STATE = 4, 5, 6


def contents_row(book):
    guide = book.worksheets[0]
    return next(row for row in guide.iter_rows() if row[1].value == "1. Chung")


def test_the_contents_count_what_is_answered_as_the_page_does():
    state = state_of(answers={"people": "12", "since": "2026-01-01"})
    row = contents_row(cached(state))

    shown = [cell.value for cell in row][ANSWERED - 1 : STATE]

    assert shown == [state.progress().answered, state.progress().total, "Còn thiếu"]


def test_the_counts_are_formulas_over_the_hidden_column():
    row = contents_row(written(state_of()))

    assert row[ANSWERED - 1].value == "=SUM('1. Chung'!$B:$B)"
    assert row[OF - 1].value == "=COUNT('1. Chung'!$B:$B)"


def test_a_question_counts_as_done_with_an_answer_or_a_code_why_there_is_none():
    sheet = section(written(state_of()))
    row = row_of(sheet, "question:people")

    assert sheet.cell(row, column_of(sheet, codes.COLUMNS, codes.DONE)).value == (
        f'=IF(OR(E{row}<>"",G{row}<>""),1,0)'
    )


def test_a_table_of_which_nothing_is_required_counts_once_something_is_typed():
    sheet = section(written(state_of(STAFF)))

    assert (
        sheet.cell(row_of(sheet, "table:staff"), 2).value == "=IF(AND(COUNTA(E7:E8,F7:F8)>0),1,0)"
    )


def test_each_line_of_the_contents_leads_to_its_sheet_and_back():
    book = written(state_of())

    places = [
        cell.hyperlink.location
        for sheet in book.worksheets[:2]
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink
    ]

    assert places == ["'1. Chung'!A1", "'Hướng dẫn'!A1"]


def test_the_form_can_be_had_in_english():
    book = written(state_of(), language="en")

    assert book.worksheets[0].title == "Instructions"
