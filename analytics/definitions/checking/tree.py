"""The shape of the tree: every leaf known and used once, every code one thing."""

from collections.abc import Iterator

from analytics.definitions.bounds import lowest
from analytics.definitions.checking.places import (
    error,
    placed_leaves,
    placed_nodes,
    repeated,
    warning,
)
from analytics.definitions.formulas import names_read
from analytics.definitions.model import IndexDefinition, NodeDefinition
from analytics.definitions.problems import Problem
from analytics.definitions.vocabulary import AggregationMethod

_NEEDS_POSITIVE = {AggregationMethod.GEOMETRIC, AggregationMethod.HARMONIC}


RESERVED = frozenset({"unit", "level", "rank", "rank_mean", "rank_median", "rank_q05", "rank_q95"})
"""What columns of results are called."""


def tree_problems(definition: IndexDefinition) -> Iterator[Problem]:
    """Codes used twice, leaves unknown, orphaned or repeated, nodes without children, and
    aggregations that a scale cannot feed."""
    yield from _codes(definition)
    yield from _leaves(definition)
    for node, path in placed_nodes(definition):
        yield from _node(definition, node, path)


def _codes(definition: IndexDefinition) -> Iterator[Problem]:
    indicators = [indicator.code for indicator in definition.indicators]
    twice = repeated(indicators)
    for number, code in enumerate(indicators):
        if code in twice:
            yield error("indicator_twice", f"$.indicators[{number}].code", "One code, one thing.")
    nodes = [node.code for node, _ in placed_nodes(definition)]
    taken = repeated(nodes) | set(indicators)
    for node, path in placed_nodes(definition):
        if any(inner.code == node.code for inner in node.walk() if inner is not node):
            yield error("cycle", f"{path}.code", "A node stands below itself.", node=node.code)
        elif node.code in RESERVED:
            yield error("code_reserved", f"{path}.code", "A column of the results has this name.")
        elif node.code in taken:
            yield error("code_taken", f"{path}.code", "Another node or indicator has this code.")


def _leaves(definition: IndexDefinition) -> Iterator[Problem]:
    known = {indicator.code for indicator in definition.indicators}
    roots = [(definition.tree, "$.tree")]
    roots += [(node, f"$.support[{number}]") for number, node in enumerate(definition.support)]
    for root, path in roots:
        twice = repeated(leaf.indicator for leaf in root.leaves())
        for leaf, place in placed_leaves(root, path):
            if leaf.indicator not in known:
                yield error("indicator_unknown", f"{place}.indicator", f"No {leaf.indicator!r}.")
            if leaf.indicator in twice:
                yield error("leaf_twice", f"{place}.indicator", "A leaf has one parent.")
    used = {leaf.indicator for root, _ in roots for leaf in root.leaves()}
    used |= {name for each in definition.indicators for name in names_read(each)}
    for number, indicator in enumerate(definition.indicators):
        if indicator.code not in used:
            place = f"$.indicators[{number}]"
            yield warning("leaf_orphan", place, "It stands nowhere in the tree.")


def _node(definition: IndexDefinition, node: NodeDefinition, path: str) -> Iterator[Problem]:
    if not node.children:
        yield error("node_empty", path, "A node needs children.")
        return
    method, place = node.aggregation.method, f"{path}.aggregation"
    if method is AggregationMethod.POWER and node.aggregation.power == 0:
        yield error("power_zero", f"{place}.power", "0 is the geometric mean: name it.")
    if method is AggregationMethod.CONJUNCTIVE and not node.aggregation.steps:
        yield error("steps_missing", f"{place}.steps", "A conjunctive rule needs its steps.")
    for number, step in enumerate(node.aggregation.steps):
        if step.count is not None and step.count > len(node.children):
            at = f"{place}.steps[{number}].count"
            yield error("count_too_large", at, "More than there are children.")
    fractional = method is AggregationMethod.POWER and node.aggregation.power != int(
        node.aggregation.power
    )
    if method in _NEEDS_POSITIVE or fractional or node.aggregation.power < 0:
        for child in node.children:
            bottom = lowest(definition, child)
            if bottom is not None and bottom <= 0:
                yield warning(
                    "scale_reaches_zero",
                    place,
                    f"{child.code} can be {bottom:g}: such a unit has no {method} mean. "
                    "Use a scale from 1.",
                    child=child.code,
                )
