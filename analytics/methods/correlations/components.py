"""Whether a set of columns may be summed up by few components, and by how many."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import stats

from analytics.definitions.reasons import Reason
from analytics.methods.columns import Floats, Values, table

LEAST = 3
SINGULAR_BELOW = 1e-12


@dataclass(frozen=True, slots=True)
class Components:
    """Principal components of the correlations of k columns over ``n`` complete rows.

    ``eigenvalues`` (k,) descending, ``explained`` their shares of k; ``loadings`` (k columns, k components):
    eigenvector times the root of the eigenvalue, signs chosen so that each component's loadings add up to 0
    or more. ``kept``: components with an eigenvalue above 1 (Kaiser 1960). ``kmo`` overall and by column in
    the order of ``columns``, and Bartlett's test, are None where the correlations are ``singular``.
    A refusal has its ``reason`` (ONE_ITEM, TOO_FEW_CASES, CONSTANT) and ``constant`` the columns it is about.
    """

    columns: tuple[str, ...]
    n: int
    eigenvalues: tuple[float, ...] = ()
    explained: tuple[float, ...] = ()
    loadings: tuple[tuple[float, ...], ...] = ()
    kept: int = 0
    kmo: float | None = None
    kmo_by_column: tuple[float | None, ...] = ()
    bartlett: float | None = None
    bartlett_df: int | None = None
    bartlett_p: float | None = None
    singular: bool = False
    reason: Reason | None = None
    constant: tuple[str, ...] = ()


def components(columns: Mapping[str, Values]) -> Components:
    """Eigenvalues, KMO and Bartlett's test of k columns over the rows that are complete.

    KMO: sum r² / (sum r² + sum of squared partial correlations) off the diagonal (Kaiser 1974, Psychometrika
    39:31). Bartlett: -(n - 1 - (2k + 5)/6) ln det R with k(k - 1)/2 degrees of freedom (Bartlett 1951).
    Raises ValueError for text or columns of different length.
    """
    values, names = table(columns), tuple(columns)
    complete = values[~np.isnan(values).any(axis=1)] if values.size else values
    n = len(complete)
    if len(names) < 2:
        return Components(names, n, reason=Reason.ONE_ITEM)
    if n < LEAST:
        return Components(names, n, reason=Reason.TOO_FEW_CASES)
    constant = tuple(
        name for name, column in zip(names, complete.T, strict=True) if np.ptp(column) == 0
    )
    if constant:
        return Components(names, n, reason=Reason.CONSTANT, constant=constant)
    matrix = np.atleast_2d(np.corrcoef(complete, rowvar=False))
    roots, loadings = _principal(matrix)
    summed = Components(
        columns=names,
        n=n,
        eigenvalues=tuple(roots.tolist()),
        explained=tuple((roots / len(names)).tolist()),
        loadings=tuple(tuple(row) for row in loadings.tolist()),
        kept=int((roots > 1).sum()),
        kmo_by_column=(None,) * len(names),
        singular=True,
    )
    return summed if roots[-1] < SINGULAR_BELOW else _adequate(summed, matrix)


def _principal(matrix: Floats) -> tuple[Floats, Floats]:
    roots, vectors = np.linalg.eigh(matrix)
    roots, vectors = np.maximum(roots[::-1], 0.0), vectors[:, ::-1]
    signs = np.where(vectors.sum(axis=0) < 0, -1.0, 1.0)
    return roots, vectors * signs * np.sqrt(roots)


def _adequate(summed: Components, matrix: Floats) -> Components:
    count = len(matrix)
    inverse = np.linalg.inv(matrix)
    scale = np.sqrt(np.diag(inverse))
    off = ~np.eye(count, dtype=np.bool_)
    partial = (inverse / np.outer(scale, scale)) ** 2 * off
    squared = matrix**2 * off
    statistic = -(summed.n - 1 - (2 * count + 5) / 6) * float(np.linalg.slogdet(matrix)[1])
    df = count * (count - 1) // 2
    return Components(
        columns=summed.columns,
        n=summed.n,
        eigenvalues=summed.eigenvalues,
        explained=summed.explained,
        loadings=summed.loadings,
        kept=summed.kept,
        kmo=_ratio(float(squared.sum()), float(partial.sum())),
        kmo_by_column=tuple(
            _ratio(float(r), float(q))
            for r, q in zip(squared.sum(axis=0), partial.sum(axis=0), strict=True)
        ),
        bartlett=statistic,
        bartlett_df=df,
        bartlett_p=float(stats.chi2.sf(statistic, df)),
    )


def _ratio(squared: float, partial: float) -> float | None:
    return squared / (squared + partial) if squared + partial > 0 else None
