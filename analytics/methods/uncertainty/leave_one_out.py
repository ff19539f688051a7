"""What moves whom: how the ranking changes without each indicator and each pillar."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.definitions.reasons import Reason
from analytics.methods.uncertainty.evaluation import Evaluator
from analytics.methods.uncertainty.ranks import ranks_of_runs


@dataclass(frozen=True, slots=True)
class Removal:
    """The ranking without ``code``.

    ``mean_shift``: the mean absolute change of rank over the units ranked with it and without it;
    ``shifts``: per unit, positive when it falls without the element, i.e. when the element helps
    it; None for a unit without a rank in one of the two. ``unranked`` counts units that lose theirs.
    """

    code: str
    mean_shift: float | None
    shifts: tuple[int | None, ...]
    unranked: int
    reason: Reason | None = None


def leave_one_out(
    evaluator: Evaluator,
    codes: Sequence[str],
    *,
    blocks: NDArray[np.intp] | None = None,
) -> tuple[Removal, ...]:
    """Remove each of ``codes``, indicators or nodes, with the others' weights as they are.

    Siblings share the weight of what was removed in proportion to theirs; a node without anything
    left goes as well. Nothing is normalised anew. Removing all that there is has ``NO_DATA``.
    Raises KeyError for a code that is not in the tree.
    """
    nominal = evaluator.edges.weights
    weights = np.tile(nominal, (len(codes) + 1, 1))
    for run, code in enumerate(codes, start=1):
        edges = evaluator.edges.to(code)
        if not len(edges):
            raise KeyError(code)
        weights[run, edges] = 0.0
    ranks = ranks_of_runs(evaluator.scores(weights), blocks)
    return tuple(_removal(code, ranks[0], ranks[run]) for run, code in enumerate(codes, start=1))


def _removal(code: str, nominal: NDArray[np.int32], without: NDArray[np.int32]) -> Removal:
    both = (nominal > 0) & (without > 0)
    shifts = tuple(
        int(after - before) if held else None
        for before, after, held in zip(nominal, without, both, strict=True)
    )
    unranked = int(((nominal > 0) & (without == 0)).sum())
    if not both.any():
        return Removal(code, None, shifts, unranked, Reason.NO_DATA)
    return Removal(code, float(np.abs(without - nominal)[both].mean()), shifts, unranked)
