"""The process that opens a workbook: started with its path, reads standard input, writes JSON.

It runs alone, with limits of its own, because a hostile workbook can abort the reader (SIGABRT),
eat all memory or never end. So it imports nothing of ours: a start takes 15 ms.
"""

import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

MEMORY_LIMIT = 1024 * 1024 * 1024
CPU_SECONDS = 20
MAX_SHEETS = 60
MAX_ROWS = 50_000
MAX_CELLS = 2_000_000

Sheets = list[dict[str, Any]]


def extract(data: bytes) -> Sheets:
    """The sheets with their cells as text, row 1 first: ``[{"name": …, "rows": [[…]]}]``.

    Raises CalamineError when the file cannot be read, and ValueError when it is too large.
    """
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    if len(book.sheet_names) > MAX_SHEETS:
        raise ValueError(f"The workbook has more than {MAX_SHEETS} sheets.")
    return [
        {"name": name, "rows": _rows(book, index)} for index, name in enumerate(book.sheet_names)
    ]


def _rows(book: CalamineWorkbook, index: int) -> list[list[str]]:
    sheet = book.get_sheet_by_index(index)
    if sheet.total_height > MAX_ROWS or sheet.total_height * sheet.total_width > MAX_CELLS:
        raise ValueError(f"The sheet {sheet.name} has more cells than a questionnaire can have.")
    return [
        [cell if isinstance(cell, str) else text_of(cell) for cell in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]


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


def limit_resources() -> None:
    """Hold this process to its memory and time; no core dump when it dies of it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main() -> None:
    """Answer ``{"sheets": …}`` or ``{"refusal": …}``."""
    limit_resources()
    try:
        answer: dict[str, Any] = {"sheets": extract(sys.stdin.buffer.read())}
    except (CalamineError, ValueError) as failure:
        answer = {"refusal": str(failure)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
