"""Two rounds of an index side by side: what breaks the series, and what changed within it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from analytics.definitions.model import IndexDefinition, Leaf, NodeDefinition
from analytics.definitions.vocabulary import AggregationMethod
from analytics.methods.index.arrays import Table
from analytics.methods.index.plan import plan, strengths
from analytics.methods.index.running import IndexTables, compute
from analytics.methods.trends.breaks import Break, common_definition, definition_breaks, unit_breaks
from analytics.methods.trends.decomposition import ChangeNode, Decomposition, RoundValues, decompose
from analytics.methods.trends.means import Floats, Mean, MeanKind

MEANS: Final = {
    AggregationMethod.ARITHMETIC: MeanKind.ARITHMETIC,
    AggregationMethod.SUM: MeanKind.ARITHMETIC,
    AggregationMethod.GEOMETRIC: MeanKind.GEOMETRIC,
    AggregationMethod.HARMONIC: MeanKind.HARMONIC,
    AggregationMethod.POWER: MeanKind.POWER,
}


LINEAR: Final = {AggregationMethod.ARITHMETIC, AggregationMethod.SUM}


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """One round: the definition it was computed by, and the tables of its run."""

    definition: IndexDefinition
    tables: IndexTables


@dataclass(frozen=True, slots=True, eq=False)
class RoundsCompared:
    """``breaks``: what keeps the two from being compared, none if nothing does.

    ``units``: those of both rounds, in the order of the later one; the rows of ``decomposition``.
    """

    breaks: tuple[Break, ...]
    units: tuple[str, ...]
    decomposition: Decomposition


def compare_rounds(before: Round, after: Round) -> RoundsCompared:
    """Flag the breaks between two rounds and take the change of every unit apart.

    An indicator that only one of the rounds has adds the effect of its weight, so that
    contributions add up to the change of the index all the same. A node that the rounds aggregate
    by different rules, or by a rule that is no mean, is one line.
    """
    earlier = set(before.tables.units)
    units = tuple(unit for unit in after.tables.units if unit in earlier)
    tree = change_tree(before.definition, after.definition)
    return RoundsCompared(
        breaks=(
            *definition_breaks(before.definition, after.definition),
            *unit_breaks(before.tables.units, after.tables.units, after.definition.boundaries),
        ),
        units=units,
        decomposition=decompose(tree, _values(tree, before, units), _values(tree, after, units)),
    )


def common_index(
    before: IndexDefinition,
    after: IndexDefinition,
    units_before: pd.DataFrame,
    units_after: pd.DataFrame,
) -> tuple[Round, Round]:
    """Both rounds by what they have in common, on one scale.

    The later definition, kept to the common indicators, is computed over the rows of both rounds
    together, so that minima, maxima and means are of both; each round is then placed by these.
    Raises NothingInCommon, and what ``index.compute`` raises.
    """
    common = common_definition(before, after)
    unit = common.columns.unit
    pooled = pd.concat(
        [
            _named(frame, unit, suffix)
            for frame, suffix in ((units_before, "0"), (units_after, "1"))
        ],
        ignore_index=True,
    )
    plainly = replace(common, boundaries=())
    parameters = compute(plainly, pooled).parameters
    first, last = (
        Round(common, compute(common, frame, parameters=parameters))
        for frame in (units_before, units_after)
    )
    return first, last


def change_tree(before: IndexDefinition, after: IndexDefinition) -> ChangeNode:
    """The tree by which a change between two definitions is shared out.

    Where every node of both is linear, or every one a geometric mean, it is flat: effective weights
    tell all, wherever an indicator stands. Else it is the later tree, with what only the earlier one
    has below a node that both have; and where something moved to another node, the root alone.
    """
    rules = {node.aggregation.method for each in (before, after) for node in each.tree.walk()}
    if rules <= LINEAR or rules == {AggregationMethod.GEOMETRIC}:
        leaves = dict.fromkeys(leaf.code for each in (after, before) for leaf in each.tree.leaves())
        linear = rules <= LINEAR
        return ChangeNode(
            after.tree.code,
            Mean() if linear else Mean(MeanKind.GEOMETRIC),
            tuple(ChangeNode(code) for code in leaves),
            summed=linear,
        )
    old, new = _parents(before.tree), _parents(after.tree)
    if any(old[code] != parent for code, parent in new.items() if code in old):
        return ChangeNode(after.tree.code)
    return _nested(after.tree, {node.code: node for node in before.tree.walk()}, set(new))


def _nested(
    node: NodeDefinition, earlier: Mapping[str, NodeDefinition], placed: Collection[str]
) -> ChangeNode:
    was, rule = earlier.get(node.code), node.aggregation
    if rule.method not in MEANS or (was is not None and was.aggregation != rule):
        return ChangeNode(node.code)
    gone = () if was is None else (child for child in was.children if child.code not in placed)
    return ChangeNode(
        node.code,
        Mean(MEANS[rule.method], rule.power),
        tuple(
            ChangeNode(child.code) if isinstance(child, Leaf) else _nested(child, earlier, placed)
            for child in (*node.children, *gone)
        ),
        summed=rule.method is AggregationMethod.SUM,
    )


def _parents(node: NodeDefinition) -> dict[str, str]:
    """The parent of every child; that of the root's children is nameless, so that it may differ."""
    found: dict[str, str] = {}
    for each in node.walk():
        for child in each.children:
            found[child.code] = "" if each is node else each.code
    return found


