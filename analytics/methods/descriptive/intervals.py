"""Intervals of a share, a mean and a median.

Shares lie in 0..1, levels too. Quantiles of the beta, t and normal distributions are those of
scipy.special. Every function returns an ``Interval`` that names its method.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy import special, stats

from analytics.methods.descriptive.design import NoInterval

Numbers = npt.NDArray[np.float64]


class Method(StrEnum):
    """How an interval was made."""

    WILSON = "wilson"
    WILSON_FPC = "wilson_fpc"
    WILSON_CORRECTED = "wilson_corrected"
    CLOPPER_PEARSON = "clopper_pearson"
    JEFFREYS = "jeffreys"
    AGRESTI_COULL = "agresti_coull"
    WALD = "wald"
    LOGIT = "logit"
    BETA = "beta"
    T = "t"
    T_FPC = "t_fpc"
    T_LINEARISED = "t_linearised"
    ORDER_STATISTICS = "order_statistics"
    WOODRUFF = "woodruff"


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``low`` to ``high``, in the unit of the number, at ``level`` (0.95 = 95 %)."""

    low: float
    high: float
    method: Method
    level: float = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval, or with the reason why there is none.

    ``value`` is None where there is nothing to compute from; then the reason is ``few``.
    """

    value: float | None
    interval: Interval | None = None
    why_none: NoInterval | None = None
    error: float | None = None


def wilson(count: float, n: float, *, level: float = 0.95) -> Interval:
    """The score interval (Wilson 1927; Newcombe 1998, method 3). It never leaves 0..1.

    Raises ValueError unless 0 <= count <= n and n > 0, as all intervals of a share here.
    """
    _check(count, n)
    low, high = _score(count / n, n, _z(level))
    return Interval(low, high, Method.WILSON, level)


def wilson_fpc(count: float, n: float, population: float, *, level: float = 0.95) -> Interval:
    """Wilson's interval for ``n`` of ``population`` units drawn without replacement.

    The sample counts as n (N - 1) / (N - n), whose variance p(1-p)/n_adj is that of the share
    under the hypergeometric distribution. n = N gives the share itself, twice.
    Raises ValueError where n exceeds N.
    """
    _check(count, n)
    if n > population:
        raise ValueError(f"{n} answers from a population of {population}.")
    share = count / n
    if n == population:
        return Interval(share, share, Method.WILSON_FPC, level)
    low, high = _score(share, n * (population - 1) / (population - n), _z(level))
    return Interval(low, high, Method.WILSON_FPC, level)


def wilson_corrected(count: float, n: float, *, level: float = 0.95) -> Interval:
    """Wilson's interval with the continuity correction of R's ``prop.test``.

    R corrects by min(0.5, |x - n/2|), as its null hypothesis is a half; so that at a share of
    exactly a half there is no correction (R, stats::prop.test).
    """
    _check(count, n)
    z, share = _z(level), count / n
    correction = min(0.5, abs(count - n / 2))
    square = z * z / (2 * n)
    low_share, high_share = share - correction / n, share + correction / n

    def bound(at: float, sign: int) -> float:
        spread = math.sqrt(max(0.0, at * (1 - at) / n + z * z / (4 * n * n)))
        return (at + square + sign * z * spread) / (1 + 2 * square)

    low = 0.0 if count == 0 else max(0.0, bound(low_share, -1))
    high = 1.0 if count == n else min(1.0, bound(high_share, 1))
    return Interval(low, high, Method.WILSON_CORRECTED, level)


def clopper_pearson(count: float, n: float, *, level: float = 0.95) -> Interval:
    """The exact interval (Clopper & Pearson 1934): it holds its level for every true share."""
    _check(count, n)
    low, high = _beta_bounds(count, n, level)
    return Interval(low, high, Method.CLOPPER_PEARSON, level)


def jeffreys(count: float, n: float, *, level: float = 0.95) -> Interval:
    """Quantiles of Beta(x + 1/2, n - x + 1/2); 0 at x = 0 and 1 at x = n (Brown, Cai & DasGupta 2001)."""
    _check(count, n)
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else float(special.betaincinv(count + 0.5, n - count + 0.5, tail))
    high = 1.0 if count == n else float(special.betaincinv(count + 0.5, n - count + 0.5, 1 - tail))
    return Interval(low, high, Method.JEFFREYS, level)


def agresti_coull(count: float, n: float, *, level: float = 0.95) -> Interval:
    """Wald's interval around (x + z²/2) / (n + z²) (Agresti & Coull 1998), cut to 0..1."""
    _check(count, n)
    z = _z(level)
    size = n + z * z
    centre = (count + z * z / 2) / size
    half = z * math.sqrt(centre * (1 - centre) / size)
    return Interval(max(0.0, centre - half), min(1.0, centre + half), Method.AGRESTI_COULL, level)


