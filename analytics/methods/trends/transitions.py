"""Who moved from which level to which, and whose rank changed beyond doubt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analytics.definitions.reasons import Reason


@dataclass(frozen=True, slots=True)
class Transitions:
    """``counts[i][j]``: units that went from ``levels[i]`` to ``levels[j]``, lowest level first.

    ``risen``, ``fallen`` and ``stayed`` count units with a level in both rounds; ``only_before`` and
    ``only_after`` name the others, in the order of the round that has them.
    """

    levels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    risen: int
    fallen: int
    stayed: int
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]

    @property
    def shares(self) -> tuple[tuple[float | None, ...], ...]:
        """The rows as shares of the units that began there; None where nobody did."""
        return tuple(
            tuple(count / sum(row) if sum(row) else None for count in row) for row in self.counts
        )


class Movement(StrEnum):
    """What may be said of a rank."""

    ROSE = "rose"
    FELL = "fell"
    SAME = "same"
    UNCERTAIN = "uncertain"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """A rank with the interval that the uncertainty analysis gave it."""

    rank: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class RankChange:
    """``places``: positive when the unit rose. ``overlap`` is None where an interval is missing."""

    unit: str
    before: Standing | None
    after: Standing | None
    places: int | None
    overlap: bool | None
    movement: Movement
    reason: Reason | None = None


def level_transitions(
    before: Mapping[str, str | None], after: Mapping[str, str | None], levels: Sequence[str]
) -> Transitions:
    """The matrix of moves between ``levels``, given from the lowest to the highest.

    ``before`` and ``after``: level by unit, None = none given. Raises ValueError for a level that
    is not in ``levels`` and for one that stands there twice.
    """
    place = {level: number for number, level in enumerate(levels)}
    if len(place) != len(levels):
        raise ValueError("A level stands twice in the list.")
    if unknown := {*before.values(), *after.values()} - {*levels, None}:
        raise ValueError(f"Not a level: {', '.join(sorted(map(str, unknown)))}.")
    counts = [[0] * len(levels) for _ in levels]
    steps = [0, 0, 0]
    for unit, level in before.items():
        later = after.get(unit)
        if level is None or later is None:
            continue
        start, end = place[level], place[later]
        counts[start][end] += 1
        steps[(end > start) - (end < start)] += 1
    return Transitions(
        levels=tuple(levels),
        counts=tuple(tuple(row) for row in counts),
        stayed=steps[0],
        risen=steps[1],
        fallen=steps[-1],
        only_before=_without(before, after),
        only_after=_without(after, before),
    )


def rank_changes(
    before: Mapping[str, Standing | None], after: Mapping[str, Standing | None]
) -> tuple[RankChange, ...]:
    """One line per unit of either round, those of ``after`` first, in the given orders.

    Overlapping intervals make a movement ``UNCERTAIN``; touching ends overlap. Without intervals
    a changed rank is ``UNCERTAIN`` too: it is never said to be a rise that it may not be.
    """
    units = [*after, *(unit for unit in before if unit not in after)]
    return tuple(_rank_change(unit, before.get(unit), after.get(unit)) for unit in units)


def _without(units: Mapping[str, str | None], others: Mapping[str, str | None]) -> tuple[str, ...]:
    return tuple(
        unit for unit, level in units.items() if level is not None and others.get(unit) is None
    )


def _rank_change(unit: str, before: Standing | None, after: Standing | None) -> RankChange:
    if before is None or after is None:
        reason = Reason.NOT_RANKED if before is after else Reason.ONE_ROUND_ONLY
        return RankChange(unit, before, after, None, None, Movement.UNKNOWN, reason)
    places = before.rank - after.rank
    overlap = _overlap(before, after)
    return RankChange(unit, before, after, places, overlap, _movement(places, overlap=overlap))


def _overlap(one: Standing, other: Standing) -> bool | None:
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return None
    return one.low <= other.high and other.low <= one.high


def _movement(places: int, *, overlap: bool | None) -> Movement:
    if places == 0:
        return Movement.SAME
    if overlap is not False:
        return Movement.UNCERTAIN
    return Movement.ROSE if places > 0 else Movement.FELL
