"""How large a difference or an association is, apart from whether it is significant."""

import math

import numpy as np
from numpy.typing import ArrayLike

from analytics.methods.columns import Floats, Values, present


def cramers_v(counts: Floats) -> float | None:
    """Cramér's V of an (r, c) table of counts: sqrt(phi²/min(r - 1, c - 1)), 0..1.

    Rows and columns that are empty are left out; None where fewer than two of each remain (Cramér 1946,
    Mathematical Methods of Statistics, section 21.9).
    """
    table = _without_empty(counts)
    if min(table.shape) < 2:
        return None
    return math.sqrt(_phi_squared(table) / (min(table.shape) - 1))


def cramers_v_corrected(counts: Floats) -> float | None:
    """Cramér's V corrected for bias (Bergsma 2013, Journal of the Korean Statistical Society 42:323).

    Takes off what phi² is expected to be without association; None as for ``cramers_v``, and for a
    total of 1 or less.
    """
    table = _without_empty(counts)
    total = float(table.sum())
    if min(table.shape) < 2 or total <= 1:
        return None
    rows, columns = table.shape
    squared = max(0.0, _phi_squared(table) - (rows - 1) * (columns - 1) / (total - 1))
    fewer = (
        min(rows - (rows - 1) ** 2 / (total - 1), columns - (columns - 1) ** 2 / (total - 1)) - 1
    )
    return min(1.0, math.sqrt(squared / fewer)) if fewer > 0 else None


def phi(counts: Floats) -> float | None:
    """Phi of a 2 x 2 table with its sign, -1..1: (ad - bc)/sqrt of the product of the margins.

    None where a margin is 0. Raises ValueError for any other shape.
    """
    (a, b), (c, d) = _two_by_two(counts)
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    return (a * d - b * c) / math.sqrt(margins) if margins > 0 else None


def odds_ratio(counts: Floats) -> float | None:
    """The odds ratio ad/bc of a 2 x 2 table; with a cell of 0, 0.5 is added to each (Haldane 1956).

    None where a margin is 0. Raises ValueError for any other shape.
    """
    table = np.array(_two_by_two(counts))
    if not (table.sum(axis=0).all() and table.sum(axis=1).all()):
        return None
    if not table.all():
        table = table + 0.5
    return float(table[0, 0] * table[1, 1] / (table[0, 1] * table[1, 0]))


def rank_biserial(u: float, first: int, second: int) -> float:
    """2U/(n1 n2) - 1, -1..1, from the U of the first group (Wendt 1972; Kerby 2014).

    The share of pairs in which the first is larger less the share in which it is smaller.
    """
    return 2 * u / (first * second) - 1


def epsilon_squared(h: float, n: int) -> float:
    """H/(n - 1), 0..1, of the Kruskal-Wallis H over n cases (Kelley 1935; Tomczak & Tomczak 2014)."""
    return h / (n - 1)


def eta_squared_h(h: float, groups: int, n: int) -> float:
    """(H - k + 1)/(n - k) of the Kruskal-Wallis H over k groups and n cases (Cohen 2008).

    Below 0 where the groups differ by less than chance lets expect.
    """
    return (h - groups + 1) / (n - groups)


def cohen_d(first: Values, second: Values) -> float | None:
    """(mean1 - mean2)/s with the pooled standard deviation s (Cohen 1988, section 2.2).

    None with fewer than two values in a group, or where s is 0. Missing values are left out.
    """
    one, two = present(first), present(second)
    if min(len(one), len(two)) < 2:
        return None
    freedom = len(one) + len(two) - 2
    pooled = ((len(one) - 1) * one.var(ddof=1) + (len(two) - 1) * two.var(ddof=1)) / freedom
    return float((one.mean() - two.mean()) / math.sqrt(pooled)) if pooled > 0 else None


def hedges_g(first: Values, second: Values) -> float | None:
    """Cohen's d without its bias in small groups (Hedges 1981, Journal of Educational Statistics 6:107).

    d J(m) with m = n1 + n2 - 2 and J(m) = gamma(m/2) / (sqrt(m/2) gamma((m - 1)/2)); None as for d.
    """
    d = cohen_d(first, second)
    if d is None:
        return None
    m = len(present(first)) + len(present(second)) - 2
    return d * math.exp(math.lgamma(m / 2) - math.lgamma((m - 1) / 2)) / math.sqrt(m / 2)


def _two_by_two(counts: ArrayLike) -> list[list[float]]:
    table = np.asarray(counts, dtype=np.float64)
    if table.shape != (2, 2):
        raise ValueError("the table must be 2 x 2")
    return [[float(value) for value in row] for row in table]


def _without_empty(counts: Floats) -> Floats:
    table = np.asarray(counts, dtype=np.float64)
    return table[np.ix_(table.sum(axis=1) > 0, table.sum(axis=0) > 0)]


def _phi_squared(table: Floats) -> float:
    total = table.sum()
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / total
    return float(((table - expected) ** 2 / expected).sum() / total)
