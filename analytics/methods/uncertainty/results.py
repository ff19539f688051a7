"""What a Monte Carlo analysis tells of each unit."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analytics.definitions.reasons import Reason


@dataclass(frozen=True, slots=True)
class Spread:
    """Of a score or a rank over the runs; quantiles of type 7 (Hyndman & Fan 1996)."""

    nominal: float
    mean: float
    median: float
    q05: float
    q95: float
    sd: float | None


@dataclass(frozen=True, slots=True)
class UnitUncertainty:
    """One unit. ``rank`` is None for a unit that is not ranked, everything with a ``reason``.

    ``first``: probability of the first place, ``top``: of one of the first; ``levels``: of each level,
    empty where the index has none.
    """

    unit: str
    score: Spread | None = None
    rank: Spread | None = None
    first: float | None = None
    top: float | None = None
    levels: Mapping[int, float] = field(default_factory=dict)
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Two units that follow each other in the nominal ranking."""

    upper: str
    lower: str
    outranks: float


@dataclass(frozen=True, slots=True)
class MonteCarlo:
    """``outranking[i, j]``: in what share of runs unit i stands before unit j; ties before neither.

    NaN where two units are not ranked against each other; None above 200 units, for which
    ``neighbours`` has the pairs that follow each other. ``failed`` counts runs without a score for a
    unit that has one nominally, by reason: they are in no figure. ``runs`` counts all.
    """

    units: tuple[UnitUncertainty, ...]
    runs: int
    failed: Mapping[Reason, int]
    seed: int
    top: int
    outranking: NDArray[np.float64] | None
    neighbours: tuple[Neighbours, ...]

    @property
    def used(self) -> int:
        """How many runs the figures are of."""
        return self.runs - sum(self.failed.values())
