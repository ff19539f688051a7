"""Independent groups, compared by ranks."""

import math
from collections.abc import Mapping
from itertools import combinations

import numpy as np
from scipy import stats

from analytics.definitions.reasons import Reason
from analytics.methods.columns import Floats, Values, numbers, present
from analytics.methods.comparisons.results import (
    LEAST,
    Compared,
    ComparisonMethod,
    GroupComparison,
    PairOfGroups,
)
from analytics.methods.effects import epsilon_squared, eta_squared_h, rank_biserial
from analytics.methods.index.ranking import significant
from analytics.methods.multiplicity import Adjustment, adjusted

EXACT_BELOW = 50


def mann_whitney(first: Values, second: Values, *, least_per_group: int = LEAST) -> Compared:
    """Mann-Whitney U of the first group, missing values left out.

    Exact where both groups have fewer than 50 values and none is tied, else by the normal distribution
    with tie and continuity corrections, as R's ``wilcox.test`` does (Hollander & Wolfe 1999, section 4.1).
    Effect: rank-biserial correlation. Refused: TOO_FEW_PER_GROUP, CONSTANT. Raises ValueError for text.
    """
    one, two = significant(present(first)), significant(present(second))
    missing = len(numbers(first)) + len(numbers(second)) - len(one) - len(two)
    sizes = (len(one), len(two))
    if min(sizes) < max(least_per_group, 1):
        return Compared(sizes, missing, reason=Reason.TOO_FEW_PER_GROUP)
    both = np.concatenate([one, two])
    distinct = len(np.unique(both))
    if distinct == 1:
        return Compared(sizes, missing, reason=Reason.CONSTANT)
    exact = max(sizes) < EXACT_BELOW and distinct == len(both)
    tested = stats.mannwhitneyu(one, two, method="exact" if exact else "asymptotic")
    return Compared(
        sizes,
        missing,
        method=ComparisonMethod.EXACT if exact else ComparisonMethod.NORMAL,
        statistic=float(tested.statistic),
        p=min(1.0, float(tested.pvalue)),
        effect_name="rank_biserial",
        effect=rank_biserial(float(tested.statistic), *sizes),
    )


def kruskal_wallis(
    groups: Mapping[str, Values], *, least_per_group: int = LEAST
) -> GroupComparison:
    """Kruskal-Wallis H with tie correction and k - 1 degrees of freedom, missing values left out.

    Groups without any value are left out. Refused: ONE_GROUP, TOO_FEW_PER_GROUP (with the names of those),
    CONSTANT. Raises ValueError for text. (Kruskal & Wallis 1952, JASA 47:583.)
    """
    values, missing = _present_groups(groups)
    ranks = _mean_ranks(values)
    sizes = tuple(len(group) for group in values.values())
    few = tuple(name for name, group in values.items() if len(group) < least_per_group)
    reason = _refusal(values, few)
    if reason:
        return GroupComparison(
            tuple(values),
            sizes,
            ranks,
            missing,
            reason=reason,
            small_groups=few if reason is Reason.TOO_FEW_PER_GROUP else (),
        )
    tested = stats.kruskal(*values.values())
    h, n, k = float(tested.statistic), sum(sizes), len(sizes)
    return GroupComparison(
        groups=tuple(values),
        sizes=sizes,
        mean_ranks=ranks,
        missing=missing,
        statistic=h,
        df=k - 1,
        p=float(tested.pvalue),
        epsilon_squared=epsilon_squared(h, n),
        eta_squared_h=eta_squared_h(h, k, n),
    )


def dunn(
    groups: Mapping[str, Values],
    *,
    adjustment: Adjustment = Adjustment.HOLM,
    least_per_group: int = LEAST,
) -> tuple[PairOfGroups, ...]:
    """Every pair of groups after Kruskal-Wallis, on its ranks with tie correction.

    z = (R_i - R_j) / sqrt((N(N + 1)/12 - sum(t³ - t)/(12(N - 1))) (1/n_i + 1/n_j)) (Dunn 1964,
    Technometrics 6:241). Empty where ``kruskal_wallis`` refuses the groups.
    """
    overall = kruskal_wallis(groups, least_per_group=least_per_group)
    if overall.reason:
        return ()
    values, _ = _present_groups(groups)
    variance = _rank_variance(np.concatenate(list(values.values())))
    means = dict(zip(values, _mean_ranks(values), strict=True))
    pairs = [
        (
            first,
            second,
            _z(means[first], means[second], variance, (len(values[first]), len(values[second]))),
        )
        for first, second in combinations(values, 2)
    ]
    p_values = [float(2 * stats.norm.sf(abs(z))) for *_, z in pairs]
    return tuple(
        PairOfGroups(first, second, z, p, corrected, len(pairs), adjustment)
        for (first, second, z), p, corrected in zip(
            pairs, p_values, _all(p_values, adjustment), strict=True
        )
    )


def _refusal(values: Mapping[str, Floats], few: tuple[str, ...]) -> Reason | None:
    if not values:
        return Reason.NO_DATA
    if len(values) < 2:
        return Reason.ONE_GROUP
    if few:
        return Reason.TOO_FEW_PER_GROUP
    return Reason.CONSTANT if len(np.unique(np.concatenate(list(values.values())))) == 1 else None


def _present_groups(groups: Mapping[str, Values]) -> tuple[dict[str, Floats], int]:
    found = {name: significant(present(values)) for name, values in groups.items()}
    given = sum(len(numbers(values)) for values in groups.values())
    kept = {name: values for name, values in found.items() if len(values)}
    return kept, given - sum(len(values) for values in kept.values())


def _mean_ranks(values: Mapping[str, Floats]) -> tuple[float, ...]:
    if not values:
        return ()
    ranks = stats.rankdata(np.concatenate(list(values.values())))
    ends = np.cumsum([len(group) for group in values.values()])[:-1]
    return tuple(float(part.mean()) for part in np.split(ranks, ends))


def _rank_variance(values: Floats) -> float:
    n = len(values)
    ties = np.unique(values, return_counts=True)[1].astype(np.float64)
    return n * (n + 1) / 12 - float((ties**3 - ties).sum()) / (12 * (n - 1))


def _z(first: float, second: float, variance: float, sizes: tuple[int, int]) -> float:
    return (first - second) / math.sqrt(variance * (1 / sizes[0] + 1 / sizes[1]))


def _all(p_values: list[float], adjustment: Adjustment) -> list[float]:
    return [p for p in adjusted(p_values, adjustment) if p is not None]
