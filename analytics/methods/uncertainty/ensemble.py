"""All runs of a Monte Carlo analysis: drawn, computed, and kept within bounds of memory."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from analytics.definitions.reasons import Reason
from analytics.methods.index.arrays import Floats
from analytics.methods.uncertainty.draws import Draws
from analytics.methods.uncertainty.portions import (
    Ground,
    Over,
    any_of,
    computed,
    one_by_one,
    portions_of,
)
from analytics.methods.uncertainty.ranks import Ranks, ranks_of_runs
from analytics.methods.uncertainty.setting import DataChoice, Setting
from analytics.methods.uncertainty.storing import stored


class NothingToVary(Exception):
    """The index has no scores even as it is defined: ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason)


class Ensemble:
    """Scores, ranks and levels of all runs, (runs, units), and of the nominal one, (units,).

    ``reasons[run]`` says why a run failed: a unit that is scored nominally has no score in it, or
    a mean met a value that it does not allow and did not meet nominally.
    """

    def __init__(self, setting: Setting, draws: Draws, over: Over = one_by_one) -> None:
        self.setting, self.draws, self.runs = setting, draws, len(draws)
        self.shape = (self.runs, len(setting.units))
        self.scores: Floats = stored(self.shape, np.float64)
        self.ranks: Ranks = stored(self.shape, np.int32)
        self.level_counts = np.zeros((len(setting.level_codes), self.shape[1]))
        self.reasons: list[Reason | None] = [None] * self.runs
        prepared = setting.prepare(DataChoice())
        if isinstance(prepared, Reason):
            raise NothingToVary(prepared)
        nominal = setting.evaluator(prepared).evaluated(prepared.weights[None, :])
        self.nominal = nominal.scores[0]
        self.scored = ~np.isnan(self.nominal)
        self.nominal_ranks = ranks_of_runs(nominal.scores, setting.blocks)[0]
        refused = any_of(nominal.refused.values(), nominal.scores.shape)[0]
        self._compute(over, Ground(setting, self.scored, refused))

    def _compute(self, over: Over, ground: Ground) -> None:
        """Fill the tables, one portion of the runs after the other."""
        portions = list(portions_of(self.draws, len(self.setting.aggregations)))
        for lots in over(computed, portions, ground):
            for lot in lots:
                self.scores[lot.runs] = lot.scores
                self.ranks[lot.runs] = lot.ranks
                self.level_counts += lot.levels
                for run, reason in zip(lot.runs, lot.reasons, strict=True):
                    self.reasons[int(run)] = reason

    def usable(self) -> NDArray[np.intp]:
        """The runs that did not fail."""
        return np.array([run for run, reason in enumerate(self.reasons) if reason is None], np.intp)

    def failed(self) -> dict[Reason, int]:
        """How many runs failed, by reason."""
        return dict(Counter(reason for reason in self.reasons if reason is not None))
