"""A table in a file becomes a sheet of cells. The file is read in a limited process."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.excelform.reading.sheets import Sheet, Spot, read_workbook
from surveys.excelform.reading.sheets import WorkbookRefused as FileUnreadable
from surveys.organisations.people_files import lines_of
from surveys.responses.workbooks.refusals import WorkbookRefused

MOST_CELLS: Final = 200_000
ZIP: Final = b"PK"


class TableEmpty(DomainError):
    """There is no table with headings and lines in the file."""

    code = "prefill_table_empty"
    message = _("The file holds no table: headings in the first row, agencies in the first column.")
    status = 422


class TableTooLarge(DomainError):
    """The table has more cells than are looked through at once."""

    code = "prefill_table_too_large"
    message = _("The table has more than 200,000 cells. Divide it.")
    status = 422


def read_table(data: bytes, filename: str) -> Sheet:
    """The first sheet of an .xlsx file in which something stands, or a .csv.

    Raises TableEmpty, TableTooLarge, or why the file cannot be read.
    """
    sheet = _read(data, filename)
    width = max((len(row) for row in sheet.rows), default=0)
    if len(sheet.rows) < 2 or width < 2:
        raise TableEmpty
    if len(sheet.rows) * width > MOST_CELLS:
        raise TableTooLarge
    return sheet


def where(sheet: Sheet, row: int, column: int) -> str:
    """``sheet!B2``, or ``B2`` in a file without sheets; counted from 0."""
    place = Spot(sheet, row, column).name
    return f"{sheet.name}!{place}" if sheet.name else place


def _read(data: bytes, filename: str) -> Sheet:
    if filename.lower().endswith(".csv") and not data.startswith(ZIP):
        return Sheet("", lines_of(data, filename))
    try:
        sheets = read_workbook(data, filename)
    except FileUnreadable as refusal:
        raise WorkbookRefused.because(refusal.problem) from refusal
    filled = (sheet for sheet in sheets if any(any(row) for row in sheet.rows))
    if (first := next(filled, None)) is None:
        raise TableEmpty
    return first
