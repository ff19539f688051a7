"""From an index definition to what a Monte Carlo analysis varies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.definitions.model import IndexDefinition
from analytics.definitions.reasons import Reason
from analytics.definitions.specs import Imputation, LevelScheme, Normalisation
from analytics.definitions.vocabulary import MergeRule, TreatmentMethod
from analytics.methods.index.arrays import Floats, Grid, is_any
from analytics.methods.index.levels import evaluate_levels
from analytics.methods.index.merging import late_merges, with_rows
from analytics.methods.index.plan import Plan, evaluate
from analytics.methods.index.preparing import Prepared as Steps
from analytics.methods.index.preparing import place, prepare
from analytics.methods.index.running import IndexTables, finish
from analytics.methods.index.warnings import IndexRefused
from analytics.methods.index.weights import GroupWeights
from analytics.methods.uncertainty.draws import WeightSpread
from analytics.methods.uncertainty.edges import WeightsMissing, edges_of
from analytics.methods.uncertainty.redrawing import ONE_GROUP, blanks_of, redrawn
from analytics.methods.uncertainty.setting import DataChoice, Options, Prepared, Setting

DRAWS: Final = 10
"""Imputations by chance among which a run chooses, beside the definition's own and none at all."""


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """A definition with a table of units, prepared once: the tables of its run, and its setting."""

    definition: IndexDefinition
    tables: IndexTables
    setting: Setting
    nominal: Prepared


def index_of(
    definition: IndexDefinition,
    units: pd.DataFrame,
    *,
    panel: pd.DataFrame | None = None,
    seed: int | None = None,
) -> Index:
    """Compute the index once, and lay out what its ``uncertainty`` block varies.

    ``units`` and ``panel`` as for ``index.compute``. ``seed``: of the imputations by chance; none:
    the definition's. The definition's own normalisation, aggregation, limit of winsorising and
    imputation are always among the options; indicators that have a rule of their own keep it. Raises
    what ``index.prepare`` raises, and WeightsMissing for a node without weights.
    """
    steps = prepare(definition, units, panel=panel)
    tables = finish(definition, steps)
    alternatives = _Alternatives(definition, steps, _seed(definition, seed))
    spec = definition.uncertainty
    spread = spec.weights_by_depth or (spec.weights,)
    setting = Setting(
        units=tables.units,
        plan=steps.tree,
        edges=edges_of(steps.tree, tables.groups),
        prepare=alternatives.prepared,
        options=alternatives.options,
        spread=WeightSpread(spread, spec.concentration),
        aggregations=(None, *spec.aggregation),
        left_out=_leaves(definition) if spec.leave_out else (),
        merged=alternatives.merges,
        rows=_shown(definition, steps, len(alternatives.merges)),
        blocks=_blocks(tables),
        levels=_levels(definition, steps.tree),
        level_codes=_level_codes(definition),
    )
    nominal = Prepared(with_rows(steps.normalised.grid, alternatives.merges), setting.edges.weights)
    return Index(definition, tables, setting, nominal)


