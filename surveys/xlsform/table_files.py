"""Files with one lookup table: a CSV in UTF-8, or a workbook with one sheet."""

import csv
import io
from typing import Final

from surveys.engine import Problem
from surveys.xlsform.lookups import TableRead, read_table
from surveys.xlsform.precheck import MAX_FILE_BYTES
from surveys.xlsform.workbook import Sheet, open_workbook

MAX_ROWS: Final = 50_000
_DELIMITERS: Final = (",", ";", "\t")


def read_table_file(data: bytes, filename: str, name: str) -> TableRead:
    """The file as the table ``name``; never raises for what is in the file.

    CSV may part its cells by comma, semicolon or tab, whichever its first line has most of. A
    workbook is opened in the reader's own limited process.
    """
    if filename.lower().endswith(".csv") and len(data) <= MAX_FILE_BYTES:
        return _from_csv(data, filename, name)
    workbook = open_workbook(data, filename)
    if workbook.problems:
        return TableRead(None, workbook.problems)
    filled = [sheet for sheet in workbook.sheets if any(any(row) for row in sheet.rows)]
    if len(filled) > 1:
        names = ", ".join(sheet.name for sheet in filled)
        advice = f"The sheets are: {names}. Keep the one with the table."
        return TableRead(None, (Problem("sheets_several", filename, filename, advice),))
    return read_table(filled[0] if filled else Sheet(name, []), name)


def _from_csv(data: bytes, filename: str, name: str) -> TableRead:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        problem = Problem("csv_not_utf8", filename, filename, "Save it as CSV UTF-8.")
        return TableRead(None, (problem,))
    first = text.lstrip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as failure:
        advice = f"Open it in a spreadsheet program and save it as .xlsx. ({failure})"
        return TableRead(None, (Problem("workbook_unreadable", filename, filename, advice),))
    if len(rows) > MAX_ROWS:
        advice = "A table may have 50,000 rows. Divide it."
        return TableRead(None, (Problem("table_too_large", f"{name}!A1", name, advice),))
    return read_table(Sheet(name, rows), name)
