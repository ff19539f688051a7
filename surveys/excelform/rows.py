"""Rows that are only read: titles, heads, notes, distance."""

from surveys.excelform import codes, looks
from surveys.excelform.columns import CODE_COLUMN, NUMBER_COLUMN
from surveys.excelform.sheet import LINE, PADDING, Sheet, lines_of


def text_row(sheet: Sheet, *, height: float = 0) -> int:
    """Begin a row that is only read; its number."""
    row = sheet.begin(height=height)
    sheet.code(CODE_COLUMN, looks.CODE, codes.TEXT)
    return row


def space(sheet: Sheet) -> None:
    """An empty row, which belongs to nothing."""
    text_row(sheet, height=9)


def heading(sheet: Sheet, text: str, style: int) -> None:
    """A line that may run over the cells beside it."""
    text_row(sheet, height=20)
    sheet.text(NUMBER_COLUMN, style, text)


def paragraph(
    sheet: Sheet, text: str, style: int, *, first: int = NUMBER_COLUMN, last: int
) -> None:
    """A text over several columns, as high as it needs: programs do not fit merged cells."""
    width = sum(sheet.widths.get(each, 9) for each in range(first, last + 1))
    text_row(sheet, height=lines_of(text, width) * LINE + PADDING)
    span(sheet, text, style, first, last)


def span(sheet: Sheet, text: str, style: int, first: int, last: int) -> None:
    """A text in one cell made of several."""
    sheet.text(first, style, text)
    for column in range(first + 1, last + 1):
        sheet.blank(column, style)
    sheet.merge(first, last)