def wald(count: float, n: float, *, level: float = 0.95) -> Interval:
    """p ± z sqrt(p(1-p)/n), cut to 0..1. For comparison with old reports: it is too short."""
    _check(count, n)
    share = count / n
    half = _z(level) * math.sqrt(share * (1 - share) / n)
    return Interval(max(0.0, share - half), min(1.0, share + half), Method.WALD, level)


def logit(share: float, error: float, df: float, *, level: float = 0.95) -> Interval:
    """An interval on the log-odds scale, from a standard error that knows the design.

    ``df`` are the degrees of freedom of the design. Raises ValueError for a share of 0 or 1, whose
    odds have no logarithm, and for df below 1 (Lumley 2010, Complex Surveys; svyciprop "logit").
    """
    if not 0 < share < 1 or df < 1 or error < 0:
        raise ValueError("The logit interval needs a share inside (0, 1), an error and df >= 1.")
    centre = math.log(share / (1 - share))
    half = _t(level, df) * error / (share * (1 - share))
    low, high = special.expit([centre - half, centre + half])
    return Interval(float(low), float(high), Method.LOGIT, level)


def beta(share: float, error: float, n: float, df: float, *, level: float = 0.95) -> Interval:
    """Clopper-Pearson's interval at an effective sample size (Korn & Graubard 1998).

    n_eff = p(1-p)/error², times (t_{n-1} / t_df)². At a share of 0 or 1 the error tells nothing,
    and ``n`` itself is taken: give the effective number of answers there where weights differ.
    Raises ValueError for a share outside of 0..1, a negative error, n < 2 or df < 1.
    """
    if not 0 <= share <= 1 or error < 0 or n < 2 or df < 1:
        raise ValueError("The beta interval needs a share in 0..1, an error, n >= 2 and df >= 1.")
    size = share * (1 - share) / error**2 if error > 0 and 0 < share < 1 else n
    size *= (_t(level, n - 1) / _t(level, df)) ** 2
    low, high = _beta_bounds(share * size, size, level)
    return Interval(low, high, Method.BETA, level)


def mean(
    centre: float, sd: float, n: int, *, population: int | None = None, level: float = 0.95
) -> Interval:
    """mean ± t_{n-1} sqrt((1 - n/N) sd²/n); without N the correction is 1 (Cochran 1977, 2.13).

    Raises ValueError for n < 2 or n > N.
    """
    if n < 2 or (population is not None and n > population):
        raise ValueError("The interval of a mean needs at least two answers, and not more than N.")
    unseen = 1.0 if population is None else 1 - n / population
    half = _t(level, n - 1) * math.sqrt(unseen / n) * sd
    method = Method.T if population is None else Method.T_FPC
    return Interval(centre - half, centre + half, method, level)


def around(
    centre: float, error: float, df: float, *, method: Method, level: float = 0.95
) -> Interval:
    """centre ± t_df error, for an error made elsewhere."""
    half = _t(level, df) * error
    return Interval(centre - half, centre + half, method, level)


def median(values: Numbers, *, level: float = 0.95) -> Interval | None:
    """The pair of order statistics that holds the median with at least ``level``.

    ``values``: 1-D, no NaN. Exact by the binomial distribution with 1/2, without any assumption on
    the shape (Conover 1999, 3.2). None where too few values hold it: below 6 for 95 %.
    """
    n = len(values)
    rank = int(stats.binom.ppf((1 - level) / 2, n, 0.5)) if n else 0
    if rank < 1:
        return None
    ordered = np.sort(values)
    low, high = float(ordered[rank - 1]), float(ordered[n - rank])
    return Interval(low, high, Method.ORDER_STATISTICS, level)


def _check(count: float, n: float) -> None:
    if not (n > 0 and 0 <= count <= n):
        raise ValueError(f"There is no share of {count} in {n}.")


def _z(level: float) -> float:
    return float(special.ndtri((1 + level) / 2))


def _t(level: float, df: float) -> float:
    return float(special.stdtrit(df, (1 + level) / 2))


def _score(share: float, n: float, z: float) -> tuple[float, float]:
    size = 1 + z * z / n
    centre = (share + z * z / (2 * n)) / size
    half = z / size * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low = 0.0 if share == 0 else max(0.0, centre - half)
    high = 1.0 if share == 1 else min(1.0, centre + half)
    return low, high


def _beta_bounds(count: float, n: float, level: float) -> tuple[float, float]:
    tail = (1 - level) / 2
    low = 0.0 if count <= 0 else float(special.betaincinv(count, n - count + 1, tail))
    high = 1.0 if count >= n else float(special.betaincinv(count + 1, n - count, 1 - tail))
    return low, high
