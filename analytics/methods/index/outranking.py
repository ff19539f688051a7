"""Copeland's rule: units are compared two by two."""

import numpy as np

from analytics.methods.index.arrays import Floats
from analytics.methods.index.ranking import significant

_ROWS = 256
"""Rows compared with all others at a time: bounds the memory, not the result."""


def copeland(values: Floats, weights: Floats) -> Floats:
    """How many units each outranks, less by how many it is outranked; shape (units,).

    ``values``: (units, children), more is better. a outranks b where the weights of the children
    on which a is above, and half of those on which they are equal, pass one half of the weights of
    the children that both have. Two units without a common child are not compared; a unit without
    any child of weight has NaN.
    """
    counted = weights > 0
    known = significant(values[:, counted])
    kept = weights[counted]
    scores = np.full(values.shape[0], np.nan)
    present = np.any(~np.isnan(known), axis=1)
    for start in range(0, values.shape[0], _ROWS):
        rows = slice(start, start + _ROWS)
        scores[rows] = _net_wins(known[rows], known, kept)
    return np.where(present, scores, np.nan)


def _net_wins(some: Floats, everyone: Floats, weights: Floats) -> Floats:
    won = np.zeros((some.shape[0], everyone.shape[0]))
    common = np.zeros_like(won)
    for number, weight in enumerate(weights):
        left, right = some[:, number, None], everyone[None, :, number]
        won += weight * ((left > right) + 0.5 * (left == right))
        common += weight * (~np.isnan(left) & ~np.isnan(right))
    # Ten digits decide a half: thirds that add up to one half must not make a winner.
    share = np.round(np.divide(won, common, out=np.full_like(won, 0.5), where=common > 0), 10)
    return np.asarray(np.sum(share > 0.5, axis=1) - np.sum(share < 0.5, axis=1), dtype=np.float64)
