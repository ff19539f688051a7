"""What a workbook has beside its cells, read back by openpyxl."""

import io
from datetime import UTC, datetime

import openpyxl
import pytest

from exporters.book import (
    SHADES,
    Area,
    Book,
    Bounds,
    Cell,
    Chart,
    ChartKind,
    Choices,
    Colour,
    ColourScale,
    DataBar,
    Errors,
    Formula,
    Link,
    Look,
    Name,
    Painted,
    Paper,
    Series,
    Sheet,
    Tone,
)
from exporters.formats.xlsx import Dangling, write_xlsx
from tests.exporters.parts import Parts, faults

MADE_AT = datetime(2026, 11, 21, 9, 41, tzinfo=UTC)
NAME = "Xếp hạng"
UNITS = Area.column(NAME, 1, 2, 4)
SCORES = Area.column(NAME, 2, 2, 4)
ROWS = (
    (Cell("Đơn vị", Look.HEAD), Cell("Điểm", Look.HEAD), Cell("Trọng số", Look.HEAD)),
    (Cell("Tỉnh A & B"), Cell(Formula("90+1", 91), Look.DECIMAL), Cell(0.1, tone=Tone.INPUT)),
    (Cell("Tỉnh C"), Cell(Formula("80.5", 80.5), Look.DECIMAL), Cell(0.2, tone=Tone.INPUT)),
    (Cell("Tỉnh Đ"), Cell(Formula('""', None), Look.DECIMAL), Cell(0.7, tone=Tone.INPUT)),
)


def sheet(**more):
    return Sheet(name=NAME, rows=ROWS, **more)


def book(*sheets, **more):
    return Book(title="Đợt", creator="Khảo sát số", made_at=MADE_AT, sheets=sheets, **more)


def read(made):
    return openpyxl.load_workbook(io.BytesIO(write_xlsx(made)))


def chart(kind=ChartKind.BARS, **more):
    scores = Series(label=Area.cell(NAME, 1, 2), values=SCORES, colour=Colour.D1, **more)
    return Chart(
        kind=kind,
        title="Điểm & hạng",
        alt='Tỉnh "A" đứng đầu',
        series=(scores,),
        categories=UNITS,
        category_title="Đơn vị",
        value_title="Điểm",
    )


@pytest.mark.parametrize("kind", ChartKind)
def test_the_parts_of_a_workbook_with_a_chart_hang_together(kind):
    made = book(sheet(charts=(chart(kind),)), Sheet(name="S", rows=((Cell(1, note="x"),),)))

    assert faults(write_xlsx(made)) == {}


@pytest.mark.parametrize("kind", ChartKind)
def test_a_chart_has_its_titles(kind):
    (made,) = read(book(sheet(charts=(chart(kind),))))[NAME]._charts

    titles = [made.title, made.x_axis.title, made.y_axis.title]
    assert [title.tx.rich.p[0].r[0].t for title in titles] == ["Điểm & hạng", "Đơn vị", "Điểm"]


def test_a_chart_caches_what_its_cells_show_and_nothing_for_an_empty_one():
    cached = list(Parts(write_xlsx(book(sheet(charts=(chart(),))))).cached())

    values = next(one for one in cached if one.reference == SCORES.absolute)
    assert (values.points, values.count) == ({0: "91", 1: "80.5"}, 3)


def test_a_chart_says_in_words_what_it_shows():
    body = Parts(write_xlsx(book(sheet(charts=(chart(),))))).bodies["xl/drawings/drawing1.xml"]

    assert "descr='Tỉnh \"A\" đứng đầu'" in body.decode()


def test_whiskers_refer_to_cells():
    whiskers = Errors(Area.column(NAME, 3, 2, 4), Area.column(NAME, 3, 2, 4))

    (made,) = read(book(sheet(charts=(chart(errors=whiskers),))))[NAME]._charts

    assert made.series[0].errBars.plus.numRef.f == "'Xếp hạng'!$C$2:$C$4"


@pytest.mark.parametrize(
    "area", [Area("Không có", 1, 1, 1, 1), Area(NAME, 2, 2, 5, 2), Area(NAME, 0, 1, 1, 1)]
)
def test_a_reference_to_cells_that_are_not_there_is_refused(area):
    with pytest.raises(Dangling):
        write_xlsx(book(sheet(), names=(Name("scores", area),)))


def test_a_link_to_a_sheet_that_is_not_there_is_refused():
    with pytest.raises(Dangling):
        write_xlsx(book(Sheet(name="S", rows=((Cell("x", link=Link("Không có")),),))))


def test_a_mark_of_another_sheet_is_refused():
    with pytest.raises(Dangling):
        write_xlsx(book(Sheet(name="S", rows=((Cell(1),),), marks=(DataBar(SCORES),))))


def test_a_link_leads_to_its_place_and_not_out_of_the_file():
    made = book(Sheet(name="S", rows=((Cell("x", link=Link(NAME, 2, 1)),),)), sheet())

    assert read(made)["S"]["A1"].hyperlink.location == "'Xếp hạng'!$A$2"
    assert Parts(write_xlsx(made)).leading_out() == []


