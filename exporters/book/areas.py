"""Where things stand: rectangles of cells, as formulas write them."""

from dataclasses import dataclass
from functools import cache
from typing import Self


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells of one sheet; rows and columns count from 1, both ends included."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def cell(cls, sheet: str, row: int, column: int) -> Self:
        """One cell."""
        return cls(sheet, row, column, row, column)

    @classmethod
    def column(cls, sheet: str, column: int, top: int, bottom: int) -> Self:
        """A part of one column."""
        return cls(sheet, top, column, bottom, column)

    @classmethod
    def row(cls, sheet: str, row: int, left: int, right: int) -> Self:
        """A part of one row."""
        return cls(sheet, row, left, row, right)

    @property
    def local(self) -> str:
        """As the sheet itself writes it: ``A1:B2``, or ``A1`` for one cell."""
        first = f"{column_letter(self.left)}{self.top}"
        last = f"{column_letter(self.right)}{self.bottom}"
        return first if first == last else f"{first}:{last}"

    @property
    def absolute(self) -> str:
        """As another sheet writes it: ``'Dữ liệu'!$A$1:$B$2``, or ``'Dữ liệu'!$A$1`` for one cell."""
        first = f"${column_letter(self.left)}${self.top}"
        last = f"${column_letter(self.right)}${self.bottom}"
        return f"{quoted(self.sheet)}!{first if first == last else f'{first}:{last}'}"


def quoted(sheet: str) -> str:
    """The name of a sheet as a formula writes it."""
    return "'" + sheet.replace("'", "''") + "'"


@cache
def column_letter(column: int) -> str:
    """A, B, …, Z, AA, … for 1, 2, …"""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
