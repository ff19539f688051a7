"""Single questions: each kind in its cell, and what stands beside it."""

from datetime import datetime, time
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from surveys.engine import Choice, ChoiceList, Kind, MissingCode, Question
from surveys.excelform import choice_texts, codes
from tests.surveys.excelform.books import (
    column_of,
    row_of,
    section,
    state_of,
    value_at,
    written,
)

VI = {"vi": "Câu hỏi"}


def ask(kind: Kind, **more: Any) -> Question:
    return Question(name="q", kind=kind, label=VI, **more)


def sheet_of(question: Question, **documents: dict[str, object]) -> Worksheet:
    return section(written(state_of(question, **documents)))


def answer(question: Question, **documents: dict[str, object]) -> object:
    return value_at(sheet_of(question, **documents), "question:q", codes.COLUMNS, codes.ANSWER)


@pytest.mark.parametrize(
    ("kind", "stored", "shown"),
    [
        (Kind.INTEGER, "1234", 1234),
        (Kind.DECIMAL, "-0.5", -0.5),
        (Kind.RANGE, "7", 7),
        (Kind.DATE, "2026-12-31", datetime(2026, 12, 31)),  # noqa: DTZ001  (a cell has no zone)
        (Kind.DATE, "1899-05-01", "01/05/1899"),
        (Kind.TIME, "09:30:00", time(9, 30)),
        (Kind.TEXT, "=1+1", "=1+1"),
        (Kind.ACKNOWLEDGE, "OK", "x"),
    ],
)
def test_an_answer_stands_in_its_cell_as_its_kind_does(kind, stored, shown):
    assert answer(ask(kind), answers={"q": stored}) == shown


def test_a_number_that_a_workbook_would_round_is_text():
    assert answer(ask(Kind.INTEGER), answers={"q": "1234567890123456"}) == "1234567890123456"


def test_a_text_that_begins_with_a_sign_of_equality_is_no_formula():
    sheet = sheet_of(ask(Kind.TEXT), answers={"q": "=HYPERLINK(1)"})

    place = sheet.cell(row_of(sheet, "question:q"), column_of(sheet, codes.COLUMNS, codes.ANSWER))

    assert (place.data_type, place.number_format) == ("s", "@")


def test_text_that_nobody_could_read_stays_in_the_cell():
    assert answer(ask(Kind.INTEGER), typed={"q": "khoảng 12"}) == "khoảng 12"


def test_a_text_too_long_for_a_cell_is_told_of_and_locked():
    sheet = sheet_of(ask(Kind.TEXT), answers={"q": "a" * 32_768})

    place = sheet.cell(row_of(sheet, "question:q"), column_of(sheet, codes.COLUMNS, codes.ANSWER))

    assert "32.767" in str(place.value)
    assert place.protection.locked


def test_a_text_as_long_as_a_cell_is_kept_whole():
    assert answer(ask(Kind.TEXT), answers={"q": "a" * 32_767}) == "a" * 32_767


def test_a_choice_is_written_by_its_label_and_chosen_from_a_list():
    sheet = sheet_of(ask(Kind.SELECT_ONE, list_name="yes_no"), answers={"q": "no"})

    rules = [each.formula1 for each in sheet.data_validations.dataValidation]

    assert value_at(sheet, "question:q", codes.COLUMNS, codes.ANSWER) == "Không"
    assert rules == ["ks_list_1"]


def test_the_name_of_a_list_leads_to_its_words_on_the_hidden_sheet():
    book = written(state_of(ask(Kind.SELECT_ONE, list_name="yes_no")))

    assert book.defined_names["ks_list_1"].attr_text == "'_lists'!$A$1:$A$2"
    assert [cell.value for cell in book["_lists"]["A"]] == ["Có", "Không"]


def test_several_choices_get_a_row_each_with_an_x():
    sheet = sheet_of(ask(Kind.SELECT_MULTIPLE, list_name="yes_no"), answers={"q": ["no"]})

    found = [
        value_at(sheet, f"choice:q/{code}", codes.COLUMNS, codes.ANSWER) for code in ("yes", "no")
    ]

    assert found == [None, "x"]


def test_ranks_are_the_places_of_the_choices():
    sheet = sheet_of(ask(Kind.RANK, list_name="yes_no"), answers={"q": ["no", "yes"]})

    found = [
        value_at(sheet, f"choice:q/{code}", codes.COLUMNS, codes.ANSWER) for code in ("yes", "no")
    ]

    assert found == [2, 1]


def test_a_long_list_of_several_is_typed_into_one_cell(monkeypatch):
    monkeypatch.setattr("surveys.excelform.questions.MOST_ROWS", 1)
    question = ask(Kind.SELECT_MULTIPLE, list_name="yes_no")

    assert answer(question, answers={"q": ["yes", "no"]}) == "Có; Không"


