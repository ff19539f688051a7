"""XLSForm: a workbook becomes a definition, with problems at its cells."""

from surveys.xlsform.reader import ReadResult, read_sheets, read_workbook

__all__ = ["ReadResult", "read_sheets", "read_workbook"]
