"""The distribution of a question answered with a number."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from analytics.methods.descriptive import intervals
from analytics.methods.descriptive.columns import (
    Answers,
    Base,
    Coded,
    Flags,
    Floats,
    numeric,
    rows_of,
)
from analytics.methods.descriptive.design import CENSUS, Design, NoInterval
from analytics.methods.descriptive.estimates import Cumulated, cumulated, mean, weighted_quantile
from analytics.methods.descriptive.intervals import Estimate, Interval, Method
from analytics.methods.descriptive.numbers.histograms import Histogram, histogram

TRIM = 0.1


@dataclass(frozen=True, slots=True)
class Spread:
    """How numbers lie, in their own unit; each is None where nobody answered.

    ``sd`` has n - 1 in its denominator (weighted: Σ w - Σ w / n), None for one answer. Quartiles are
    of type 7 of Hyndman & Fan (numpy, Excel, R); weighted ones the least value at which that share
    of weights is reached. ``mad`` is the median absolute deviation from the median, not scaled.
    ``trimmed_mean`` leaves out a tenth of the answers at either end; it is not weighted.
    """

    sd: float | None = None
    first_quartile: float | None = None
    third_quartile: float | None = None
    least: float | None = None
    greatest: float | None = None
    mad: float | None = None
    trimmed_mean: float | None = None


@dataclass(frozen=True, slots=True)
class NumberSummary:
    """Numbers of a question, in its unit.

    ``sum`` is the sum of what was answered, weighted where answers are; ``total`` the sum over the
    whole population, in a sample only. ``zeros`` counts answers of exactly 0.
    """

    base: Base
    design: Design
    mean: Estimate
    median: Estimate
    spread: Spread
    zeros: int
    sum: float | None
    total: Estimate | None
    histogram: Histogram

    @property
    def n(self) -> int:
        """Numbers answered."""
        return self.base.answered


def number_summary(answers: Answers, *, design: Design = CENSUS) -> NumberSummary:
    """The distribution of a column of numbers.

    A row holds a number, a missing code, or None (or NaN) for blank; text that is no number, and
    infinity, is counted as unreadable. Errors as of ``single_choice``. Intervals: mean by Student's
    t with the finite-population correction, weighted with a linearised error; median by order
    statistics, weighted by Woodruff (1952).
    """
    values, texts = numeric(answers.column)
    asked, weights = rows_of(answers, len(values))
    there = ~np.isnan(values) if asked is None else asked & ~np.isnan(values)
    base = _base(answers.missing, (there, asked, weights), texts, np.isnan(values))
    kept = values[there]
    heavy = None if weights is None else weights[there]
    centre = mean(kept, heavy, base, design)
    return NumberSummary(
        base=base,
        design=design,
        mean=centre,
        median=median(kept, heavy, design),
        spread=spread(kept, heavy),
        zeros=int(np.count_nonzero(kept == 0)),
        sum=float(kept.sum() if heavy is None else kept @ heavy) if len(kept) else None,
        total=_total(centre, design),
        histogram=histogram(kept, heavy),
    )


def median(values: Floats, weights: Floats | None, design: Design) -> Estimate:
    """The median of ``values`` (1-D, no NaN) with its interval."""
    if weights is not None:
        return _weighted_median(cumulated(values, weights), values, weights, design)
    if len(values) == 0:
        return Estimate(None, why_none=design.no_interval(0) or NoInterval.FEW)
    centre = float(np.median(values))
    if why := design.no_interval(len(values)):
        return Estimate(centre, why_none=why)
    interval = intervals.median(values, level=design.level)
    return Estimate(centre, interval, None if interval else NoInterval.FEW)


def spread(values: Floats, weights: Floats | None = None) -> Spread:
    """How ``values`` (1-D, no NaN) lie."""
    if len(values) == 0 or (weights is not None and weights.sum() <= 0):
        return Spread()
    ordered = np.sort(values)
    cut = int(TRIM * len(ordered))
    first, third, mad = _quantiles(ordered) if weights is None else _weighted(values, weights)
    return Spread(
        sd=_sd(values, weights),
        first_quartile=first,
        third_quartile=third,
        least=float(ordered[0]),
        greatest=float(ordered[-1]),
        mad=mad,
        trimmed_mean=float(ordered[cut : len(ordered) - cut].mean()),
    )


def _quantiles(ordered: Floats) -> tuple[float, float, float]:
    first, centre, third = np.quantile(ordered, (0.25, 0.5, 0.75))
    return float(first), float(third), float(np.median(np.abs(ordered - centre)))


def _weighted(values: Floats, weights: Floats) -> tuple[float | None, float | None, float | None]:
    sums = cumulated(values, weights)
    away = np.abs(values - (sums.quantile(0.5) or 0.0))
    return sums.quantile(0.25), sums.quantile(0.75), weighted_quantile(away, weights, 0.5)


def _sd(values: Floats, weights: Floats | None) -> float | None:
    n = len(values)
    if n < 2:
        return None
    if weights is None:
        return float(values.std(ddof=1))
    total = float(weights.sum())
    centre = float(values @ weights) / total
    return math.sqrt(float(weights @ (values - centre) ** 2) / (total - total / n))


def _weighted_median(sums: Cumulated, values: Floats, weights: Floats, design: Design) -> Estimate:
    """Woodruff (1952): the quantiles at the ends of the interval of the share at or below the median."""
    n, centre = len(values), sums.quantile(0.5)
    if centre is None:
        return Estimate(None, why_none=design.no_interval(0) or NoInterval.FEW)
    if why := design.no_interval(n):
        return Estimate(centre, why_none=why)
    total = float(weights.sum())
    below = values <= centre
    share = float(weights[below].sum()) / total
    squares = weights * weights
    low_squares = float(squares[below].sum())
    spread_of = low_squares * (1 - share) ** 2 + (float(squares.sum()) - low_squares) * share**2
    error = math.sqrt(max(0.0, design.unseen(n) * n / (n - 1) * spread_of)) / total
    half = float(special.stdtrit(n - 1, (1 + design.level) / 2)) * error
    low, high = sums.quantile(0.5 - half), sums.quantile(0.5 + half)
    if half >= 0.5 or low is None or high is None:
        return Estimate(centre, why_none=NoInterval.FEW)
    return Estimate(centre, Interval(low, high, Method.WOODRUFF, design.level))


def _total(centre: Estimate, design: Design) -> Estimate | None:
    """N times the mean and its interval, in a sample (Cochran 1977, 2.4)."""
    if design.population is None:
        return None
    size = design.population
    if centre.value is None or centre.interval is None or centre.error is None:
        value = None if centre.value is None else size * centre.value
        return Estimate(value, why_none=centre.why_none)
    low, high = size * centre.interval.low, size * centre.interval.high
    interval = Interval(low, high, centre.interval.method, centre.interval.level)
    return Estimate(size * centre.value, interval, error=size * centre.error)


def _base(
    missing: Sequence[str],
    rows: tuple[Flags, Flags | None, Floats | None],
    texts: Coded | None,
    empty: Flags,
) -> Base:
    there, asked, weights = rows
    everyone = np.ones(len(there), dtype=np.bool_) if asked is None else asked
    n, size = int(there.sum()), int(everyone.sum())
    by_text = {} if texts is None else _counts(texts, everyone & empty)
    said = {code: by_text.pop(code, 0) for code in missing}
    unreadable = sum(by_text.values())
    heavy = np.ones(len(there)) if weights is None else weights
    return Base(
        rows=len(there),
        asked=size,
        answered=n,
        blank=size - n - sum(said.values()) - unreadable,
        missing=said,
        unreadable=unreadable,
        weighted=weights is not None,
        weight_asked=float(heavy[everyone].sum()),
        weight_answered=float(heavy[there].sum()),
    )


def _counts(texts: Coded, chosen: Flags) -> dict[str, int]:
    counts = np.bincount(texts.codes[chosen] + 1, minlength=len(texts.labels) + 1)
    return dict(zip(texts.labels, counts[1:].tolist(), strict=True))
