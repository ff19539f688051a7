"""The tree as columns: what stands on what, and with which weight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.definitions.model import IndexDefinition, NodeDefinition
from analytics.definitions.reasons import Reason
from analytics.definitions.specs import Aggregation, Expert, GroupWeighting
from analytics.definitions.vocabulary import WeightingMethod
from analytics.methods.index import weights as weighing
from analytics.methods.index.aggregating import APART, aggregate, coverage
from analytics.methods.index.arrays import PRESENT, Codes, Flags, Floats, Grid, is_any, number_of
from analytics.methods.index.weights import GroupWeights


@dataclass(frozen=True, slots=True)
class PlannedNode:
    """A node with its children as columns: leaves first (0 … leaves-1), then nodes in order.

    ``nominal`` are the weights as written; ``leaves`` the columns of all leaves below.
    """

    code: str
    column: int
    children: tuple[int, ...]
    child_codes: tuple[str, ...]
    nominal: tuple[float, ...]
    aggregation: Aggregation
    minimum_coverage: float
    weighting: GroupWeighting
    leaves: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Every node, children before parents; the last of the tree is the root."""

    leaves: tuple[str, ...]
    nodes: tuple[PlannedNode, ...]
    root: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The nodes' codes in order."""
        return tuple(node.code for node in self.nodes)

    def node(self, code: str) -> PlannedNode:
        """One node. Raises KeyError for a code that is none."""
        return {node.code: node for node in self.nodes}[code]

    def nominal_weights(self) -> dict[str, GroupWeights]:
        """The weights of every node whose weights need no data: given, equal, experts'."""
        found = {node.code: group_weights(node) for node in self.nodes}
        return {code: weights for code, weights in found.items() if weights is not None}


def plan(definition: IndexDefinition) -> Plan:
    """The tree and what stands beside it, over the indicators in the definition's order."""
    leaves = {indicator.code: number for number, indicator in enumerate(definition.indicators)}
    columns = dict(leaves)
    nodes: list[PlannedNode] = []
    for node in definition.nodes():
        column = len(leaves) + len(nodes)
        nodes.append(_planned(definition, node, column, columns))
        columns[node.code] = column
    return Plan(tuple(leaves), tuple(nodes), definition.tree.code)


def _planned(
    definition: IndexDefinition, node: NodeDefinition, column: int, columns: Mapping[str, int]
) -> PlannedNode:
    common = GroupWeighting(method=definition.weighting.method)
    return PlannedNode(
        code=node.code,
        column=column,
        children=tuple(columns[child.code] for child in node.children),
        child_codes=tuple(child.code for child in node.children),
        nominal=tuple(child.weight for child in node.children),
        aggregation=node.aggregation,
        minimum_coverage=node.minimum_coverage,
        weighting=definition.weighting.by_node.get(node.code, common),
        leaves=tuple(columns[leaf.indicator] for leaf in node.leaves()),
    )


def group_weights(node: PlannedNode, values: Floats | None = None) -> GroupWeights | None:
    """The weights of a node's children; None where they need ``values`` that are not given.

    ``values``: the children on their scale, (units, children).
    """
    spec = node.weighting
    match spec.method:
        case WeightingMethod.GIVEN:
            return weighing.given(node.nominal)
        case WeightingMethod.EQUAL:
            return weighing.equal(len(node.children))
        case WeightingMethod.AHP:
            matrices = [spec.matrix] if spec.matrix else []
            matrices += [expert.matrix for expert in spec.experts if expert.matrix]
            return weighing.ahp(matrices, spec.most_inconsistent)
        case WeightingMethod.BUDGET:
            return weighing.budget([_points(expert, node.child_codes) for expert in spec.experts])
    return None if values is None else _from_data(spec, values)


def _from_data(spec: GroupWeighting, values: Floats) -> GroupWeights:
    if values.shape[1] == 1:
        # An only child is the whole node, whatever it could tell its sisters apart by.
        return weighing.equal(1)
    if spec.method is WeightingMethod.ENTROPY:
        return weighing.entropy(values)
    if spec.method is WeightingMethod.PCA:
        return weighing.pca(values, spec.loadings)
    return weighing.critic(values)


def _points(expert: Expert, children: Sequence[str]) -> list[float]:
    return [expert.points.get(code, 0.0) for code in children]


@dataclass(frozen=True, slots=True, eq=False)
class Evaluated:
    """Scores and coverage of every node, (units, nodes), and the weights they were made with."""

    scores: Grid
    coverage: Floats
    weights: Mapping[str, GroupWeights]


