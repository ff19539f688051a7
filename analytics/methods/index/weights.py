"""Weights of the children of one node: each function gives shares that add up to 1."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from analytics.definitions.reasons import Reason
from analytics.definitions.vocabulary import Loadings
from analytics.methods.index.arrays import Floats
from analytics.methods.index.treating import is_constant

RANDOM_INDEX: Final = (0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
"""Saaty's mean consistency index of random matrices of size 3 to 10; larger ones use the last."""

DISTINCT: Final = 1e-9
"""By how much the first eigenvalue must pass the second."""


@dataclass(frozen=True, slots=True)
class GroupWeights:
    """Shares in the order of the children; None with a ``reason`` where there are none.

    ``figures`` describe the group (consistency ratio, share of variance …), ``spread`` the experts'
    disagreement on each child.
    """

    shares: tuple[float, ...] | None
    reason: Reason | None = None
    figures: dict[str, float] = field(default_factory=dict)
    spread: tuple[float, ...] = ()


def given(weights: Sequence[float]) -> GroupWeights:
    """Weights as they are, brought to a sum of 1. Negative ones and all zeros are refused."""
    return _shares(np.asarray(weights, dtype=np.float64))


def equal(count: int) -> GroupWeights:
    """The same for each."""
    return _shares(np.ones(count))


def ahp(
    matrices: Sequence[Sequence[Sequence[float]]], most_inconsistent: float = 0.10
) -> GroupWeights:
    """The principal eigenvector of a Saaty matrix, of several experts that of their geometric mean.

    ``figures``: ``lambda_max``, ``consistency_index`` (lambda - n)/(n - 1) and
    ``consistency_ratio`` CI / RI(n), 0 for n below 3 (Saaty 1980). A ratio above
    ``most_inconsistent`` has the reason ``INCONSISTENT`` beside the weights. ``spread``: standard
    deviation of the single experts' weights.
    """
    each = [np.asarray(matrix, dtype=np.float64) for matrix in matrices]
    joined = np.exp(np.mean([np.log(matrix) for matrix in each], axis=0))
    shares, largest = _principal(joined)
    n = joined.shape[0]
    index = (largest - n) / (n - 1) if n > 2 else 0.0
    ratio = index / RANDOM_INDEX[min(n, 10) - 3] if n > 2 else 0.0
    spread = (
        np.std([_principal(matrix)[0] for matrix in each], axis=0, ddof=1) if len(each) > 1 else []
    )
    return GroupWeights(
        tuple(float(share) for share in shares),
        Reason.INCONSISTENT if ratio > most_inconsistent else None,
        {"lambda_max": largest, "consistency_index": index, "consistency_ratio": ratio},
        tuple(float(value) for value in spread),
    )


def _principal(matrix: Floats) -> tuple[Floats, float]:
    values, vectors = np.linalg.eig(matrix)
    largest = int(np.argmax(values.real))
    vector = np.abs(vectors[:, largest].real)
    return vector / np.sum(vector), float(values[largest].real)


def budget(points: Sequence[Sequence[float]]) -> GroupWeights:
    """Budget allocation: experts (rows) spend points on children (columns); weights are the means of
    their shares. ``spread``: standard deviation over experts; ``cv_<n>`` in ``figures``: its ratio to
    the mean of child n, where that is above 0."""
    given_points = np.asarray(points, dtype=np.float64)
    shares = given_points / np.sum(given_points, axis=1, keepdims=True)
    means = np.mean(shares, axis=0)
    several = shares.shape[0] > 1
    spread = np.std(shares, axis=0, ddof=1) if several else np.zeros(shares.shape[1])
    figures = {
        f"cv_{number}": float(sd / mean)
        for number, (sd, mean) in enumerate(zip(spread, means, strict=True))
        if mean > 0
    }
    found = _shares(means)
    return GroupWeights(found.shares, found.reason, figures, tuple(float(sd) for sd in spread))


def entropy(values: Floats) -> GroupWeights:
    """w_i = (1 - E_i) / sum(1 - E), E_i = -(1/ln n) sum p ln p of p_ui = x_ui / sum_u x_ui.

    Shape (units, children), NaN left out; 0 ln 0 is 0; a constant or empty column weighs 0. Refused
    with a reason: a value below 0, fewer than two units, all columns constant.
    """
    kept = [column[~np.isnan(column)] for column in values.T]
    if all(column.size < 2 for column in kept):
        return GroupWeights(None, Reason.TOO_FEW_UNITS)
    if any(np.min(column, initial=0.0) < 0 for column in kept):
        return GroupWeights(None, Reason.NOT_POSITIVE)
    return _shares(np.array([_divergence(column) for column in kept]))


