"""What the child that opens a workbook does: look at it, read it, look at what was read.

It runs under ``surveys.limited``, because a hostile workbook can abort the reader (SIGABRT), eat all
memory or never end.
"""

import re
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from surveys.engine.problems import Problem
from surveys.xlsform.delimited import Rows, sheets_of_csv
from surveys.xlsform.package import MAX_SHEETS, inspect
from surveys.xlsform.precheck import FileKind, Refusal, is_wanted, kind_of, unreadable
from surveys.xlsform.sheet_inspection import (
    MAX_CELLS,
    MAX_PROBLEMS,
    MAX_ROWS,
    SheetWatch,
    place_of,
)

MAX_CELL_LENGTH: Final = 100_000
"""Three times as long as a spreadsheet program takes: the rows have closer limits, in their words."""

_CONTROL: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Extracted = dict[str, list[Any]]


def extract(data: bytes, *, filename: str, wanted: Collection[str] | None = None) -> Extracted:
    """``{"sheets": [[name, rows], …]}`` with the cells as text, row 1 first, or ``{"problems": …}``.

    A problem is the list of a Problem's code, place, name and advice. Only the ``wanted`` sheets, as
    ``is_wanted`` says, have rows.
    """
    try:
        sheets, problems = _extract(data, filename, wanted)
    except Refusal as refusal:
        sheets, problems = [], [refusal.problem]
    if problems:
        return {"problems": [[each.code, each.at, each.name, each.advice] for each in problems]}
    return {"sheets": [list(sheet) for sheet in sheets]}


def _extract(
    data: bytes, filename: str, wanted: Collection[str] | None
) -> tuple[list[tuple[str, Rows]], list[Problem]]:
    kind = kind_of(data, filename)
    if kind is FileKind.CSV:
        sheets = sheets_of_csv(data, filename)
        return sheets, _text_problems(sheets)
    watches: dict[str, SheetWatch | None] = {}
    if kind is FileKind.XLSX:
        inspection = inspect(data, filename, wanted)
        if inspection.problems:
            return [], list(inspection.problems)
        watches = inspection.sheets
    try:
        return _from_library(data, filename, wanted, watches)
    except CalamineError as failure:
        raise Refusal(unreadable(filename, "The reader gave up on it.")) from failure


def _from_library(
    data: bytes,
    filename: str,
    wanted: Collection[str] | None,
    watches: dict[str, SheetWatch | None],
) -> tuple[list[tuple[str, Rows]], list[Problem]]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    names = list(watches or book.sheet_names)
    if len(names) > MAX_SHEETS:
        detail = f"The workbook has more than {MAX_SHEETS} sheets."
        raise Refusal(unreadable(filename, detail))
    sheets: list[tuple[str, Rows]] = []
    problems: list[Problem] = []
    for name in names:
        cells: list[list[Any]] = []
        if is_wanted(name, wanted):
            cells = _cells(book, name, filename)
            if (watch := watches.get(name)) is not None:
                if watch.values and not cells:
                    raise Refusal(unreadable(filename, f"The sheet {name} came out empty."))
                problems.extend(_date_problems(name, cells, watch))
        sheets.append((name, [_row(row) for row in cells]))
    return sheets, [*problems, *_text_problems(sheets)]


def _cells(book: CalamineWorkbook, name: str, filename: str) -> list[list[Any]]:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height > MAX_ROWS or sheet.total_height * sheet.total_width > MAX_CELLS:
        detail = f"The sheet {name} has more cells than a questionnaire can have."
        raise Refusal(unreadable(filename, detail))
    cells: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    return cells


def _row(cells: list[Any]) -> list[str]:
    return [cell if isinstance(cell, str) else text_of(cell) for cell in cells]


def _date_problems(name: str, cells: list[list[Any]], watch: SheetWatch) -> Iterator[Problem]:
    """Numbers under zero that are formatted as dates: the library makes midnight of them."""
    for row, column in sorted(watch.below_zero):
        if isinstance(cells[row][column], date | time | timedelta):
            at = f"{name}!{place_of(row + 1, column + 1)}"
            yield Problem("cell_unreadable", at, name, "The cell holds no date.")


def _text_problems(sheets: list[tuple[str, Rows]]) -> list[Problem]:
    """Texts that nothing behind here could store or show."""
    problems = []
    for name, rows in sheets:
        for number, row in enumerate(rows, start=1):
            # A row is looked through as one text: there are up to a million cells.
            if not _text_advice("".join(row)):
                continue
            for column, text in enumerate(row, start=1):
                if advice := _text_advice(text):
                    at = f"{name}!{place_of(number, column)}"
                    problems.append(Problem("cell_unreadable", at, name, advice))
    return problems[:MAX_PROBLEMS]


def _text_advice(text: str) -> str:
    if len(text) > MAX_CELL_LENGTH:
        return f"The text has {len(text)} characters; {MAX_CELL_LENGTH} are allowed."
    if _CONTROL.search(text):
        return "The text holds invisible characters that cannot be stored. Type it again."
    return ""


def text_of(cell: Any) -> str:
    """A cell's value as a person sees it: plain digits, TRUE, ISO dates."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return str(int(cell)) if cell.is_integer() else format(Decimal(repr(cell)), "f")
        case datetime():
            at_midnight = cell.time() == time()
            return cell.date().isoformat() if at_midnight else cell.isoformat()
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
    return str(cell)
