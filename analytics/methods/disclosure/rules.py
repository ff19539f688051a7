"""Which cells must not be shown by themselves: threshold, dominance, p %, zeros, groups."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from analytics.methods.disclosure.tables import Cell, Contribution, Sum

_EDGE: Final = 1e-12
"""What is exactly at a rule's limit is safe, however its digits fall: a part of the whole sum."""


class Rule(StrEnum):
    """Why a cell is hidden. Never shown beside the table: which cells are primary tells of them."""

    THRESHOLD = "threshold"
    PEOPLE = "people"
    ZERO = "zero"
    DOMINANCE = "dominance"
    P_PERCENT = "p_percent"
    GROUP = "group"
    GIVEN = "given"
    BEFORE = "before"
    COMPLEMENT = "complement"


@dataclass(frozen=True, slots=True)
class Dominance:
    """The ``n`` largest contributions may make up ``k`` percent of the cell at most."""

    n: int
    k: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What is safe to show.

    * ``minimum``: the fewest respondents behind a figure; ``minimum_people`` the fewest persons;
    * ``zeros``: whether an empty cell is hidden too (it says that nobody answered so);
    * ``groups``: whether an answer that all of a group gave (or all but one) is hidden;
    * ``dominance`` and ``p``, ``q``: for sums, from their contributions. ``p`` None: no such rule.
      ``q`` is how well others know a contribution beforehand, in percent: 100 is not at all;
    * ``negative``: sums may be negative, so that nobody knows a lower bound.

    The parameters of the rules for sums stay secret: with them the contributions can be bounded.
    """

    minimum: int = 5
    minimum_people: int = 10
    zeros: bool = False
    groups: bool = False
    dominance: tuple[Dominance, ...] = ()
    p: float | None = 10.0
    q: float = 100.0
    negative: bool = False

    def __post_init__(self) -> None:
        if self.minimum < 1 or self.minimum_people < 1:
            raise ValueError("a threshold is 1 at least")
        if not 0 < self.q <= 100 or (self.p is not None and not 0 <= self.p < self.q):
            raise ValueError("0 <= p < q <= 100")


NOTHING: Final = Policy(minimum=1, minimum_people=1, p=None)
"""The policy that hides nothing."""


def unsafe_by(cell: Cell, policy: Policy) -> Rule | None:
    """The rule by which a cell must not be shown; None if none.

    An empty cell is unsafe only where the policy hides zeros. What everybody knows is safe.
    """
    if cell.known:
        return None
    if cell.unsafe:
        return Rule.GIVEN
    if cell.count == 0:
        return Rule.ZERO if policy.zeros else None
    if cell.count < policy.minimum:
        return Rule.THRESHOLD
    if cell.people is not None and cell.people < policy.minimum_people:
        return Rule.PEOPLE
    return _unsafe_sum(cell.contributions, policy)


def _unsafe_sum(given: Sequence[Contribution], policy: Policy) -> Rule | None:
    if not given:
        return None
    holders = _holders(given)
    whole = sum(holder.weighted for holder in holders)
    if len(holders) < policy.minimum:
        return Rule.THRESHOLD
    if any(
        sum(holder.single for holder in holders[: rule.n]) - rule.k / 100 * whole > _EDGE * whole
        for rule in policy.dominance
    ):
        return Rule.DOMINANCE
    return Rule.P_PERCENT if _p_shortfall(holders, policy) > _EDGE * whole else None


def protection(cell: Cell, policy: Policy) -> float:
    """How far above the true value a hidden cell must remain possible; 0: anywhere but at a point.

    p %: p/q x1 - (X - x1 - x2). (n,k): 100/k (x1 + ... + xn) - X. Threshold: above 0.
    """
    if not cell.contributions:
        return 0.0
    holders = _holders(cell.contributions)
    whole = sum(holder.weighted for holder in holders)
    levels = [
        100 / rule.k * sum(holder.single for holder in holders[: rule.n]) - whole
        for rule in policy.dominance
    ]
    return max(0.0, _p_shortfall(holders, policy), *levels)


def groups_told(sums: Iterable[Sum], counts: dict[str, int], policy: Policy) -> frozenset[str]:
    """The cells that tell what every one of a group answered, by key.

    Where one answer has all of a group, or all but one (who then knows of all others), it and the
    answers that nobody or one gave are hidden.
    """
    if not policy.groups:
        return frozenset()
    told: set[str] = set()
    for line in sums:
        whole = counts[line.total]
        if not line.answers or not whole:
            continue
        if any(counts[part] >= whole - 1 for part in line.parts):
            told |= {part for part in line.parts if counts[part] <= 1 or counts[part] >= whole - 1}
    return frozenset(told)


@dataclass(frozen=True, slots=True)
class _Holder:
    """What an organisation adds: ``single`` as itself, ``weighted`` with those it stands for."""

    single: float
    weighted: float
    waived: bool


def _holders(given: Sequence[Contribution]) -> list[_Holder]:
    """Contributions by organisation, by absolute value, largest first."""
    together: dict[str, list[Contribution]] = defaultdict(list)
    for i, each in enumerate(given):
        together[each.holder or f"\0{i}"].append(each)
    holders = [
        _Holder(
            single=abs(sum(each.value for each in mine)),
            weighted=abs(sum(each.value * each.weight for each in mine)),
            waived=all(each.waived for each in mine),
        )
        for mine in together.values()
    ]
    return sorted(holders, key=lambda holder: -holder.single)


def _p_shortfall(holders: Sequence[_Holder], policy: Policy) -> float:
    """By how much p/q x1 passes X - x1 - x2, x1 being the largest that has not waived; 0 at least."""
    if policy.p is None:
        return 0.0
    at = next((i for i, holder in enumerate(holders) if not holder.waived), None)
    if at is None:
        return 0.0
    largest = holders[at].single
    others = [holder.single for i, holder in enumerate(holders) if i != at]
    rest = sum(holder.weighted for holder in holders) - largest - max(others, default=0.0)
    return max(0.0, policy.p / policy.q * largest - rest)
