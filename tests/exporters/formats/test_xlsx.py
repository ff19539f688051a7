"""Workbooks: text stays text, formulas carry their value, the same book gives the same bytes."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from exporters.book import (
    Area,
    Book,
    Bounds,
    Cell,
    Chart,
    ChartKind,
    Choices,
    Colour,
    Formula,
    Look,
    Name,
    Series,
    Sheet,
)
from exporters.formats.xlsx import NotFinite, readable, write_xlsx
from tests.exporters.recalculation import converted

MADE_AT = datetime(2026, 11, 21, 9, 41, tzinfo=UTC)


def book(*rows, name="Dữ liệu"):
    sheet = Sheet(name=name, rows=tuple(tuple(row) for row in rows))
    return Book(title="Đợt", creator="Khảo sát số", made_at=MADE_AT, sheets=(sheet,))


def read(content, *, values):
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values).worksheets[0]


@pytest.mark.parametrize("text", ["=1+1", "+84", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")'])
def test_text_that_looks_like_a_formula_stays_text(text):
    cell = read(write_xlsx(book([Cell(text)])), values=False)["A1"]

    assert (cell.value, cell.data_type) == (text, "s")


def test_a_formula_carries_the_value_of_the_server():
    content = write_xlsx(book([Cell(2), Cell(3), Cell(Formula("A1*B1", 6))]))

    assert read(content, values=False)["C1"].value == "=A1*B1"
    assert read(content, values=True)["C1"].value == 6


@pytest.mark.parametrize(
    ("value", "read_back"),
    [(Decimal("0.1"), 0.1), (1.5, 1.5), ("Đủ <100 %>", "Đủ <100 %>"), (None, None)],
)
def test_cached_values_of_every_kind_are_read_back(value, read_back):
    content = write_xlsx(book([Cell(Formula('IF(1=1,"x","y")', value))]))

    assert (read(content, values=True)["A1"].value or None) == read_back


def test_a_formula_keeps_quotes_and_signs_of_comparison():
    text = 'IF("a"<>"b&c",1,0)'

    content = write_xlsx(book([Cell(Formula(text, 1))]))

    assert read(content, values=False)["A1"].value == f"={text}"


@pytest.mark.parametrize(
    ("value", "read_back"),
    [
        (12, 12),
        (Decimal("1234.5"), 1234.5),
        (date(2026, 4, 30), datetime(2026, 4, 30)),  # noqa: DTZ001  (Excel knows no zones)
        (None, None),
        ("Hoà\x00 Bình\x1f", "Hoà Bình"),
    ],
)
def test_values_are_typed(value, read_back):
    assert read(write_xlsx(book([Cell(value)])), values=True)["A1"].value == read_back


@pytest.mark.parametrize("value", [0.1 + 0.2, 43.614321142674875, 1e-300, -7.0, 2**53 - 1])
def test_figures_are_written_to_the_last_bit(value):
    content = write_xlsx(book([Cell(value), Cell(Formula("1", value))]))

    assert by_calamine(content)[0] == [value, value]


@pytest.mark.parametrize("value", [float("inf"), float("nan"), Decimal("NaN")])
def test_a_figure_that_no_file_can_say_is_refused(value):
    with pytest.raises(NotFinite, match="A1"):
        write_xlsx(book([Cell(Formula("1/0", value))]))


def test_cells_under_a_merged_one_have_its_border_and_nothing_else():
    sheet = Sheet(
        name="Dữ liệu",
        rows=((Cell("x"), Cell("y")), ()),
        merged=(Area("Dữ liệu", 1, 1, 2, 3),),
    )

    content = write_xlsx(replace(book(), sheets=(sheet,)))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        body = package.read("xl/worksheets/sheet1.xml").decode()
    cells = re.findall(r'<c r="(\w+)" s="(\d+)"([^>]*)>', body)

    assert [place for place, _, _ in cells] == ["A1", "B1", "C1", "A2", "B2", "C2"]
    assert {style for _, style, _ in cells} == {cells[0][1]}
    assert [place for place, _, rest in cells if rest != "/"] == ["A1"]


def test_the_sheet_says_how_far_its_cells_reach():
    content = write_xlsx(book([Cell("x")], [Cell("x"), Cell("y")]))

    page = openpyxl.load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
    assert page.calculate_dimension() == "A1:B2"


def test_spaces_and_line_breaks_of_a_text_stay():
    text = "  a\n b\tc "

    assert read(write_xlsx(book([Cell(text)])), values=True)["A1"].value == text


def test_numbers_are_shown_with_the_format_of_their_look():
    row = [Cell(1234, Look.INTEGER), Cell(69.6, Look.PERCENT), Cell(date(2026, 1, 2), Look.DATE)]

    cells = read(write_xlsx(book(row)), values=True)[1]

    assert [cell.number_format for cell in cells] == ["#,##0", "0.0", "d/m/yyyy"]


def test_the_same_book_gives_the_same_bytes():
    made = book([Cell("x"), Cell(Formula("1+1", 2))])

    assert write_xlsx(made) == write_xlsx(made)


def test_long_text_is_cut_with_an_ellipsis():
    assert (len(readable("x" * 40_000)), readable("x" * 40_000)[-1]) == (32_767, "…")


CODES = ["_x0041_", "a_x000D_b", "__x00e9_", "_xfoo_ _x12_ _x_"]


@pytest.mark.parametrize("text", CODES)
def test_a_text_that_looks_like_a_coded_character_stays_that_text(text, tmp_path):
    content = write_xlsx(book([Cell(text), Cell(Formula(f'"{text}"', text))]))

    assert by_calamine(content)[0] == [text, text]
    assert by_calamine(converted(content, tmp_path))[0] == [text, text]


def test_two_codes_in_one_another_stay_that_text():
    text = "_x0041_x0042_"  # LibreOffice reads it, but does not write it so that it is read again.

    assert by_calamine(write_xlsx(book([Cell(text)])))[0] == [text]


def by_calamine(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_a_comment_says_a_coded_character_as_it_was_typed():
    content = write_xlsx(book([Cell("x", note="_x0041_")]))

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        [comments] = [name for name in package.namelist() if "comments/" in name]
        assert b"_x005F_x0041_" in package.read(comments)


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b", "a\x1fb", "a\uffffb"])
def test_what_no_file_can_hold_is_dropped_wherever_a_book_says_it(text):
    sheet = Sheet(
        name="Dữ liệu",
        rows=((Cell(text, note=text), Cell(1)),),
        charts=(
            Chart(
                kind=ChartKind.BARS,
                title=text,
                alt=text,
                row=3,
                column=1,
                series=(Series(label=text, values=Area.cell("Dữ liệu", 1, 2), colour=Colour.D1),),
                category_title=text,
                value_title=text,
            ),
        ),
        validations=(
            Bounds(Area.cell("Dữ liệu", 1, 2), least=0, title=text, prompt=text, error=text),
            Choices(Area.cell("Dữ liệu", 1, 1), source=(text, "c")),
        ),
    )
    made = Book(
        title=text,
        creator=text,
        made_at=MADE_AT,
        sheets=(sheet,),
        subject=text,
        keywords=(text,),
        description=text,
        mark=text,
        properties={text: text},
        names=(Name("ten", Area.cell("Dữ liệu", 1, 1), comment=text),),
    )

    opened = openpyxl.load_workbook(io.BytesIO(write_xlsx(made)))

    about = opened.properties
    assert {about.title, about.creator, about.subject, about.description} == {"ab"}
    assert opened.worksheets[0]["A1"].value == "ab"


def test_characters_beyond_the_first_plane_count_twice_as_excel_counts_them():
    cut = readable("😀" * 20_000)

    assert (len(cut), cut[-1]) == (16_384, "…")
