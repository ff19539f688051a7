"""Excel workbooks: styles and live formulas by openpyxl, cached values by a last pass of ours.

openpyxl can write a formula or its value, not both; other programs then show 0 or nothing. After
openpyxl has saved, each sheet's XML gets the server's value as ``<v>``. The same input gives the same
bytes: the times inside the archive and its properties come from the book.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.numbers import FORMAT_TEXT
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from exporters.book import Book, Cell, Formula, Look, Sheet

MAX_TEXT: Final = 32_767
MAX_ROWS: Final = 1_048_576
MAX_COLUMNS: Final = 16_384
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
HAIRLINE: Final = Border(bottom=Side(style="thin", color="DFE4EA"))
NUMBER_FORMATS: Final = {
    Look.INTEGER: "#,##0",
    Look.DECIMAL: "#,##0.00",
    Look.PERCENT: "0.0",
    Look.DATE: "d/m/yyyy",
    Look.MOMENT: "hh:mm d/m/yyyy",
}
FACE: Final = "Arial"
FONTS: Final = {
    Look.TITLE: Font(name=FACE, size=16, bold=True),
    Look.HEAD: Font(name=FACE, size=10, bold=True, color="FFFFFF"),
    Look.LABEL: Font(name=FACE, size=10, bold=True),
    Look.NOTE: Font(name=FACE, size=10, italic=True, color="5D6B7E"),
}
WRAPPED: Final = {Look.TEXT, Look.HEAD, Look.NOTE, Look.LABEL}
PLAIN: Final = Font(name=FACE, size=10)
LINE_HEIGHT: Final = 13.5
MAX_HEIGHT: Final = 400.0
HEAD_FILL: Final = PatternFill("solid", fgColor="14508F")


class TooLargeForExcel(ValueError):
    """A sheet has more rows or columns than a workbook can hold."""


def write_xlsx(book: Book) -> bytes:
    """The workbook as the bytes of an .xlsx file.

    Text is written as text even where it starts with ``=``, ``+``, ``-`` or ``@``; control characters
    are dropped; text over 32,767 characters is cut with an ellipsis. Raises TooLargeForExcel.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.title = book.title
    workbook.properties.creator = book.creator
    workbook.calculation.fullCalcOnLoad = True
    for sheet in book.sheets:
        _write_sheet(workbook.create_sheet(sheet.name), sheet)
    plain = io.BytesIO()
    workbook.save(plain)
    return _finish(plain.getvalue(), book)


def _write_sheet(target: Worksheet, sheet: Sheet) -> None:
    width = max((len(row) for row in sheet.rows), default=0)
    if len(sheet.rows) > MAX_ROWS or width > MAX_COLUMNS:
        raise TooLargeForExcel(sheet.name)
    for row_number, row in enumerate(sheet.rows, start=1):
        for column_number, cell in enumerate(row, start=1):
            if cell.value is not None:
                _write_cell(target, row_number, column_number, cell)
        if (lines := _lines(row, sheet.widths)) > 1:
            target.row_dimensions[row_number].height = min(MAX_HEIGHT, lines * LINE_HEIGHT + 2)
    for index, characters in enumerate(sheet.widths, start=1):
        target.column_dimensions[get_column_letter(index)].width = characters
    rows, columns = sheet.frozen
    if rows or columns:
        target.freeze_panes = f"{get_column_letter(columns + 1)}{rows + 1}"
    if sheet.filtered and sheet.rows:
        last = get_column_letter(width)
        target.auto_filter.ref = f"A{sheet.head_rows}:{last}{len(sheet.rows)}"
    _lay_out(target, sheet)


