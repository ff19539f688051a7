"""Texts of any kind go into a workbook and come out the same."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from surveys.engine import Cell, Kind, Question
from surveys.excelform import codes, questionnaire_workbook
from tests.surveys.excelform.books import FACTS, state_of

REMARK = Question(name="remark", kind=Kind.TEXT, label={"vi": "Ghi chú"})


def read_back(text: str) -> str:
    """What calamine finds in the answer's cell."""
    state = state_of(REMARK, answers={"remark": text})
    book = CalamineWorkbook.from_filelike(BytesIO(questionnaire_workbook(state, FACTS)))
    rows = book.get_sheet_by_index(1).to_python(skip_empty_area=False)
    column = next(row for row in rows if row[0] == codes.COLUMNS).index(codes.ANSWER)
    return str(next(row for row in rows if row[0] == "question:remark")[column])


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+84 912",
        "-5",
        "@ai",
        "'nháy",
        "a\r\nb",
        "  giữa  hai  ",
        "_x0041_",
        "_x005F_x0041_",
        "<b>&amp;</b>",
        "x" * 32_767,
    ],
)
def test_a_text_comes_back_as_it_was(text):
    assert read_back(text) == text


@given(st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_text_answer_that_the_page_would_store_comes_back_unchanged(typed):
    state = state_of(REMARK)
    stored: Cell = state.read_input("remark", typed)
    if isinstance(stored.value, str):
        text = stored.value.replace("\ufffe", "").replace("\uffff", "")  # XML has no such letters
        assert (read_back(text) or "") == text


def test_what_xml_cannot_hold_is_left_out():
    assert read_back("a\x00\x1b\ufffeb") == "ab"
