"""XLSForm out: a definition becomes the sheets of a workbook, and those an .xlsx file."""

from surveys.xlsform.writing.package import pack
from surveys.xlsform.writing.sheets import sheets_of

__all__ = ["pack", "sheets_of"]