def test_defined_names_call_areas():
    names = read(book(sheet(), names=(Name("scores", SCORES, "Điểm"),))).defined_names

    assert names["scores"].attr_text == "'Xếp hạng'!$B$2:$B$4"


def test_a_comment_stands_on_its_cell():
    made = read(book(Sheet(name="S", rows=((Cell(1, note="Tính lại & đổi"),),))))

    assert made["S"]["A1"].comment.text == "Tính lại & đổi"


def test_marks_become_conditional_formats():
    marks = (
        DataBar(SCORES, least=0, most=100),
        ColourScale(Area.column(NAME, 3, 2, 4)),
        Painted(UNITS, "$B2>80", SHADES[5]),
    )

    rules = read(book(sheet(marks=marks)))[NAME].conditional_formatting

    assert [(str(each.sqref), each.rules[0].type) for each in rules] == [
        ("B2:B4", "dataBar"),
        ("C2:C4", "colorScale"),
        ("A2:A4", "expression"),
    ]


def test_validations_offer_lists_and_keep_numbers_within_bounds():
    rules = (
        Choices(UNITS, UNITS, "Đơn vị", "Chọn một đơn vị", "Không có"),
        Bounds(Area.column(NAME, 3, 2, 4), 0, 1),
        Choices(SCORES, ("có", "không")),
    )

    found = read(book(sheet(validations=rules)))[NAME].data_validations.dataValidation

    assert [(each.type, each.formula1, each.formula2) for each in found] == [
        ("list", "'Xếp hạng'!$A$2:$A$4", None),
        ("decimal", "0", "1"),
        ("list", '"có,không"', None),
    ]


def test_pages_carry_title_sheet_mark_and_number():
    page = read(book(sheet(frozen=(1, 1)), mark="Lần chạy 3 · a&b"))[NAME]

    texts = [page.oddHeader.left.text, page.oddHeader.right.text]
    assert texts == ["Đợt", "Xếp hạng"]
    assert (page.oddFooter.left.text, page.oddFooter.right.text) == ("Lần chạy 3 · a&&b", "&P / &N")
    assert page.print_title_rows == "$1:$1"


@pytest.mark.parametrize(("paper", "code"), [(Paper.A4, 9), (Paper.A3, 8)])
def test_a_sheet_is_printed_on_its_paper(paper, code):
    page = read(book(sheet(paper=paper, landscape=True)))[NAME].page_setup

    assert (int(page.paperSize), page.orientation, page.fitToWidth) == (code, "landscape", 1)


def test_properties_say_what_the_document_is():
    made = read(
        book(
            sheet(),
            subject="Chỉ số",
            keywords=("a", "b"),
            language="vi",
            properties={"Run hash": "3fa9"},
        )
    )

    about = made.properties
    assert (about.title, about.subject, about.keywords, about.language) == (
        "Đợt",
        "Chỉ số",
        "a, b",
        "vi",
    )
    assert about.created == about.modified == MADE_AT.replace(tzinfo=None)
    assert {each.name: each.value for each in made.custom_doc_props.props} == {"Run hash": "3fa9"}


def test_a_locked_sheet_opens_what_is_meant_to_be_changed():
    page = read(book(sheet(locked=True)))[NAME]

    assert (page.protection.sheet, page.protection.password) == (True, None)
    assert (page["A2"].protection.locked, page["C2"].protection.locked) == (True, False)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (Cell(1234.5, Look.DECIMAL), "#,##0.00"),
        (Cell(1234.5, Look.DECIMAL, 4), "#,##0.0000"),
        (Cell(0.696, Look.SHARE), "0.0%"),
        (Cell(-3, Look.CHANGE, 0), "+#,##0;-#,##0;0"),
        (Cell(MADE_AT.date()), "d/m/yyyy"),
        (Cell(MADE_AT), "hh:mm d/m/yyyy"),
    ],
)
def test_number_formats_name_no_country(cell, code):
    assert read(book(Sheet(name="S", rows=((cell,),))))["S"]["A1"].number_format == code


def test_everything_at_once_gives_the_same_bytes_twice():
    def made():
        return book(
            sheet(
                charts=(chart(), chart(ChartKind.RADAR)), marks=(DataBar(SCORES),), filtered=True
            ),
            Sheet(name="S", rows=((Cell(1, note="x", link=Link(NAME)),),), tab=Colour.D3),
            names=(Name("scores", SCORES),),
            properties={"a": "b"},
        )

    assert write_xlsx(made()) == write_xlsx(made())


def test_filters_and_frozen_panes_stand_below_the_head():
    page = read(book(sheet(filtered=True, frozen=(1, 2), filter_columns=2)))[NAME]

    assert (page.auto_filter.ref, page.freeze_panes) == ("A1:B4", "C2")


def test_a_heading_has_room_for_its_words_that_no_line_divides():
    heads = (Cell("Network information security", Look.HEAD), Cell("Rank", Look.HEAD))

    page = read(book(Sheet(name="S", rows=(heads,), widths=(15, 15))))["S"]

    assert page.row_dimensions[1].height == pytest.approx(3 * 13.5 + 2)
