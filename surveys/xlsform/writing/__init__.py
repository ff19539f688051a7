"""XLSForm out: a definition becomes the sheets of a workbook, and those an .xlsx file."""

from surveys.xlsform.writing.package import Layout, pack
from surveys.xlsform.writing.sheets import sheets_of

__all__ = ["Layout", "pack", "sheets_of"]
