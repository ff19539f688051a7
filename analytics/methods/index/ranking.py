"""Ranks that do not hang on the sixteenth digit."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.definitions.reasons import Reason
from analytics.methods.index.arrays import Codes, Flags, Floats, number_of

DIGITS = 12
_LARGEST_POWER = 290


def significant(values: Floats, digits: int = DIGITS) -> Floats:
    """Values rounded to so many significant digits, any shape; NaN stays.

    5.1 computed in two ways differs in the sixteenth digit: everything that asks whether two
    figures are equal, or reaches a threshold, rounds first.
    """
    held = np.asarray(values, dtype=np.float64)
    usable = np.isfinite(held) & (held != 0)
    size = np.where(usable, np.abs(held), 1.0)
    power = np.clip(digits - 1 - np.floor(np.log10(size)), -_LARGEST_POWER, _LARGEST_POWER)
    up, down = 10.0 ** np.maximum(power, 0), 10.0 ** np.maximum(-power, 0)
    rounded: Floats = np.where(
        usable, np.rint(np.where(usable, held, 1.0) * up / down) / up * down, held
    )
    return rounded


def ascending(values: Floats) -> Floats:
    """Ranks from the least, ties sharing the least of their places; shape (units,), NaN stays."""
    return _ranks(significant(values))


def descending(values: Floats) -> Floats:
    """Ranks from the best, which is 1; ties share the least of their places: 1, 2, 2, 4."""
    return _ranks(-significant(values))


def _ranks(values: Floats) -> Floats:
    seen = ~np.isnan(values)
    ranks = np.full(values.shape, np.nan)
    ordered = np.sort(values[seen])
    ranks[seen] = np.searchsorted(ordered, values[seen], side="left") + 1
    return ranks


def labels(ranks: Floats) -> tuple[str | None, ...]:
    """``"7"``, ``"=7"`` where a place is shared, None without a rank."""
    places, times = np.unique(ranks[~np.isnan(ranks)], return_counts=True)
    shared = {float(place) for place, count in zip(places, times, strict=True) if count > 1}
    return tuple(
        None if np.isnan(rank) else f"{'=' if float(rank) in shared else ''}{int(rank)}"
        for rank in ranks
    )


@dataclass(frozen=True, slots=True, eq=False)
class Ranks:
    """The ranks of one node, in the order of the units; ``within`` and its labels count inside a
    unit's block, and are the same as ``overall`` where there are no blocks."""

    overall: Floats
    overall_labels: tuple[str | None, ...]
    within: Floats
    within_labels: tuple[str | None, ...]
    why: Codes


def rank(scores: Floats, why: Codes, *, ranked: Flags, blocks: Sequence[str]) -> Ranks:
    """Ranks from the best over the units that are ``ranked``; shapes (units,).

    A unit without a score has the reason of its score, one that is not ranked ``NOT_RANKED``.
    """
    counted = np.where(ranked, scores, np.nan)
    overall = descending(counted)
    within = np.full(scores.shape, np.nan)
    within_labels: list[str | None] = [None] * len(blocks)
    names = np.asarray(blocks, dtype=object)
    for block in dict.fromkeys(blocks):
        places = np.flatnonzero(names == block)
        within[places] = descending(counted[places])
        for place, label in zip(places, labels(within[places]), strict=True):
            within_labels[place] = label
    reasons = np.where(ranked | (why != 0), why, number_of(Reason.NOT_RANKED)).astype(np.int16)
    return Ranks(overall, labels(overall), within, tuple(within_labels), reasons)
