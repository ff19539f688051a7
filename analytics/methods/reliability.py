"""How well the items of a scale hang together."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from analytics.definitions.reasons import Reason
from analytics.methods.columns import Floats, Values, table

LEAST = 3


class Cases(StrEnum):
    """Which rows count where some answers are missing: those complete on a pair, or on every item."""

    PAIRWISE = "pairwise"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class ItemReliability:
    """One item: its answers ``n``, alpha of the others without it, and its correlation with the mean of
    the others (on rows complete on all). ``constant`` items are left out of every figure."""

    name: str
    direction: int
    n: int
    constant: bool
    alpha_if_dropped: float | None
    item_rest: float | None


@dataclass(frozen=True, slots=True)
class Reliability:
    """Cronbach's alpha of a scale, or the ``reason`` why it is not treatable.

    ``n`` rows have an answer to any item, ``complete`` to every item that varies. ``items_used`` vary.
    """

    n: int
    complete: int
    items_used: int
    cases: Cases
    alpha: float | None
    standardised_alpha: float | None
    mean_correlation: float | None
    items: tuple[ItemReliability, ...]
    reason: Reason | None

    @property
    def treatable(self) -> bool:
        """Whether there is an alpha."""
        return self.reason is None


def cronbach_alpha(
    items: Mapping[str, Values],
    *,
    directions: Sequence[int] | None = None,
    cases: Cases = Cases.PAIRWISE,
) -> Reliability:
    """Cronbach's alpha of k items over n rows, on data turned into one direction.

    ``directions`` are 1 or -1 for each item; -1 is a reversed item. Raw: k/(k - 1) (1 - sum of variances /
    sum of all covariances) (Cronbach 1951, Psychometrika 16:297); standardised: k r/(1 + (k - 1) r) with the
    mean correlation r. Negative where items contradict each other, which is no error of computation.

    Not treatable: ONE_ITEM (fewer than two), CONSTANT (fewer than two that vary, or no common variance),
    TOO_FEW_CASES (fewer than three rows for a pair). Raises ValueError for text, for columns of different
    length and for a direction that is neither 1 nor -1.
    """
    turned = list(directions) if directions is not None else [1] * len(items)
    if len(turned) != len(items) or set(turned) - {1, -1}:
        raise ValueError("each item has a direction of 1 or -1")
    values = table(items) * np.array(turned, dtype=np.float64)
    if cases is Cases.COMPLETE:
        values = values[~np.isnan(values).any(axis=1)]
    varying = np.array([_varies(column) for column in values.T], dtype=np.bool_)
    used = values[:, varying]
    reason = _reason(values, used)
    return Reliability(
        n=int((~np.isnan(values)).any(axis=1).sum()) if values.size else 0,
        complete=int((~np.isnan(used)).all(axis=1).sum()) if used.size else 0,
        items_used=used.shape[1],
        cases=cases,
        alpha=None if reason else _alpha(_covariances(used)),
        standardised_alpha=None if reason else _alpha(_correlations(used)),
        mean_correlation=None if reason else _mean_off_diagonal(_correlations(used)),
        items=tuple(
            _item(name, values, varying, position, turned[position], treatable=reason is None)
            for position, name in enumerate(items)
        ),
        reason=reason,
    )


def _varies(column: Floats) -> bool:
    seen = column[~np.isnan(column)]
    return len(seen) > 0 and bool(seen.min() < seen.max())


def _reason(values: Floats, used: Floats) -> Reason | None:
    if values.shape[1] < 2:
        return Reason.ONE_ITEM
    if np.isnan(values).all():
        return Reason.NO_DATA
    seen = ~np.isnan(used)
    together = seen.T.astype(np.int64) @ seen.astype(np.int64)
    if len(values) < LEAST or (used.shape[1] > 1 and together.min() < LEAST):
        return Reason.TOO_FEW_CASES
    if used.shape[1] < 2 or not np.isfinite(_correlations(used)).all():
        return Reason.CONSTANT
    return None if _covariances(used).sum() > 0 else Reason.CONSTANT


def _item(
    name: str,
    values: Floats,
    varying: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]",
    at: int,
    direction: int,
    *,
    treatable: bool,
) -> ItemReliability:
    column = values[:, at]
    others = varying.copy()
    others[at] = False
    figures = treatable and bool(varying[at])
    rest = values[:, others]
    return ItemReliability(
        name=name,
        direction=direction,
        n=int((~np.isnan(column)).sum()),
        constant=not varying[at],
        alpha_if_dropped=_alpha(_covariances(rest)) if figures and rest.shape[1] > 1 else None,
        item_rest=_item_rest(column, rest) if figures else None,
    )


def _item_rest(column: Floats, rest: Floats) -> float | None:
    complete = ~np.isnan(column) & ~np.isnan(rest).any(axis=1)
    one, other = column[complete], rest[complete].sum(axis=1)
    if len(one) < LEAST or np.ptp(one) == 0 or np.ptp(other) == 0:
        return None
    return float(np.corrcoef(one, other)[0, 1])


def _alpha(matrix: Floats) -> float | None:
    """k/(k - 1) (1 - trace/sum) of covariances or correlations; None where the sum is not positive."""
    count, whole = len(matrix), float(matrix.sum())
    if whole <= 0 or not math.isfinite(whole):
        return None
    return count / (count - 1) * (1 - float(np.trace(matrix)) / whole)


def _mean_off_diagonal(matrix: Floats) -> float:
    count = len(matrix)
    return float((matrix.sum() - np.trace(matrix)) / (count * (count - 1)))


def _covariances(values: Floats) -> Floats:
    """Sample covariances over the rows that both columns of a pair have; variances over a column's own."""
    seen = ~np.isnan(values)
    together = seen.T.astype(np.float64) @ seen
    filled = np.where(seen, values - _means(values), 0.0)
    sums = filled.T @ seen
    centred = filled.T @ filled - sums * sums.T / np.maximum(together, 1)
    return np.asarray(centred / np.maximum(together - 1, 1))


def _correlations(values: Floats) -> Floats:
    """Correlations over the rows that both columns of a pair have; NaN where one is constant there."""
    seen = ~np.isnan(values)
    together = seen.T.astype(np.float64) @ seen
    filled = np.where(seen, values - _means(values), 0.0)
    sums, squares = filled.T @ seen, (filled**2).T @ seen
    own = squares - sums**2 / np.maximum(together, 1)
    product = filled.T @ filled - sums * sums.T / np.maximum(together, 1)
    scale = np.sqrt(np.maximum(own, 0) * np.maximum(own.T, 0))
    constant = (own <= 1e-12 * squares) | (own.T <= 1e-12 * squares.T)
    return np.where(constant, np.nan, product / np.where(constant, 1.0, scale))


def _means(values: Floats) -> Floats:
    seen = ~np.isnan(values)
    return np.asarray(np.where(seen, values, 0.0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1))
