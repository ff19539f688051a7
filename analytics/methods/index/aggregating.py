"""From the children of a node to its score."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from analytics.definitions.reasons import Reason
from analytics.definitions.specs import Aggregation
from analytics.definitions.vocabulary import AggregationMethod
from analytics.methods.index.arrays import (
    PRESENT,
    Codes,
    Flags,
    Floats,
    is_any,
    number_of,
    unfigured,
)
from analytics.methods.index.outranking import copeland
from analytics.methods.index.ranking import ascending, significant

APART: Final = (Reason.NOT_APPLICABLE, Reason.CONSTANT)
"""Reasons that take a child out of the node for a unit: nothing is missing."""


def aggregate(values: Floats, weights: Floats, spec: Aggregation) -> tuple[Floats, Codes]:
    """The score of every unit and why there is none; shapes (units,).

    ``values``: (units, children), NaN where a child has none; ``weights``: (children,), 0 or more.
    Weights count relative to those of the children a unit has. A child that weighs 0 has no say,
    except in ``minimum`` and ``conjunctive``, which know no weights. A unit that the mean cannot
    take has the reason of that (``ZERO_IN_GEOMETRIC`` …).
    """
    with unfigured():
        scores, barred = _METHODS[spec.method](values, weights, spec)
    barred = {Reason.NOT_COMPUTABLE: np.isinf(scores), **barred}
    why = np.where(np.isnan(scores), number_of(Reason.NO_DATA), PRESENT).astype(np.int16)
    for reason, places in barred.items():
        scores = np.where(places, np.nan, scores)
        why = np.where(places, number_of(reason), why).astype(np.int16)
    return scores, why


def coverage(why: Codes) -> Floats:
    """The share of a node's children that have a value, of those that apply; shape (units,).

    ``why``: codes of the children, (units, children). NaN where none applies.
    """
    applies = ~is_any(why, APART)
    counted = np.sum(applies, axis=1)
    held = np.sum(why == PRESENT, axis=1)
    return np.where(counted > 0, held / np.maximum(counted, 1), np.nan)


Barred = dict[Reason, Flags]
Scored = tuple[Floats, Barred]


def _held(values: Floats, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """Values with 0 in the gaps, weights with 0 there, and their sum with NaN for none."""
    seen = ~np.isnan(values) & (weights > 0)
    filled = np.where(seen, values, 0.0)
    counted = np.where(seen, weights, 0.0)
    total = np.sum(counted, axis=1)
    return filled, counted, np.where(total > 0, total, np.nan)


def _arithmetic(values: Floats, weights: Floats, spec: Aggregation) -> Scored:
    filled, counted, total = _held(values, weights)
    return np.sum(filled * counted, axis=1) / total, {}


def _sum(values: Floats, weights: Floats, spec: Aggregation) -> Scored:
    filled, counted, total = _held(values, weights)
    return np.where(np.isnan(total), np.nan, np.sum(filled * counted, axis=1)), {}


def _geometric(values: Floats, weights: Floats, spec: Aggregation) -> Scored:
    filled, counted, total = _held(values, weights)
    barred = np.any((counted > 0) & (filled <= 0), axis=1)
    logs = np.log(np.where((counted > 0) & (filled > 0), filled, 1.0))
    return np.exp(np.sum(logs * counted, axis=1) / total), {Reason.ZERO_IN_GEOMETRIC: barred}


def _harmonic(values: Floats, weights: Floats, spec: Aggregation) -> Scored:
    filled, counted, total = _held(values, weights)
    zero = np.any((counted > 0) & (filled == 0), axis=1)
    negative = np.any((counted > 0) & (filled < 0), axis=1)
    usable = (counted > 0) & (filled > 0)
    # Against the least of them no quotient passes 1, however small it is.
    least = np.min(np.where(usable, filled, np.inf), axis=1, initial=np.inf)
    parts = np.where(usable, counted * (least[:, None] / np.where(usable, filled, 1.0)), 0.0)
    below = np.sum(parts, axis=1)
    barred = {Reason.ZERO_IN_HARMONIC: zero, Reason.NEGATIVE_IN_HARMONIC: negative}
    return np.where(below > 0, least * (total / np.where(below > 0, below, 1.0)), np.nan), barred


def _power(values: Floats, weights: Floats, spec: Aggregation) -> Scored:
    filled, counted, total = _held(values, weights)
    if spec.power == 1:
        return _arithmetic(values, weights, spec)
    zero = np.any((counted > 0) & (filled == 0), axis=1) & (spec.power < 0)
    negative = np.any((counted > 0) & (filled < 0), axis=1)
    usable = (counted > 0) & ((filled > 0) | ((filled == 0) & (spec.power > 0)))
    # Against the largest term no power passes 1.
    ends = np.where(usable & (filled > 0), filled, np.nan)
    edge = np.fmax.reduce(ends, axis=1) if spec.power > 0 else np.fmin.reduce(ends, axis=1)
    held = np.where(np.isnan(edge), 1.0, edge)
    ratio = np.where(usable, filled / held[:, None], 1.0)
    mean = np.sum(np.where(usable, counted * ratio**spec.power, 0.0), axis=1) / total
    sound = ~np.isnan(mean) & ((mean > 0) | (spec.power > 0))
    return np.where(sound, held * np.where(sound, mean, 1.0) ** (1 / spec.power), np.nan), {
        Reason.ZERO_IN_HARMONIC: zero,
        Reason.NEGATIVE_IN_POWER: negative,
    }


def _copeland(values: Floats, weights: Floats, spec: Aggregation) -> Scored:
    return copeland(values, weights), {}


def _child_ranks(values: Floats, weights: Floats) -> Floats:
    ranks = np.full(values.shape, np.nan)
    for number in np.flatnonzero(weights > 0):
        ranks[:, number] = ascending(values[:, number])
    return ranks


def _mean_rank(values: Floats, weights: Floats, spec: Aggregation) -> Scored:
    return _arithmetic(_child_ranks(values, weights), weights, spec)


def _median_rank(values: Floats, weights: Floats, spec: Aggregation) -> Scored:
    return _median(_child_ranks(values, weights)), {}


def _median(values: Floats) -> Floats:
    """The median of each row over what it has; NaN for an empty row."""
    ordered = np.sort(values, axis=1)
    counts = np.sum(~np.isnan(values), axis=1)
    rows = np.arange(values.shape[0])
    below, above = np.maximum(counts - 1, 0) // 2, counts // 2
    above = np.minimum(above, values.shape[1] - 1)
    middle = (ordered[rows, below] + ordered[rows, above]) / 2
    return np.where(counts > 0, middle, np.nan)


def _minimum(values: Floats, weights: Floats, spec: Aggregation) -> Scored:
    return np.fmin.reduce(values, axis=1), {}


def _conjunctive(values: Floats, weights: Floats, spec: Aggregation) -> Scored:
    known = significant(values)
    applying = np.sum(~np.isnan(values), axis=1)
    scores = np.where(applying > 0, spec.base, np.nan)
    for step in sorted(spec.steps, key=lambda each: each.value):
        reached = np.sum(known >= float(significant(np.array(step.threshold))), axis=1)
        wanted = values.shape[1] if step.count is None else step.count
        holds = (applying > 0) & (reached >= wanted)
        scores = np.where(holds, step.value, scores)
    return scores, {}


_METHODS: Final[Mapping[AggregationMethod, Callable[[Floats, Floats, Aggregation], Scored]]] = {
    AggregationMethod.ARITHMETIC: _arithmetic,
    AggregationMethod.GEOMETRIC: _geometric,
    AggregationMethod.HARMONIC: _harmonic,
    AggregationMethod.POWER: _power,
    AggregationMethod.SUM: _sum,
    AggregationMethod.COPELAND: _copeland,
    AggregationMethod.MEAN_RANK: _mean_rank,
    AggregationMethod.MEDIAN_RANK: _median_rank,
    AggregationMethod.MINIMUM: _minimum,
    AggregationMethod.CONJUNCTIVE: _conjunctive,
}