def evaluate(
    tree: Plan,
    leaves: Grid,
    *,
    weights: Mapping[str, GroupWeights] | None = None,
    aggregations: Mapping[str, Aggregation] | None = None,
    fixed: Mapping[str, tuple[Flags, Grid]] | None = None,
) -> Evaluated:
    """Every node of the tree from the normalised leaves, shape (units, leaves).

    ``weights`` and ``aggregations`` by node take the place of the plan's (for runs that vary them).
    ``fixed`` by node: units whose score is given and not aggregated, with a grid of one column.
    """
    values, why = leaves.values, leaves.why
    shares: list[Floats] = []
    used: dict[str, GroupWeights] = {}
    for node in tree.nodes:
        children = Grid(values[:, list(node.children)], why[:, list(node.children)])
        group = (weights or {}).get(node.code) or group_weights(node, children.values)
        assert group is not None
        used[node.code] = group
        spec = (aggregations or {}).get(node.code, node.aggregation)
        replaced = weights is not None and node.code in weights
        scored = _score(node, children, strengths(node, group, replaced=replaced), spec)
        scored = scored or Grid.empty(len(values), 1, group.reason or Reason.ZERO_WEIGHTS)
        held = coverage(children.why)
        if fixed and node.code in fixed:
            scored = _with_fixed(scored, *fixed[node.code])
        values = np.column_stack([values, scored.values])
        why = np.column_stack([why, scored.why])
        shares.append(held)
    first = len(tree.leaves)
    return Evaluated(Grid(values[:, first:], why[:, first:]), np.column_stack(shares), dict(used))


def strengths(node: PlannedNode, group: GroupWeights, *, replaced: bool = False) -> Floats | None:
    """What the children are multiplied with: weights as written, so that points add up to points and
    equal thirds to a whole; shares where they come of experts or data. ``replaced``: the shares stand
    in for the node's own weights."""
    if group.shares is None:
        return None
    written = {
        WeightingMethod.GIVEN: node.nominal,
        WeightingMethod.EQUAL: (1.0,) * len(node.children),
    }
    found = written.get(node.weighting.method)
    if found is None:
        return np.asarray(group.shares)
    return np.asarray(group.shares) * np.sum(found) if replaced else np.asarray(found)


def _score(
    node: PlannedNode, children: Grid, weights: Floats | None, spec: Aggregation
) -> Grid | None:
    if weights is None:
        return None
    scores, why = aggregate(children.values, weights, spec)
    why = _inherited(children, scores, why)
    held = coverage(children.why)
    # Twelve digits, so that two thirds of three children pass a threshold of 0.6666666666666666.
    short = np.round(held, 12) < round(node.minimum_coverage, 12)
    short &= np.isfinite(scores)
    grid = Grid(scores[:, None], why[:, None])
    return grid.with_gaps(short[:, None], Reason.BELOW_COVERAGE)


def _inherited(children: Grid, scores: Floats, why: Codes) -> Codes:
    """A node all of whose children lack a value for one reason lacks its own for that reason."""
    empty = np.isnan(scores) & (why == number_of(Reason.NO_DATA))
    same = np.all(children.why == children.why[:, :1], axis=1) & (children.why[:, 0] != PRESENT)
    apart = np.all(is_any(children.why, APART), axis=1)
    inherited = np.where(apart, number_of(Reason.NOT_APPLICABLE), why)
    inherited = np.where(same, children.why[:, 0], inherited)
    return np.where(empty, inherited, why).astype(np.int16)


def _with_fixed(scored: Grid, places: Flags, given: Grid) -> Grid:
    here = places[:, None]
    return Grid(
        np.where(here, given.values, scored.values),
        np.where(here, given.why, scored.why).astype(np.int16),
    )


@dataclass(frozen=True, slots=True)
class WeightRow:
    """One child of one node: its weight as written, its share in the node, and its share of the root
    (the product of shares up the tree; None beside the tree)."""

    node: str
    child: str
    nominal: float
    share: float | None
    effective: float | None
    spread: float | None = None


def weight_rows(tree: Plan, weights: Mapping[str, GroupWeights]) -> tuple[WeightRow, ...]:
    """The weights of every child, from the root down."""
    reach: dict[str, float | None] = {tree.root: 1.0}
    rows = []
    for node in reversed(tree.nodes):
        group = weights[node.code]
        above = reach.get(node.code)
        for number, child in enumerate(node.child_codes):
            share = None if group.shares is None else group.shares[number]
            effective = None if share is None or above is None else above * share
            reach.setdefault(child, effective)
            if reach[child] is None:
                reach[child] = effective
            spread = group.spread[number] if group.spread else None
            rows.append(WeightRow(node.code, child, node.nominal[number], share, effective, spread))
    return tuple(rows)


def effective_weights(tree: Plan, weights: Mapping[str, GroupWeights]) -> Floats:
    """The share of each leaf in the root, shape (leaves,); 0 for a leaf outside of the tree."""
    found = np.zeros(len(tree.leaves))
    places = {code: number for number, code in enumerate(tree.leaves)}
    for row in weight_rows(tree, weights):
        if row.child in places and row.effective is not None:
            found[places[row.child]] += row.effective
    return found