def _divergence(column: Floats) -> float:
    if is_constant(column):
        return 0.0
    shares = column / np.sum(column)
    positive = shares[shares > 0]
    return float(max(0.0, 1 + np.sum(positive * np.log(positive)) / np.log(column.size)))


def pca(values: Floats, loadings: Loadings = Loadings.SQUARED) -> GroupWeights:
    """Weights from the first principal component of the standardised children.

    Shape (units, children); units with a gap are left out. ``squared``: squared loadings, which add
    up to 1. ``signed``: the loadings themselves, turned so that they sum to more than 0, divided by
    that sum; a negative one is refused (``NEGATIVE_WEIGHT``). ``explained``: share of the variance.
    A constant or empty child weighs 0. Where two components explain the same (uncorrelated children), neither
    is the first: ``NOT_UNIQUE``.
    """
    empty = np.all(np.isnan(values), axis=0)
    gaps = np.isnan(values) & ~empty
    whole = values[~np.any(gaps, axis=1)]
    if whole.shape[0] < 3 or np.all(empty):
        return GroupWeights(None, Reason.TOO_FEW_UNITS)
    varying = np.array([not is_constant(column) for column in whole.T])
    if not np.any(varying):
        return GroupWeights(None, Reason.CONSTANT)
    kept = whole[:, varying]
    scaled = (kept - np.min(kept, axis=0)) / np.ptp(kept, axis=0)
    correlations = np.corrcoef(scaled, rowvar=False).reshape(scaled.shape[1], scaled.shape[1])
    sizes, vectors = np.linalg.eigh(correlations)
    if sizes.size > 1 and sizes[-1] - sizes[-2] < DISTINCT:
        return GroupWeights(None, Reason.NOT_UNIQUE)
    first = vectors[:, -1] if np.sum(vectors[:, -1]) >= 0 else -vectors[:, -1]
    raw = np.zeros(values.shape[1])
    raw[varying] = first**2 if loadings is Loadings.SQUARED else first
    found = _shares(np.where(np.abs(raw) < 1e-15, 0.0, raw))
    explained = float(sizes[-1] / np.sum(sizes))
    return GroupWeights(found.shares, found.reason, {"explained": explained})


def critic(values: Floats) -> GroupWeights:
    """w_i proportional to C_i = sd_i * sum_j (1 - r_ij), on min-max values (Diakoulaki et al. 1995).

    Shape (units, children); each child is brought to 0-1 first; correlations over the units both
    have; sd with n - 1. A constant child weighs 0.
    """
    count = values.shape[1]
    low, high = np.full(count, np.nan), np.full(count, np.nan)
    varying = [number for number in range(count) if not is_constant(values[:, number])]
    if not varying:
        return GroupWeights(None, Reason.CONSTANT)
    for number in varying:
        low[number], high[number] = np.nanmin(values[:, number]), np.nanmax(values[:, number])
    scaled = (values - low) / (high - low)
    information = np.zeros(count)
    for one in varying:
        conflict = sum(1 - _correlation(scaled[:, one], scaled[:, other]) for other in varying)
        information[one] = np.nanstd(scaled[:, one], ddof=1) * conflict
    return _shares(np.where(information < 1e-15, 0.0, information))


def _correlation(one: Floats, other: Floats) -> float:
    """Pearson's r over the units both have; 0 where there is none."""
    both = ~np.isnan(one) & ~np.isnan(other)
    if np.sum(both) < 2 or is_constant(one[both]) or is_constant(other[both]):
        return 0.0
    return float(np.corrcoef(_levelled(one[both]), _levelled(other[both]))[0, 1])


def _levelled(values: Floats) -> Floats:
    # r knows no scale: on one of its own no square of a tiny spread vanishes.
    centred = values - np.mean(values)
    return np.asarray(centred / np.max(np.abs(centred)))


def _shares(weights: Floats) -> GroupWeights:
    if np.any(weights < 0):
        return GroupWeights(None, Reason.NEGATIVE_WEIGHT)
    total = np.sum(weights)
    if not total > 0:
        return GroupWeights(None, Reason.ZERO_WEIGHTS)
    return GroupWeights(tuple(float(weight) for weight in weights / total))
