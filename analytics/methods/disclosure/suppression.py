"""Which further cells must be hidden so that none of the unsafe ones can be worked out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from time import thread_time
from typing import Final

from analytics.methods.disclosure.auditing import Published
from analytics.methods.disclosure.entries import reading_of
from analytics.methods.disclosure.joining import joined
from analytics.methods.disclosure.linking import by_measure, link_of
from analytics.methods.disclosure.rules import Policy, Rule, groups_told, unsafe_by
from analytics.methods.disclosure.searching import Search
from analytics.methods.disclosure.systems import System, system_of, telling
from analytics.methods.disclosure.tables import Derived, Table
from analytics.methods.disclosure.unknowns import Unknowns

_SECONDS: Final = 10.0
"""Of computing; what is not settled by then is not shown."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the same readers have been shown of linked tables: they will put it beside the new ones.

    ``tables`` with all of their cells; ``hidden`` the keys of those that were hidden in them.
    """

    tables: tuple[Table, ...] = ()
    hidden: frozenset[str] = frozenset()

    @property
    def seen(self) -> frozenset[str]:
        """The keys of all cells that stood in tables by now, hidden or not."""
        return frozenset(cell.key for table in self.tables for cell in table.cells)

    @property
    def shown(self) -> frozenset[str]:
        """The keys of the cells that are known by now."""
        return self.seen - self.hidden


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

    All tables are one system: a cell with the same key is the same cell, margins are shared, what
    is hidden in one is hidden in all, and figures over other units are tied by the units that they
    share (``joined``, ``link_of``). Afterwards

    * no hidden cell can be worked out exactly from what is shown, by a reader who knows that counts
      are whole and not negative;
    * no small count that stands in no table is the difference of two that do, nor, where the questions
      are few (``joined``), follows from all of them together; unless it did so before the new ones;
    * every unsafe cell may be larger than it is by its protection level (p %, dominance);
    * a respondent who is alone in a hidden cell works out no unsafe cell of another;
    * what is computed from a hidden cell is hidden.

    ``earlier``: what the same readers know already; it cannot be hidden any more, and what was
    hidden then stays hidden. ``complementary=False`` hides the unsafe cells only (for tests).

    What a reader cannot tell from the truth is a space of changes of few unknowns (``spaces``); random
    ones prove many cells safe at once. For each unsafe cell that is left a linear program finds the
    cheapest change of the table that keeps all sums and all shown cells and moves the cell; the cells
    that it moves are hidden (Fischetti and Salazar-González 2000, Management Science 47; de Carvalho et
    al. 1994). Costs: 0 for hidden cells, 1 + value for others.

    Raises TablesDisagree, and CannotBeProtected where what everybody knows gives a cell away, or where it
    is not settled in time whether it does.
    """
    given = tuple(tables)
    before = earlier or Earlier()
    every = (*given, *telling(before.tables))
    system = system_of(every)
    why = _unsafe(system, policy, before)
    if complementary:
        unsafe = frozenset(key for key, rule in why.items() if rule is not Rule.BEFORE)
        rules = _Rules(policy, why, before.seen, thread_time() + _SECONDS)
        if why:
            rules.search(system, Unknowns.of(system)).run()
        for measure, several in by_measure(every).items():
            rules.link(measure, several, unsafe)
    mine = {cell.key for table in given for cell in table.cells}
    hidden = frozenset(why)
    figures = [one for table in given for one in table.derived]
    return Protected(
        tables=given,
        hidden=hidden & mine,
        hidden_figures=frozenset(one.key for one in figures if _is_hidden(one, hidden, policy)),
        why={key: rule for key, rule in why.items() if key in mine},
    )


@dataclass(frozen=True, slots=True)
class _Rules:
    """What every search of one call goes by."""

    policy: Policy
    why: dict[str, Rule]
    seen: frozenset[str]
    until: float

    def search(self, system: System, unknowns: Unknowns) -> Search:
        return Search(system, unknowns, self.policy, self.why, seen=self.seen, until=self.until)

    def link(self, measure: str, tables: Sequence[Table], unsafe: frozenset[str]) -> None:
        """Hide until nothing is told by tables over different units together."""
        below, reading = self.policy.minimum, reading_of(tables)
        joint = joined(measure, tables, reading, below)
        if joint is not None:
            wanted = (unsafe & joint.told) | joint.few
            self.search(joint.system, joint.unknowns).run_linked(wanted)
            return
        link = link_of(measure, tables, reading, below)
        if link is not None:
            system = system_of((*tables, link))
            wanted = (unsafe & _told_in(link)) | _few_in(link, self.policy)
            self.search(system, Unknowns.of(system)).run_linked(wanted)


def _told_in(link: Table) -> frozenset[str]:
    """The cells that count answers: whether a unit answered at all is no secret of theirs."""
    return frozenset(line.total for line in link.sums)


def _few_in(link: Table, policy: Policy) -> frozenset[str]:
    """The small counts that stand in no table and that a reader would have by subtraction."""
    return frozenset(
        cell.key for cell in link.cells if not cell.known and 0 < cell.count < policy.minimum
    )


def _unsafe(system: System, policy: Policy, before: Earlier) -> dict[str, Rule]:
    shown = before.shown
    counts = {cell.key: cell.count for cell in system.cells}
    found = {
        cell.key: rule
        for cell in system.cells
        if not cell.inner
        and cell.key not in shown
        and (rule := unsafe_by(cell, policy)) is not None
    }
    told = groups_told(system.sums, counts, policy) - shown
    found |= dict.fromkeys(told - found.keys(), Rule.GROUP)
    return found | dict.fromkeys(before.hidden - found.keys(), Rule.BEFORE)


def _is_hidden(one: Derived, hidden: Collection[str], policy: Policy) -> bool:
    too_few = one.support is not None and one.support < policy.minimum
    return too_few or any(key in hidden for key in one.rests_on)
