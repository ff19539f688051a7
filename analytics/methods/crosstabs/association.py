"""Testing one two-way table for independence, and its residuals."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from analytics.definitions.reasons import Reason
from analytics.methods.crosstabs.counting import Counts
from analytics.methods.crosstabs.results import Association, AssociationMethod
from analytics.methods.effects import cramers_v, cramers_v_corrected, phi
from analytics.methods.multiplicity import Adjustment

AT_A_TIME = 1_000


@dataclass(frozen=True, slots=True)
class Significance:
    """How tests are made: Monte Carlo permutations and their seed, the fewest respondents for each
    group (column) below which a test is refused, the bound beyond which a residual is marked."""

    adjustment: Adjustment = Adjustment.HOLM
    permutations: int = 9_999
    seed: int = 1690
    least_per_group: int = 5
    marked_beyond: float = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Estimated:
    """Weighted shares (r, c), the covariance (rc, rc) of them by rows, and the design's PSU - H."""

    shares: Counts
    covariance: Counts
    degrees: int


@dataclass(frozen=True, slots=True, eq=False)
class TwoWay:
    """A table to be tested: respondents ``n`` (r, c), the groups its columns stand for, and what is
    ``estimated`` where weights are. Rows and columns without respondents are left out by ``reduced``."""

    n: Counts
    groups: tuple[str, ...]
    estimated: Estimated | None = None

    def reduced(self) -> "TwoWay":
        """Without empty rows and columns: they say nothing about independence."""
        has = np.asarray(self.n.sum(axis=0) > 0)
        keep = np.ix_(self.n.sum(axis=1) > 0, has)
        kept = np.zeros(self.n.shape, dtype=np.bool_)
        kept[keep] = True
        groups = tuple(group for group, some in zip(self.groups, has, strict=True) if some)
        if self.estimated is None:
            return TwoWay(self.n[keep], groups)
        cells = np.flatnonzero(kept)
        return TwoWay(
            self.n[keep],
            groups,
            replace(
                self.estimated,
                shares=self.estimated.shares[keep],
                covariance=self.estimated.covariance[np.ix_(cells, cells)],
            ),
        )


def associate(
    table: TwoWay, rules: Significance, *, row: str | None = None, column: str | None = None
) -> tuple[Association, Counts | None]:
    """The test of a table, and its adjusted residuals (r, c) with NaN where there is none.

    Unweighted: Pearson's X² and the likelihood ratio G²; where expected counts are sparse, Fisher's exact
    test (2 x 2) or a permutation test of X² with fixed margins (Patefield 1981), p = (b + 1)/(B + 1).
    Weighted: X² of the weighted shares, corrected to second order (Rao & Scott 1984, Annals of Statistics
    12:46): F = X²/tr(D) with tr(D)²/tr(D²) and that times (PSU - H) degrees of freedom.
    A refusal has its reason and no residuals.
    """
    small = table.reduced()
    bare = Association(row=row, column=column, n=int(table.n.sum()))
    if refusal := _refusal(small, rules):
        reason, groups = refusal
        return replace(bare, reason=reason, small_groups=groups), None
    measured = _measured(small, bare)
    if small.estimated is None:
        return _unweighted(small, measured, rules), _spread(table, _residuals(small.n))
    tested = _rao_scott(small.estimated, measured)
    if tested.reason:
        return tested, None
    return tested, _spread(table, _design_residuals(small.estimated))


def _refusal(table: TwoWay, rules: Significance) -> tuple[Reason, tuple[str, ...]] | None:
    rows, columns = table.n.shape
    if not rows:
        return Reason.NO_DATA, ()
    if rows < 2:
        return Reason.CONSTANT, ()
    if columns < 2:
        return Reason.ONE_GROUP, ()
    sizes = table.n.sum(axis=0)
    few = [
        group
        for group, size in zip(table.groups, sizes, strict=True)
        if size < rules.least_per_group
    ]
    return (Reason.TOO_FEW_PER_GROUP, tuple(dict.fromkeys(few))) if few else None


def _measured(table: TwoWay, bare: Association) -> Association:
    """Strength and sparseness, which do not depend on the test."""
    counts = _counts(table)
    expected = _expected(counts)
    below = float((expected < 5).mean())
    least = float(expected.min())
    return replace(
        bare,
        least_expected=least,
        share_below_five=below,
        sparse=below > 0.2 or least < 1,
        cramers_v=cramers_v(counts),
        cramers_v_corrected=cramers_v_corrected(counts),
        phi=phi(counts) if counts.shape == (2, 2) else None,
    )


