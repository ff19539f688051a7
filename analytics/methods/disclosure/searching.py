"""The search for what must be hidden besides the unsafe cells."""

from collections.abc import Collection, Sequence
from time import thread_time
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.methods.disclosure.attackers import Told, told_to_singletons
from analytics.methods.disclosure.rules import Policy, Rule, protection
from analytics.methods.disclosure.solving import NoBound, NoSolution
from analytics.methods.disclosure.spaces import Space
from analytics.methods.disclosure.systems import System
from analytics.methods.disclosure.unknowns import Unknowns
from analytics.methods.disclosure.witnesses import Witnesses

_MOVES: Final = 1e-7
"""Below it, a solver's figure is 0."""
_FEW: Final = 150
"""Up to so many trials, hidden cells are taken back one by one to see whether they are needed."""


class CannotBeProtected(ValueError):
    """Even with every other cell hidden an unsafe one can be worked out: the table is not shown."""


class NotSettled(CannotBeProtected):
    """It was not found out in time whether a cell can be worked out: the table is not shown."""


class Search:
    """The hidden cells of a system, growing until every unsafe one is safe; writes into ``why``.

    ``until``: what is not settled by then (``time.thread_time``) cannot be protected.
    """

    def __init__(
        self,
        system: System,
        unknowns: Unknowns,
        policy: Policy,
        why: dict[str, Rule],
        *,
        seen: Collection[str],
        until: float = float("inf"),
    ) -> None:
        self._system, self._unknowns, self._policy, self._why = system, unknowns, policy, why
        self._until = until
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
        self._spaces: dict[bytes, Space] = {}

    def run(self) -> None:
        """Hide until every unsafe cell is safe. Raises CannotBeProtected."""
        self._free_all()
        self._take_back()
        self._guard_whole_numbers()
        self._guard_from_singletons()

    def run_linked(self, unsafe: Collection[str]) -> None:
        """Hide until these unsafe cells are safe from figures over other units too.

        What is hidden by now stays hidden. Raises CannotBeProtected.
        """
        self._primary = np.array([cell.key in unsafe for cell in self._system.cells])
        self._guarded = self._primary.copy()
        self._free_all()
        self._guard_whole_numbers()

    def _free_all(self) -> None:
        """Hide what moves with each unsafe cell, the hidden ones that move already left out."""
        free = self._witnesses().moved(self._primary) & (self._levels == 0)
        for p in self._order():
            if not free[p]:
                free |= self._protected(p) & (self._levels == 0)

    def _protected(self, p: int) -> NDArray[np.bool_]:
        """Hide what moves with ``p``; gives back the cells that this makes safe.

        A figure in no table that everybody could work out before is not held against the new tables.
        """
        try:
            return self._hide(self._move(p))
        except NotSettled:
            raise
        except CannotBeProtected:
            if not self._inner[p]:
                raise
            self._guarded[p] = False
            return np.zeros(len(self._values), dtype=bool)

    def _order(self) -> list[int]:
        """The unsafe cells: the highest protection first, then the smallest figure."""
        unsafe = np.flatnonzero(self._primary)
        return sorted(unsafe.tolist(), key=lambda i: (-self._levels[i], abs(self._values[i]), i))

    def _hide(self, change: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Hide the cells that a change moves; gives back those that it moves by 1 at least."""
        moved = np.abs(change) > _MOVES
        for i in np.flatnonzero(moved & ~self._hidden):
            self._why[self._system.cells[i].key] = Rule.COMPLEMENT
        self._hidden |= moved
        whole: NDArray[np.bool_] = np.abs(change) > 1 - _MOVES
        return whole

    def _move(self, p: int, still: Sequence[int] = ()) -> NDArray[np.float64]:
        """The cheapest change that moves ``p`` while ``still`` stand still.

        Empty cells stay shown while another way exists.
        """
        self._refuse_when_late(p)
        for with_empty in (False, True):
            for up in (True, False):
                change = self._cheapest(p, still, up=up, with_empty=with_empty)
                if change is not None:
                    return change
        raise CannotBeProtected(self._system.cells[p].key)

    def _refuse_when_late(self, p: int) -> None:
        if thread_time() > self._until:
            raise NotSettled(self._system.cells[p].key)

    def _cheapest(
        self, p: int, still: Sequence[int], *, up: bool, with_empty: bool
    ) -> NDArray[np.float64] | None:
        level = max(1.0, float(self._levels[p]))
        most_down = np.inf if self._policy.negative else self._values[p]
        if not up and (most_down < level or self._levels[p] > 0):
            return None
        stays = self._stuck & ~self._hidden
        if not with_empty:
            stays |= (self._values == 0) & ~self._hidden
        stays[list(still)] = True
        costs = np.where(self._hidden | stays, 0.0, 1.0 + np.abs(self._values))
        try:
            return self._space(stays).cheapest(p, level if up else -level, costs)
        except (NoSolution, NoBound):
            return None

    def _space(self, stays: NDArray[np.bool_]) -> Space:
        """The changes that leave these cells; the last few are kept."""
        key = np.packbits(stays).tobytes()
        if key not in self._spaces:
            if len(self._spaces) > 4:
                self._spaces.clear()
            self._spaces[key] = Space.of(self._unknowns, stays, negative=self._policy.negative)
        return self._spaces[key]

    def _witnesses(self) -> Witnesses:
        """What a reader cannot tell from the truth, as it is hidden now."""
        return Witnesses(self._space(~self._hidden), self._values, self._until)

    def _take_back(self) -> None:
        """Show again what was hidden for an unsafe cell that later choices protect as well."""
        unsafe = np.flatnonzero(self._primary)
        extra = np.flatnonzero(self._hidden & ~self._primary & ~self._inner)
        if len(unsafe) * len(extra) > _FEW:
            return
        for i in sorted(extra.tolist(), key=lambda i: -abs(self._values[i])):
            self._hidden[i] = False
            if self._all_free():
                del self._why[self._system.cells[i].key]
            else:
                self._hidden[i] = True

    def _all_free(self) -> bool:
        """Whether every hidden cell moves as far as it must."""
        wanted = self._hidden & self._guarded
        free = self._witnesses().moved(wanted) & (self._levels == 0)
        return all(self._is_free(p) for p in np.flatnonzero(wanted & ~free).tolist())

    def _is_free(self, p: int) -> bool:
        space, level = self._space(~self._hidden), max(1.0, float(self._levels[p]))
        nothing = np.zeros(len(self._values))
        for change in (level, -1.0):
            if change < 0 and (self._levels[p] > 0 or self._values[p] < 1.0):
                continue
            try:
                space.cheapest(p, change, nothing)
            except (NoSolution, NoBound):
                continue
            return True
        return False

    def _guard_whole_numbers(self) -> None:
        """Hide more where only one whole number is left: sums of three dimensions may do that."""
        while (told := self._witnesses().told(self._hidden & self._guarded)) is not None:
            self._refuse_when_late(told)
            self._widen(told)

    def _widen(self, p: int) -> None:
        """Hide the cheapest shown cell of the sums that ``p`` stands in, with what moves it."""
        rows = self._system.matrix.tocsc()[:, [p]].nonzero()[0]
        beside = np.unique(self._system.matrix[rows].nonzero()[1])
        choice = [i for i in beside if not self._hidden[i] and not self._stuck[i]]
        choice = choice or np.flatnonzero(~self._hidden & ~self._stuck).tolist()
        if not choice and self._inner[p]:
            self._guarded[p] = False
            return
        if not choice:
            raise CannotBeProtected(self._system.cells[p].key)
        costs = 1.0 + np.abs(self._values) + 1e6 * (self._values == 0)
        self._hide(self._move(int(min(choice, key=lambda i: costs[i]))))

    def _guard_from_singletons(self) -> None:
        """Hide a third cell where somebody who is alone in one works another unsafe one out."""
        met: set[Told] = set()
        while told := self._told_to_singletons() - met:
            for own, p in sorted(told):
                self._hide(self._move(p, still=own))
            met |= told

    def _told_to_singletons(self) -> set[Told]:
        space = self._space(~self._hidden)
        return set(
            told_to_singletons(self._system, space, self._hidden, self._unsafe, new=self._new)
        )
