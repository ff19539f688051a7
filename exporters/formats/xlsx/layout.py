"""Widths, heights, frozen rows, filters, locks, and how a sheet is printed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from exporters.book import (
    MEASURED,
    Area,
    Book,
    Cell,
    Formula,
    Look,
    Paper,
    Sheet,
    column_letter,
    page_of,
)
from exporters.book.widths import fitted_widths, text_width
from exporters.formats.xlsx.styles import FACE, WRAPPED
from exporters.formats.xlsx.texts import readable

LINE_HEIGHT: Final = 13.5
ROW_HEIGHT: Final = 15.0
"""Of one plain line."""
MAX_HEIGHT: Final = 400.0
TALL: Final = {Look.TITLE: 26.0, Look.SUBTITLE: 22.0, Look.FIGURE: 30.0}
PAPERS: Final = {Paper.A4: 9, Paper.A3: 8}
SIDE: Final = 0.5
EDGE: Final = 0.7
"""Margins of the page in inches."""
BOLD: Final = 1.1
"""How much wider bold letters are."""
LINE_WIDTH: Final = 110
"""So many characters on a line are read with ease."""
FOOT: Final = 0.3
MAX_FOOT: Final = 80
"""Header and footer together hold 255 characters."""
FOOT_SIZE: Final = 8


@dataclass(frozen=True, slots=True)
class Measures:
    """The widths of columns, the heights of rows that are not one plain line, and what is merged."""

    widths: tuple[int, ...]
    heights: Mapping[int, float]
    merged: tuple[Area, ...]


def measures_of(sheet: Sheet) -> Measures:
    """What the texts of a sheet take."""
    widths = widths_of(sheet)
    merged = (*sheet.merged, *_flowing(sheet, widths))
    return Measures(widths, dict(_heights(sheet, widths, merged)), merged)


def lay_out(target: Worksheet, sheet: Sheet, book: Book, measures: Measures) -> None:
    """Give the sheet its measures, and its page."""
    for index, characters in enumerate(measures.widths, start=1):
        target.column_dimensions[column_letter(index)].width = characters
    target.sheet_format.defaultRowHeight = ROW_HEIGHT
    target.sheet_format.customHeight = True
    for row, height in measures.heights.items():
        target.row_dimensions[row].height = height
    for area in measures.merged:
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
    _print(target, sheet, book, measures.widths)


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


def _flowing(sheet: Sheet, widths: tuple[int, ...]) -> Iterator[Area]:
    """Over which cells the notes flow that are alone in their rows: a comfortable line wide."""
    taken = {row for area in sheet.merged for row in range(area.top, area.bottom + 1)}
    for number, row in enumerate(sheet.rows, start=1):
        filled = [cell for cell in row if cell.value is not None]
        if number in taken or len(filled) != 1 or not row or row[0].look is not Look.NOTE:
            continue
        last = next(
            (end for end in range(1, len(widths) + 1) if sum(widths[:end]) >= LINE_WIDTH),
            len(widths),
        )
        if last > 1:
            yield Area(sheet.name, number, 1, number, last)


def _heights(
    sheet: Sheet, widths: tuple[int, ...], areas: Sequence[Area]
) -> Iterator[tuple[int, float]]:
    merged = {(area.top, area.left): area for area in areas}
    for number, row in enumerate(sheet.rows, start=1):
        wide = list(widths)
        for index in range(len(row)):
            if area := merged.get((number, index + 1)):
                wide[index] = sum(widths[area.left - 1 : area.right])
        if height := sheet.heights.get(number) or _height(row, wide):
            yield number, height
    behind = len(sheet.rows)
    yield from ((row, height) for row, height in sheet.heights.items() if row > behind)


def _height(row: tuple[Cell, ...], widths: list[int]) -> float:
    """How tall the row must be, not every program fits it by itself; 0 for one plain line."""
    tall = max((TALL.get(cell.look, 0.0) for cell in row), default=0.0)
    lines = max(
        (
            _head_lines(shown, width)
            if cell.look is Look.HEAD
            else _lines(shown, width - 2 * cell.indent)
            for cell, width in zip(row, widths, strict=False)
            if cell.look in WRAPPED and isinstance(shown := _shown(cell), str)
        ),
        default=1,
    )
    return max(tall, min(MAX_HEIGHT, lines * LINE_HEIGHT + 2) if lines > 1 else 0.0)


def _shown(cell: Cell) -> object:
    return cell.value.value if isinstance(cell.value, Formula) else cell.value


def _lines(text: str, width: int) -> int:
    """Into how many lines a text wraps; words are not divided, so a line is never quite full."""
    return sum(
        max(1, -(-round(text_width(line)) // max(1, width - 1))) for line in text.split("\n")
    )


def _head_lines(text: str, width: int) -> int:
    """The same of a bold heading, word by word: there is little room, and a line too few hides one."""
    lines, filled = 0, float(width)
    for word in text.split():
        wide = text_width(word) * BOLD
        if filled + wide > width - 1:
            lines, filled = lines + 1, 0.0
        filled += wide + BOLD
    return max(1, lines)


def _lock(target: Worksheet) -> None:
    """What is not open cannot be changed; columns can be widened and rows filtered."""
    protection = target.protection
    protection.sheet = True
    protection.formatColumns = False
    protection.formatRows = False
    protection.autoFilter = False
    protection.sort = False


def _print(target: Worksheet, sheet: Sheet, book: Book, widths: tuple[int, ...]) -> None:
    """The page: its size, margins, head rows on each, and a foot with the book's mark and numbers."""
    setup, page = target.page_setup, page_of(sheet, widths)
    setup.paperSize = PAPERS[page.paper]
    setup.orientation = "landscape" if page.landscape else "portrait"
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=page.scale is None)
    if page.scale is None:
        setup.fitToWidth = page.across
        setup.fitToHeight = int(sheet.one_page)
    else:
        setup.scale = page.scale
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
    if page.across > 1 and (columns := sheet.frozen[1]):
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
