"""XLSForm: a workbook becomes a definition, with problems at its cells."""

from surveys.xlsform.precheck import MAX_FILE_BYTES
from surveys.xlsform.reader import ReadResult, read_sheets, read_workbook

__all__ = ["MAX_FILE_BYTES", "ReadResult", "read_sheets", "read_workbook"]
