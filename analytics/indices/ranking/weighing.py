"""What other weights would make of scores that are there already: plain arithmetic, without numpy.

``static/js/weights.js`` does the same in the browser, in the same order of operations.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Final

from analytics.definitions.specs import Aggregation
from analytics.definitions.vocabulary import AggregationMethod

DIGITS: Final = 12
"""Ranks are of scores rounded to so many significant digits, as in ``methods.index.ranking``."""

NEAR: Final = 1e-9
"""How far, relative to itself, a score computed anew may be from the stored one."""

Held = Sequence[tuple[float, float]]
"""Weight and score of the children that a unit has, weights above 0."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A unit with the scores of the root's children, None where it has none.

    ``is_short``: too few of them have a value, so that no weights give it a score.
    """

    key: str
    block: str
    children: tuple[float | None, ...]
    is_ranked: bool = True
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a unit would get; ``label`` is "=7" for ties, empty without a rank."""

    score: float | None
    rank: int | None
    label: str


def is_weighable(aggregation: Aggregation) -> bool:
    """Whether the root's score is a mean or sum of its children by their weights."""
    return aggregation.method in _MEANS


def weigh(
    contenders: Sequence[Contender], weights: Sequence[float], aggregation: Aggregation
) -> list[Weighed]:
    """Scores and ranks under the weights, in the order of the contenders.

    ``weights``: one for each child, 0 or more; only a sum asks for more than their proportions.
    Raises KeyError for an aggregation that is not weighable.
    """
    mean = _MEANS[aggregation.method]
    scores = [_score(each, weights, mean, aggregation.power) for each in contenders]
    ranks = _ranks(contenders, scores)
    shared = _shared(contenders, ranks)
    return [
        Weighed(score, rank, "" if rank is None else f"{'=' if tie else ''}{rank}")
        for score, rank, tie in zip(scores, ranks, shared, strict=True)
    ]


def agrees(weighed: Iterable[Weighed], scores: Iterable[float | None]) -> bool:
    """Whether the scores computed anew are the stored ones, to nine digits."""
    return all(
        (one.score is None) == (stored is None)
        and (
            one.score is None
            or stored is None
            or abs(one.score - stored) <= NEAR * max(1.0, abs(stored))
        )
        for one, stored in zip(weighed, scores, strict=True)
    )


def _score(
    contender: Contender,
    weights: Sequence[float],
    mean: Callable[[Held, float, float], float | None],
    power: float,
) -> float | None:
    if contender.is_short:
        return None
    held = [
        (weight, child)
        for weight, child in zip(weights, contender.children, strict=True)
        if child is not None and weight > 0
    ]
    total = 0.0
    for weight, _ in held:
        total += weight
    return mean(held, total, power) if total > 0 else None


def _sum(held: Held, total: float, power: float) -> float:
    found = 0.0
    for weight, child in held:
        found += weight * child
    return found


def _arithmetic(held: Held, total: float, power: float) -> float:
    return _sum(held, total, power) / total


def _geometric(held: Held, total: float, power: float) -> float | None:
    if any(child <= 0 for _, child in held):
        return None
    return exp(_sum([(weight, log(child)) for weight, child in held], total, power) / total)


def _harmonic(held: Held, total: float, power: float) -> float | None:
    if any(child <= 0 for _, child in held):
        return None
    return total / _sum([(weight, 1 / child) for weight, child in held], total, power)


def _power(held: Held, total: float, power: float) -> float | None:
    if power == 1:
        return _arithmetic(held, total, power)
    if any(child < 0 or (child == 0 and power < 0) for _, child in held):
        return None
    try:
        powers = [(weight, float(child**power)) for weight, child in held]
        return float((_sum(powers, total, power) / total) ** (1 / power))
    except (OverflowError, ZeroDivisionError):
        # A power of hundreds is beyond what a float holds, or below it.
        return None


_MEANS: Final[Mapping[AggregationMethod, Callable[[Held, float, float], float | None]]] = {
    AggregationMethod.ARITHMETIC: _arithmetic,
    AggregationMethod.GEOMETRIC: _geometric,
    AggregationMethod.HARMONIC: _harmonic,
    AggregationMethod.POWER: _power,
    AggregationMethod.SUM: _sum,
}


def _ranks(contenders: Sequence[Contender], scores: Sequence[float | None]) -> list[int | None]:
    """Places from the best within each block; ties share the least of their places."""
    held: dict[str, list[float]] = {}
    for each, score in zip(contenders, scores, strict=True):
        if each.is_ranked and score is not None:
            held.setdefault(each.block, []).append(_rounded(score))
    places = {block: _places(found) for block, found in held.items()}
    return [
        places[each.block][_rounded(score)] if each.is_ranked and score is not None else None
        for each, score in zip(contenders, scores, strict=True)
    ]


def _places(scores: list[float]) -> dict[float, int]:
    found: dict[float, int] = {}
    for place, score in enumerate(sorted(scores, reverse=True), start=1):
        found.setdefault(score, place)
    return found


def _shared(contenders: Sequence[Contender], ranks: Sequence[int | None]) -> list[bool]:
    counts: dict[tuple[str, int | None], int] = {}
    places = [(each.block, rank) for each, rank in zip(contenders, ranks, strict=True)]
    for place in places:
        counts[place] = counts.get(place, 0) + 1
    return [counts[place] > 1 for place in places]


def _rounded(score: float) -> float:
    return float(f"{score:.{DIGITS - 1}e}")
