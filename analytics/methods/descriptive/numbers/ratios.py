"""A ratio of two totals."""

import math
from dataclasses import dataclass

import numpy as np

from analytics.methods.descriptive import intervals
from analytics.methods.descriptive.columns import Answers, Floats, numeric, rows_of
from analytics.methods.descriptive.design import CENSUS, Design, NoInterval
from analytics.methods.descriptive.intervals import Estimate, Method


@dataclass(frozen=True, slots=True)
class RatioOfTotals:
    """Total above over total below, over the ``n`` units that gave both numbers.

    ``incomplete`` units were asked and gave one of them or none. Totals are weighted where answers
    are.
    """

    ratio: Estimate
    above: float
    below: float
    n: int
    incomplete: int
    weighted: bool


def ratio_of_totals(above: Answers, below: Answers, *, design: Design = CENSUS) -> RatioOfTotals:
    """Σ w y / Σ w x with its linearised error (Cochran 1977, 6.3; Särndal et al. 1992, 5.6).

    Not the mean of ratios: great units count for what they are. V = (1 - n/N) n/(n-1) Σ (w(y -
    R x))² / (Σ w x)², t with n - 1 degrees of freedom. Weights and who was asked are those of
    ``above``. A total of 0 below has no ratio. Raises ValueError for columns of different length.
    """
    upper, _ = numeric(above.column)
    lower, _ = numeric(below.column)
    asked, weights = rows_of(above, len(upper))
    if upper.shape != lower.shape:
        raise ValueError(f"{len(upper)} numbers above, {len(lower)} below.")
    there = ~(np.isnan(upper) | np.isnan(lower))
    everyone = len(upper) if asked is None else int(asked.sum())
    there = there if asked is None else there & asked
    heavy = np.ones(len(upper)) if weights is None else weights
    sums = (upper[there], lower[there], heavy[there])
    return RatioOfTotals(
        ratio=_ratio(*sums, design),
        above=float(sums[2] @ sums[0]),
        below=float(sums[2] @ sums[1]),
        n=int(there.sum()),
        incomplete=everyone - int(there.sum()),
        weighted=weights is not None,
    )


def _ratio(upper: Floats, lower: Floats, weights: Floats, design: Design) -> Estimate:
    n, total = len(upper), float(weights @ lower)
    if n == 0:
        return Estimate(None, why_none=design.no_interval(0) or NoInterval.FEW)
    if total == 0:
        return Estimate(None, why_none=NoInterval.ZERO_BELOW)
    ratio = float(weights @ upper) / total
    if why := design.no_interval(n):
        return Estimate(ratio, why_none=why)
    residuals = weights * (upper - ratio * lower)
    error = math.sqrt(design.unseen(n) * n / (n - 1) * float(residuals @ residuals)) / abs(total)
    interval = intervals.around(ratio, error, n - 1, method=Method.T_LINEARISED, level=design.level)
    return Estimate(ratio, interval, error=error)
