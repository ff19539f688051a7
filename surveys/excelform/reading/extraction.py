"""What the child that opens a returned workbook does; it runs under ``surveys.limited``."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from surveys.excelform.reading.watching import UNREADABLE, WATCHES, AnswerWatch
from surveys.xlsform.package import inspect
from surveys.xlsform.precheck import FileKind, Refusal, kind_of, unreadable
from surveys.xlsform.sheet_inspection import MAX_CELLS, MAX_ROWS

MAX_CELL_LENGTH: Final = 40_000
"""A spreadsheet program takes 32,767 characters."""

_CONTROL: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

ExtractedSheet = list[Any]
"""``[name, rows, flaws, percent, merged]``; see ``extract``."""

Extracted = dict[str, list[Any]]


def extract(data: bytes, *, filename: str) -> Extracted:
    """``{"sheets": [sheet, …]}`` or ``{"problem": [code, place, name, advice]}``.

    A sheet is ``[name, rows, flaws, percent, merged]``: rows of cells, row 1 first, each a text, a
    number, true or false, ``null``, or a moment as ``["date" | "time" | "dateTime", ISO text]``;
    flaws as ``[row, column, code]``, percentages as ``[row, column]``, merged areas as
    ``[row, column, row, column]``, all counted from 0.
    """
    try:
        return {"sheets": list(_extract(data, filename))}
    except Refusal as refusal:
        found = refusal.problem
        return {"problem": [found.code, found.at, found.name, found.advice]}


def extract_many(data: bytes, *, lengths: list[int], filename: str) -> list[Extracted]:
    """Several workbooks that lie one behind the other, each as ``extract`` gives it."""
    found, start = [], 0
    for length in lengths:
        found.append(extract(data[start : start + length], filename=filename))
        start += length
    return found


def _extract(data: bytes, filename: str) -> Iterator[ExtractedSheet]:
    if kind_of(data, filename) is not FileKind.XLSX:
        raise Refusal(unreadable(filename))
    inspection = inspect(data, filename, None, watches=WATCHES)
    if inspection.problems:
        raise Refusal(inspection.problems[0])
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        for name, watch in inspection.sheets.items():
            assert isinstance(watch, AnswerWatch), "every sheet is wanted"
            yield _sheet(book, name, watch, filename)
    except CalamineError as failure:
        raise Refusal(unreadable(filename, "The reader gave up on it.")) from failure


def _sheet(book: CalamineWorkbook, name: str, watch: AnswerWatch, filename: str) -> ExtractedSheet:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height > MAX_ROWS or sheet.total_height * sheet.total_width > MAX_CELLS:
        detail = f"The sheet {name} has more cells than a questionnaire can have."
        raise Refusal(unreadable(filename, detail))
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    if watch.values and not rows:
        raise Refusal(unreadable(filename, f"The sheet {name} came out empty."))
    _note_unstorable(rows, watch)
    plain = [[_plain(cell) for cell in row] for row in rows]
    flaws = [[*place, code] for place, code in watch.flaws.items()]
    percent = [list(place) for place in sorted(watch.percent) if _has_number(plain, place)]
    return [name, plain, flaws, percent, [list(area) for area in watch.merged]]


def _note_unstorable(rows: list[list[Any]], watch: AnswerWatch) -> None:
    """Texts that nothing behind here could store or show, and dates before there are any."""
    for row_number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                if cell and (len(cell) > MAX_CELL_LENGTH or _CONTROL.search(cell)):
                    watch.flaws[row_number, column] = UNREADABLE
                    row[column] = ""
            elif (row_number, column) in watch.below_zero and not isinstance(cell, int | float):
                watch.flaws[row_number, column] = UNREADABLE


def _has_number(rows: list[list[Any]], place: tuple[int, int]) -> bool:
    row, column = place
    return row < len(rows) and column < len(rows[row]) and type(rows[row][column]) in (int, float)


def _plain(cell: Any) -> Any:
    """The cell as JSON can say it."""
    if isinstance(cell, str | bool | int | float):
        return cell if cell != "" else None
    return _moment(cell)


def _moment(cell: Any) -> Any:
    match cell:
        case datetime():
            is_day = cell.time() == time()
            return ["date", cell.date().isoformat()] if is_day else ["dateTime", cell.isoformat()]
        case date():
            return ["date", cell.isoformat()]
        case time():
            return ["time", cell.isoformat()]
        case timedelta():
            return _clock(cell)
    return None


def _clock(span: timedelta) -> Any:
    """A span of less than a day is a time of the day; a longer one a text."""
    seconds = int(span.total_seconds())
    if 0 <= seconds < 24 * 3600:
        hours, rest = divmod(seconds, 3600)
        return ["time", time(hours, rest // 60, rest % 60).isoformat()]
    return str(span)
