"""Linked cells as sums of as few unknown figures as there are: the rest of a log says nothing new."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array

from analytics.methods.disclosure.systems import System

_OPEN: Final = 1
_DONE: Final = 2


@dataclass(frozen=True, slots=True)
class Unknowns:
    """What the cells of a system are made of.

    ``ways``: shape (cells, unknowns); the figures of the cells are ``ways @ values``. ``ties``: shape
    (rows, unknowns); what is left of the sums, as ``ties @ values == 0``, no row twice. ``values``: the
    unknowns as they are, shape (unknowns,).
    """

    ways: csr_array
    ties: csr_array
    values: NDArray[np.float64]

    @classmethod
    def of(cls, system: System) -> Self:
        """Every total by its parts, down to cells that are no total.

        A cell that is the total of several sums is written by one of them; the others are ties.
        """
        chosen = _chosen_sums(system)
        totals = np.flatnonzero(chosen >= 0)
        size = len(system.cells)
        parts = system.matrix[chosen[totals]] + eye_array(size, format="csr")[totals]
        step = csr_array(
            csr_array((np.ones(len(totals)), (totals, np.arange(len(totals)))), (size, len(totals)))
            @ parts
        )
        step.eliminate_zeros()
        leaves = np.flatnonzero(chosen < 0)
        base = csr_array(
            (np.ones(len(leaves)), (leaves, np.arange(len(leaves)))), (size, len(leaves))
        )
        ways, added = base, base
        while (added := csr_array(step @ added)).nnz:
            ways = csr_array(ways + added)
        others = np.setdiff1d(np.arange(len(system.sums)), chosen[totals])
        ties = distinct(csr_array(system.matrix[others] @ ways))
        return cls(ways, ties, system.values[leaves])


def _chosen_sums(system: System) -> NDArray[np.intp]:
    """For each cell the number of the sum that it is written by, -1 for none; no cell by itself."""
    by_total: dict[int, list[int]] = {}
    parts = [[system.place[key] for key in line.parts] for line in system.sums]
    for row, line in enumerate(system.sums):
        by_total.setdefault(system.place[line.total], []).append(row)
    chosen = np.full(len(system.cells), -1, dtype=np.intp)
    state = np.zeros(len(system.cells), dtype=np.int8)
    for cell in by_total:
        way = [cell] if not state[cell] else []
        while way:
            at = way[-1]
            if state[at]:
                state[at] = _DONE
                way.pop()
                continue
            state[at] = _OPEN
            for row in by_total.get(at, ()):
                if all(state[part] != _OPEN for part in parts[row]):
                    chosen[at] = row
                    way += [part for part in parts[row] if not state[part]]
                    break
    return chosen


def distinct(rows: csr_array) -> csr_array:
    """The rows that say something, each once; a row and its opposite are the same."""
    rows = csr_array(rows)
    rows.eliminate_zeros()
    rows.sort_indices()
    first: dict[tuple[bytes, bytes], int] = {}
    ends = rows.indptr
    for row in np.flatnonzero(np.diff(ends)).tolist():
        data = rows.data[ends[row] : ends[row + 1]]
        told = data if data[0] > 0 else -data
        first.setdefault((rows.indices[ends[row] : ends[row + 1]].tobytes(), told.tobytes()), row)
    return csr_array(rows[list(first.values())])
