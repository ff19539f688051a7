"""The profile of the chosen unit tells in words why there is no figure, live."""

import io

import openpyxl
import pytest

from analytics.definitions import read
from exporters.books.assessment.assembly import assessment_book
from exporters.books.assessment.places import placed
from exporters.formats.xlsx import write_xlsx
from tests.exporters.books.assessment.around_made import around_over
from tests.exporters.books.assessment.contents_made import contents_over
from tests.exporters.books.assessment.definitions_made import document, units
from tests.exporters.recalculation import all_converted, by_value, spoilt

SHEET = {"vi": "Hồ sơ đơn vị", "en": "Unit profile"}
VALUE, NORMALISED, BEST = 3, 5, 7


def made(language, frame=None):
    """The workbook, and where its sheets stand."""
    contents, _ = contents_over(read(document()), units() if frame is None else frame)
    content = write_xlsx(assessment_book(contents, language, around_over(contents)))
    return content, placed(contents, language)


AS_IT_WAS = object()


def asked(language, unit, *, answer=AS_IT_WAS):
    """The workbook with a unit chosen and every cached value wrong; with another answer on ``a``, if any."""
    content, places = made(language)
    book = openpyxl.load_workbook(io.BytesIO(spoilt(content)))
    book[SHEET[language]]["B3"] = f"Tỉnh {unit}"
    if answer is not AS_IT_WAS:
        place = list("ABCDEFGHI").index(unit)
        cell = places.data.columns["a"]
        book[places.data.sheet].cell(places.rows[place], cell).value = answer
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """The profiles of several units as LibreOffice computes them."""
    files = {
        "does not apply": asked("vi", "E"),
        "in English": asked("en", "E"),
        "nothing": asked("en", "F"),
        "restricted": asked("en", "G"),
        "entered anew": asked("vi", "A", answer="CCSL"),
        "emptied": asked("vi", "A", answer=None),
        "of nobody": spoilt(made("vi", units().assign(a="KAD"))[0]),
        "any sign": asked("vi", "A", answer="*"),
    }
    books = all_converted(files, tmp_path_factory.mktemp("profiles"))
    return {
        name: by_value(content)[SHEET["en" if name in ENGLISH else "vi"]]
        for name, content in books.items()
    }


ENGLISH = ("in English", "nothing", "restricted")


def line(page, code):
    """The row of an indicator among all of them, which is the last with its code."""
    rows = [row for row in page.iter_rows() if row[1].value == code]
    return [cell.value for cell in rows[-1]]


def told(page, code):
    """What the sheet shows as the value and as the normalised value of an indicator."""
    row = line(page, code)
    return row[VALUE - 1], row[NORMALISED - 1]


def test_what_does_not_apply_is_told_in_the_language_of_the_workbook(found):
    assert told(found["does not apply"], "a") == ("Không áp dụng", "Không áp dụng")
    assert told(found["in English"], "a") == ("Not applicable", "Not applicable")


def test_what_was_not_answered_is_told_as_no_data_and_not_as_0(found):
    assert told(found["nothing"], "a") == ("No data", "No data")


def test_what_is_too_long_for_a_cell_is_told_shorter(found):
    assert told(found["restricted"], "b") == ("Restricted", "Restricted")


def test_the_words_follow_the_data_sheet(found):
    assert told(found["entered anew"], "a")[0] == "Chưa có số liệu (CCSL)"
    assert told(found["emptied"], "a")[0] == "Không có dữ liệu"


def test_a_text_that_is_no_code_stays_as_it_is(found):
    assert told(found["any sign"], "a")[0] == "*"


def test_the_words_are_written_as_cached_values(tmp_path):
    frame = units()
    frame.loc[0, "a"], frame.loc[0, "b"] = "KAD", None

    page = by_value(made("vi", frame)[0])[SHEET["vi"]]

    assert told(page, "a") == ("Không áp dụng", "Không áp dụng")
    assert told(page, "b") == ("Không có dữ liệu", "Không có dữ liệu")


def test_where_nobody_has_a_figure_the_best_is_none_and_not_0(found):
    assert line(found["of nobody"], "a")[BEST - 1] in {None, ""}
