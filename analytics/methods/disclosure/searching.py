"""The search for what must be hidden besides the unsafe cells."""

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from analytics.methods.disclosure.attackers import Told, told_to_singletons
from analytics.methods.disclosure.auditing import Published, intervals
from analytics.methods.disclosure.rules import Policy, Rule, protection
from analytics.methods.disclosure.solving import NoBound, NoSolution, Program
from analytics.methods.disclosure.systems import System

_MOVES: Final = 1e-7
"""Below it, a solver's figure is 0."""
_MANY: Final = 30
_PUSHES: Final = 3
"""From so many unsafe cells on, they are pushed together so many times first."""
_PATIENCE: Final = 1.0
"""Seconds for a push; what cells it has not moved are asked about one by one."""
_FEW: Final = 150
"""Up to so many trials, hidden cells are taken back one by one to see whether they are needed."""


class CannotBeProtected(ValueError):
    """Even with every other cell hidden an unsafe one can be worked out: the table is not shown."""


class Search:
    """The hidden cells of a system, growing until every unsafe one is safe; writes into ``why``."""

    def __init__(
        self, system: System, policy: Policy, why: dict[str, Rule], seen: Collection[str]
    ) -> None:
        self._system, self._policy, self._why = system, policy, why
        self._values = system.values
        self._new = np.array([cell.key not in seen for cell in system.cells])
        self._stuck = np.array(
            [cell.known or (cell.key in seen and cell.key not in why) for cell in system.cells]
        )
        self._primary = np.array([cell.key in why for cell in system.cells])
        self._inner = np.array([cell.inner and not cell.known for cell in system.cells])
        self._hidden = self._primary | self._inner
        self._unsafe = np.array(
            [why.get(cell.key, Rule.BEFORE) is not Rule.BEFORE for cell in system.cells]
        )
        self._levels = np.array(
            [
                protection(cell, policy) if hidden else 0.0
                for cell, hidden in zip(system.cells, self._primary, strict=True)
            ]
        )
        self._guarded = ~self._inner
        self._sure = np.zeros(len(self._values), dtype=bool)
        """Cells that another table of whole numbers differs in."""
        self._matrix = csr_array(hstack([system.matrix, -system.matrix]))

    def run(self) -> None:
        """Hide until every unsafe cell is safe. Raises CannotBeProtected."""
        free = self._shaken()
        for p in self._order():
            if free[p]:
                continue
            free |= self._hide(self._move(p)) & (self._levels == 0)
        self._take_back()
        self._guard_whole_numbers()
        self._guard_from_singletons()

    def run_linked(self, unsafe: Collection[str]) -> None:
        """Hide until these unsafe cells are safe from figures over other units too.

        What is hidden by now stays hidden. Raises CannotBeProtected.
        """
        cells = self._system.cells
        self._primary = np.array([cell.key in unsafe for cell in cells])
        self._guarded = self._primary
        free = self._shaken()
        for p in self._order():
            if not free[p]:
                free |= self._hide(self._move(p)) & (self._levels == 0)
        self._guard_whole_numbers()

    def _shaken(self) -> NDArray[np.bool_]:
        """Cells that move already when the hidden ones are pushed at random, all at once.

        Most of what earlier releases hid is safe still, and need not be asked about one by one.
        """
        free = np.zeros(len(self._values), dtype=bool)
        if np.count_nonzero(self._primary & ~self._new) < _MANY:
            return free
        chance = np.random.default_rng(len(self._values))
        whole = bool(np.all(self._values == np.round(self._values)))
        most = np.minimum(self._room((), with_empty=True, only_hidden=True), 1e3)
        program = Program(self._matrix, np.zeros(self._matrix.shape[0]), 0.0, most.ravel())
        for _push in range(_PUSHES):
            push = chance.uniform(-1, 1, len(self._values)) * (self._primary & ~free)
            try:
                x = program.least(np.concatenate([push, -push]), whole=whole, seconds=_PATIENCE)
            except NoSolution:
                break
            free |= self._moved(x[: len(self._values)] - x[len(self._values) :])
        safe: NDArray[np.bool_] = free & (self._levels == 0)
        return safe

    def _order(self) -> list[int]:
        """The unsafe cells: the highest protection first, then the smallest figure."""
        unsafe = np.flatnonzero(self._primary)
        return sorted(unsafe.tolist(), key=lambda i: (-self._levels[i], abs(self._values[i]), i))

    def _hide(self, change: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Hide the cells that a change moves; gives them back."""
        moved = self._moved(change)
        for i in np.flatnonzero(moved & ~self._hidden):
            self._why[self._system.cells[i].key] = Rule.COMPLEMENT
        self._hidden |= moved
        return moved

    def _moved(self, change: NDArray[np.float64]) -> NDArray[np.bool_]:
        """The cells that a change moves; noted, where it leads to a table of whole numbers."""
        moved: NDArray[np.bool_] = np.abs(change) > _MOVES
        if np.all(np.abs(change - np.round(change)) < _MOVES):
            self._sure |= moved
        return moved

    def _move(self, p: int, still: Sequence[int] = ()) -> NDArray[np.float64]:
        """The cheapest change that moves ``p`` while ``still`` stand still.

        Empty cells stay shown while another way exists.
        """
        for with_empty in (False, True):
            for up in (True, False):
                change = self._cheapest(p, still, up=up, with_empty=with_empty)
                if change is not None:
                    return change
        raise CannotBeProtected(self._system.cells[p].key)

    def _cheapest(
        self, p: int, still: Sequence[int], *, up: bool, with_empty: bool, only_hidden: bool = False
    ) -> NDArray[np.float64] | None:
        level = max(1.0, float(self._levels[p])) if up else 1.0
        most = self._room(still, with_empty=with_empty, only_hidden=only_hidden)
        if not up and (most[1, p] < level or self._levels[p] > 0):
            return None
        least = np.zeros_like(most)
        least[:, p] = most[:, p] = (level, 0.0) if up else (0.0, level)
        program = Program(
            self._matrix, np.zeros(self._matrix.shape[0]), least.ravel(), most.ravel()
        )
        try:
            x = program.least(np.tile(self._costs(), 2))
        except (NoSolution, NoBound):
            return None
        change: NDArray[np.float64] = x[: len(self._values)] - x[len(self._values) :]
        return change

    def _room(
        self, still: Sequence[int], *, with_empty: bool, only_hidden: bool
    ) -> NDArray[np.float64]:
        """How far each cell may move up and down, shape (2, cells)."""
        stays = self._stuck & ~self._hidden
        if not with_empty:
            stays |= (self._values == 0) & ~self._hidden
        if only_hidden:
            stays |= ~self._hidden
        stays[list(still)] = True
        down = np.full(len(stays), np.inf) if self._policy.negative else self._values
        most = np.stack([np.full(len(stays), np.inf), down])
        most[:, stays] = 0.0
        return most

    def _costs(self) -> NDArray[np.float64]:
        return np.where(self._hidden, 0.0, 1.0 + np.abs(self._values))

    def _take_back(self) -> None:
        """Show again what was hidden for an unsafe cell that later choices protect as well."""
        unsafe = np.flatnonzero(self._primary)
        extra = np.flatnonzero(self._hidden & ~self._primary & ~self._inner)
        if len(unsafe) * len(extra) > _FEW:
            return
        for i in sorted(extra.tolist(), key=lambda i: -abs(self._values[i])):
            self._hidden[i] = False
            if all(self._is_free(int(p)) for p in np.flatnonzero(self._hidden & self._guarded)):
                del self._why[self._system.cells[i].key]
                self._sure[:] = False
            else:
                self._hidden[i] = True

    def _is_free(self, p: int) -> bool:
        return any(
            self._cheapest(p, (), up=up, with_empty=True, only_hidden=True) is not None
            for up in (True, False)
        )

    def _guard_whole_numbers(self) -> None:
        """Hide more where only one whole number is left: sums of three dimensions may do that."""
        while unsure := np.flatnonzero(self._hidden & ~self._sure & self._guarded).tolist():
            keys = [self._system.cells[i].key for i in unsure]
            found = intervals(self._seen(), keys=keys, negative=self._policy.negative)
            told = [i for i, key in zip(unsure, keys, strict=True) if found[key].exact]
            if not told:
                return
            self._widen(told[0])

    def _widen(self, p: int) -> None:
        """Hide the cheapest shown cell of the sums that ``p`` stands in, with what moves it."""
        rows = self._system.matrix.tocsc()[:, [p]].nonzero()[0]
        beside = np.unique(self._system.matrix[rows].nonzero()[1])
        choice = [i for i in beside if not self._hidden[i] and not self._stuck[i]]
        choice = choice or np.flatnonzero(~self._hidden & ~self._stuck).tolist()
        if not choice:
            raise CannotBeProtected(self._system.cells[p].key)
        costs = self._costs() + 1e6 * (self._values == 0)
        self._hide(self._move(int(min(choice, key=lambda i: costs[i]))))

    def _guard_from_singletons(self) -> None:
        """Hide a third cell where somebody who is alone in one works another unsafe one out."""
        met: set[Told] = set()
        while (
            told := set(told_to_singletons(self._system, self._hidden, self._unsafe, new=self._new))
            - met
        ):
            for own, p in sorted(told):
                self._hide(self._move(p, still=own))
            met |= told

    def _seen(self) -> Published:
        return Published(
            values={
                cell.key: None if hidden else cell.value
                for cell, hidden in zip(self._system.cells, self._hidden, strict=True)
            },
            sums=self._system.sums,
        )
