"""Tallies of partitions into one, always in the order of the partitions.

So sums of floats come out the same to the last bit wherever the partitions were counted.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from analytics.columnar.counting import Counts, Sums, Tally


def merged(tallies: Sequence[Tally]) -> Tally:
    """One tally of all, of which there is at least one."""
    groups = tuple(dict.fromkeys(group for tally in tallies for group in tally.groups))
    places = [[groups.index(group) for group in tally.groups] for tally in tallies]
    first = tallies[0]
    return Tally(
        groups=groups,
        sizes=_counts([t.sizes for t in tallies], places, len(groups)),
        cells={n: _counts([t.cells[n] for t in tallies], places, len(groups)) for n in first.cells},
        chosen={
            n: _counts([t.chosen[n] for t in tallies], places, len(groups)) for n in first.chosen
        },
        sums={n: _sums([t.sums[n] for t in tallies], places, len(groups)) for n in first.sums},
        crossed={
            n: _counts([t.crossed[n] for t in tallies], places, len(groups)) for n in first.crossed
        },
    )


def _counts(parts: Sequence[Counts], places: Sequence[list[int]], groups: int) -> Counts:
    entries: tuple[Any, ...] = tuple(dict.fromkeys(each for part in parts for each in part.entries))
    place = {entry: number for number, entry in enumerate(entries)}
    rows = np.zeros((groups, len(entries)), dtype=np.int64)
    is_weighted = any(part.weights is not None for part in parts)
    weights = np.zeros(rows.shape) if is_weighted else None
    for part, own in zip(parts, places, strict=True):
        # Marks and answers differ as entries, so no two entries of a part have the same place.
        where = np.ix_(own, [place[entry] for entry in part.entries])
        rows[where] += part.rows
        if weights is not None and part.weights is not None:
            weights[where] += part.weights
    return Counts(entries, rows, weights)


def _sums(parts: Sequence[Sums], places: Sequence[list[int]], groups: int) -> Sums:
    """Chan, Golub and LeVeque's update of means and squared deviations, part after part."""
    rows = np.zeros(groups, dtype=np.int64)
    weight, mean, squares = np.zeros(groups), np.zeros(groups), np.zeros(groups)
    least, most = np.full(groups, np.inf), np.full(groups, -np.inf)
    for part, own in zip(parts, places, strict=True):
        former, added = weight[own], part.weight
        whole = former + added
        share = np.divide(added, whole, out=np.zeros_like(whole), where=whole > 0)
        apart = part.mean - mean[own]
        squares[own] += part.squares + apart * apart * former * share
        mean[own] += apart * share
        weight[own] = whole
        rows[own] += part.rows
        least[own] = np.minimum(least[own], part.least)
        most[own] = np.maximum(most[own], part.most)
    return Sums(rows, weight, mean, squares, least, most)
