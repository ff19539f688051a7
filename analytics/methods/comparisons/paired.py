"""The same respondents twice or more often."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from analytics.definitions.reasons import Reason
from analytics.methods.columns import Floats, Values, table
from analytics.methods.comparisons.groups import EXACT_BELOW
from analytics.methods.comparisons.results import LEAST, Bootstrapped, Compared, ComparisonMethod
from analytics.methods.index.ranking import significant

EXACT_DISCORDANT_BELOW = 25
AT_A_TIME = 2_000_000


def wilcoxon(before: Values, after: Values, *, least: int = LEAST) -> Compared:
    """Wilcoxon's signed ranks of after - before; the statistic is the sum of the positive ranks.

    Pairs with a missing value are left out, pairs without a difference too (Wilcoxon 1945). Exact with
    fewer than 50 pairs, none tied and none without a difference, else by the normal distribution with tie
    and continuity corrections, as R's ``wilcox.test``. Effect: matched-pairs rank-biserial correlation
    (Kerby 2014). Refused: TOO_FEW_CASES, CONSTANT (no difference at all). Raises ValueError for text or
    columns of different length.
    """
    difference, missing = _differences(before, after)
    pairs = (len(difference),)
    moved = difference[difference != 0]
    if len(difference) < max(least, 1):
        return Compared(pairs, missing, reason=Reason.TOO_FEW_CASES)
    if not len(moved):
        return Compared(pairs, missing, reason=Reason.CONSTANT)
    untied = len(np.unique(np.abs(moved))) == len(difference)
    exact = untied and len(moved) < EXACT_BELOW
    tested = stats.wilcoxon(
        moved,
        method="exact" if exact else "approx",
        correction=not exact,
        alternative="two-sided",
    )
    ranks = stats.rankdata(np.abs(moved))
    positive = float(ranks[moved > 0].sum())
    return Compared(
        pairs,
        missing,
        method=ComparisonMethod.EXACT if exact else ComparisonMethod.NORMAL,
        statistic=positive,
        p=min(1.0, float(tested.pvalue)),
        effect_name="rank_biserial",
        effect=float(2 * positive / ranks.sum() - 1),
    )


def friedman(columns: Mapping[str, Values], *, least: int = LEAST) -> Compared:
    """Friedman's test over two or more measurements of the same respondents, with tie correction.

    Rows with a missing value are left out. Effect: Kendall's W, 0..1 (Friedman 1937, JASA 32:675;
    Conover 1999, section 5.8). Refused: ONE_GROUP, TOO_FEW_CASES, CONSTANT. Raises ValueError for text or
    columns of different length.
    """
    values = table(columns)
    complete = values[~np.isnan(values).any(axis=1)]
    sizes, missing = (len(complete),), len(values) - len(complete)
    if len(columns) < 2:
        return Compared(sizes, missing, reason=Reason.ONE_GROUP)
    if len(complete) < max(least, 1):
        return Compared(sizes, missing, reason=Reason.TOO_FEW_CASES)
    ranks = stats.rankdata(significant(complete), axis=1)
    n, k = ranks.shape
    spread = float((ranks**2).sum() - n * k * (k + 1) ** 2 / 4)
    if spread <= 0:
        return Compared(sizes, missing, reason=Reason.CONSTANT)
    between = float(((ranks.sum(axis=0) - n * (k + 1) / 2) ** 2).sum())
    statistic = (k - 1) * between / spread
    return Compared(
        sizes,
        missing,
        method=ComparisonMethod.CHI_SQUARE,
        statistic=statistic,
        df=k - 1,
        p=float(stats.chi2.sf(statistic, k - 1)),
        effect_name="kendalls_w",
        effect=statistic / (n * (k - 1)),
    )


def mcnemar(counts: ArrayLike, *, least: int = LEAST) -> Compared:
    """McNemar's test of a 2 x 2 table of pairs: rows before (yes, no), columns after (yes, no).

    Exact by the binomial distribution with fewer than 25 discordant pairs, else (|b - c| - 1)²/(b + c)
    (McNemar 1947; Edwards 1948). Effect: odds ratio c/b of turning to yes against turning to no, None
    where b is 0. Refused: TOO_FEW_CASES, CONSTANT (nobody changed). Raises ValueError for another shape or
    negative counts.
    """
    pairs = np.asarray(counts, dtype=np.float64)
    if pairs.shape != (2, 2) or np.any(pairs < 0):
        raise ValueError("the pairs must be a 2 x 2 table of counts")
    to_no, to_yes, n = int(pairs[0, 1]), int(pairs[1, 0]), int(pairs.sum())
    discordant = to_no + to_yes
    if n < max(least, 1):
        return Compared((n,), reason=Reason.TOO_FEW_CASES)
    if not discordant:
        return Compared((n,), reason=Reason.CONSTANT)
    exact = discordant < EXACT_DISCORDANT_BELOW
    corrected = max(abs(to_no - to_yes) - 1, 0) ** 2 / discordant
    p = stats.binomtest(to_no, discordant).pvalue if exact else stats.chi2.sf(corrected, 1)
    return Compared(
        (n,),
        method=ComparisonMethod.EXACT_BINOMIAL if exact else ComparisonMethod.CHI_SQUARE_CONTINUITY,
        statistic=float(to_no) if exact else corrected,
        df=None if exact else 1,
        p=float(p),
        effect_name="odds_ratio",
        effect=to_yes / to_no if to_no else None,
    )


def paired_bootstrap(
    before: Values,
    after: Values,
    *,
    replicates: int = 2_000,
    level: float = 0.95,
    seed: int = 1690,
    least: int = LEAST,
) -> Bootstrapped:
    """The mean of after - before over respondents drawn anew in pairs.

    Percentile interval with quantiles of type 7, and p = 2 min(#<=0 + 1, #>=0 + 1)/(B + 1), at most 1
    (Efron & Tibshirani 1993, chapters 13 and 16). The same seed gives the same figures. Pairs with a
    missing value are left out. Refused: TOO_FEW_CASES. Raises ValueError for text, columns of different
    length, or a level outside of 0..1.
    """
    if not 0 < level < 1:
        raise ValueError("the level lies between 0 and 1")
    difference, missing = _differences(before, after)
    if len(difference) < max(least, 1):
        return Bootstrapped(len(difference), missing, reason=Reason.TOO_FEW_CASES)
    means = _resampled_means(difference, replicates, seed)
    lower, upper = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    rarer = min(int((means <= 0).sum()), int((means >= 0).sum()))
    return Bootstrapped(
        pairs=len(difference),
        missing=missing,
        change=float(difference.mean()),
        error=float(means.std(ddof=1)),
        lower=float(lower),
        upper=float(upper),
        level=level,
        p=min(1.0, 2 * (rarer + 1) / (replicates + 1)),
        replicates=replicates,
        seed=seed,
    )


def _resampled_means(values: Floats, replicates: int, seed: int) -> Floats:
    rng = np.random.default_rng(seed)
    n = len(values)
    step = max(1, AT_A_TIME // n)
    parts = [
        values[rng.integers(0, n, (min(step, replicates - start), n))].mean(axis=1)
        for start in range(0, replicates, step)
    ]
    return np.concatenate(parts)


def _differences(before: Values, after: Values) -> tuple[Floats, int]:
    """What is left of rounding (0.3 - 0.1 - 0.2) is no difference, and does not break ties."""
    pairs = table({"before": before, "after": after})
    complete = pairs[~np.isnan(pairs).any(axis=1)]
    difference = complete[:, 1] - complete[:, 0]
    noise = np.abs(difference) <= 1e-12 * np.abs(complete).max(axis=1, initial=0)
    return significant(np.where(noise, 0.0, difference), 10), len(pairs) - len(complete)
