"""What each leaf brings to the index."""

import numpy as np

from analytics.definitions.reasons import Reason
from analytics.definitions.vocabulary import AggregationMethod
from analytics.methods.index.arrays import Floats, Grid
from analytics.methods.index.plan import Evaluated, Plan, PlannedNode, strengths

TOLERANCE = 1e-9


def contributions(tree: Plan, leaves: Grid, found: Evaluated) -> Grid:
    """The part of every leaf in every unit's index, (units, leaves): the parts add up to the score.

    Arithmetic: the leaf's share among the children a unit has, up the tree, times its value. Sum:
    weight times value. Geometric: the node's contribution by w ln x / sum w ln x. A tree with another
    aggregation, a geometric mean of 1 and a merged unit whose parts do not add up have
    ``NOT_DECOMPOSABLE``; a leaf a unit lacks brings nothing (0).
    """
    values = np.column_stack([leaves.values, found.scores.values])
    rates: dict[int, Floats] = {tree.node(tree.root).column: np.ones(len(values))}
    for node in reversed(tree.nodes):
        if node.column not in rates:
            continue
        children = values[:, list(node.children)]
        inner = _rates(node, found, children, values[:, node.column])
        for place, column in enumerate(node.children):
            rates[column] = rates[node.column] * inner[:, place]
    parts = np.zeros(leaves.values.shape)
    for column in range(len(tree.leaves)):
        if column in rates:
            product = rates[column] * np.where(np.isnan(values[:, column]), 0.0, values[:, column])
            parts[:, column] = product
    root = found.scores.values[:, tree.codes.index(tree.root)]
    why = found.scores.why[:, tree.codes.index(tree.root)]
    return _checked(parts, root, why)


def _rates(node: PlannedNode, found: Evaluated, children: Floats, score: Floats) -> Floats:
    """By how much the node's score grows with each child's value, as a part of the whole."""
    shares = strengths(node, found.weights[node.code])
    if shares is None:
        return np.full(children.shape, np.nan)
    seen = ~np.isnan(children)
    match node.aggregation.method:
        case AggregationMethod.SUM:
            return np.where(seen, shares, 0.0)
        case AggregationMethod.ARITHMETIC:
            return _relative(np.where(seen, shares, 0.0))
        case AggregationMethod.POWER if node.aggregation.power == 1:
            return _relative(np.where(seen, shares, 0.0))
        case AggregationMethod.GEOMETRIC:
            return _logarithmic(children, shares, score)
    return np.full(children.shape, np.nan)


def _relative(counted: Floats) -> Floats:
    total = np.sum(counted, axis=1, keepdims=True)
    return np.where(total > 0, counted / np.where(total > 0, total, 1.0), 0.0)


def _logarithmic(children: Floats, shares: Floats, score: Floats) -> Floats:
    usable = (children > 0) & (shares > 0)
    safe = np.where(usable, children, 1.0)
    logs = np.where(usable, shares * np.log(safe), 0.0)
    total = np.sum(logs, axis=1, keepdims=True)
    apart = np.abs(total) > TOLERANCE
    parts = np.where(apart, logs / np.where(apart, total, 1.0), np.nan)
    return np.where(usable, parts * score[:, None] / safe, 0.0)


def _checked(parts: Floats, root: Floats, why: np.ndarray) -> Grid:
    held = ~np.isnan(root)
    grid = Grid(parts, np.zeros(parts.shape, dtype=np.int16))
    off = np.abs(np.sum(parts, axis=1) - root) > TOLERANCE * np.maximum(
        1.0, np.abs(np.nan_to_num(root))
    )
    off |= np.any(np.isnan(parts), axis=1)
    grid = grid.with_gaps(
        np.broadcast_to((held & off)[:, None], parts.shape), Reason.NOT_DECOMPOSABLE
    )
    gone = ~held[:, None] & np.ones(parts.shape, dtype=np.bool_)
    return Grid(
        np.where(gone, np.nan, grid.values),
        np.where(gone, why[:, None], grid.why).astype(np.int16),
    )