def _unweighted(table: TwoWay, measured: Association, rules: Significance) -> Association:
    counts = table.n
    statistic, df = _pearson(counts), _df(counts)
    g2 = _likelihood_ratio(counts)
    tested = replace(
        measured,
        method=AssociationMethod.PEARSON,
        statistic=statistic,
        df=float(df),
        p=float(stats.chi2.sf(statistic, df)),
        g2=g2,
        g2_p=float(stats.chi2.sf(g2, df)),
    )
    if not measured.sparse:
        return tested
    if counts.shape == (2, 2):
        p = float(stats.fisher_exact(counts.astype(np.int64)).pvalue)
        return replace(tested, method=AssociationMethod.FISHER, p=min(p, 1.0))
    return replace(
        tested,
        method=AssociationMethod.PERMUTATION,
        p=_permutation_p(counts, statistic, rules),
        permutations=rules.permutations,
        seed=rules.seed,
    )


def _rao_scott(estimated: Estimated, measured: Association) -> Association:
    shares = estimated.shares
    if estimated.degrees < 1:
        return replace(measured, reason=Reason.TOO_FEW_CLUSTERS)
    contrasts = np.kron(_contrasts(shares.shape[0]), _contrasts(shares.shape[1]))
    inverse = np.divide(1.0, shares, out=np.zeros_like(shares), where=shares > 0).ravel()
    weighed = contrasts * inverse[:, None]
    under_srs = contrasts.T @ weighed / measured.n
    design = np.linalg.pinv(under_srs, hermitian=True) @ (
        weighed.T @ estimated.covariance @ weighed
    )
    trace = float(np.trace(design))
    if trace <= 1e-12:
        return replace(measured, reason=Reason.CENSUS)
    df = trace**2 / float(np.trace(design @ design))
    statistic = _pearson(shares * measured.n) / trace
    return replace(
        measured,
        method=AssociationMethod.RAO_SCOTT,
        statistic=statistic,
        df=df,
        df2=df * estimated.degrees,
        p=float(stats.f.sf(statistic, df, df * estimated.degrees)),
    )


def _contrasts(size: int) -> Counts:
    """(size, size - 1): columns that add up to 0. Any such basis gives the same test."""
    return np.asarray(np.eye(size)[:, 1:] - 1.0 / size)


def _counts(table: TwoWay) -> Counts:
    return table.n if table.estimated is None else table.estimated.shares * table.n.sum()


def _expected(counts: Counts) -> Counts:
    return np.asarray(np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum())


def _pearson(counts: Counts) -> float:
    expected = _expected(counts)
    return float(((counts - expected) ** 2 / expected).sum())


def _likelihood_ratio(counts: Counts) -> float:
    seen = counts > 0
    return float(2 * (counts[seen] * np.log(counts[seen] / _expected(counts)[seen])).sum())


def _df(counts: Counts) -> int:
    rows, columns = counts.shape
    return int((rows - 1) * (columns - 1))


def _permutation_p(counts: Counts, statistic: float, rules: Significance) -> float:
    expected = _expected(counts)
    margins: Sequence[np.ndarray] = [counts.sum(axis=axis).astype(np.int64) for axis in (1, 0)]
    drawing = stats.random_table(*margins, seed=np.random.default_rng(rules.seed))
    beyond = 0
    for start in range(0, rules.permutations, AT_A_TIME):
        tables = drawing.rvs(size=min(AT_A_TIME, rules.permutations - start))
        drawn = ((tables - expected) ** 2 / expected).sum(axis=(1, 2))
        beyond += int((drawn >= statistic * (1 - 1e-12)).sum())
    return (beyond + 1) / (rules.permutations + 1)


def _residuals(counts: Counts) -> Counts:
    """Adjusted standardised residuals (Haberman 1973, Biometrics 29:205)."""
    total, expected = counts.sum(), _expected(counts)
    left = np.outer(1 - counts.sum(axis=1) / total, 1 - counts.sum(axis=0) / total)
    return np.asarray((counts - expected) / np.sqrt(expected * left))


def _design_residuals(estimated: Estimated) -> Counts:
    """p_ij - p_i p_j over its linearised standard error; NaN where that is 0."""
    shares = estimated.shares
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    gradient = (
        np.eye(shares.size)
        - np.kron(np.eye(len(rows)), np.outer(columns, np.ones(len(columns))))
        - np.kron(np.outer(rows, np.ones(len(rows))), np.eye(len(columns)))
    )
    variance = ((gradient @ estimated.covariance) * gradient).sum(axis=1).reshape(shares.shape)
    deviation = shares - np.outer(rows, columns)
    error = np.sqrt(np.maximum(variance, 0))
    seen = error > 1e-12
    return np.where(seen, deviation / np.where(seen, error, 1.0), np.nan)


def _spread(table: TwoWay, residuals: Counts) -> Counts:
    """The residuals of the reduced table at their places in the whole one."""
    whole = np.full(table.n.shape, np.nan)
    whole[np.ix_(table.n.sum(axis=1) > 0, table.n.sum(axis=0) > 0)] = residuals
    return whole
