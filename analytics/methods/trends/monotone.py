"""Whether a series rises or falls, and by how much: Mann-Kendall and Sen, from four rounds on."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from analytics.definitions.reasons import Reason
from analytics.methods.trends.growth import observed
from analytics.methods.trends.kendall import (
    EXACT_UP_TO,
    distribution_of_s,
    probability_at_least,
    variance_of_s,
)

FEWEST_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class MannKendall:
    """The test of no monotone trend. Figures are None with a ``reason``.

    ``s``: pairs that rise minus pairs that fall; ``tau``: Kendall's tau-b, None for a constant series;
    ``z``: with continuity correction, None where the test is exact; ``p``: two-sided.
    """

    n: int
    s: int | None = None
    tau: float | None = None
    z: float | None = None
    p: float | None = None
    exact: bool = False
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class SenSlope:
    """The median slope, in units of the value per unit of time, with its interval.

    ``interval_reason`` says why there is a slope and no interval: with few rounds no interval
    reaches the confidence asked for. ``confidence`` is the one that was reached.
    """

    n: int
    slope: float | None = None
    intercept: float | None = None
    low: float | None = None
    high: float | None = None
    confidence: float | None = None
    reason: Reason | None = None
    interval_reason: Reason | None = None


def mann_kendall(times: Sequence[float], values: Sequence[float | None]) -> MannKendall:
    """The test of Mann (1945) and Kendall (1975) with ties, over the rounds that have a value.

    Exact up to 20 rounds, ties included; above, normal with the variance corrected for ties and a
    correction for continuity. Fewer than four rounds give ``TOO_FEW_ROUNDS``. Values count as tied
    when they agree on 12 significant digits. Raises ValueError unless times rise strictly.
    """
    _, y = observed(times, values)
    n = len(y)
    if n < FEWEST_ROUNDS:
        return MannKendall(n, reason=Reason.TOO_FEW_ROUNDS)
    comparable = [float(f"{value:.12g}") for value in y]
    ties = _ties(comparable)
    s = _s_of(comparable)
    unequal = (n * (n - 1) - sum(size * (size - 1) for size in ties)) / 2
    tau = s / math.sqrt(unequal * n * (n - 1) / 2) if unequal else None
    if n <= EXACT_UP_TO:
        p = 1.0 if s == 0 else 2 * probability_at_least(abs(s), ties)
        return MannKendall(n, s, tau, None, p, exact=True)
    if not unequal:
        return MannKendall(n, s, tau, 0.0, 1.0)
    z = (s - math.copysign(1, s)) / math.sqrt(variance_of_s(n, ties)) if s else 0.0
    return MannKendall(n, s, tau, z, float(2 * stats.norm.sf(abs(z))))


def sen_slope(
    times: Sequence[float], values: Sequence[float | None], *, confidence: float = 0.95
) -> SenSlope:
    """The median of all pairwise slopes (Sen 1968, JASA 63), with an interval by Kendall's S.

    Up to 20 rounds the interval is that of the exact distribution (Hollander & Wolfe 1999, 9.3) and
    ``confidence`` what it reaches, never less than asked; above, the normal one. The intercept is
    the median of value - slope * time (Conover). Fewer than four rounds give ``TOO_FEW_ROUNDS``.
    Raises ValueError unless times rise strictly and 0 < confidence < 1.
    """
    if not 0 < confidence < 1:
        raise ValueError("A confidence lies between 0 and 1.")
    x, y = observed(times, values)
    n = len(y)
    if n < FEWEST_ROUNDS:
        return SenSlope(n, reason=Reason.TOO_FEW_ROUNDS, interval_reason=Reason.TOO_FEW_ROUNDS)
    later, earlier = np.tril_indices(n, -1)
    slopes = np.sort((y[later] - y[earlier]) / (x[later] - x[earlier]))
    slope = float(np.median(slopes))
    intercept = float(np.median(y - slope * x))
    ties = _ties([float(f"{value:.12g}") for value in y])
    critical, reached = _critical(n, ties, confidence)
    if critical is None:
        return SenSlope(n, slope, intercept, interval_reason=Reason.TOO_FEW_ROUNDS)
    below = max(int((len(slopes) - critical) // 2), 1)
    low, high = float(slopes[below - 1]), float(slopes[len(slopes) - below])
    return SenSlope(n, slope, intercept, low, high, reached)


def _critical(n: int, ties: Sequence[int], confidence: float) -> tuple[float | None, float]:
    """How far S may lie from 0 inside the interval, and the confidence that this gives.

    Ties widen no exact interval: it is that of untied values, which is the safe side.
    """
    if n > EXACT_UP_TO:
        z = float(stats.norm.ppf((1 + confidence) / 2))
        return z * math.sqrt(variance_of_s(n, ties)), confidence
    untied = (1,) * n
    for s in sorted(each for each in distribution_of_s(untied) if each > 0):
        tail = probability_at_least(s, untied)
        if tail <= (1 - confidence) / 2:
            return s - 2, 1 - 2 * tail
    return None, confidence


def _s_of(values: Sequence[float]) -> int:
    return sum(
        (later > earlier) - (later < earlier)
        for place, earlier in enumerate(values)
        for later in values[place + 1 :]
    )


def _ties(values: Sequence[float]) -> tuple[int, ...]:
    return tuple(sorted(Counter(values).values()))
