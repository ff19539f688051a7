"""How many comparisons hold whatever the weights are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.definitions.reasons import Reason

CELLS_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True)
class Dominance:
    """Pairs of units of which one is at least as good on every indicator that both have.

    Such a pair keeps its order under any weights and any rule that never punishes a rise.
    ``share`` = dominated / pairs; pairs without a common indicator count in neither.
    """

    pairs: int
    dominated: int
    share: float | None
    reason: Reason | None = None


def dominance_share(matrix: NDArray[np.float64]) -> Dominance:
    """The share of dominance pairs of a (units, indicators) matrix, higher better, NaN missing.

    Two units that are equal on every indicator dominate each other and count once.
    """
    units, indicators = matrix.shape
    there = np.isfinite(matrix)
    low, high = np.where(there, matrix, np.inf), np.where(there, matrix, -np.inf)
    pairs = dominated = 0
    step = max(1, CELLS_AT_ONCE // max(units * indicators, 1))
    for start in range(0, units, step):
        rows = slice(start, start + step)
        # A missing value is +inf on the better side and -inf on the other: it never decides.
        better = (low[rows, None, :] >= high[None, :, :]).all(axis=2)
        worse = (high[rows, None, :] <= low[None, :, :]).all(axis=2)
        common = there[rows].astype(np.float64) @ there.T.astype(np.float64) > 0
        later = np.arange(units)[None, :] > np.arange(units)[rows, None]
        pairs += int((common & later).sum())
        dominated += int(((better | worse) & common & later).sum())
    if not pairs:
        return Dominance(0, 0, None, Reason.NO_DATA)
    return Dominance(pairs, dominated, dominated / pairs)
