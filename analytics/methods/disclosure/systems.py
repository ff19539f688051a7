"""Linked tables as one linear system."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analytics.methods.disclosure.tables import Cell, Sum, Table


class TablesDisagree(ValueError):
    """Two tables give the same cell different figures, or a sum is not the sum of its parts."""


@dataclass(frozen=True, slots=True)
class System:
    """All cells of linked tables once, and their sums as ``matrix @ values == 0``.

    ``matrix``: one row for each sum (-1 at the total, +1 at its parts), one column for each cell.
    """

    cells: tuple[Cell, ...]
    place: Mapping[str, int]
    matrix: csr_array
    sums: tuple[Sum, ...]

    @property
    def values(self) -> NDArray[np.float64]:
        """The figures, shape (cells,)."""
        return np.array([cell.value for cell in self.cells], dtype=np.float64)


def system_of(tables: Iterable[Table]) -> System:
    """Linked tables as one system. Raises TablesDisagree."""
    cells: dict[str, Cell] = {}
    sums: dict[tuple[str, frozenset[str]], Sum] = {}
    for table in tables:
        for cell in table.cells:
            known = cells.setdefault(cell.key, cell)
            if not _same(known.value, cell.value):
                raise TablesDisagree(f"{cell.key}: {known.value} and {cell.value}")
        for line in table.sums:
            sums.setdefault((line.total, frozenset(line.parts)), line)
    place = {key: i for i, key in enumerate(cells)}
    system = System(
        tuple(cells.values()), place, sums_matrix(sums.values(), place), tuple(sums.values())
    )
    _refuse_wrong_sums(system)
    return system


def telling(tables: Iterable[Table]) -> tuple[Table, ...]:
    """The tables without those whose cells and sums all stand in earlier ones of them."""
    cells: set[tuple[str, bool]] = set()
    sums: set[tuple[str, tuple[str, ...]]] = set()
    found: list[Table] = []
    for table in tables:
        mine = {(cell.key, table.origin is None) for cell in table.cells}
        lines = {(line.total, line.parts) for line in table.sums}
        if not (mine <= cells and lines <= sums):
            found.append(table)
        cells |= mine
        sums |= lines
    return tuple(found)


def sums_matrix(sums: Iterable[Sum], place: Mapping[str, int]) -> csr_array:
    """The sums as rows: shape (sums, cells)."""
    lines = list(sums)
    rows: list[int] = []
    columns: list[int] = []
    signs: list[float] = []
    for row, line in enumerate(lines):
        for key, sign in ((line.total, -1.0), *((part, 1.0) for part in line.parts)):
            rows.append(row)
            columns.append(place[key])
            signs.append(sign)
    return csr_array((signs, (rows, columns)), shape=(len(lines), len(place)))


def _refuse_wrong_sums(system: System) -> None:
    values = system.values
    scale = max(1.0, float(np.abs(values).max(initial=0.0)))
    off = np.abs(system.matrix @ values)
    for row in np.flatnonzero(off > 1e-9 * scale * 10):
        raise TablesDisagree(f"{system.sums[row].total} is not the sum of its parts")


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other))
