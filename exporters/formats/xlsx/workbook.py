"""From a book to its file."""

import io

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from exporters.book import Area, Book, Cell, Sheet
from exporters.formats.xlsx.archive import Rows, finish
from exporters.formats.xlsx.cells import extent_of, rows_of
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
    written = []
    for sheet in book.sheets:
        target = workbook.create_sheet(sheet.name)
        measures = measures_of(sheet)
        stylist = Stylist(target, lined=sheet.lined)
        written.append(Rows(rows_of(sheet, measures, stylist), extent_of(sheet, measures)))
        _lay_on(target, sheet, book)
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
    return finish(plain.getvalue(), book, written)


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


def _lay_on(target: Worksheet, sheet: Sheet, book: Book) -> None:
    """Comments and links, which stand beside the cells in the file."""
    for row_number, row in enumerate(sheet.rows, start=1):
        for column_number, cell in enumerate(row, start=1):
            if cell.note or cell.link is not None:
                _lay_on_cell(target, cell, Area.cell(sheet.name, row_number, column_number), book)


def _lay_on_cell(target: Worksheet, cell: Cell, place: Area, book: Book) -> None:
    made = target.cell(row=place.top, column=place.left)
    if cell.note:
        made.comment = _comment(cell.note, book.creator)
    if cell.link is not None:
        leads = Area.cell(cell.link.sheet, cell.link.row, cell.link.column)
        made.hyperlink = Hyperlink(ref=place.local, location=leads.absolute)


def _comment(text: str, author: str) -> Comment:
    lines = sum(1 + len(line) // NOTE_LETTERS for line in text.split("\n"))
    return Comment(
        readable(text), readable(author), height=(lines + 1) * NOTE_LINE, width=NOTE_WIDTH
    )
