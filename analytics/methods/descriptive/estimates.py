"""Shares and means from sums by label, each with the interval that its design allows."""

import math
from dataclasses import dataclass

import numpy as np

from analytics.methods.descriptive import intervals
from analytics.methods.descriptive.columns import Base, Floats
from analytics.methods.descriptive.design import Design, NoInterval
from analytics.methods.descriptive.intervals import Estimate, Interval, Method


def share(count: int, n: int, design: Design) -> Estimate:
    """count / n, unweighted. In a sample with Wilson's interval, corrected for the population."""
    if n == 0:
        return Estimate(None, why_none=design.no_interval(0) or NoInterval.FEW)
    value = count / n
    if (why := design.no_interval(n)) or design.population is None:
        return Estimate(value, why_none=why)
    interval = intervals.wilson_fpc(count, n, design.population, level=design.level)
    error = math.sqrt(design.unseen(n) * value * (1 - value) / (n - 1))
    return Estimate(value, interval, error=error)


def weighted_share(
    chosen: tuple[float, float], all_of: tuple[float, float], n: int, design: Design
) -> Estimate:
    """A share of weights. ``chosen`` and ``all_of``: (sum of weights, sum of squared weights).

    In a sample with Korn & Graubard's interval, from the linearised error with n - 1 degrees of
    freedom: V = (1 - n/N) n/(n-1) Σ w²(y - p)² / (Σw)² (Särndal et al. 1992, 5.7). Strata and
    clusters are the matter of ``analytics.methods.weighting``. Where all or none chose it, the
    effective number of answers of Kish, (Σw)²/Σw², corrected for the population as in ``wilson_fpc``,
    takes the place of the error.
    """
    weight, squares = chosen
    total, total_squares = all_of
    if total <= 0:
        return Estimate(None, why_none=design.no_interval(0) or NoInterval.FEW)
    value = min(1.0, weight / total)
    if why := design.no_interval(n):
        return Estimate(value, why_none=why)
    spread = squares * (1 - value) ** 2 + max(0.0, total_squares - squares) * value**2
    error = math.sqrt(design.unseen(n) * n / (n - 1) * spread) / total
    if design.unseen(n) == 0:
        all_seen = Interval(value, value, Method.BETA, design.level)
        return Estimate(value, all_seen, error=0.0)
    if 0 < value < 1:
        interval = intervals.beta(value, error, n, n - 1, level=design.level)
        return Estimate(value, interval, error=error)
    effective = total * total / total_squares
    if effective < 2:
        return Estimate(value, why_none=NoInterval.FEW, error=error)
    if design.population is not None:
        effective *= (design.population - 1) / (design.population - n)
    interval = intervals.beta(value, 0.0, effective, effective - 1, level=design.level)
    return Estimate(value, interval, error=error)


@dataclass(frozen=True, slots=True)
class Squares:
    """A mean with Σ w²(y - mean)² and Σ w, of which its error is made."""

    centre: float
    squares: float
    total: float


def mean(values: Floats, weights: Floats | None, base: Base, design: Design) -> Estimate:
    """The mean of ``values`` (1-D, no NaN), with Student's interval in a sample.

    Unweighted: se² = (1 - n/N) s²/n. Weighted: the linearised error of a ratio of sums.
    """
    total = float(len(values)) if weights is None else float(weights.sum())
    if total <= 0:
        return Estimate(None, why_none=design.no_interval(0) or NoInterval.FEW)
    heavy = np.ones(len(values)) if weights is None else weights
    centre = float(values @ heavy) / total
    squares = float((heavy * heavy) @ (values - centre) ** 2)
    return from_squares(Squares(centre, squares, total), base, design)


def from_squares(sums: Squares, base: Base, design: Design) -> Estimate:
    """A mean whose error is made of ``sums``: V = (1 - n/N) n/(n-1) Σ w²(y - mean)² / (Σ w)².

    A sample of equal answers says nothing of the spread, and gets no interval of length 0.
    """
    n = base.answered
    if why := design.no_interval(n):
        return Estimate(sums.centre, why_none=why)
    error = math.sqrt(design.unseen(n) * n / (n - 1) * sums.squares) / sums.total
    if design.unseen(n) > 0 and error <= 1e-12 * abs(sums.centre):
        return Estimate(sums.centre, why_none=NoInterval.NO_VARIANCE, error=error)
    method = Method.T_LINEARISED if base.weighted else Method.T_FPC
    interval = intervals.around(sums.centre, error, n - 1, method=method, level=design.level)
    return Estimate(sums.centre, interval, error=error)


@dataclass(frozen=True, slots=True)
class Cumulated:
    """Values in order with the sums of their weights, for any number of weighted quantiles."""

    values: Floats
    sums: Floats

    def quantile(self, at: float) -> float | None:
        """The least value below and at which lie ``at`` of the weights.

        Where that share is met exactly, the middle between it and the next value with a weight:
        with equal weights and at = 0.5 the ordinary median. None without a weight above 0.
        """
        if not len(self.values):
            return None
        goal = at * self.sums[-1]
        place = int(np.searchsorted(self.sums, goal * (1 - 1e-12)))
        place = min(place, len(self.values) - 1)
        met = math.isclose(self.sums[place], goal, rel_tol=1e-12) and place + 1 < len(self.values)
        return float(
            (self.values[place] + self.values[place + 1]) / 2 if met else self.values[place]
        )


def cumulated(values: Floats, weights: Floats) -> Cumulated:
    """``values`` (1-D, no NaN) in order; those without weight are left out."""
    heavy = weights > 0
    if not heavy.all():
        values, weights = values[heavy], weights[heavy]
    order = np.argsort(values)
    return Cumulated(values[order], np.cumsum(weights[order]))


def weighted_quantile(values: Floats, weights: Floats, at: float) -> float | None:
    """One quantile of ``Cumulated``."""
    return cumulated(values, weights).quantile(at)
