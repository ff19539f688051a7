"""Ranks of many runs at once."""

import numpy as np
from numpy.typing import NDArray

from analytics.methods.index.ranking import significant

Floats = NDArray[np.float64]
Ranks = NDArray[np.int32]

DIGITS = 12
NEAR = 10.0 ** (1 - DIGITS)


def ranks_of_runs(scores: Floats, blocks: NDArray[np.intp] | None = None) -> Ranks:
    """Ranks of (runs, units) scores: descending, ties = min, on 12 significant digits.

    0 stands for a unit without a score. ``blocks``: (units,) codes of what is ranked apart; a
    negative code is not ranked at all.
    """
    if blocks is None:
        return _ranks(scores)
    ranks = np.zeros(scores.shape, dtype=np.int32)
    for block in np.unique(blocks[blocks >= 0]):
        members = np.flatnonzero(blocks == block)
        ranks[:, members] = _ranks(scores[:, members])
    return ranks


def _ranks(scores: Floats) -> Ranks:
    keys = np.where(np.isnan(scores), np.inf, -scores)
    order = np.argsort(keys, axis=1)
    keys_in_order = np.take_along_axis(keys, order, axis=1)
    close = _nearly_tied(keys_in_order)
    if close.any():
        # Only here can rounding change an order: neighbours further apart stay apart by it.
        rounded = significant(scores[close], DIGITS)
        keys[close] = np.where(np.isnan(rounded), np.inf, -rounded)
        order[close] = np.argsort(keys[close], axis=1)
        keys_in_order[close] = np.take_along_axis(keys[close], order[close], axis=1)
    places = np.arange(scores.shape[1], dtype=np.int32)
    starts = np.where(keys_in_order[:, 1:] != keys_in_order[:, :-1], places[1:], 0)
    in_order = np.ones(scores.shape, dtype=np.int32)
    in_order[:, 1:] += np.maximum.accumulate(starts, axis=1)
    in_order[np.isposinf(keys_in_order)] = 0
    ranks = np.empty_like(in_order)
    np.put_along_axis(ranks, order, in_order, axis=1)
    return ranks


def _nearly_tied(keys: Floats) -> NDArray[np.bool_]:
    """The runs in which two neighbours differ by less than the last digit that counts."""
    one, other = keys[:, :-1], keys[:, 1:]
    both = np.isfinite(other)
    gap = np.where(both, other, 0.0) - np.where(both, one, 0.0)
    size = np.maximum(np.abs(one), np.abs(other))
    near = (gap > 0) & (gap <= NEAR * np.where(both, size, 0.0))
    return np.asarray(near.any(axis=1))
