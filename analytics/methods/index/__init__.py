"""Composite indices: every step by itself, and the whole pipeline.

``compute(definition, units)`` runs all of it. The steps take and give plain arrays, so that a
simulation can start wherever it varies something: ``prepare`` ends at the normalised leaves,
``evaluate`` is the tree over them, ``effective_weights`` the shares of the leaves in the root.
"""

from analytics.methods.index.aggregating import aggregate, coverage
from analytics.methods.index.arrays import Grid, Table, reason_of
from analytics.methods.index.decomposing import contributions
from analytics.methods.index.exporting import TABLES, parquet, plain_table, plain_tables
from analytics.methods.index.gaps import Gaps
from analytics.methods.index.identity import RunIdentity
from analytics.methods.index.imputing import ImputedCell, impute
from analytics.methods.index.levels import Condition, NodeLevels, evaluate_levels
from analytics.methods.index.normalising import Normalised, Parameters, Scale, normalise
from analytics.methods.index.outranking import copeland
from analytics.methods.index.plan import (
    Evaluated,
    Plan,
    PlannedNode,
    WeightRow,
    effective_weights,
    evaluate,
    plan,
    weight_rows,
)
from analytics.methods.index.preparing import Prepared, prepare
from analytics.methods.index.ranking import Ranks, labels, rank, significant
from analytics.methods.index.running import IndexTables, compute, finish
from analytics.methods.index.screening import ScreenedUnit, screen
from analytics.methods.index.treating import (
    TreatmentNote,
    kurtosis,
    skewness,
    transform,
    treat,
    winsorise,
)
from analytics.methods.index.warnings import IndexRefused, IndexWarning
from analytics.methods.index.weights import (
    GroupWeights,
    ahp,
    budget,
    critic,
    entropy,
    equal,
    given,
    pca,
)

__all__ = [
    "TABLES",
    "Condition",
    "Evaluated",
    "Gaps",
    "Grid",
    "GroupWeights",
    "ImputedCell",
    "IndexRefused",
    "IndexTables",
    "IndexWarning",
    "NodeLevels",
    "Normalised",
    "Parameters",
    "Plan",
    "PlannedNode",
    "Prepared",
    "Ranks",
    "RunIdentity",
    "Scale",
    "ScreenedUnit",
    "Table",
    "TreatmentNote",
    "WeightRow",
    "aggregate",
    "ahp",
    "budget",
    "compute",
    "contributions",
    "copeland",
    "coverage",
    "critic",
    "effective_weights",
    "entropy",
    "equal",
    "evaluate",
    "evaluate_levels",
    "finish",
    "given",
    "impute",
    "kurtosis",
    "labels",
    "normalise",
    "parquet",
    "pca",
    "plain_table",
    "plain_tables",
    "plan",
    "prepare",
    "rank",
    "reason_of",
    "screen",
    "significant",
    "skewness",
    "transform",
    "treat",
    "weight_rows",
    "winsorise",
]
