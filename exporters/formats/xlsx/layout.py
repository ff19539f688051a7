"""Widths, heights, frozen rows, filters, locks, and how a sheet is printed."""

from typing import Final

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from exporters.book import MEASURED, Area, Book, Cell, Look, Paper, Sheet, column_letter
from exporters.book.widths import fitted_widths, text_width
from exporters.formats.xlsx.styles import FACE, WRAPPED
from exporters.formats.xlsx.texts import readable

LINE_HEIGHT: Final = 13.5
MAX_HEIGHT: Final = 400.0
TALL: Final = {Look.TITLE: 26.0, Look.SUBTITLE: 22.0, Look.FIGURE: 30.0}
PAPERS: Final = {Paper.A4: 9, Paper.A3: 8}
SIDE: Final = 0.5
EDGE: Final = 0.7
"""Margins of the page in inches."""
FOOT: Final = 0.3
MAX_FOOT: Final = 80
"""Header and footer together hold 255 characters."""
FOOT_SIZE: Final = 8


def lay_out(target: Worksheet, sheet: Sheet, book: Book) -> None:
    """Give the sheet its measures, and its page."""
    widths = widths_of(sheet)
    for index, characters in enumerate(widths, start=1):
        target.column_dimensions[column_letter(index)].width = characters
    _heights(target, sheet, widths)
    for area in sheet.merged:
        target.merge_cells(area.local)
    rows, columns = sheet.frozen
    if rows or columns:
        target.freeze_panes = f"{column_letter(columns + 1)}{rows + 1}"
    if sheet.filtered and sheet.rows:
        last = sheet.filter_columns or sheet.width
        filtered = Area(sheet.name, sheet.head_rows, 1, len(sheet.rows), last)
        target.auto_filter.ref = filtered.local
    if sheet.tab is not None:
        target.sheet_properties.tabColor = sheet.tab
    target.sheet_view.showGridLines = sheet.lined
    if sheet.locked:
        _lock(target)
    _print(target, sheet, book)


def widths_of(sheet: Sheet) -> tuple[int, ...]:
    """The widths of all columns: those given, and where none is given those measured."""
    given = sheet.widths
    if len(given) >= sheet.width and MEASURED not in given:
        return given
    measured = fitted_widths(sheet.rows, filtered=sheet.filtered)
    return tuple(
        given[index] if index < len(given) and given[index] != MEASURED else width
        for index, width in enumerate(measured)
    )


def _heights(target: Worksheet, sheet: Sheet, widths: tuple[int, ...]) -> None:
    merged = {(area.top, area.left): area for area in sheet.merged}
    for number, row in enumerate(sheet.rows, start=1):
        wide = list(widths)
        for index in range(len(row)):
            if area := merged.get((number, index + 1)):
                wide[index] = sum(widths[area.left - 1 : area.right])
        height = sheet.heights.get(number) or _height(row, wide)
        if height:
            target.row_dimensions[number].height = height


def _height(row: tuple[Cell, ...], widths: list[int]) -> float:
    """How tall the row must be, not every program fits it by itself; 0 for one plain line."""
    tall = max((TALL.get(cell.look, 0.0) for cell in row), default=0.0)
    lines = max(
        (
            _lines(cell.value, width)
            for cell, width in zip(row, widths, strict=False)
            if isinstance(cell.value, str) and cell.look in WRAPPED
        ),
        default=1,
    )
    return max(tall, min(MAX_HEIGHT, lines * LINE_HEIGHT + 2) if lines > 1 else 0.0)


def _lines(text: str, width: int) -> int:
    """Into how many lines a text wraps; words are not divided, so a line is never quite full."""
    return sum(
        max(1, -(-round(text_width(line)) // max(1, width - 1))) for line in text.split("\n")
    )


def _lock(target: Worksheet) -> None:
    """What is not open cannot be changed; columns can be widened and rows filtered."""
    protection = target.protection
    protection.sheet = True
    protection.formatColumns = False
    protection.formatRows = False
    protection.autoFilter = False
    protection.sort = False


def _print(target: Worksheet, sheet: Sheet, book: Book) -> None:
    """The page: its size, margins, head rows on each, and a foot with the book's mark and numbers."""
    setup = target.page_setup
    setup.paperSize = PAPERS[sheet.paper]
    setup.orientation = "landscape" if sheet.landscape else "portrait"
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=sheet.fitted)
    if sheet.fitted:
        setup.fitToWidth = 1
        setup.fitToHeight = 0
    else:
        setup.scale = sheet.scale
    if sheet.printed is not None:
        target.print_area = sheet.printed.local
    for row in sheet.breaks:
        target.row_breaks.append(Break(id=row))
    margins = target.page_margins
    margins.left = margins.right = SIDE
    margins.top = margins.bottom = EDGE
    margins.header = margins.footer = FOOT
    if rows := sheet.frozen[0]:
        target.print_title_rows = f"1:{rows}"
    if not sheet.fitted and (columns := sheet.frozen[1]):
        target.print_title_cols = f"A:{column_letter(columns)}"
    head, foot = target.oddHeader, target.oddFooter
    assert head is not None, "openpyxl gives every sheet a header"
    assert foot is not None, "openpyxl gives every sheet a footer"
    _say(head.left, book.title)
    _say(head.right, sheet.name)
    _say(foot.left, book.mark)
    _say(foot.right, "", "&P / &N")


def _say(part: object, text: str, fields: str = "") -> None:
    """A part of header or footer; ``fields`` are codes of the program, text never is."""
    cut = readable(text)
    cut = cut if len(cut) <= MAX_FOOT else cut[: MAX_FOOT - 1] + "…"
    part.text = (cut.replace("&", "&&") + fields) or None  # type: ignore[attr-defined]
    part.font = f"{FACE},Regular"  # type: ignore[attr-defined]  # openpyxl's _HeaderFooterPart
    part.size = FOOT_SIZE  # type: ignore[attr-defined]  # openpyxl's _HeaderFooterPart
