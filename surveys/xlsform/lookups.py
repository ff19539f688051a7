"""The sheets ``lookup.<name>``: tables in which ``pulldata`` finds values, as they stand."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from surveys.engine import DataTable, Problem, Severity, columns_of, data_table, rows_of
from surveys.xlsform.cells import address, clean
from surveys.xlsform.workbook import Sheet

SHEET_PREFIX: Final = "lookup."
"""pyxform skips sheets that it does not know; with it a table's name fits a sheet's 31 letters."""

MAX_COLUMNS: Final = 100
MAX_CELL: Final = 10_000
MAX_TEXT: Final = 5_000_000
"""Characters of a whole table: 10,000 rows of five columns have about 500,000."""


@dataclass(frozen=True, slots=True)
class TableRead:
    """The table, ``None`` if any problem is an error, and the problems at their cells."""

    table: DataTable | None
    problems: tuple[Problem, ...] = ()


def read_table(sheet: Sheet, name: str) -> TableRead:
    """The sheet as the table ``name``: its first row with any text holds the columns.

    Cells are texts in NFC without outer blanks; rows and columns without any text do not count.
    """
    rows = [[clean(text, collapse=False) for text in row] for row in sheet.rows]
    start = next((number for number, row in enumerate(rows) if any(row)), None)
    if start is None or not any(any(row) for row in rows[start + 1 :]):
        advice = "Name the columns in the first row and write the rows below it."
        return TableRead(None, (Problem("lookup_empty", f"{sheet.name}!A1", name, advice),))
    header = rows[start]
    problems = [*_header_problems(sheet.name, start, header), *_cell_problems(sheet, start, rows)]
    places = [index for index, column in enumerate(header) if column]
    if len(places) > MAX_COLUMNS:
        problems.append(_too_large(sheet, name))
    if problems:
        return TableRead(None, tuple(problems))
    padded = ([*row, *[""] * len(header)] for row in rows[start + 1 :] if any(row))
    columns = [header[index] for index in places]
    table = data_table(name, columns, ([row[index] for index in places] for row in padded))
    if len(table.text) > MAX_TEXT:
        return TableRead(None, (_too_large(sheet, name),))
    return TableRead(table)


def is_lookup(sheet: Sheet) -> bool:
    """Whether the sheet holds a lookup table."""
    return sheet.name.strip().lower().startswith(SHEET_PREFIX)


def name_of(sheet: Sheet) -> str:
    """The table's name, from its sheet's."""
    return sheet.name.strip()[len(SHEET_PREFIX) :]


def sheet_of(table: DataTable) -> Sheet:
    """The sheet that is read as an equal table. Raises TableMalformed."""
    return Sheet(f"{SHEET_PREFIX}{table.name}", [[*columns_of(table)], *rows_of(table)])


def _header_problems(sheet: str, start: int, header: list[str]) -> Iterator[Problem]:
    counts = Counter(header)
    for index, column in enumerate(header):
        if column and counts[column] > 1 and header.index(column) < index:
            advice = f"Two columns are called {column}; keep one of them."
            yield Problem("column_twice", address(sheet, start + 1, index), column, advice)


def _cell_problems(sheet: Sheet, start: int, rows: list[list[str]]) -> Iterator[Problem]:
    """Cells below no column's name, the first of each; and cells that are no short text."""
    header, said = rows[start], set[int]()
    for number, row in enumerate(rows[start + 1 :], start=start + 2):
        for index, text in enumerate(row):
            named = index < len(header) and header[index]
            if text and not named and index not in said:
                said.add(index)
                at = address(sheet.name, number, index)
                advice = "Give the column a name in the first row, or empty it."
                yield Problem("column_without_header", at, "", advice, Severity.ERROR)
            if len(text) > MAX_CELL:
                at = address(sheet.name, number, index)
                advice = "A cell may have 10,000 characters. Shorten it."
                yield Problem("cell_too_long", at, header[index], advice)


def _too_large(sheet: Sheet, name: str) -> Problem:
    advice = "A table may have 100 columns and 5 million characters. Divide it."
    return Problem("table_too_large", f"{sheet.name}!A1", name, advice)
