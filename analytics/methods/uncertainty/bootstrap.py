"""Scores that are means of respondents: how far they could have come out otherwise."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.definitions.reasons import Reason
from analytics.methods.uncertainty.ranks import ranks_of_runs

Floats = NDArray[np.float64]
Scoring = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True)
class Respondents:
    """Who answered what, for whom.

    ``unit``: (respondents,) place of the unit, 0..units-1; ``answers``: (respondents, indicators)
    float64, NaN = not answered; ``weights``: (respondents,) >= 0; ``strata``: (respondents,) any
    integer code, within which respondents are drawn.
    """

    unit: NDArray[np.intp]
    answers: Floats
    weights: Floats
    strata: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class UnitInterval:
    """A unit's score and rank with percentile intervals; None with a reason.

    ``single`` counts its respondents who are alone in their stratum: they are never redrawn, so
    that the interval is too narrow where there are any.
    """

    respondents: int
    single: int
    score: float | None = None
    low: float | None = None
    high: float | None = None
    standard_error: float | None = None
    rank: int | None = None
    rank_low: float | None = None
    rank_high: float | None = None
    reason: Reason | None = None


def bootstrap_units(
    respondents: Respondents,
    *,
    units: int,
    scoring: Scoring,
    resamples: int = 1000,
    seed: int = 0,
    confidence: float = 0.95,
) -> tuple[UnitInterval, ...]:
    """Intervals of unit scores from respondents drawn anew within unit and stratum.

    The rescaling bootstrap of Rao & Wu (1988, JASA 83): of n_h respondents of a stratum n_h - 1 are
    drawn and their weights multiplied by n_h / (n_h - 1), which is unbiased for small strata too.
    ``scoring`` maps weighted means (units, indicators), NaN where nobody answered, to (units,)
    scores, NaN for none. Resampling stream r depends on seed and r only. A unit without a score has
    ``NO_DATA``. Raises ValueError for negative weights and units out of range.
    """
    _check(respondents, units)
    groups = _groups(respondents)
    nominal = scoring(_means(respondents, respondents.weights, units))
    drawn = np.full((resamples, units), np.nan)
    for each, stream in enumerate(np.random.SeedSequence(seed).spawn(resamples)):
        factors = groups.drawn(np.random.default_rng(stream))
        drawn[each] = scoring(_means(respondents, respondents.weights * factors, units))
    counts = np.bincount(respondents.unit, minlength=units)
    single = np.bincount(respondents.unit[groups.alone], minlength=units)
    return _intervals(nominal, drawn, np.stack([counts, single], axis=1), confidence)


def weighted_scoring(weights: Sequence[float]) -> Scoring:
    """The weighted arithmetic mean of the indicators that a unit has."""
    shares = np.asarray(weights, dtype=np.float64)

    def scored(means: Floats) -> Floats:
        there = np.isfinite(means)
        total = there @ shares
        held = np.where(total > 0, total, 1.0)
        return np.where(total > 0, np.where(there, means, 0.0) @ shares / held, np.nan)

    return scored


class _Groups:
    """Respondents sorted by unit and stratum, so that one draw serves all groups."""

    def __init__(self, order: NDArray[np.intp], starts: NDArray[np.intp], sizes: NDArray[np.intp]):
        self.order = order
        drawing = sizes > 1
        self.alone = order[starts[~drawing]]
        self._starts = np.repeat(starts[drawing], sizes[drawing] - 1)
        self._sizes = np.repeat(sizes[drawing], sizes[drawing] - 1)

    def drawn(self, rng: np.random.Generator) -> Floats:
        """How often each respondent counts: (respondents,)."""
        places = (rng.random(len(self._sizes)) * self._sizes).astype(np.intp)
        chosen = self.order[self._starts + places]
        factors = self._sizes / (self._sizes - 1)
        counts = np.bincount(chosen, weights=factors, minlength=len(self.order)).astype(np.float64)
        counts[self.alone] = 1.0
        return counts


def _groups(respondents: Respondents) -> _Groups:
    order = np.lexsort((respondents.strata, respondents.unit))
    unit, stratum = respondents.unit[order], respondents.strata[order]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (unit[1:] != unit[:-1]) | (stratum[1:] != stratum[:-1])
    starts = np.flatnonzero(first)
    return _Groups(order, starts, np.diff(np.append(starts, len(order))))


def _means(respondents: Respondents, weights: Floats, units: int) -> Floats:
    """Weighted means by unit and indicator; NaN where no weight is left."""
    columns = []
    for answers in respondents.answers.T:
        there = np.isfinite(answers)
        unit, weight = respondents.unit[there], weights[there]
        total = np.bincount(unit, weights=weight, minlength=units)
        summed = np.bincount(unit, weights=weight * answers[there], minlength=units)
        columns.append(np.where(total > 0, summed / np.where(total > 0, total, 1.0), np.nan))
    return np.stack(columns, axis=1)


def _intervals(
    nominal: Floats, drawn: Floats, counts: NDArray[np.intp], confidence: float
) -> tuple[UnitInterval, ...]:
    tail = (1 - confidence) / 2
    ranks, nominal_ranks = ranks_of_runs(drawn), ranks_of_runs(nominal[None, :])[0]
    found = []
    for unit, score in enumerate(nominal):
        respondents, single = (int(count) for count in counts[unit])
        scores = drawn[:, unit][np.isfinite(drawn[:, unit])]
        places = ranks[:, unit][ranks[:, unit] > 0]
        if not np.isfinite(score) or not len(scores):
            found.append(UnitInterval(respondents, single, reason=Reason.NO_DATA))
            continue
        low, high = np.quantile(scores, [tail, 1 - tail])
        rank_low, rank_high = np.quantile(places, [tail, 1 - tail])
        found.append(
            UnitInterval(
                respondents,
                single,
                score=float(score),
                low=float(low),
                high=float(high),
                standard_error=float(scores.std(ddof=1)) if len(scores) > 1 else None,
                rank=int(nominal_ranks[unit]),
                rank_low=float(rank_low),
                rank_high=float(rank_high),
            )
        )
    return tuple(found)


def _check(respondents: Respondents, units: int) -> None:
    if (respondents.weights < 0).any():
        raise ValueError("A respondent has a negative weight.")
    if len(respondents.unit) and not 0 <= respondents.unit.min() <= respondents.unit.max() < units:
        raise ValueError("A respondent belongs to a unit that is not there.")
