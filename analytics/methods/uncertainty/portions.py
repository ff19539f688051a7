"""Runs in portions that can be computed apart, here or on other machines, with the same result.

A portion holds runs that share one choice of the data; within it, runs that share one aggregation
are computed ``RUNS_AT_ONCE`` at a time, wherever that is. So the products have the same shapes
everywhere, and a result is the same to the last bit.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.definitions.reasons import Reason
from analytics.methods.index.arrays import Flags, Floats
from analytics.methods.uncertainty.draws import Draws, left_out
from analytics.methods.uncertainty.evaluation import Evaluated, Evaluator, blocks
from analytics.methods.uncertainty.ranks import Ranks, ranks_of_runs
from analytics.methods.uncertainty.setting import DataChoice, Prepared, Setting

LOTS_AT_ONCE: Final = 16
"""So many lots make a portion: it is worth sending, and its tables stay small."""


@dataclass(frozen=True, slots=True, eq=False)
class Lot:
    """Runs computed at once: their numbers, their factors (runs, edges) and what each leaves out."""

    runs: NDArray[np.intp]
    aggregation: int
    factors: Floats
    left_out: NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Portion:
    """Lots under one choice of the data."""

    choice: DataChoice
    lots: tuple[Lot, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What all portions share; ``scored`` and ``refused``: (units,), of the nominal run."""

    setting: Setting
    scored: Flags
    refused: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Computed:
    """The tables of a lot: scores and ranks (runs, units), levels counted (levels, units).

    A run that failed has a reason, no score and rank 0.
    """

    runs: NDArray[np.intp]
    scores: Floats
    ranks: Ranks
    levels: Floats
    reasons: tuple[Reason | None, ...]


Work = Callable[[Portion, Ground], list[Computed]]
Over = Callable[[Work, Sequence[Portion], Ground], Iterable[list[Computed]]]
"""Who computes the portions; what comes back stands in their order."""


def one_by_one(work: Work, portions: Sequence[Portion], ground: Ground) -> Iterator[list[Computed]]:
    """Each portion in this process, when it is asked for."""
    return (work(portion, ground) for portion in portions)


def portions_of(draws: Draws, aggregations: int) -> Iterator[Portion]:
    """All runs, one choice of the data after the other."""
    for choice in np.unique(draws.data, axis=0):
        members = np.flatnonzero((draws.data == choice).all(axis=1))
        lots = list(_lots(draws, members, aggregations))
        for start in range(0, len(lots), LOTS_AT_ONCE):
            options = (int(option) for option in choice)
            yield Portion(DataChoice(*options), tuple(lots[start : start + LOTS_AT_ONCE]))


def _lots(draws: Draws, members: NDArray[np.intp], aggregations: int) -> Iterator[Lot]:
    for number in range(aggregations):
        mine = members[draws.aggregation[members] == number]
        for block in blocks(len(mine)):
            runs = mine[block]
            yield Lot(runs, number, np.asarray(draws.factors[runs]), draws.left_out[runs])


def computed(portion: Portion, ground: Ground) -> list[Computed]:
    """The tables of every lot, in their order."""
    setting = ground.setting
    prepared = setting.prepare(portion.choice)
    if isinstance(prepared, Reason):
        return [_failed(lot, setting, prepared) for lot in portion.lots]
    evaluator = setting.evaluator(prepared)
    return [_computed(lot, ground, evaluator, prepared) for lot in portion.lots]


def _failed(lot: Lot, setting: Setting, reason: Reason) -> Computed:
    shape = (len(lot.runs), len(setting.units))
    levels = np.zeros((len(setting.level_codes), shape[1]))
    nothing = np.full(shape, np.nan), np.zeros(shape, np.int32)
    return Computed(lot.runs, *nothing, levels, (reason,) * len(lot.runs))


def _computed(lot: Lot, ground: Ground, evaluator: Evaluator, prepared: Prepared) -> Computed:
    setting = ground.setting
    weights = left_out(
        setting.edges, prepared.weights * lot.factors, setting.left_out, lot.left_out
    )
    found = evaluator.evaluated(weights, setting.aggregations[lot.aggregation])
    # Copied: what was found holds on to the tables of every node.
    scores, ranks = found.scores.copy(), ranks_of_runs(found.scores, setting.blocks)
    lost = np.isnan(scores) & ground.scored
    lost |= any_of(found.refused.values(), lost.shape) & ~ground.refused
    fails: Flags = np.asarray(lost.any(axis=1))
    scores[fails], ranks[fails] = np.nan, 0
    return Computed(
        lot.runs,
        scores,
        ranks,
        _levels(setting, found, fails),
        tuple(_reason(found, run) if fails[run] else None for run in range(len(fails))),
    )


def _levels(setting: Setting, found: Evaluated, fails: Flags) -> Floats:
    counts = np.zeros((len(setting.level_codes), found.scores.shape[1]))
    if setting.levels is not None:
        levels = setting.levels(found.nodes)[~fails]
        for number, code in enumerate(setting.level_codes):
            counts[number] = (levels == code).sum(axis=0)
    return counts


def any_of(flags: Iterable[Flags], shape: tuple[int, ...]) -> Flags:
    """Where one of some tables of a shape is set."""
    found = np.zeros(shape, dtype=np.bool_)
    for each in flags:
        found |= each
    return found


def _reason(found: Evaluated, run: int) -> Reason:
    for reason, where in found.refused.items():
        if where[run].any():
            return reason
    return Reason.NO_DATA
