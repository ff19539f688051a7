"""What the steps pass to one another: figures, and beside each missing one the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.definitions.reasons import Reason

Floats = NDArray[np.float64]
Codes = NDArray[np.int16]
Flags = NDArray[np.bool_]

PRESENT: Final = 0
_REASONS: Final = tuple(Reason)
_NUMBERS: Final = {reason: number for number, reason in enumerate(_REASONS, start=1)}


def number_of(reason: Reason) -> int:
    """The code of a reason in an array of codes; 0 stands for a value that is there."""
    return _NUMBERS[reason]


def reason_of(number: int) -> Reason | None:
    """The reason that a code stands for."""
    return None if number == PRESENT else _REASONS[number - 1]


def is_any(why: Codes, reasons: Sequence[Reason]) -> Flags:
    """Where one of the reasons stands."""
    return np.isin(why, [number_of(reason) for reason in reasons])


def unfigured() -> np.errstate:
    """Arithmetic whose results may leave the figures: who opens it looks for what is not finite, and
    gives it a reason."""
    return np.errstate(over="ignore", under="ignore", divide="ignore", invalid="ignore")


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Figures of units (rows) by element (columns): ``values`` is NaN exactly where ``why`` is not 0."""

    values: Floats
    why: Codes

    @classmethod
    def empty(cls, rows: int, columns: int, reason: Reason) -> "Grid":
        """No figure at all, for one reason."""
        return cls(
            np.full((rows, columns), np.nan),
            np.full((rows, columns), number_of(reason), dtype=np.int16),
        )

    @classmethod
    def of(cls, values: Floats, reason: Reason = Reason.NO_DATA) -> "Grid":
        """A grid of bare figures whose gaps all have one reason."""
        held = np.asarray(values, dtype=np.float64)
        return cls(held, np.where(np.isnan(held), number_of(reason), PRESENT).astype(np.int16))

    def take(self, rows: Sequence[int]) -> "Grid":
        """Some rows, in that order."""
        return Grid(self.values[list(rows)], self.why[list(rows)])

    def with_gaps(self, gaps: Flags, reason: Reason) -> "Grid":
        """The same with some figures taken out."""
        return Grid(
            np.where(gaps, np.nan, self.values),
            np.where(gaps, number_of(reason), self.why).astype(np.int16),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A grid with names. A caller that wants no NaN asks ``value`` or ``rows``."""

    units: tuple[str, ...]
    columns: tuple[str, ...]
    values: Floats
    why: Codes

    def value(self, unit: str, column: str) -> float | None:
        """The figure, or None. Raises ValueError for a unit or column that is not there."""
        figure = float(self.values[self.units.index(unit), self.columns.index(column)])
        return None if np.isnan(figure) else figure

    def reason(self, unit: str, column: str) -> Reason | None:
        """Why there is no figure; None where there is one."""
        return reason_of(int(self.why[self.units.index(unit), self.columns.index(column)]))

    def column(self, name: str) -> Floats:
        """One column, NaN where there is no figure; shape (units,)."""
        found: Floats = self.values[:, self.columns.index(name)]
        return found

    def rows(self) -> list[list[float | None]]:
        """The figures by unit, None where there is none."""
        return plain(self.values)

    def grid(self) -> Grid:
        """The same without names."""
        return Grid(self.values, self.why)


def plain(values: Floats) -> list[list[float | None]]:
    """An array of two dimensions as lists, NaN as None."""
    return [[None if np.isnan(value) else float(value) for value in row] for row in values]


def table(units: Sequence[str], columns: Sequence[str], grid: Grid) -> Table:
    """A grid with its names, held from being written to."""
    values, why = np.array(grid.values, dtype=np.float64), np.array(grid.why, dtype=np.int16)
    values.flags.writeable = False
    why.flags.writeable = False
    return Table(tuple(units), tuple(columns), values, why)
