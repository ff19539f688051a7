"""Everything there is to say of how sure an index is, from its definition and its units."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.definitions.model import IndexDefinition, NodeDefinition
from analytics.methods.index.arrays import Floats
from analytics.methods.index.running import IndexTables
from analytics.methods.uncertainty.building import Index, index_of
from analytics.methods.uncertainty.dominance import Dominance, dominance_share
from analytics.methods.uncertainty.leave_one_out import Removal, leave_one_out
from analytics.methods.uncertainty.monte_carlo import monte_carlo
from analytics.methods.uncertainty.portions import Over, one_by_one
from analytics.methods.uncertainty.results import MonteCarlo
from analytics.methods.uncertainty.sensitivity import factors, sensitivity
from analytics.methods.uncertainty.sobol import SobolResult


@dataclass(frozen=True, slots=True, eq=False)
class IndexUncertainty:
    """The run itself, its Monte Carlo analysis, what moves whom, and the pairs that nothing turns.

    ``sobol``: what the spread of the ranking comes from; None where that was not asked for, or fewer
    than two choices vary.
    """

    tables: IndexTables
    monte_carlo: MonteCarlo
    removals: tuple[Removal, ...]
    dominance: Dominance
    sobol: SobolResult | None = None


def uncertainty(  # noqa: PLR0913  (each is a choice of the analyst's own)
    definition: IndexDefinition,
    units: pd.DataFrame,
    *,
    panel: pd.DataFrame | None = None,
    runs: int | None = None,
    seed: int | None = None,
    top: int = 10,
    over: Over = one_by_one,
    sobol_rows: int = 0,
) -> IndexUncertainty:
    """Vary an index as its ``uncertainty`` block says.

    ``units`` and ``panel`` as for ``index.compute``; ``runs`` and ``seed``: none, those of the
    definition; ``over``: who computes the runs, this process or a cluster; ``sobol_rows``: rows of the
    design of the Sobol indices, 0 for none. Units stand in the order of ``tables.units``. Raises what
    ``index.compute`` raises, WeightsMissing for a node without weights, and NothingToVary where there is no score at all.
    """
    spec = definition.uncertainty
    seed = spec.seed if seed is None else seed
    index = index_of(definition, units, panel=panel, seed=seed)
    return IndexUncertainty(
        tables=index.tables,
        monte_carlo=monte_carlo(
            index.setting, runs=spec.runs if runs is None else runs, seed=seed, top=top, over=over
        ),
        removals=removals(index),
        dominance=dominance_share(_leaves_shown(index)),
        sobol=_sobol(index, sobol_rows, seed) if sobol_rows else None,
    )


def _sobol(index: Index, rows: int, seed: int) -> SobolResult | None:
    ranked = np.isfinite(index.tables.ranks[index.tables.root].overall)
    if not ranked.any() or len(factors(index.setting)) < 2:
        return None
    return sensitivity(index.setting, rows=rows, seed=seed).ranking


def removals(index: Index) -> tuple[Removal, ...]:
    """The ranking without each node, from the top down, and without each indicator."""
    tree = index.definition.tree
    codes = dict.fromkeys([*_nodes_below(tree), *(leaf.code for leaf in tree.leaves())])
    return leave_one_out(
        index.setting.evaluator(index.nominal), list(codes), blocks=index.setting.blocks
    )


def _nodes_below(node: NodeDefinition) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, NodeDefinition):
            yield child.code
            yield from _nodes_below(child)


def _leaves_shown(index: Index) -> Floats:
    """The normalised indicators of the tree, (units, indicators)."""
    tree, table = index.definition.tree, index.tables.normalised
    places = [table.columns.index(leaf.code) for leaf in tree.leaves()]
    return table.values[:, sorted(set(places))]
