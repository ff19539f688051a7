"""Correlations of pairs of columns, over the rows that have both."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Final

import numpy as np
from scipy import stats

from analytics.definitions.reasons import Reason
from analytics.methods.columns import Floats, Values, numbers, table
from analytics.methods.index.ranking import significant

LEAST = 3


class CorrelationMethod(StrEnum):
    """Pearson of values, Spearman of ranks, Kendall's tau-b."""

    PEARSON = "pearson"
    SPEARMAN = "spearman"
    KENDALL = "kendall"


class Flag(StrEnum):
    """What a designer of an index should look at."""

    REDUNDANT = "redundant"
    CONTRADICTORY = "contradictory"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Beyond which r a pair inside of a pillar is redundant or contradictory, below which an indicator
    is weak in its parent (OECD/JRC 2008; the JRC's audits)."""

    redundant: float = 0.9
    contradictory: float = -0.4
    weak: float = 0.3


@dataclass(frozen=True, slots=True)
class Correlation:
    """One pair over ``n`` rows, or the ``reason`` why it is blank (CONSTANT, TOO_FEW_CASES)."""

    first: str
    second: str
    method: CorrelationMethod
    n: int
    r: float | None
    p: float | None
    flag: Flag | None = None
    reason: Reason | None = None


def correlate(
    first: Values, second: Values, method: CorrelationMethod = CorrelationMethod.PEARSON
) -> tuple[int, float | None, float | None, Reason | None]:
    """n, r, two-sided p and the reason for a blank, over the rows that have both values.

    Pearson and Spearman by t with n - 2 degrees of freedom, Kendall exactly where nothing is tied and n is
    small, else by the normal distribution with ties. Raises ValueError for text or columns of different length.
    """
    both = table({"first": first, "second": second})
    complete = both[~np.isnan(both).any(axis=1)]
    if len(complete) < LEAST:
        return len(complete), None, None, Reason.TOO_FEW_CASES
    one, two = significant(complete[:, 0]), significant(complete[:, 1])
    if one.min() == one.max() or two.min() == two.max():
        return len(complete), None, None, Reason.CONSTANT
    r, p = _METHODS[method](one, two)
    return len(complete), max(-1.0, min(1.0, r)), p, None


def correlations(
    columns: Mapping[str, Values],
    method: CorrelationMethod = CorrelationMethod.PEARSON,
    *,
    bounds: Bounds | None = None,
) -> tuple[Correlation, ...]:
    """Every pair of columns in order, those beyond the bounds flagged REDUNDANT or CONTRADICTORY.

    Columns have one length (n,). Raises ValueError for text.
    """
    limits = bounds or Bounds()
    read = {name: numbers(values) for name, values in columns.items()}
    return tuple(
        _pair(first, second, (read[first], read[second]), method, _within(limits))
        for first, second in combinations(read, 2)
    )


def with_parents(
    indicators: Mapping[str, Values],
    parents: Mapping[str, Values],
    parent_of: Mapping[str, str],
    method: CorrelationMethod = CorrelationMethod.PEARSON,
    *,
    bounds: Bounds | None = None,
) -> tuple[Correlation, ...]:
    """Each indicator with the score of its parent, below the bound flagged WEAK.

    ``parent_of`` names the parent in ``parents`` of each indicator; an indicator without one is passed over.
    """
    limits = bounds or Bounds()
    return tuple(
        _pair(name, parent_of[name], (values, parents[parent_of[name]]), method, _of_parent(limits))
        for name, values in indicators.items()
        if name in parent_of
    )


def _pair(
    first: str,
    second: str,
    values: tuple[Values, Values],
    method: CorrelationMethod,
    flag: Callable[[float], Flag | None],
) -> Correlation:
    n, r, p, reason = correlate(*values, method)
    return Correlation(first, second, method, n, r, p, None if r is None else flag(r), reason)


def _within(bounds: Bounds) -> Callable[[float], Flag | None]:
    def flag(r: float) -> Flag | None:
        if r > bounds.redundant:
            return Flag.REDUNDANT
        return Flag.CONTRADICTORY if r < bounds.contradictory else None

    return flag


def _of_parent(bounds: Bounds) -> Callable[[float], Flag | None]:
    def flag(r: float) -> Flag | None:
        return Flag.WEAK if r < bounds.weak else None

    return flag


def _pearson(first: Floats, second: Floats) -> tuple[float, float]:
    found = stats.pearsonr(first, second)
    return float(found.statistic), float(found.pvalue)


def _spearman(first: Floats, second: Floats) -> tuple[float, float]:
    return _pearson(stats.rankdata(first), stats.rankdata(second))


def _kendall(first: Floats, second: Floats) -> tuple[float, float]:
    found = stats.kendalltau(first, second)
    return float(found.statistic), float(found.pvalue)


_METHODS: Final = {
    CorrelationMethod.PEARSON: _pearson,
    CorrelationMethod.SPEARMAN: _spearman,
    CorrelationMethod.KENDALL: _kendall,
}