def test_a_missing_code_stands_beside_the_answer_with_its_reason_and_day():
    question = ask(Kind.INTEGER, missing=(MissingCode.NOT_YET,))
    remark = {"missing": "CCSL", "reason": "chờ quyết toán", "expected": "2026-12-15"}

    sheet = sheet_of(question, remarks={"q": remark})

    assert [
        value_at(sheet, "question:q", codes.COLUMNS, code)
        for code in (codes.ANSWER, codes.MISSING, codes.REASON, codes.EXPECTED)
    ] == [None, "CCSL", "chờ quyết toán", datetime(2026, 12, 15)]  # noqa: DTZ001  (a cell)


def test_an_explanation_stands_in_its_own_column():
    sheet = sheet_of(ask(Kind.INTEGER), remarks={"q": {"explanation": "sáp nhập"}})

    assert value_at(sheet, "question:q", codes.COLUMNS, codes.EXPLANATION) == "sáp nhập"


def test_the_last_rounds_answer_stands_in_a_locked_cell():
    sheet = sheet_of(ask(Kind.INTEGER), previous={"q": "9"})

    place = sheet.cell(row_of(sheet, "question:q"), column_of(sheet, codes.COLUMNS, codes.PREVIOUS))

    assert (place.value, place.protection.locked) == (9, True)


def test_without_a_last_round_there_is_no_column_for_it():
    sheet = sheet_of(ask(Kind.INTEGER))
    row = row_of(sheet, codes.COLUMNS)

    assert codes.PREVIOUS not in [cell.value for cell in sheet[row]]


def test_only_cells_for_answers_can_be_typed_into():
    sheet = sheet_of(ask(Kind.INTEGER))
    row = row_of(sheet, "question:q")

    unlocked = [cell.column for cell in sheet[row] if not cell.protection.locked]

    assert sheet.protection.sheet
    assert unlocked == [
        column_of(sheet, codes.COLUMNS, code) for code in (codes.ANSWER, codes.EXPLANATION)
    ]


def test_what_is_worked_out_is_a_locked_row_that_is_only_read():
    first = Question(name="a", kind=Kind.INTEGER, label=VI)
    total = Question(name="b", kind=Kind.CALCULATE, label=VI, calculation="${a} * 2")
    sheet = section(written(state_of(first, total, answers={"a": "21"})))

    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == 42]

    assert [cell.protection.locked for cell in found] == [True]
    assert sheet.cell(found[0].row, 1).value == codes.TEXT


def test_a_hidden_question_has_no_row():
    sheet = sheet_of(ask(Kind.HIDDEN), answers={"q": "geheim"})

    assert "geheim" not in [cell.value for row in sheet.iter_rows() for cell in row]


def test_the_label_says_when_the_question_is_asked():
    book = written(state_of(ask(Kind.TEXT)), conditions={"q": "2 Có đơn vị? là Có"})

    label = value_at(section(book), "question:q", codes.COLUMNS, codes.LABEL)

    assert label == "Câu hỏi\nChỉ trả lời nếu 2 Có đơn vị? là Có."


def test_choices_with_one_label_are_told_apart_by_their_codes():
    twins = ChoiceList("twins", (Choice("a", {"vi": "Khác"}), Choice("b", {"vi": "khác"})))

    assert choice_texts(twins.choices, "vi") == {"a": "Khác [a]", "b": "khác [b]"}


def test_above_the_choices_stands_how_many_are_chosen():
    sheet = sheet_of(ask(Kind.SELECT_MULTIPLE, list_name="yes_no"), answers={"q": ["no"]})
    first = row_of(sheet, "choice:q/yes")

    formula = value_at(sheet, "question:q", codes.COLUMNS, codes.ANSWER)

    assert formula == (
        f'=IF(COUNTA(E{first}:E{first + 1})=0,"",COUNTA(E{first}:E{first + 1})&"/2 đã chọn")'
    )


def test_an_answer_taken_over_from_the_last_round_is_locked_and_says_why():
    sheet = sheet_of(ask(Kind.INTEGER), answers={"q": "9"}, remarks={"q": {"origin": "carried"}})
    row = row_of(sheet, "question:q")

    assert sheet.cell(row, column_of(sheet, codes.COLUMNS, codes.ANSWER)).protection.locked
    assert "mở khóa trên trang" in str(value_at(sheet, "question:q", codes.COLUMNS, codes.LABEL))


def test_no_row_is_higher_than_a_workbook_may_have_it():
    note = Question(name="note", kind=Kind.NOTE, label={"vi": "Căn cứ pháp lý. " * 500})

    sheet = section(written(state_of(note, ask(Kind.TEXT), answers={"q": "a\n" * 300})))

    assert max(each.height for each in sheet.row_dimensions.values() if each.height) <= 409
