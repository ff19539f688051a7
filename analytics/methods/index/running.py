"""The whole pipeline: a definition and a table of units go in, every intermediate table comes out."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.definitions.model import IndexDefinition
from analytics.definitions.reasons import Reason
from analytics.definitions.vocabulary import MergeRule
from analytics.methods.index.arrays import Flags, Grid, Table, table
from analytics.methods.index.decomposing import contributions
from analytics.methods.index.gaps import Gaps, gaps
from analytics.methods.index.identity import RunIdentity, identity
from analytics.methods.index.imputing import ImputedCell
from analytics.methods.index.levels import NodeLevels, evaluate_levels
from analytics.methods.index.merging import (
    Merged,
    blank_rows,
    late_merges,
    main_scores,
    with_rows,
)
from analytics.methods.index.normalising import Normalised, Parameters
from analytics.methods.index.plan import (
    Evaluated,
    WeightRow,
    effective_weights,
    evaluate,
    weight_rows,
)
from analytics.methods.index.preparing import Prepared, prepare
from analytics.methods.index.ranking import Ranks, rank
from analytics.methods.index.screening import ScreenedUnit
from analytics.methods.index.treating import TreatmentNote
from analytics.methods.index.warnings import IndexWarning
from analytics.methods.index.weights import GroupWeights


@dataclass(frozen=True, slots=True, eq=False)
class IndexTables:
    """Everything a run computed. Tables are (units, indicators) or (units, nodes), in the order of
    ``units``; nodes stand children before parents, the index last, then what stands beside it."""

    identity: RunIdentity
    units: tuple[str, ...]
    blocks: tuple[str, ...]
    root: str
    raw: Table
    denominated: Table
    imputed: Table
    imputed_cells: tuple[ImputedCell, ...]
    screened: tuple[ScreenedUnit, ...]
    treated: Table
    treatments: tuple[TreatmentNote, ...]
    normalised: Table
    parameters: Mapping[str, Parameters]
    weights: tuple[WeightRow, ...]
    groups: Mapping[str, GroupWeights]
    """Consistency, disagreement and other figures of each node's weights."""
    scores: Table
    coverage: Table
    """The share of each node's children with a value, of those that apply."""
    answered: Table
    """The share of each node's leaves that were answered, not filled, of those that apply."""
    levels: Mapping[str, NodeLevels]
    ranks: Mapping[str, Ranks]
    gaps: Gaps
    contributions: Table
    warnings: tuple[IndexWarning, ...]


def compute(
    definition: IndexDefinition,
    units: pd.DataFrame,
    *,
    panel: pd.DataFrame | None = None,
    parameters: Mapping[str, Parameters] | None = None,
) -> IndexTables:
    """The index of every unit with all steps.

    ``units``: one row a unit, ids in the column that the definition names or in the index, one
    column an indicator, group, denominator. ``panel``: other rounds, one row a unit and period.
    ``parameters``: of another round's ``IndexTables``, to place figures on its scales. Missing
    values are NaN inside of tables with a reason beside each. The same arguments give the same
    bits. Raises DefinitionUnreadable for a definition with errors, IndexRefused for a table that
    lacks columns or names units twice, and for constant indicators under the policy ``refuse``.
    """
    return finish(definition, prepare(definition, units, panel=panel, parameters=parameters))


def finish(definition: IndexDefinition, prepared: Prepared) -> IndexTables:
    """The tree over prepared leaves, with levels, ranks, gaps and contributions."""
    return _Finishing(definition, prepared).tables()