def _lines(row: tuple[Cell, ...], widths: tuple[int, ...]) -> int:
    """How many lines the tallest wrapped cell of a row needs: not every program fits them itself."""
    return max(
        (
            sum(-(-len(line) // width) or 1 for line in cell.value.split("\n"))
            for cell, width in zip(row, widths, strict=False)
            if isinstance(cell.value, str) and cell.look in WRAPPED
        ),
        default=1,
    )


def _lay_out(target: Worksheet, sheet: Sheet) -> None:
    """A4, fitted to the page's width, head rows repeated."""
    target.page_setup.paperSize = target.PAPERSIZE_A4
    target.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=sheet.fitted)
    if sheet.fitted:
        target.page_setup.fitToWidth = 1
        target.page_setup.fitToHeight = 0
    if rows := sheet.frozen[0]:
        target.print_title_rows = f"1:{rows}"


def _write_cell(target: Worksheet, row: int, column: int, cell: Cell) -> None:
    made = target.cell(row=row, column=column)
    match cell.value:
        case Formula(text=text):
            made.value = f"={text}"
        case str():
            made.value = readable(cell.value)
            made.data_type = "s"
            made.number_format = FORMAT_TEXT if cell.value[:1] in "=+-@" else "General"
        case datetime():
            made.value = _excel_moment(cell.value)
        case _:
            made.value = cell.value
    _style(made, cell.look)


def _style(made: object, look: Look) -> None:
    if look in NUMBER_FORMATS:
        made.number_format = NUMBER_FORMATS[look]  # type: ignore[attr-defined]  # openpyxl's Cell
    made.font = FONTS.get(look, PLAIN)  # type: ignore[attr-defined]  # openpyxl's Cell
    if look is Look.HEAD:
        made.fill = HEAD_FILL  # type: ignore[attr-defined]  # openpyxl's Cell
    wraps = look in WRAPPED
    made.alignment = Alignment(vertical="top", wrap_text=wraps)  # type: ignore[attr-defined]
    if look is not Look.TITLE:
        made.border = HAIRLINE  # type: ignore[attr-defined]  # openpyxl's Cell


def _excel_moment(moment: datetime) -> datetime:
    """Excel knows no time zones: the local wall clock stands in the cell."""
    return moment.replace(tzinfo=None)


def readable(text: str) -> str:
    """``text`` without what XML cannot hold, at most 32,767 characters long."""
    clean = CONTROL.sub("", text)
    return clean if len(clean) <= MAX_TEXT else clean[: MAX_TEXT - 1] + "…"


def _finish(data: bytes, book: Book) -> bytes:
    """Repack with cached values and fixed times."""
    stamp = book.made_at.astimezone(UTC)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in sorted(source.infolist(), key=_archive_order):
            body = source.read(entry)
            info = zipfile.ZipInfo(entry.filename, date_time=stamp.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, _finished(entry.filename, body, book, stamp))
    return out.getvalue()


def _archive_order(entry: zipfile.ZipInfo) -> tuple[bool, str]:
    return entry.filename != "[Content_Types].xml", entry.filename


def _finished(name: str, body: bytes, book: Book, stamp: datetime) -> bytes:
    if name == "docProps/core.xml":
        when = stamp.strftime("%Y-%m-%dT%H:%M:%SZ")
        return re.sub(rb"(W3CDTF\">)[^<]*(<)", rb"\g<1>" + when.encode() + rb"\g<2>", body)
    if found := re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name):
        return with_cached_values(body, book.sheets[int(found[1]) - 1])
    return body


def with_cached_values(xml: bytes, sheet: Sheet) -> bytes:
    """The sheet's XML with the server's value in the ``<v>`` of every formula cell."""
    values = {place: formula.value for place, formula in _formulas(sheet)}
    if not values:
        return xml
    pattern = re.compile(r'<c r="([A-Z]+\d+)"([^>]*)><f>(.*?)</f><v\s*/?>(?:</v>)?</c>', re.DOTALL)

    def fill(found: re.Match[str]) -> str:
        kind, text = _cached(values[found[1]])
        style = re.sub(r'\s+t="[^"]*"', "", found[2])
        return f'<c r="{found[1]}"{style}{kind}><f>{found[3]}</f><v>{text}</v></c>'

    return pattern.sub(fill, xml.decode()).encode()


def _formulas(sheet: Sheet) -> Iterator[tuple[str, Formula]]:
    for row_number, row in enumerate(sheet.rows, start=1):
        for column_number, cell in enumerate(row, start=1):
            if isinstance(cell.value, Formula):
                yield f"{get_column_letter(column_number)}{row_number}", cell.value


def _cached(value: float | Decimal | str | None) -> tuple[str, str]:
    if value is None or isinstance(value, str):
        return ' t="str"', escape(readable(value or ""))
    return "", format(Decimal(str(value)), "f") if isinstance(value, Decimal) else repr(value)
