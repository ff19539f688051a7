"""The changes of a table that a reader cannot tell from none, in as few unknowns as they need."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import qr
from scipy.sparse import block_array, csr_array, eye_array, hstack, vstack
from scipy.sparse.csgraph import connected_components

from analytics.methods.disclosure.solving import NoSolution, Program
from analytics.methods.disclosure.unknowns import Unknowns, distinct

_NONE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Space:
    """All changes that leave some cells as they are.

    ``ways``: shape (cells, moves); a change of the cells is ``ways @ moves`` for any moves with
    ``ties @ moves == 0`` between ``lowest`` and ``highest``. ``part``: which moves are tied together, by
    sums or as parts of one cell, a number for each.
    """

    ways: csr_array
    ties: csr_array
    lowest: NDArray[np.float64]
    highest: NDArray[np.float64]
    part: NDArray[np.intp] = field(repr=False)

    @classmethod
    def of(cls, unknowns: Unknowns, stays: NDArray[np.bool_], *, negative: bool = False) -> Self:
        """The space where the cells that ``stays`` names, shape (cells,), stand still.

        ``negative``: figures may be below 0.
        """
        values = unknowns.values
        lowest = np.full(len(values), -np.inf) if negative else -np.maximum(values, 0.0)
        held = distinct(csr_array(vstack([unknowns.ties, unknowns.ways[np.flatnonzero(stays)]])))
        merger = _Merger(held, lowest, np.full(len(values), np.inf))
        merger.run()
        ways = csr_array(unknowns.ways @ merger.onto)
        ways.eliminate_zeros()
        lines = abs(csr_array(vstack([merger.ties, ways])))
        _number, part = connected_components(csr_array(lines.T @ lines), directed=False)
        return cls(ways, merger.ties, merger.lowest, merger.highest, part)

    def tied_to(self, cells: Iterable[int]) -> NDArray[np.intp]:
        """The moves of these cells, with all that are tied to them."""
        moves = np.unique(self.ways[list(cells)].nonzero()[1])
        return np.flatnonzero(np.isin(self.part, self.part[moves]))

    def program(self, moves: NDArray[np.intp]) -> Program:
        """The program over some moves, all that are tied to them being among these."""
        ties = self.ties[:, moves]
        rows = np.flatnonzero(np.diff(ties.indptr))
        return Program(
            csr_array(ties[rows]), np.zeros(len(rows)), self.lowest[moves], self.highest[moves]
        )

    def program_to(self, p: int, moves: NDArray[np.intp]) -> Program:
        """The same, with the change of cell ``p`` as one more figure."""
        free = self.program(moves)
        way = csr_array(self.ways[[p]][:, moves])
        blocks = [[free.matrix, None], [way, -eye_array(1, format="csr")]]
        return Program(
            csr_array(block_array(blocks)),
            np.append(free.right, 0.0),
            np.append(free.lowest, -np.inf),
            np.append(free.highest, np.inf),
        )

    def program_up_and_down(self, moves: NDArray[np.intp]) -> Program:
        """The program of how far moves go up, then of how far they go down."""
        free = self.program(moves)
        return Program(
            csr_array(hstack([free.matrix, -free.matrix])),
            free.right,
            0.0,
            np.concatenate([free.highest, -np.asarray(free.lowest)]),
        )

    def program_by(self, p: int, change: float, moves: NDArray[np.intp]) -> Program:
        """The same, where cell ``p`` moves by so much."""
        free = self.program_up_and_down(moves)
        way = self.ways[[p]][:, moves]
        lines = csr_array(vstack([free.matrix, hstack([way, -way])]))
        return replace(free, matrix=lines, right=np.append(free.right, change))

    def within(self, most: float) -> "Space":
        """The changes by moves of at most so much."""
        return replace(
            self, lowest=np.maximum(self.lowest, -most), highest=np.minimum(self.highest, most)
        )

    def cheapest(self, p: int, change: float, costs: NDArray[np.float64]) -> NDArray[np.float64]:
        """The change of all cells, shape (cells,), that moves cell ``p`` by so much at the least cost.

        ``costs``: of moving each cell by 1 up or down, shape (cells,). Raises NoSolution, NoBound.
        """
        moves = self.tied_to([p])
        if not len(moves):
            raise NoSolution(p)
        free = self.program(moves)
        ways = self.ways[:, moves]
        dear = np.flatnonzero((costs > 0) & (np.diff(ways.indptr) > 0))
        over = eye_array(len(dear), format="csr")
        target = np.concatenate([free.right, np.zeros(len(dear)), [change]])
        blocks = [[free.matrix, None, None], [ways[dear], -over, over], [ways[[p]], None, None]]
        none = np.zeros(2 * len(dear))
        program = Program(
            csr_array(block_array(blocks)),
            target,
            np.concatenate([free.lowest, none]),
            np.concatenate([free.highest, np.full(2 * len(dear), np.inf)]),
        )
        aim = np.concatenate([np.zeros(len(moves)), costs[dear], costs[dear]])
        found: NDArray[np.float64] = ways @ program.least(aim)[: len(moves)]
        return found

    def directions(self, moves: NDArray[np.intp]) -> NDArray[np.float64]:
        """All directions of some moves that keep the ties: shape (moves, dimensions), orthonormal."""
        ties = self.ties[:, moves]
        lines = ties[np.flatnonzero(np.diff(ties.indptr))].toarray()
        if not len(lines):
            return np.eye(len(moves))
        basis, triangle, _pivot = qr(lines.T, pivoting=True)
        size = np.abs(np.diag(triangle))
        kept: NDArray[np.float64] = basis[:, int(np.sum(size > _NONE * size[0])) :]
        return kept


class _Merger:
    """Takes out unknowns that cannot move, and makes one of those that only move together."""

    def __init__(
        self, ties: csr_array, lowest: NDArray[np.float64], highest: NDArray[np.float64]
    ) -> None:
        self.ties, self.lowest, self.highest = ties, lowest, highest
        self.onto = eye_array(len(lowest), format="csr")

    def run(self) -> None:
        """Until nothing changes."""
        while self._drop() or self._join():
            self.ties = distinct(self.ties)

    def _drop(self) -> bool:
        """Whether unknowns were dropped: alone in a tie, or in one that bounds hold on both sides."""
        still = (self.lowest == 0) & (self.highest == 0)
        rows, columns = self.ties.nonzero()
        rising = self.ties.data > 0
        lengths = np.diff(self.ties.indptr)
        for low in (True, False):
            bound = np.where(rising == low, self.lowest[columns] == 0, self.highest[columns] == 0)
            held = np.bincount(rows, weights=bound, minlength=len(lengths)) == lengths
            still[columns[held[rows]]] = True
        still[columns[lengths[rows] == 1]] = True
        if not still.any():
            return False
        kept = np.flatnonzero(~still)
        self._change(csr_array(eye_array(len(still), format="csr")[:, kept]))
        self.lowest, self.highest = self.lowest[kept], self.highest[kept]
        return True

    def _join(self) -> bool:
        """Whether two unknowns of a tie of two were made one."""
        twos = np.flatnonzero(np.diff(self.ties.indptr) == 2)
        at = self.ties.indptr[twos]
        pairs = np.stack([self.ties.indices[at], self.ties.indices[at + 1]], axis=1)
        factor = -self.ties.data[at + 1] / self.ties.data[at]
        simple = np.abs(factor) == 1
        if not simple.any():
            return False
        label, sign = _joined(pairs[simple].tolist(), factor[simple].tolist(), len(self.lowest))
        kinds, place = np.unique(label, return_inverse=True)
        low = np.where(sign > 0, self.lowest, -self.highest)
        high = np.where(sign > 0, self.highest, -self.lowest)
        self.lowest, self.highest = np.full(len(kinds), -np.inf), np.full(len(kinds), np.inf)
        np.maximum.at(self.lowest, place, low)
        np.minimum.at(self.highest, place, high)
        self._change(csr_array((sign, (np.arange(len(sign)), place)), (len(sign), len(kinds))))
        return True

    def _change(self, onto: csr_array) -> None:
        self.onto = csr_array(self.onto @ onto)
        self.ties = csr_array(self.ties @ onto)
        self.ties.eliminate_zeros()
        self.ties.sort_indices()


def _joined(
    pairs: list[list[int]], factors: list[float], number: int
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """For each unknown the one that it moves with, and whether as that one (1) or against it (-1).

    A pair within what is joined already is left to its tie.
    """
    parent, sign = list(range(number)), [1.0] * number

    def root(one: int) -> tuple[int, float]:
        way, so_far = one, 1.0
        while parent[way] != way:
            so_far *= sign[way]
            way = parent[way]
        return way, so_far

    for (one, other), factor in zip(pairs, factors, strict=True):
        (top, up), (under, down) = root(one), root(other)
        if top != under:
            parent[top], sign[top] = under, factor * up * down
    roots = [root(one) for one in range(number)]
    return np.array([top for top, _ in roots], dtype=np.intp), np.array([s for _, s in roots])
