"""Units that came of others: merged before anything is computed, or by their main scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.definitions.model import IndexDefinition
from analytics.definitions.reasons import Reason
from analytics.definitions.specs import Boundary
from analytics.definitions.vocabulary import MergeRule
from analytics.methods.index.arrays import PRESENT, Codes, Flags, Floats, Grid, number_of
from analytics.methods.index.cells import Cells
from analytics.methods.index.plan import Plan
from analytics.methods.index.warnings import IndexWarning


def merge_cells(
    definition: IndexDefinition, cells: Cells
) -> tuple[Cells, tuple[IndexWarning, ...]]:
    """The cells with a row for every unit merged by ``sum`` or ``weighted``, appended.

    ``sum`` adds figures and denominators. ``weighted`` takes means by a column and adds
    denominators; where an indicator has one, the mean is that of the figures per denominator, so
    that it lies between those of its predecessors. A figure that one predecessor lacks is missing; one that does not apply to one of
    them is made of the others. Labels are those of the first predecessor.
    """
    warnings: list[IndexWarning] = []
    for boundary in definition.boundaries:
        rows = _rows(boundary, cells.units, warnings)
        if boundary.rule is MergeRule.MEAN_OF_NODES or not rows:
            continue
        cells = _appended(definition, cells, boundary, rows)
    return cells, tuple(warnings)


def _rows(boundary: Boundary, units: Sequence[str], warnings: list[IndexWarning]) -> list[int]:
    places = {unit: row for row, unit in enumerate(units)}
    missing = [code for code in boundary.sources if code not in places]
    warnings += [
        IndexWarning(Reason.NO_PREDECESSOR, boundary.into, data={"from": code}) for code in missing
    ]
    return [places[code] for code in boundary.sources if code in places]


def _appended(
    definition: IndexDefinition, cells: Cells, boundary: Boundary, rows: Sequence[int]
) -> Cells:
    picked = list(rows)
    values, why = cells.grid.values[picked], cells.grid.why[picked]
    apart = why == number_of(Reason.NOT_APPLICABLE)
    weights = np.ones(len(picked))
    if boundary.rule is MergeRule.WEIGHTED:
        weights = cells.columns[boundary.weight][picked]
        values = values * _levelled(definition, cells, picked)
    counted = np.where(apart, 0.0, weights[:, None])
    total = np.sum(
        np.where(apart, 0.0, np.where(np.isnan(values), np.nan, values) * weights[:, None]), axis=0
    )
    if boundary.rule is MergeRule.WEIGHTED:
        below = np.sum(counted, axis=0)
        total = np.divide(total, below, out=np.full_like(total, np.nan), where=below > 0)
    none = np.all(apart, axis=0)
    gap = np.where(none, number_of(Reason.NOT_APPLICABLE), number_of(Reason.NO_DATA))
    total = np.where(none, np.nan, total)
    row_why = np.where(np.isnan(total), gap, PRESENT).astype(np.int16)
    first = picked[0]
    return Cells(
        (*cells.units, boundary.into),
        Grid(np.vstack([cells.grid.values, total]), np.vstack([cells.grid.why, row_why])),
        {name: np.append(each, np.sum(each[picked])) for name, each in cells.columns.items()},
        {name: (*each, each[first]) for name, each in cells.labels.items()},
        None if cells.periods is None else np.append(cells.periods, cells.periods[first]),
        cells.warnings,
    )


def _levelled(definition: IndexDefinition, cells: Cells, picked: Sequence[int]) -> Floats:
    """What brings figures to one denominator, the sum of all: shape (rows, indicators)."""
    factors = np.ones((len(picked), len(definition.indicators)))
    for number, indicator in enumerate(definition.indicators):
        if indicator.denominator is None or indicator.source.scoring:
            continue
        below = cells.columns[indicator.denominator.column][list(picked)]
        whole = np.full_like(below, np.nan)
        factors[:, number] = np.divide(np.sum(below), below, out=whole, where=below > 0)
    return factors


@dataclass(frozen=True, slots=True)
class Merged:
    """One unit merged by its main scores: its row, and those of its predecessors."""

    row: int
    sources: tuple[int, ...]
    nodes: frozenset[str]


def late_merges(
    definition: IndexDefinition, tree: Plan, units: Sequence[str]
) -> tuple[Merged, ...]:
    """The merges by ``mean_of_nodes``, rows counted from the end of ``units`` on; a unit without any
    predecessor in the table is none."""
    found: list[Merged] = []
    for boundary in definition.boundaries:
        rows = _rows(boundary, units, [])
        if boundary.rule is MergeRule.MEAN_OF_NODES and rows:
            main = boundary.nodes or tree.node(tree.root).child_codes
            found.append(Merged(len(units) + len(found), tuple(rows), frozenset(main)))
    return tuple(found)


def with_rows(grid: Grid, merges: Sequence[Merged]) -> Grid:
    """The normalised leaves with a row for each merge: the means of the predecessors' leaves."""
    values, why = grid.values, grid.why
    for merge in merges:
        row, codes = _means(values[list(merge.sources)], why[list(merge.sources)])
        values, why = np.vstack([values, row]), np.vstack([why, codes])
    return Grid(values, why)


def blank_rows(grid: Grid, merges: Sequence[Merged]) -> Grid:
    """A grid of an earlier step with a row for each merge, which has nothing there."""
    if not merges:
        return grid
    below = Grid.empty(len(merges), grid.values.shape[1], Reason.MERGED)
    return Grid(np.vstack([grid.values, below.values]), np.vstack([grid.why, below.why]))


def main_scores(
    tree: Plan, scores: Grid, merges: Sequence[Merged], count: int
) -> Mapping[str, tuple[Flags, Grid]]:
    """For every node that a merge fixes: the rows, and the means of the predecessors' scores.

    ``scores``: (units, nodes) of all ``count`` units, merged ones among them. The nodes fixed are
    the main ones and all below them; what is above is aggregated from them.
    """
    fixed: dict[str, tuple[Flags, Grid]] = {}
    for number, node in enumerate(tree.nodes):
        rows = np.zeros(count, dtype=np.bool_)
        values, why = np.full((count, 1), np.nan), np.zeros((count, 1), dtype=np.int16)
        for merge in merges:
            if node.code in _below(tree, merge.nodes):
                picked = list(merge.sources)
                mean, codes = _means(
                    scores.values[picked][:, [number]], scores.why[picked][:, [number]]
                )
                rows[merge.row], values[merge.row], why[merge.row] = True, mean, codes
        if np.any(rows):
            fixed[node.code] = (rows, Grid(values, why))
    return fixed


def _below(tree: Plan, main: frozenset[str]) -> set[str]:
    found: set[str] = set()
    for node in reversed(tree.nodes):
        if node.code in main or node.code in found:
            found |= {node.code, *node.child_codes}
    return found


def _means(values: Floats, why: Codes) -> tuple[Floats, Codes]:
    """Means over the rows that have a figure; without any the reason of the first."""
    seen = ~np.isnan(values)
    counts = np.sum(seen, axis=0)
    total = np.sum(np.where(seen, values, 0.0), axis=0)
    means = np.where(counts > 0, total / np.maximum(counts, 1), np.nan)
    return means, np.where(counts > 0, PRESENT, why[0]).astype(np.int16)