class _Alternatives:
    """The leaves and weights under each choice before the tree."""

    def __init__(self, definition: IndexDefinition, steps: Steps, seed: int) -> None:
        spec = definition.uncertainty
        self.definition, self.steps, self.seed = definition, steps, seed
        self.merges = late_merges(definition, steps.tree, steps.units)
        self.blanks = blanks_of(definition, steps.denominated)
        self.normalisations: tuple[Normalisation, ...] = (
            definition.normalisation,
            *spec.normalisation,
        )
        # Where no indicator is winsorised as it is, its limit decides nothing.
        winsorised = definition.treatment.method is TreatmentMethod.WINSORISE and any(
            note.method is not TreatmentMethod.NONE for note in steps.treatments
        )
        limits = spec.most_points if winsorised else ()
        self.limits = (definition.treatment.most_points, *limits)
        self.options = Options(
            normalisation=len(self.normalisations),
            winsorising=len(self.limits),
            imputation=2 + DRAWS if spec.imputation and self.blanks.any() else 1,
        )

    def prepared(self, choice: DataChoice) -> Prepared | Reason:
        """The leaves under a choice, or why there are none."""
        definition = replace(
            self.definition,
            normalisation=self.normalisations[choice.normalisation],
            treatment=replace(
                self.definition.treatment, most_points=self.limits[choice.winsorising]
            ),
        )
        steps = self.steps
        try:
            placed = place(definition, self._filled(choice.imputation), steps.kept, steps.units)
            grid = placed.normalised.grid
            weights = edges_of(steps.tree, self._weights(grid)).weights
        except IndexRefused as refusal:
            return refusal.warnings[0].reason
        except WeightsMissing as refusal:
            return refusal.reason
        return Prepared(with_rows(grid, self.merges), weights)

    def _weights(self, grid: Grid) -> Mapping[str, GroupWeights]:
        """Weights that come of the data are those of the data that was chosen."""
        tree = self.steps.tree
        known = tree.nominal_weights()
        return known if len(known) == len(tree.nodes) else evaluate(tree, grid).weights

    def _filled(self, imputation: int) -> Grid:
        """Option 0 is the definition's own, 1 leaves blanks as they are, then come the draws."""
        if imputation == 0:
            return self.steps.imputed
        if imputation == 1:
            return self.steps.denominated
        labels = self.steps.cells.labels
        nobody = (ONE_GROUP,) * len(self.steps.units)
        groups = [
            labels.get(_imputation(self.definition, column).group, nobody)
            for column in range(len(self.definition.indicators))
        ]
        return redrawn(
            self.steps.denominated, self.blanks, groups, seed=self.seed, draw=imputation - 2
        )


def _imputation(definition: IndexDefinition, column: int) -> Imputation:
    return definition.indicators[column].imputation or definition.missing.imputation


def _seed(definition: IndexDefinition, seed: int | None) -> int:
    return definition.uncertainty.seed if seed is None else seed


def _leaves(definition: IndexDefinition) -> tuple[str, ...]:
    return tuple(dict.fromkeys(leaf.code for leaf in definition.tree.leaves()))


def _shown(definition: IndexDefinition, steps: Steps, merged: int) -> NDArray[np.intp]:
    """The rows that the tables of a run show: all but those whose main scores went elsewhere."""
    gone = {
        code
        for boundary in definition.boundaries
        if boundary.rule is MergeRule.MEAN_OF_NODES and not boundary.keep
        for code in boundary.sources
    }
    kept = [row for row, unit in enumerate(steps.units) if unit not in gone]
    first = len(steps.units)
    return np.array([*kept, *range(first, first + merged)], dtype=np.intp)


def _blocks(tables: IndexTables) -> NDArray[np.intp]:
    """Who is ranked against whom; who is not ranked has -1."""
    names = {name: number for number, name in enumerate(dict.fromkeys(tables.blocks))}
    blocks = np.array([names[name] for name in tables.blocks], dtype=np.intp)
    return np.where(is_any(tables.ranks[tables.root].why, (Reason.NOT_RANKED,)), -1, blocks)


def _levels(definition: IndexDefinition, plan: Plan) -> "_Levels | None":
    """The levels of the root over (runs, units) scores; conditions look at one unit at a time, so
    that runs may stand one after the other."""
    if not _level_codes(definition):
        return None
    children = {
        node.code: [code for code in node.child_codes if code in plan.codes] for node in plan.nodes
    }
    return _Levels(definition.levels, children, plan.root)


@dataclass(frozen=True, slots=True)
class _Levels:
    """A class, because a worker process elsewhere is sent it."""

    schemes: tuple[LevelScheme, ...]
    children: Mapping[str, Sequence[str]]
    root: str

    def __call__(self, nodes: Mapping[str, Floats]) -> Floats:
        flat = {code: scores.ravel() for code, scores in nodes.items()}
        found = evaluate_levels(self.schemes, flat, self.children)[self.root].levels
        return found.reshape(nodes[self.root].shape)


def _level_codes(definition: IndexDefinition) -> tuple[int, ...]:
    return tuple(
        sorted(
            {
                band.level
                for scheme in definition.levels
                if definition.tree.code in scheme.nodes
                for band in scheme.bands
            }
        )
    )
