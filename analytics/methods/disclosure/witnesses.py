"""Other tables that a reader cannot tell from the true one: each proves that the cells it differs in are safe."""

from collections.abc import Sequence
from dataclasses import replace
from time import thread_time
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from analytics.methods.disclosure.solving import NoBound, NoSolution, Program
from analytics.methods.disclosure.spaces import Space

_MOVES: Final = 1e-7
_CLOSE: Final = 1e-6
_FAR: Final = 1e3
"""How far a figure without an upper bound is pushed."""
_PUSHES: Final = 32
_IDLE: Final = 7
"""So many pushes in a row may move nothing new."""
_STEPS: Final = ((1.0, 0.02, 1.0), (2.0, 0.0, 1.0), (1.0, 0.02, 0.2), (1.0, 0.02, 0.05))
"""How far unknowns that are whole are pushed, at which price, and for what share of the cells: by short ways
and few at a time, figures mostly stay whole."""
_HARDLY: Final = 2
"""Where more whole numbers than that are left between the ends, one of them is taken to be possible."""
_PATIENCE: Final = 3.0
"""Seconds for a program in whole numbers; a cell that is not settled by then counts as told."""


class Witnesses:
    """The changes of a space, pushed this way and that.

    Where all figures that are tied together are whole, the reader knows that they are.
    """

    def __init__(self, space: Space, values: NDArray[np.float64], until: float) -> None:
        self._space, self._values, self._until = space, values, until
        self._chance = np.random.default_rng(len(values))
        rows, moves = space.ways.nonzero()
        broken = values[rows] != np.round(values[rows])
        self._broken = set(space.part[moves[broken]].tolist())
        self._far = space.within(_FAR)

    def moved(self, wanted: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Cells that a push moves by 1 at least; of those wanted perhaps not all that could be."""
        return self._pushed(wanted, 1.0 - _MOVES, whole=False)

    def told(self, wanted: NDArray[np.bool_]) -> int | None:
        """A cell that is the same in all tables that a reader may think of; None if none is."""
        sure = self._pushed(wanted, _CLOSE, whole=True)
        for p in np.flatnonzero(wanted & ~sure).tolist():
            if sure[p]:
                continue
            moves = self._space.tied_to([p])
            change = self._whole_step(p, moves) if self._is_whole(moves) else self._step(p, moves)
            if change is None:
                return int(p)
            sure |= np.abs(change) > _CLOSE
            sure[p] = True
        return None

    def _pushed(self, wanted: NDArray[np.bool_], least: float, *, whole: bool) -> NDArray[np.bool_]:
        """Cells that are moved by so much when those wanted are pushed at random, all at once.

        ``whole``: where figures are whole, only such pushes count as leave them whole.
        """
        found, idle = np.zeros(len(wanted), dtype=bool), 0
        for push in range(_PUSHES):
            left = wanted & ~found
            if idle > (_IDLE if whole else 0) or not left.any():
                break
            step = self._short_step(left, push) if whole else self._far_step(left)
            if step is None:
                break
            now = np.abs(self._space.ways @ step) >= least
            idle = 0 if np.any(now & left) else idle + 1
            found |= now
        return found

    def _aim(self, cells: NDArray[np.bool_]) -> NDArray[np.float64]:
        signs = self._chance.choice((-1.0, 1.0), len(cells))
        aim: NDArray[np.float64] = self._space.ways.T @ np.where(
            cells, signs * self._chance.uniform(0.5, 1.0, len(cells)), 0.0
        )
        return aim

    def _far_step(self, left: NDArray[np.bool_]) -> NDArray[np.float64] | None:
        aim = self._aim(left)
        return self._solved(self._far.program(np.arange(len(aim))), aim)

    def _short_step(self, left: NDArray[np.bool_], push: int) -> NDArray[np.float64] | None:
        """A step without what leaves figures broken that are whole."""
        length, price, share = _STEPS[push % len(_STEPS)]
        aim = self._aim(left & (self._chance.random(len(left)) < share))
        program = self._space.within(length).program_up_and_down(np.arange(len(aim)))
        found = self._solved(program, np.concatenate([price + aim, price - aim]))
        return None if found is None else self._kept(found[: len(aim)] - found[len(aim) :])

    def _kept(self, step: NDArray[np.float64]) -> NDArray[np.float64]:
        """The step without those of its figures that are tied to one that is broken and may not be."""
        moving = np.flatnonzero(np.abs(step) >= _MOVES)
        ties = abs(self._space.ties[:, moving])
        _number, label = connected_components(csr_array(ties.T @ ties), directed=False)
        free = np.isin(self._space.part[moving], list(self._broken))
        far = np.abs(step[moving] - np.round(step[moving])) >= _MOVES
        dropped = np.isin(label, label[far & ~free])
        kept = np.zeros(len(step))
        kept[moving] = np.where(free, step[moving], np.round(step[moving]))
        kept[moving[dropped]] = 0.0
        return kept

    def _whole_step(self, p: int, moves: NDArray[np.intp]) -> NDArray[np.float64] | None:
        """A change that moves ``p`` and leaves figures whole; None if there is none.

        The smallest that moves it by 1 mostly does. Where many whole numbers are left, one of them is
        taken to be possible.
        """
        ways = []
        for sign in (1.0, -1.0):
            program = self._space.program_by(p, sign, moves)
            step = self._solved(program, np.ones(2 * len(moves)))
            if step is None:
                continue
            step = step[: len(moves)] - step[len(moves) :]
            if _are_whole(step):
                return self._change(np.round(step), moves)
            ways.append(sign)
        if not ways:
            return None
        if self._room(p, moves) > _HARDLY:
            return np.zeros(len(self._values))
        return self._searched(p, ways, moves)

    def _room(self, p: int, moves: NDArray[np.intp]) -> float:
        """How many whole numbers there are, besides one, between the ends of ``p``."""
        low, high = self._end(p, -1.0, moves), self._end(p, 1.0, moves)
        return float(np.floor(high[p] + _CLOSE) - np.ceil(low[p] - _CLOSE))

    def _searched(
        self, p: int, ways: Sequence[float], moves: NDArray[np.intp]
    ) -> NDArray[np.float64] | None:
        """The same by a program in whole numbers; None too where none is found in time."""
        free = self._far.program_to(p, moves)
        for sign in ways:
            lowest, highest = np.array(free.lowest), np.array(free.highest)
            lowest[-1], highest[-1] = sorted((sign, sign * _FAR))
            program = replace(free, lowest=lowest, highest=highest)
            step = self._solved(program, np.zeros(len(moves) + 1), whole=True)
            if step is not None:
                return self._change(np.round(step[:-1]), moves)
        return None

    def _step(self, p: int, moves: NDArray[np.intp]) -> NDArray[np.float64] | None:
        """A change that moves ``p``, however little; None if there is none."""
        for sign in (1.0, -1.0):
            change = self._end(p, sign, moves)
            if np.abs(change[p]) > _CLOSE:
                return change
        return None

    def _end(self, p: int, sign: float, moves: NDArray[np.intp]) -> NDArray[np.float64]:
        """The change that takes ``p`` up or down as far as it goes."""
        if not len(moves):
            return np.zeros(len(self._values))
        aim = np.zeros(len(moves) + 1)
        aim[-1] = -sign
        step = self._solved(self._far.program_to(p, moves), aim)
        return self._change(np.zeros(len(moves)) if step is None else step[:-1], moves)

    def _solved(
        self, program: Program, aim: NDArray[np.float64], *, whole: bool = False
    ) -> NDArray[np.float64] | None:
        """None where there is nothing, or nothing is found in time."""
        if not len(aim) or thread_time() > self._until:
            return None
        try:
            return program.least(aim, whole=whole, seconds=_PATIENCE)
        except (NoSolution, NoBound):
            return None

    def _change(self, step: NDArray[np.float64], moves: NDArray[np.intp]) -> NDArray[np.float64]:
        change: NDArray[np.float64] = self._space.ways[:, moves] @ step
        return change

    def _is_whole(self, moves: NDArray[np.intp]) -> bool:
        return self._broken.isdisjoint(self._space.part[moves].tolist())


def _are_whole(figures: NDArray[np.float64]) -> bool:
    return bool(np.all(np.abs(figures - np.round(figures)) < _MOVES))