class _Finishing:
    def __init__(self, definition: IndexDefinition, prepared: Prepared) -> None:
        self.definition = definition
        self.prepared = prepared
        self.merges = late_merges(definition, prepared.tree, prepared.units)
        into = {boundary.sources: boundary.into for boundary in definition.boundaries}
        self.all_units = (*prepared.units, *(self._name(merge, into) for merge in self.merges))
        self.leaves = with_rows(prepared.normalised.grid, self.merges)
        self.evaluated = self._evaluated()
        self.shown = self._shown()

    def tables(self) -> IndexTables:
        prepared, tree = self.prepared, self.prepared.tree
        codes = tree.codes
        blocks = self._labels(self.definition.ranking.blocks)
        effective = effective_weights(tree, self.evaluated.weights)
        units = tuple(self.all_units[row] for row in self.shown)
        return IndexTables(
            identity=identity(self.definition, prepared.cells, prepared.panel),
            units=units,
            blocks=blocks,
            root=tree.root,
            raw=self._table(tree.leaves, blank_rows(prepared.cells.grid, self.merges)),
            denominated=self._table(tree.leaves, blank_rows(prepared.denominated, self.merges)),
            imputed=self._table(tree.leaves, blank_rows(prepared.imputed, self.merges)),
            imputed_cells=prepared.imputed_cells,
            screened=prepared.screened,
            treated=self._table(tree.leaves, blank_rows(prepared.treated, self.merges)),
            treatments=prepared.treatments,
            normalised=self._table(tree.leaves, self.leaves),
            parameters=prepared.normalised.parameters,
            weights=weight_rows(tree, self.evaluated.weights),
            groups=self.evaluated.weights,
            scores=self._table(codes, self.evaluated.scores),
            coverage=self._table(codes, Grid.of(self.evaluated.coverage, Reason.NOT_APPLICABLE)),
            answered=self._table(codes, Grid.of(self._answered(), Reason.NOT_APPLICABLE)),
            levels=self._levels(),
            ranks=self._ranks(blocks),
            gaps=self._gaps(effective),
            contributions=self._table(
                tree.leaves, contributions(tree, self.leaves, self.evaluated)
            ),
            warnings=(*prepared.warnings, *self._weight_warnings()),
        )

    def _name(self, merge: Merged, into: Mapping[tuple[str, ...], str]) -> str:
        sources = {self.prepared.units[row] for row in merge.sources}
        return next(name for codes, name in into.items() if sources <= set(codes))

    def _evaluated(self) -> Evaluated:
        tree = self.prepared.tree
        if not self.merges:
            return evaluate(tree, self.leaves)
        # Weights that come of the data come of the units measured, not of the means made of them.
        first = evaluate(tree, self.prepared.normalised.grid)
        padded = blank_rows(first.scores, self.merges)
        fixed = main_scores(tree, padded, self.merges, len(self.all_units))
        return evaluate(tree, self.leaves, weights=self._from_data(first), fixed=fixed)

    def _from_data(self, first: Evaluated) -> dict[str, GroupWeights]:
        given = self.prepared.tree.nominal_weights()
        return {code: group for code, group in first.weights.items() if code not in given}

    def _shown(self) -> list[int]:
        gone = {
            code
            for boundary in self.definition.boundaries
            if boundary.rule is MergeRule.MEAN_OF_NODES and not boundary.keep
            for code in boundary.sources
        }
        first = len(self.prepared.units)
        return [row for row, unit in enumerate(self.all_units) if row >= first or unit not in gone]

    def _table(self, columns: tuple[str, ...], grid: Grid) -> Table:
        units = [self.all_units[row] for row in self.shown]
        return table(units, columns, grid.take(self.shown))

    def _labels(self, name: str) -> tuple[str, ...]:
        known = self.prepared.cells.labels.get(name, ("",) * len(self.prepared.units))
        firsts = tuple(known[merge.sources[0]] for merge in self.merges)
        every = (*known, *firsts)
        return tuple(every[row] for row in self.shown)

    def _answered(self) -> np.ndarray:
        grid = blank_rows(self.prepared.denominated, self.merges)
        applies = ~np.isin(grid.why, Grid.empty(1, 1, Reason.NOT_APPLICABLE).why)
        columns = []
        for node in self.prepared.tree.nodes:
            mine = list(node.leaves)
            count = np.sum(applies[:, mine], axis=1)
            held = np.sum(grid.why[:, mine] == 0, axis=1)
            columns.append(np.where(count > 0, held / np.maximum(count, 1), np.nan))
        return np.column_stack(columns)

    def _levels(self) -> dict[str, NodeLevels]:
        tree, scores = self.prepared.tree, self.evaluated.scores.values[self.shown]
        return evaluate_levels(
            self.definition.levels,
            {code: scores[:, number] for number, code in enumerate(tree.codes)},
            {
                node.code: [code for code in node.child_codes if code in tree.codes]
                for node in tree.nodes
            },
        )

    def _ranks(self, blocks: tuple[str, ...]) -> dict[str, Ranks]:
        ranked = self._ranked()
        scores = self.evaluated.scores.take(self.shown)
        return {
            code: rank(
                scores.values[:, number], scores.why[:, number], ranked=ranked, blocks=blocks
            )
            for number, code in enumerate(self.prepared.tree.codes)
        }

    def _ranked(self) -> Flags:
        ranking = self.definition.ranking
        types = self._labels(self.definition.columns.type)
        merged = {
            code
            for boundary in self.definition.boundaries
            for code in boundary.sources
            if code != boundary.into
        }
        first = len(self.prepared.units)
        return np.array(
            [
                unit not in ranking.unranked
                and kind not in ranking.unranked_types
                and (row >= first or unit not in merged)
                for row, unit, kind in zip(
                    self.shown, (self.all_units[row] for row in self.shown), types, strict=True
                )
            ],
            dtype=np.bool_,
        )

    def _gaps(self, effective: np.ndarray) -> Gaps:
        prepared = self.prepared
        grid = blank_rows(prepared.imputed, self.merges).take(self.shown)
        normalised = Normalised(
            self.leaves.take(self.shown),
            prepared.normalised.parameters,
            prepared.normalised.warnings,
        )
        return gaps(self.definition.indicators, grid, normalised, prepared.scales, effective)

    def _weight_warnings(self) -> tuple[IndexWarning, ...]:
        return tuple(
            IndexWarning(group.reason, element=code, data=dict(group.figures))
            for code, group in self.evaluated.weights.items()
            if group.reason is not None
        )
