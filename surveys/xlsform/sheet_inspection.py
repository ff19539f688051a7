"""The cells of a worksheet as its XML has them: their places, their kinds, whether they hold values."""

import re
from functools import lru_cache
from math import isfinite
from typing import Final

from surveys.engine.problems import Problem
from surveys.xlsform.inspection import Attributes, Damaged, Watch

MAX_ROWS: Final = 50_000
MAX_COLUMNS: Final = 2_000
MAX_CELLS: Final = 2_000_000
MAX_VALUES: Final = 1_000_000
"""Half as many cells that hold something: with them the reader is done in half of its time."""

MAX_PROBLEMS: Final = 500
"""As many of a sheet as one can read."""

_MAX_MERGES: Final = 5_000
_LAST_ROW: Final = 1_048_576
_LAST_COLUMN: Final = 16_384
_COLUMN: Final = re.compile(r"[A-Z]{1,3}")
_ROW: Final = re.compile(r"[1-9][0-9]{0,6}")


class SheetWatch(Watch):
    """One worksheet; its problems are those that a person can correct in a cell.

    Rows and cells that are only formatted do not count, wherever they stand: spreadsheet programs
    write them down to the last row.
    """

    def __init__(self, name: str, *, strings: int) -> None:
        super().__init__()
        self.name = name
        self.strings = strings
        self.problems: list[Problem] = []
        self.values = 0
        """Cells that hold something."""
        self.below_zero: set[tuple[int, int]] = set()
        """Row and column, from 0, of numbers under zero: no date is one."""
        self._cells = 0
        self._merges = 0
        self._row = 0
        self._column = 0
        self._kind = ""
        self._has_formula = False
        self._has_value = False
        self._text: list[str] = []

    def started(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name in {"v", "is"}:
            self._has_value = True
            self.parser.CharacterDataHandler = self._text.append
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            self._begin_row(attributes.get("r"))
        elif name == "mergeCell":
            self._merges += 1
            if self._merges > _MAX_MERGES:
                raise Damaged(f"The sheet {self.name} has more than {_MAX_MERGES} merged cells.")

    def ended(self, name: str) -> None:
        if name in {"v", "is"}:
            self.parser.CharacterDataHandler = None
        elif name == "c":
            self._end_cell("".join(self._text))

    def _begin_row(self, number: str | None) -> None:
        before, self._column = self._row, 0
        if number is None:
            self._row += 1
        elif _ROW.fullmatch(number):
            self._row = int(number)
        else:
            raise Damaged(self._strange_place(number))
        if not before < self._row <= _LAST_ROW:
            raise Damaged(f"The rows of the sheet {self.name} are not in their order.")

    def _begin_cell(self, attributes: Attributes) -> None:
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise Damaged(self._too_many())
        before = self._column
        place = attributes.get("r")
        if place is None:
            self._column += 1
        else:
            row = str(self._row)
            self._column = _column_named(place.removesuffix(row)) if place.endswith(row) else 0
            if not self._column:
                raise Damaged(self._strange_place(place))
        if not before < self._column <= _LAST_COLUMN:
            raise Damaged(f"The cells of the sheet {self.name} are not in their order.")
        self._kind = attributes.get("t", "n")
        self._has_formula = self._has_value = False
        self._text.clear()

    def _end_cell(self, text: str) -> None:
        if text:
            self.values += 1
            if self.values > MAX_VALUES:
                raise Damaged(self._too_many())
            if self._row > MAX_ROWS or self._column > MAX_COLUMNS:
                self._report(
                    "sheet_too_large", "Delete the cells far right of or below the questionnaire."
                )
                raise Enough
            self._check_value(text)
        elif self._has_formula and not (self._kind == "str" and self._has_value):
            self._report(
                "formula_without_value",
                "Open the workbook in a spreadsheet program and save it, or write the value.",
            )

    def _check_value(self, text: str) -> None:
        """What the library would turn into something else without a word."""
        if self._kind == "n":
            number = _finite(text)
            if number is None:
                self._report("cell_unreadable", "The cell holds no number that can be stored.")
            elif number < 0:
                self.below_zero.add((self._row - 1, self._column - 1))
        elif self._kind == "e":
            self._report("cell_unreadable", "The formula gives an error. Correct it.")
        elif self._kind == "s" and not (text.isdecimal() and int(text[:9]) < self.strings):
            raise Damaged(f"A cell of the sheet {self.name} refers to a text that is not there.")

    def _report(self, code: str, advice: str) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(
                Problem(code, f"{self.name}!{place_of(self._row, self._column)}", self.name, advice)
            )

    def _too_many(self) -> str:
        return f"The sheet {self.name} has more cells than a questionnaire can have."

    def _strange_place(self, place: str) -> str:
        return f"The sheet {self.name} has a cell at the place {place[:20]}."


class Enough(Exception):
    """What was found stands against the sheet, whatever comes behind it."""


def place_of(row: int, column: int) -> str:
    """The name of a cell, both numbers from 1: (14, 5) is E14."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


@lru_cache(maxsize=_LAST_COLUMN)
def _column_named(letters: str) -> int:
    """The number of a column, from 1; 0 where no column is called so."""
    if _COLUMN.fullmatch(letters) is None:
        return 0
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _finite(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None