def _values(tree: ChangeNode, given: Round, units: Sequence[str]) -> RoundValues:
    """Values and used weights of everything in ``tree``; what a round lacks is missing."""
    tables, root = given.tables, given.definition.tree
    rows = [tables.units.index(unit) for unit in units]
    known = _columns(tables.normalised, rows) | _columns(tables.scores, rows)
    used = _used(given, known)
    parents = _parents(root)
    nothing = np.full(len(units), np.nan)
    values = {each.code: known.get(each.code, nothing) for each in _walk(tree)}
    values[tree.code] = known[root.code]
    weights: dict[str, Floats | float] = {}
    for node in _walk(tree):
        top = "" if node is tree else node.code
        for child in node.children:
            weights[child.code] = _reach(child.code, top, parents, used)
    return RoundValues(values=values, weights=weights)


def _reach(
    code: str, top: str, parents: Mapping[str, str], used: Mapping[str, Floats]
) -> Floats | float:
    """The weight of ``code`` in ``top``: the product along the way, 0 where none leads there."""
    weight: Floats | float = 1.0
    while code in parents:
        weight = weight * used[code]
        code = parents[code]
        if code == top:
            return weight
    return 0.0


def _used(given: Round, known: Mapping[str, Floats]) -> dict[str, Floats]:
    """The weight of each child in its parent, (units,): what a unit lacks weighs nothing."""
    planned = plan(given.definition)
    found: dict[str, Floats] = {}
    for node in given.definition.tree.walk():
        own = strengths(planned.node(node.code), given.tables.groups[node.code])
        there = np.column_stack([~np.isnan(known[child.code]) for child in node.children])
        counted = np.where(there, 0.0 if own is None else own, 0.0)
        if node.aggregation.method is not AggregationMethod.SUM:
            total = counted.sum(axis=1, keepdims=True)
            counted = counted / np.where(total > 0, total, 1.0)
        found |= {child.code: counted[:, place] for place, child in enumerate(node.children)}
    return found


def _columns(table: Table, rows: Sequence[int]) -> dict[str, Floats]:
    return {code: table.values[list(rows), place] for place, code in enumerate(table.columns)}


def _walk(node: ChangeNode) -> list[ChangeNode]:
    return [node, *(each for child in node.children for each in _walk(child))]


def _named(frame: pd.DataFrame, unit: str, suffix: str) -> pd.DataFrame:
    """A copy with units that no other round has."""
    names = frame[unit] if unit in frame.columns else frame.index.to_series()
    return frame.assign(**{unit: [f"{name}\x1f{suffix}" for name in names]})
