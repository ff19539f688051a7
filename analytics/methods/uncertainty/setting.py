"""What a Monte Carlo analysis varies, and on what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analytics.definitions.reasons import Reason
from analytics.definitions.specs import Aggregation
from analytics.methods.index.arrays import Floats, Grid
from analytics.methods.index.merging import Merged
from analytics.methods.index.plan import Plan
from analytics.methods.uncertainty.draws import WeightSpread
from analytics.methods.uncertainty.edges import Edges
from analytics.methods.uncertainty.evaluation import Evaluator

Levels = Callable[[Mapping[str, Floats]], Floats]


@dataclass(frozen=True, slots=True)
class DataChoice:
    """Which option of each step before the tree; 0 is what the definition says."""

    normalisation: int = 0
    winsorising: int = 0
    imputation: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a choice makes of the data: (units, indicators) normalised, and weights of the edges."""

    leaves: Grid
    weights: Floats


@dataclass(frozen=True, slots=True)
class Options:
    """How many options each step has; 1 = it is not varied."""

    normalisation: int = 1
    winsorising: int = 1
    imputation: int = 1


@dataclass(frozen=True, slots=True)
class Setting:
    """An index ready to be computed many times.

    ``prepare(choice)`` gives the data under a choice, or why there are none; it is asked once for each
    that occurs. ``rows``: which rows of the data are ``units``, none: all.
    ``aggregations``: None is the definition's own, anything else takes the place of every mean.
    ``left_out``: codes of which each run leaves one out, or none. ``blocks``: (units,) codes of what
    is ranked apart, negative = not ranked. ``levels``: (runs, units) levels of the root from the
    scores of all nodes, NaN = none.
    """

    units: tuple[str, ...]
    plan: Plan
    edges: Edges
    prepare: Callable[[DataChoice], Prepared | Reason]
    options: Options = field(default_factory=Options)
    spread: WeightSpread = field(default_factory=WeightSpread)
    aggregations: tuple[Aggregation | None, ...] = (None,)
    merged: tuple[Merged, ...] = ()
    rows: NDArray[np.intp] | None = None
    left_out: tuple[str, ...] = ()
    blocks: NDArray[np.intp] | None = None
    levels: Levels | None = None
    level_codes: tuple[int, ...] = ()

    def evaluator(self, prepared: Prepared) -> Evaluator:
        """The tree over what was prepared."""
        return Evaluator(self.plan, self.edges, prepared.leaves, merged=self.merged, rows=self.rows)
