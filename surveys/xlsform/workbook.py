"""Pass 1: a file becomes sheets of text cells, or problems; it cannot hurt this process."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from surveys.engine.problems import Problem
from surveys.limited import Reason, Unreadable, read_limited
from surveys.xlsform.precheck import MAX_FILE_BYTES, too_large, unreadable
from surveys.xlsform.worker import Extracted, extract


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; ``rows[0]`` is row 1."""

    name: str
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets that could be read, and what stands against using them."""

    sheets: tuple[Sheet, ...] = ()
    problems: tuple[Problem, ...] = ()


def open_workbook(data: bytes, filename: str, *, wanted: Collection[str] | None = None) -> Workbook:
    """The sheets of an .xlsx, .xls or .csv file; never raises for what is in the file.

    With ``wanted``, patterns such as ``lookup.*`` in small letters, the other sheets are named only:
    their cells are neither checked nor read.
    """
    if len(data) > MAX_FILE_BYTES:
        return Workbook(problems=(too_large(filename),))
    options = {"filename": filename, "wanted": None if wanted is None else sorted(wanted)}
    try:
        found: Extracted = read_limited(extract, data, options)
    except Unreadable as failure:
        return Workbook(problems=(_problem(failure, filename),))
    if problems := found.get("problems"):
        return Workbook(problems=tuple(Problem(*problem) for problem in problems))
    return Workbook(sheets_from(found))


def sheets_from(extracted: Extracted) -> tuple[Sheet, ...]:
    """What was extracted, as sheets."""
    return tuple(Sheet(name, rows) for name, rows in extracted["sheets"])


def _problem(failure: Unreadable, filename: str) -> Problem:
    if failure.reason is Reason.BUSY:
        advice = "Too many files are being opened. Send it again in a minute."
        return Problem("reader_busy", filename, filename, advice)
    return unreadable(filename, _DETAILS.get(failure.reason, "The reader gave up on it."))


_DETAILS: Final = {
    Reason.TIME: "It took too long to open.",
    Reason.TOO_MUCH: "It holds more text than a questionnaire can have.",
}
