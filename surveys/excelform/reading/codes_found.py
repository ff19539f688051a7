"""Where the hidden codes of a returned workbook stand now."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from surveys.excelform import codes
from surveys.excelform.reading.sheets import Sheet, Spot

_ROW_CODE: Final = re.compile(
    "|".join(
        (
            re.escape(codes.COLUMNS) + "$",
            re.escape(codes.TEXT) + "$",
            codes.QUESTION,
            codes.CHOICE,
            codes.TABLE,
            codes.ROW,
            codes.SUM,
            codes.REPEAT,
            codes.ENTRY,
        )
    )
)
_HEADS: Final = (codes.COLUMNS, codes.TABLE, codes.REPEAT)

Columns = Mapping[str, int]
"""Column numbers by their codes."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet with the columns that hold for it."""

    sheet: Sheet
    row: int
    columns: Columns

    def spot(self, code: str) -> Spot | None:
        """Its cell in the column of that code."""
        column = self.columns.get(code)
        return None if column is None else Spot(self.sheet, self.row, column)

    @property
    def first(self) -> Spot:
        """A cell by which to name the row."""
        column = min(self.columns.values(), default=0)
        return Spot(self.sheet, self.row, column)


@dataclass(slots=True)
class Found:
    """Every row by its code, in the order of the workbook; several where a code stands twice.

    ``blank`` are the rows of a repeat without a row id. ``uncoded`` are sheets without any code,
    ``orphans`` coded rows whose head does not stand on their sheet.
    """

    lines: dict[str, list[Line]] = field(default_factory=dict)
    blank: dict[str, list[Line]] = field(default_factory=dict)
    uncoded: list[Sheet] = field(default_factory=list)
    orphans: list[tuple[str, Spot]] = field(default_factory=list)

    def one(self, code: str) -> Line | None:
        """The first row of a code."""
        found = self.lines.get(code)
        return found[0] if found else None

    def add(self, code: str, line: Line) -> None:
        """Note a row."""
        self.lines.setdefault(code, []).append(line)


def find_codes(sheets: tuple[Sheet, ...]) -> Found:
    """The codes of all sheets."""
    found = Found()
    for sheet in sheets:
        column = _code_column(sheet)
        if column is None:
            found.uncoded.append(sheet)
        else:
            _SheetReader(sheet, column, found).read()
    return found


def _code_column(sheet: Sheet) -> int | None:
    """The column of the codes: the first in which one stands."""
    for row in sheet.rows:
        for column, cell in enumerate(row):
            if isinstance(cell, str) and _ROW_CODE.match(cell):
                return column
    return None


class _SheetReader:
    """Goes through one sheet: first its heads, because its rows may have been sorted above them."""

    def __init__(self, sheet: Sheet, column: int, found: Found) -> None:
        self.sheet = sheet
        self.column = column
        self.found = found
        self.heads: dict[str, Columns] = {}
        """The columns of a table or repeat, by its name."""
        self.loose: list[tuple[int, Columns]] = []
        """Where the columns of questions change, by row."""

    def read(self) -> None:
        """Note every coded row of the sheet."""
        for row, code in self._codes():
            if code.startswith(_HEADS):
                columns = self._columns(row)
                if code == codes.COLUMNS:
                    self.loose.append((row, columns))
                else:
                    self.heads.setdefault(code.partition(":")[2], columns)
                    self.found.add(code, Line(self.sheet, row, columns))
        repeat, before = "", ""
        for row, code in self._codes(with_blank=True):
            if not code:
                if repeat:
                    self._note_blank(repeat, row)
                continue
            # The visible head stands between the repeat's code and its first row.
            if code != codes.TEXT or not before.startswith(codes.REPEAT):
                repeat = self._note(row, code)
            before = code

    def _codes(self, *, with_blank: bool = False) -> Iterator[tuple[int, str]]:
        for row, cells in enumerate(self.sheet.rows):
            code = cells[self.column] if self.column < len(cells) else None
            if isinstance(code, str) and code.strip():
                yield row, code.strip()
            elif with_blank:
                yield row, ""

    def _columns(self, row: int) -> Columns:
        found: dict[str, int] = {}
        for column, cell in enumerate(self.sheet.rows[row]):
            if column != self.column and isinstance(cell, str) and cell:
                found.setdefault(cell.strip(), column)
        return found

    def _note(self, row: int, code: str) -> str:
        """Note a coded row; the repeat of which a row without a code behind it would be a new row."""
        kind, _colon, rest = code.partition(":")
        kind += ":"
        if kind in {codes.QUESTION, codes.CHOICE}:
            self.found.add(code, Line(self.sheet, row, self._columns_at(row)))
        elif kind in {codes.ROW, codes.ENTRY}:
            self._note_row(row, code, rest)
        if kind == codes.ENTRY:
            return rest.partition("/")[0]
        return rest if kind == codes.REPEAT else ""

    def _note_row(self, row: int, code: str, rest: str) -> None:
        owner, _slash, identity = rest.partition("/")
        columns = self.heads.get(owner)
        if columns is None:
            self.found.orphans.append((owner, Spot(self.sheet, row, self.column)))
        elif code.startswith(codes.ENTRY) and not identity:
            self._note_blank(owner, row)
        else:
            self.found.add(code, Line(self.sheet, row, columns))

    def _note_blank(self, repeat: str, row: int) -> None:
        columns = self.heads.get(repeat)
        if columns is not None:
            line = Line(self.sheet, row, columns)
            self.found.blank.setdefault(repeat, []).append(line)

    def _columns_at(self, row: int) -> Columns:
        """The columns of questions: those of the head above, else the first of the sheet."""
        above = [columns for head, columns in self.loose if head < row]
        if above:
            return above[-1]
        return self.loose[0][1] if self.loose else {}
