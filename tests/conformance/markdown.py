"""Forms written as Markdown tables, as sheets."""

import re
from typing import Any, Final

from surveys.xlsform.workbook import Sheet

BETWEEN: Final = re.compile(r"(?<!\\)\|")


def sheets_of(text: str) -> tuple[Sheet, ...]:
    """A first cell names a sheet; the rows below it, without that cell, are its rows."""
    sheets: list[Sheet] = []
    for line in text.splitlines():
        if not line.strip().startswith("|"):
            continue
        name, *cells = (cell.strip() for cell in BETWEEN.split(line.strip()[1:]))
        if cells and not cells[-1]:
            cells.pop()
        if name:
            sheets.append(Sheet(name, []))
        if sheets and (any(cells) or not name):
            sheets[-1].rows.append([cell.replace("\\|", "|") for cell in cells])
    return tuple(sheets)


def sheets_from(structure: dict[str, list[dict[str, Any]]]) -> tuple[Sheet, ...]:
    """A form given as rows of named cells."""
    sheets = []
    for name, rows in structure.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        cells = [[str(row.get(column, "")) for column in columns] for row in rows]
        sheets.append(Sheet(name, [columns, *cells]))
    return tuple(sheets)
