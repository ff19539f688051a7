"""The sheets of a returned workbook, as the limited child handed them over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from surveys.engine.problems import Problem
from surveys.excelform.reading.extraction import Extracted, ExtractedSheet, extract, extract_many
from surveys.limited import LIMITS, Limits, Reason, Unreadable, read_limited
from surveys.xlsform.precheck import MAX_FILE_BYTES, too_large, unreadable
from surveys.xlsform.sheet_inspection import place_of

Raw = str | int | float | bool | list[str] | None
"""A cell: text, number, truth, nothing, or a moment as ``["date" | "time" | "dateTime", ISO text]``."""

Place = tuple[int, int]
"""Row and column, from 0."""

BATCH_SECONDS: Final = 30.0
"""What a child may take for several workbooks."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its cells, what is wrong with some, and which are percentages or merged.

    ``merged`` are areas as first row and column, last row and column, from 0.
    """

    name: str
    rows: Sequence[Sequence[Raw]]
    flaws: Mapping[Place, str] = field(default_factory=dict)
    percent: frozenset[Place] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()

    def cell(self, row: int, column: int) -> Raw:
        """What stands in a cell; nothing outside of what is filled."""
        if row < len(self.rows):
            cells = self.rows[row]
            if column < len(cells):
                return cells[column]
        return None


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell of one sheet."""

    sheet: Sheet
    row: int
    column: int

    @property
    def name(self) -> str:
        """As spreadsheet programs call it: ``E14``."""
        return place_of(self.row + 1, self.column + 1)

    @property
    def raw(self) -> Raw:
        """What stands in it."""
        return self.sheet.cell(self.row, self.column)

    @property
    def flaw(self) -> str:
        """What is wrong with the cell itself; empty where nothing is."""
        return self.sheet.flaws.get((self.row, self.column), "")

    @property
    def is_percent(self) -> bool:
        """Whether it shows its number as a percentage."""
        return (self.row, self.column) in self.sheet.percent

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it; neither does in spaces."""
        raw = self.raw
        return (raw is None or (isinstance(raw, str) and not raw.strip())) and not self.flaw


class WorkbookRefused(Exception):
    """The file is not read at all; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def read_workbook(data: bytes, filename: str) -> tuple[Sheet, ...]:
    """The sheets of an .xlsx file, read in a limited child. Raises WorkbookRefused."""
    if len(data) > MAX_FILE_BYTES:
        raise WorkbookRefused(too_large(filename))
    try:
        found: Extracted = read_limited(extract, data, {"filename": filename})
    except Unreadable as failure:
        raise WorkbookRefused(_problem(failure, filename)) from failure
    return sheets_of(found)


def read_workbooks(files: Sequence[bytes], filename: str) -> list[tuple[Sheet, ...] | Problem]:
    """Many files, as ``read_workbook`` reads each; a problem in the place of one that is refused.

    One child reads them all. Where it ends over one of them, each gets a child of its own.
    """
    limits = Limits(BATCH_SECONDS, LIMITS.memory_bytes, LIMITS.answer_bytes)
    options = {"filename": filename, "lengths": [len(file) for file in files]}
    try:
        found: list[Extracted] = read_limited(extract_many, b"".join(files), options, limits=limits)
    except Unreadable:
        return [_read_or_problem(file, filename) for file in files]
    return [_sheets_or_problem(each) for each in found]


def sheets_of(extracted: Extracted) -> tuple[Sheet, ...]:
    """What a child extracted, as sheets. Raises WorkbookRefused."""
    if problem := extracted.get("problem"):
        raise WorkbookRefused(Problem(*problem))
    return tuple(_sheet(each) for each in extracted["sheets"])


def _sheet(extracted: ExtractedSheet) -> Sheet:
    name, rows, flaws, percent, merged = extracted
    return Sheet(
        name,
        rows,
        {(row, column): code for row, column, code in flaws},
        frozenset((row, column) for row, column in percent),
        tuple((top, left, bottom, right) for top, left, bottom, right in merged),
    )


def _read_or_problem(file: bytes, filename: str) -> tuple[Sheet, ...] | Problem:
    try:
        return read_workbook(file, filename)
    except WorkbookRefused as refusal:
        return refusal.problem


def _sheets_or_problem(extracted: Extracted) -> tuple[Sheet, ...] | Problem:
    try:
        return sheets_of(extracted)
    except WorkbookRefused as refusal:
        return refusal.problem


def _problem(failure: Unreadable, filename: str) -> Problem:
    if failure.reason is Reason.BUSY:
        advice = "Too many files are being opened. Send it again in a minute."
        return Problem("reader_busy", filename, filename, advice)
    return unreadable(filename, _DETAILS.get(failure.reason, "The reader gave up on it."))


_DETAILS: Final = {
    Reason.TIME: "It took too long to open.",
    Reason.TOO_MUCH: "It holds more text than a questionnaire can have.",
}


def texts_of(sheet: Sheet, most: int) -> Iterable[str]:
    """The first texts of a sheet."""
    found = 0
    for row in sheet.rows:
        for cell in row:
            if isinstance(cell, str) and cell.strip():
                yield cell
                found += 1
                if found >= most:
                    return
