"""Respondents who read a table knowing their own answer."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from analytics.methods.disclosure.spaces import Space
from analytics.methods.disclosure.systems import System

_NONE: Final = 1e-9

Told = tuple[tuple[int, ...], int]
"""A respondent's own cells, and the cell that they give away."""


def told_to_singletons(
    system: System,
    space: Space,
    hidden: NDArray[np.bool_],
    unsafe: NDArray[np.bool_],
    *,
    new: NDArray[np.bool_],
) -> list[Told]:
    """The unsafe cells that a respondent alone in another cell of the same sum works out.

    ``space``: the changes that keep all that is shown. ``hidden``, ``unsafe`` and ``new``: shape
    (cells,). A respondent knows each hidden cell in which nobody else stands (by holder, where
    contributions name one): of two cells of one in a row, each tells of the other. A cell is told
    where every change that keeps the sums and the respondent's own cells keeps it too. Empty cells
    are nobody's secret. Only hidden cells that sums tie to ``new`` ones are looked at: what stands
    apart from them was looked at when it was new.
    """
    counts = np.array([cell.count for cell in system.cells])
    beside = _beside(system, hidden)
    same = _same_respondent(system, counts)
    found: list[Told] = []
    for places, moves in _tied(space, hidden):
        if not np.any(counts[places] == 1) or not np.any(new[places]):
            continue
        ways = space.ways[places][:, moves] @ space.directions(moves)
        at = {int(place): i for i, place in enumerate(places)}
        for own in _own_cells(system, places[counts[places] == 1], same):
            near = {p for c in own for p in beside[c]} - set(own)
            victims = [p for p in sorted(near) if unsafe[p] and counts[p] and p in at]
            told = _fixed(ways[[at[p] for p in victims]], ways[[at[c] for c in own]])
            found += [(own, p) for p, is_told in zip(victims, told, strict=True) if is_told]
    return found


def _tied(
    space: Space, hidden: NDArray[np.bool_]
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """The hidden cells that move, apart where no sum ties them together, with what moves them."""
    moving = np.flatnonzero(hidden & (np.diff(space.ways.indptr) > 0))
    part = space.part[space.ways.indices[space.ways.indptr[moving]]]
    for each in np.unique(part):
        yield moving[part == each], np.flatnonzero(space.part == each)


def _fixed(victims: NDArray[np.float64], own: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which victims cannot move while the own cells stand still, though they could otherwise."""
    basis = np.linalg.svd(own, full_matrices=False)
    kept = basis.Vh[basis.S > _NONE]
    left = victims - (victims @ kept.T) @ kept
    told: NDArray[np.bool_] = (np.abs(left) < _NONE).all(axis=1)
    told &= (np.abs(victims) >= _NONE).any(axis=1)
    return told


def _own_cells(
    system: System, alone: NDArray[np.intp], same: NDArray[np.int_]
) -> list[tuple[int, ...]]:
    """For each respondent who is alone in hidden cells, those cells."""
    by_holder: dict[str, list[int]] = defaultdict(list)
    for place in alone.tolist():
        names = {each.holder for each in system.cells[place].contributions if each.holder}
        by_holder[names.pop() if len(names) == 1 else f"\0{same[place]}"].append(place)
    return [tuple(own) for own in by_holder.values()]


def _same_respondent(system: System, counts: NDArray[np.int_]) -> NDArray[np.int_]:
    """A number for each cell, equal where a total of one and its part of one are the same."""
    ties = [
        (system.place[line.total], part)
        for line in system.sums
        if counts[system.place[line.total]] == 1
        for key in line.parts
        if counts[part := system.place[key]] == 1
    ]
    rows, columns = np.array(ties, dtype=np.intp).reshape(-1, 2).T
    size = len(counts)
    graph = csr_array((np.ones(len(ties)), (rows, columns)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int_)


def _beside(system: System, hidden: NDArray[np.bool_]) -> dict[int, set[int]]:
    """For each hidden cell, those that stand in a sum with it."""
    found: dict[int, set[int]] = defaultdict(set)
    for line in system.sums:
        mine = [i for key in (line.total, *line.parts) if hidden[i := system.place[key]]]
        for i in mine:
            found[i].update(mine)
    return found
