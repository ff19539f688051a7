"""Which further cells must be hidden so that none of the unsafe ones can be worked out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from analytics.methods.disclosure.attackers import Told, told_to_singletons
from analytics.methods.disclosure.auditing import Published, intervals
from analytics.methods.disclosure.rules import Policy, Rule, groups_told, protection, unsafe_by
from analytics.methods.disclosure.solving import NoBound, NoSolution, Program
from analytics.methods.disclosure.tables import Derived, System, Table, system_of

_MOVES: Final = 1e-7
"""Below it, a solver's figure is 0."""
_FEW: Final = 150
"""Up to so many trials, hidden cells are taken back one by one to see whether they are needed."""


class CannotBeProtected(ValueError):
    """Even with every other cell hidden an unsafe one can be worked out: the table is not shown."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the same readers have been shown of linked tables: they will put it beside the new ones.

    ``tables`` with all of their cells; ``hidden`` the keys of those that were hidden in them.
    """

    tables: tuple[Table, ...] = ()
    hidden: frozenset[str] = frozenset()

    @property
    def shown(self) -> frozenset[str]:
        """The keys of the cells that are known by now."""
        return frozenset(c.key for table in self.tables for c in table.cells) - self.hidden


@dataclass(frozen=True, slots=True)
class Protected:
    """Tables as they may be shown.

    ``hidden`` is all that readers may learn of what is not shown. ``why`` says which rule hid a cell:
    it stays with the department, because which cells are unsafe tells of their figures.
    """

    tables: tuple[Table, ...]
    hidden: frozenset[str]
    hidden_figures: frozenset[str]
    why: Mapping[str, Rule] = field(repr=False)

    def value(self, key: str) -> float | None:
        """The figure of a cell or of something derived; None where it is hidden. Raises KeyError."""
        if key in self.hidden or key in self.hidden_figures:
            return None
        return self._figures()[key]

    def shown(self) -> dict[str, float | None]:
        """Every figure by key, None where it is hidden: alike for all that are."""
        return {key: self.value(key) for key in self._figures()}

    def published(self) -> Published:
        """The cells and sums as a reader has them, to be audited."""
        system = system_of(self.tables)
        return Published(
            values={
                cell.key: None if cell.key in self.hidden else cell.value for cell in system.cells
            },
            sums=system.sums,
        )

    def _figures(self) -> dict[str, float]:
        found = {cell.key: cell.value for table in self.tables for cell in table.cells}
        return found | {one.key: one.value for table in self.tables for one in table.derived}


def protect(
    tables: Iterable[Table],
    policy: Policy,
    *,
    earlier: Earlier | None = None,
    complementary: bool = True,
) -> Protected:
    """Hide the unsafe cells, and as many others as it takes that none can be worked out.

    All tables are one system: a cell with the same key is the same cell, margins are shared, and
    what is hidden in one is hidden in all. Afterwards

    * no hidden cell can be worked out exactly from what is shown, by a reader who knows that counts
      are whole and not negative;
    * every unsafe cell may be larger than it is by its protection level (p %, dominance);
    * a respondent who is alone in a hidden cell works out no unsafe cell of another;
    * what is computed from a hidden cell is hidden.

    ``earlier``: what the same readers know already; it cannot be hidden any more, and what was
    hidden then stays hidden. ``complementary=False`` hides the unsafe cells only (for tests).

    For each unsafe cell a linear program finds the cheapest change of the table that keeps all sums
    and all shown cells and moves the cell; the cells that it moves are hidden (Fischetti and
    Salazar-González 2000, Management Science 47; de Carvalho et al. 1994). Costs: 0 for hidden
    cells, 1 + value for others.

    Raises TablesDisagree, and CannotBeProtected where what everybody knows gives a cell away.
    """
    given = tuple(tables)
    before = earlier or Earlier()
    system = system_of((*given, *before.tables))
    why = _unsafe(system, policy, before)
    if complementary and why:
        _Search(system, policy, why, before.shown).run()
    mine = {cell.key for table in given for cell in table.cells}
    hidden = frozenset(why)
    figures = [one for table in given for one in table.derived]
    return Protected(
        tables=given,
        hidden=hidden & mine,
        hidden_figures=frozenset(one.key for one in figures if _is_hidden(one, hidden, policy)),
        why={key: rule for key, rule in why.items() if key in mine},
    )


def _unsafe(system: System, policy: Policy, before: Earlier) -> dict[str, Rule]:
    shown = before.shown
    counts = {cell.key: cell.count for cell in system.cells}
    found = {
        cell.key: rule
        for cell in system.cells
        if cell.key not in shown and (rule := unsafe_by(cell, policy)) is not None
    }
    told = groups_told(system.sums, counts, policy) - shown
    found |= dict.fromkeys(told - found.keys(), Rule.GROUP)
    return found | dict.fromkeys(before.hidden - found.keys(), Rule.BEFORE)


def _is_hidden(one: Derived, hidden: Collection[str], policy: Policy) -> bool:
    too_few = one.support is not None and one.support < policy.minimum
    return too_few or any(key in hidden for key in one.rests_on)


class _Search:
    """The hidden cells of a system, growing until every unsafe one is safe; writes into ``why``."""

    def __init__(
        self, system: System, policy: Policy, why: dict[str, Rule], shown: Collection[str]
    ) -> None:
        self._system, self._policy, self._why = system, policy, why
        self._values = system.values
        self._stuck = np.array([cell.known or cell.key in shown for cell in system.cells])
        self._hidden = np.array([cell.key in why for cell in system.cells])
        self._primary = self._hidden.copy()
        self._unsafe = np.array(
            [why.get(cell.key, Rule.BEFORE) is not Rule.BEFORE for cell in system.cells]
        )
        self._levels = np.array(
            [
                protection(cell, policy) if hidden else 0.0
                for cell, hidden in zip(system.cells, self._hidden, strict=True)
            ]
        )
        self._sure = np.zeros(len(self._values), dtype=bool)
        """Cells that another table of whole numbers differs in."""
        self._matrix = csr_array(hstack([system.matrix, -system.matrix]))

    def run(self) -> None:
        """Hide until every unsafe cell is safe. Raises CannotBeProtected."""
        free = np.zeros(len(self._values), dtype=bool)
        for p in self._order():
            if free[p]:
                continue
            free |= self._hide(self._move(p)) & (self._levels == 0)
        self._take_back()
        self._guard_whole_numbers()
        self._guard_from_singletons()

    def _order(self) -> list[int]:
        """The unsafe cells: the highest protection first, then the smallest figure."""
        unsafe = np.flatnonzero(self._primary)
        return sorted(unsafe.tolist(), key=lambda i: (-self._levels[i], abs(self._values[i]), i))

    def _hide(self, change: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Hide the cells that a change moves; gives them back."""
        moved = np.abs(change) > _MOVES
        for i in np.flatnonzero(moved & ~self._hidden):
            self._why[self._system.cells[i].key] = Rule.COMPLEMENT
        self._hidden |= moved
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
        extra = np.flatnonzero(self._hidden & ~self._primary)
        if len(unsafe) * len(extra) > _FEW:
            return
        for i in sorted(extra.tolist(), key=lambda i: -abs(self._values[i])):
            self._hidden[i] = False
            if all(self._is_free(int(p)) for p in np.flatnonzero(self._hidden)):
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
        while unsure := np.flatnonzero(self._hidden & ~self._sure).tolist():
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
        while told := set(told_to_singletons(self._system, self._hidden, self._unsafe)) - met:
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
