"""How much a value has grown, with a reason where that cannot be said."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy import stats

from analytics.definitions.reasons import Reason


@dataclass(frozen=True, slots=True)
class Growth:
    """A share (0.05 = 5 %), or the reason why there is none."""

    value: float | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class LinearTrend:
    """A straight line by least squares; every figure None with a ``reason``.

    ``slope`` is in units of the value per unit of time, ``fitted_first`` the line at the first time,
    ``p`` two-sided by Student's t with n - 2 degrees of freedom; ``standard_error`` and ``p`` are None
    where two points leave none.
    """

    slope: float | None = None
    fitted_first: float | None = None
    standard_error: float | None = None
    p: float | None = None
    n: int = 0
    reason: Reason | None = None


def compound_growth(before: float | None, after: float | None, *, periods: float) -> Growth:
    """Compound growth per period: (after / before) ** (1 / periods) - 1.

    A start of 0 gives ``ZERO_START``, a negative value ``NEGATIVE_VALUE``, a missing one
    ``NO_DATA``; an end of 0 is a loss of everything, -1. Raises ValueError unless ``periods`` > 0.
    """
    if not periods > 0:
        raise ValueError("Growth needs a positive number of periods.")
    if refusal := _refusal(before, after):
        return Growth(None, refusal)
    assert before is not None
    assert after is not None
    if after < 0:
        return Growth(None, Reason.NEGATIVE_VALUE)
    return Growth(math.pow(after / before, 1 / periods) - 1)


def relative_change(before: float | None, after: float | None) -> Growth:
    """(after - before) / before: a start of 0 gives ``ZERO_START``, below ``NEGATIVE_VALUE``."""
    if refusal := _refusal(before, after):
        return Growth(None, refusal)
    assert before is not None
    assert after is not None
    return Growth((after - before) / before)


def linear_trend(times: Sequence[float], values: Sequence[float | None]) -> LinearTrend:
    """The straight line of least squares through the rounds that have a value.

    Two points give the line without an error; fewer give ``TOO_FEW_ROUNDS``. Raises ValueError
    unless times rise strictly.
    """
    x, y = observed(times, values)
    if len(x) < 2:
        return LinearTrend(n=len(x), reason=Reason.TOO_FEW_ROUNDS)
    centred = x - x.mean()
    spread = float(centred @ centred)
    slope = float(centred @ (y - y.mean())) / spread
    first = float(y.mean() + slope * (x[0] - x.mean()))
    if len(x) == 2:
        return LinearTrend(slope, first, n=2)
    residuals = y - y.mean() - slope * centred
    error = math.sqrt(float(residuals @ residuals) / (len(x) - 2) / spread)
    return LinearTrend(slope, first, error, _p_of_slope(slope, error, freedom=len(x) - 2), len(x))


def trend_per_period(
    times: Sequence[float], values: Sequence[float | None], *, period: float = 1.0
) -> Growth:
    """The slope over one period as a share of the fitted first value.

    With two points this is the relative change per period. A fitted first value of 0 gives
    ``ZERO_START``, a negative one ``NEGATIVE_VALUE``.
    """
    line = linear_trend(times, values)
    if line.slope is None or line.fitted_first is None:
        return Growth(None, line.reason)
    if line.fitted_first == 0:
        return Growth(None, Reason.ZERO_START)
    if line.fitted_first < 0:
        return Growth(None, Reason.NEGATIVE_VALUE)
    return Growth(line.slope * period / line.fitted_first)


def observed(
    times: Sequence[float], values: Sequence[float | None]
) -> tuple[
    np.ndarray[tuple[int], np.dtype[np.float64]], np.ndarray[tuple[int], np.dtype[np.float64]]
]:
    """The times and values of the rounds that have one. Raises ValueError unless times rise."""
    if len(times) != len(values):
        raise ValueError("As many values as times are needed.")
    if any(later <= earlier for earlier, later in pairwise(times)):
        raise ValueError("Times must rise strictly.")
    pairs = [
        (float(time), float(value))
        for time, value in zip(times, values, strict=True)
        if value is not None and math.isfinite(value)
    ]
    return np.array([time for time, _ in pairs]), np.array([value for _, value in pairs])


def _refusal(before: float | None, after: float | None) -> Reason | None:
    if before is None or after is None or not (math.isfinite(before) and math.isfinite(after)):
        return Reason.NO_DATA
    if before == 0:
        return Reason.ZERO_START
    return Reason.NEGATIVE_VALUE if before < 0 else None


def _p_of_slope(slope: float, error: float, *, freedom: int) -> float:
    """A line without any residual is certain, a level one without any is no trend at all."""
    if error == 0:
        return 1.0 if slope == 0 else 0.0
    return float(2 * stats.t.sf(abs(slope / error), freedom))
