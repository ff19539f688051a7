"""A share over ordered groups."""

import math

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from analytics.definitions.reasons import Reason
from analytics.methods.columns import numbers
from analytics.methods.comparisons.results import LEAST, Compared, ComparisonMethod


def cochran_armitage(
    yes: ArrayLike,
    sizes: ArrayLike,
    scores: ArrayLike | None = None,
    *,
    least_per_group: int = LEAST,
) -> Compared:
    """Trend of the shares ``yes``/``sizes`` over groups in order; the statistic is chi-square with 1 df.

    ``scores`` of the groups are 1, 2, 3, ... where not given (Cochran 1954; Armitage 1955, Biometrics
    11:375), without continuity correction, as R's ``prop.trend.test``. The effect is the slope of the share
    for each step of the scores. Refused: ONE_GROUP, TOO_FEW_PER_GROUP, CONSTANT. Raises ValueError where
    the lengths differ or a count does not fit its group.
    """
    counts, totals = numbers(yes), numbers(sizes)
    steps = np.arange(1.0, len(counts) + 1) if scores is None else numbers(scores)
    if not len(counts) == len(totals) == len(steps):
        raise ValueError("counts, sizes and scores differ in length")
    if not np.all((counts >= 0) & (counts <= totals)):
        raise ValueError("a count lies outside of its group")
    groups = tuple(int(total) for total in totals)
    share = float(counts.sum() / totals.sum()) if totals.sum() else 0.0
    if reason := _refusal(groups, share, steps, least_per_group):
        return Compared(groups, reason=reason)
    centred = steps - (totals * steps).sum() / totals.sum()
    spread = float((totals * centred**2).sum())
    slope = float((counts * centred).sum()) / spread
    statistic = slope**2 * spread / (share * (1 - share))
    return Compared(
        groups,
        method=ComparisonMethod.CHI_SQUARE,
        statistic=statistic,
        df=1,
        p=float(stats.chi2.sf(statistic, 1)),
        effect_name="slope",
        effect=slope,
    )


def _refusal(
    groups: tuple[int, ...],
    share: float,
    steps: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    least: int,
) -> Reason | None:
    if len(groups) < 2 or math.isclose(float(steps.min()), float(steps.max())):
        return Reason.ONE_GROUP
    if min(groups) < max(least, 1):
        return Reason.TOO_FEW_PER_GROUP
    return Reason.CONSTANT if share in {0.0, 1.0} else None
