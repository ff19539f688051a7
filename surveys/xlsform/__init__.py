"""XLSForm: a workbook becomes a definition, with problems at its cells, and back."""

from surveys.xlsform.precheck import MAX_FILE_BYTES
from surveys.xlsform.reader import ReadResult, read_sheets, read_workbook
from surveys.xlsform.writing import pack, sheets_of

__all__ = ["MAX_FILE_BYTES", "ReadResult", "pack", "read_sheets", "read_workbook", "sheets_of"]
