"""All runs of a Monte Carlo analysis: drawn, computed, and kept within bounds of memory."""

from collections import Counter
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from analytics.definitions.reasons import Reason
from analytics.definitions.specs import Aggregation
from analytics.methods.index.arrays import Flags, Floats
from analytics.methods.uncertainty.draws import Draws, left_out
from analytics.methods.uncertainty.evaluation import Evaluated, Evaluator, blocks
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

    def __init__(self, setting: Setting, draws: Draws) -> None:
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
        self._refused = _any(nominal.refused.values(), nominal.scores.shape)[0]
        self._compute()

    def _compute(self) -> None:
        """Fill the tables, one choice of data after the other, so that one is held at a time."""
        for choice in np.unique(self.draws.data, axis=0):
            members = np.flatnonzero((self.draws.data == choice).all(axis=1))
            prepared = self.setting.prepare(DataChoice(*(int(option) for option in choice)))
            if isinstance(prepared, Reason):
                for run in members:
                    self._fail(int(run), prepared)
                continue
            evaluator = self.setting.evaluator(prepared)
            for number, aggregation in enumerate(self.setting.aggregations):
                mine = members[self.draws.aggregation[members] == number]
                for block in blocks(len(mine)):
                    self._compute_runs(evaluator, prepared.weights, mine[block], aggregation)

    def _fail(self, run: int, reason: Reason) -> None:
        self.reasons[run] = reason
        self.scores[run] = np.nan
        self.ranks[run] = 0

    def _compute_runs(
        self,
        evaluator: Evaluator,
        nominal: Floats,
        runs: NDArray[np.intp],
        aggregation: Aggregation | None,
    ) -> None:
        setting = self.setting
        weights = left_out(
            setting.edges,
            nominal * self.draws.factors[runs],
            setting.left_out,
            self.draws.left_out[runs],
        )
        found = evaluator.evaluated(weights, aggregation)
        self.scores[runs] = found.scores
        self.ranks[runs] = ranks_of_runs(found.scores, setting.blocks)
        lost = np.isnan(found.scores) & self.scored
        lost |= _any(found.refused.values(), lost.shape) & ~self._refused
        fails = lost.any(axis=1)
        for place in np.flatnonzero(fails):
            self._fail(int(runs[place]), _reason(found, int(place)))
        if setting.levels is not None:
            levels = setting.levels(found.nodes)[~fails]
            for number, code in enumerate(setting.level_codes):
                self.level_counts[number] += (levels == code).sum(axis=0)

    def usable(self) -> NDArray[np.intp]:
        """The runs that did not fail."""
        return np.array([run for run, reason in enumerate(self.reasons) if reason is None], np.intp)

    def failed(self) -> dict[Reason, int]:
        """How many runs failed, by reason."""
        return dict(Counter(reason for reason in self.reasons if reason is not None))


def _any(flags: Iterable[Flags], shape: tuple[int, ...]) -> Flags:
    found = np.zeros(shape, dtype=np.bool_)
    for each in flags:
        found |= each
    return found


def _reason(found: Evaluated, run: int) -> Reason:
    for reason, where in found.refused.items():
        if where[run].any():
            return reason
    return Reason.NO_DATA
