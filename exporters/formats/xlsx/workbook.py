"""From a book to its file."""

import io
from collections.abc import Collection
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as Target
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from exporters.book import Area, Book, Cell, Formula, Sheet, sided
from exporters.formats.xlsx.archive import finish
from exporters.formats.xlsx.charts import add_chart
from exporters.formats.xlsx.checking import check
from exporters.formats.xlsx.layout import lay_out, measures_of
from exporters.formats.xlsx.marks import add_mark, add_name, add_validation
from exporters.formats.xlsx.styles import Stylist
from exporters.formats.xlsx.texts import readable

NOTE_WIDTH = 320
NOTE_LINE = 17
NOTE_LETTERS = 46
"""A comment in pixels, and how many letters stand on one of its lines."""


def write_xlsx(book: Book) -> bytes:
    """The workbook as the bytes of an .xlsx file.

    Text is written as text even where it starts with ``=``, ``+``, ``-`` or ``@``; control characters
    are dropped; text over 32,767 characters is cut with an ellipsis. Raises TooLargeForExcel, and
    Dangling where a chart, name, link or list refers to cells that are not there.
    """
    check(book)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    _describe(workbook, book)
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for sheet in book.sheets:
        target = workbook.create_sheet(sheet.name)
        measures = measures_of(sheet)
        _write_cells(target, sheet, book, measures.heights.keys())
        lay_out(target, sheet, book, measures)
        for mark in sheet.marks:
            add_mark(target, mark)
        for rule in sheet.validations:
            add_validation(target, rule)
        for chart in sheet.charts:
            add_chart(target, chart, sheets)
    for name in book.names:
        add_name(workbook, name)
    plain = io.BytesIO()
    workbook.save(plain)
    return finish(plain.getvalue(), book)


def _describe(workbook: Workbook, book: Book) -> None:
    about = workbook.properties
    about.title = readable(book.title)
    about.creator = about.lastModifiedBy = readable(book.creator)
    about.subject = readable(book.subject) or None
    about.keywords = readable(", ".join(book.keywords)) or None
    about.description = readable(book.description) or None
    about.language = readable(book.language) or None
    for name, value in book.properties.items():
        own = StringProperty(name=readable(name), value=readable(value))
        workbook.custom_doc_props.append(own)  # type: ignore[attr-defined]  # not in the stubs
    workbook.calculation.fullCalcOnLoad = True


def _write_cells(target: Worksheet, sheet: Sheet, book: Book, tall: Collection[int]) -> None:
    stylist = Stylist(target, lined=sheet.lined)
    for row_number, row in enumerate(sided(sheet.rows), start=1):
        for column_number, (cell, side) in enumerate(row, start=1):
            if cell == EMPTY:
                continue
            made = target.cell(row=row_number, column=column_number)
            assert isinstance(made, Target), "cells are merged after they are written"
            _fill(made, cell)
            stylist.dress(made, cell, side, tall=row_number in tall)
            if cell.note:
                made.comment = _comment(cell.note, book.creator)
            if cell.link is not None:
                place = Area.cell(cell.link.sheet, cell.link.row, cell.link.column)
                made.hyperlink = Hyperlink(ref=made.coordinate, location=place.absolute)


EMPTY = Cell()


def _fill(made: Target, cell: Cell) -> None:
    match cell.value:
        case Formula(text=text):
            made.value = f"={text}"
        case str():
            made.value = readable(cell.value)
            made.data_type = "s"
        case datetime():
            # Excel knows no time zones: the local wall clock stands in the cell.
            made.value = cell.value.replace(tzinfo=None)
        case None:
            pass
        case _:
            made.value = cell.value


def _comment(text: str, author: str) -> Comment:
    lines = sum(1 + len(line) // NOTE_LETTERS for line in text.split("\n"))
    return Comment(
        readable(text), readable(author), height=(lines + 1) * NOTE_LINE, width=NOTE_WIDTH
    )
