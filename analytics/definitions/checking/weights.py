"""Weights: none negative, no group of zeros, and experts who speak of the right children."""

from collections.abc import Iterator, Mapping

from analytics.definitions.checking.places import error, placed_nodes
from analytics.definitions.model import IndexDefinition, NodeDefinition
from analytics.definitions.problems import Problem
from analytics.definitions.specs import Expert, GroupWeighting
from analytics.definitions.vocabulary import WeightingMethod

_BY_EXPERTS = {WeightingMethod.AHP, WeightingMethod.BUDGET}
TOLERANCE = 1e-6


def weight_problems(definition: IndexDefinition) -> Iterator[Problem]:
    """Everything that keeps the weights of a group from adding up to something."""
    for node, path in placed_nodes(definition):
        for number, child in enumerate(node.children):
            if child.weight < 0:
                place = f"{path}.children[{number}].weight"
                yield error("weight_negative", place, "A weight is 0 or more.", child=child.code)
        given = _method(definition, node) is WeightingMethod.GIVEN
        if given and node.children and all(child.weight == 0 for child in node.children):
            yield error("weights_zero", path, "All children weigh 0.", node=node.code)
    yield from _experts(definition)


def _method(definition: IndexDefinition, node: NodeDefinition) -> WeightingMethod:
    own = definition.weighting.by_node.get(node.code)
    return definition.weighting.method if own is None else own.method


def _experts(definition: IndexDefinition) -> Iterator[Problem]:
    if definition.weighting.method in _BY_EXPERTS:
        yield error("by_node_only", "$.weighting.method", "What experts say is said of one node.")
    nodes = {node.code: node for node, _ in placed_nodes(definition)}
    for code, spec in definition.weighting.by_node.items():
        path = f"$.weighting.by_node.{code}"
        node = nodes.get(code)
        if node is None:
            yield error("node_unknown", path, f"No node {code!r}.")
        elif spec.method is WeightingMethod.AHP:
            yield from _matrices(spec, len(node.children), path)
        elif spec.method is WeightingMethod.BUDGET:
            yield from _budgets(spec, {child.code for child in node.children}, path)


def _matrices(spec: GroupWeighting, size: int, path: str) -> Iterator[Problem]:
    given = [(f"{path}.matrix", spec.matrix)] if spec.matrix else []
    given += [(f"{path}.experts[{n}].matrix", one.matrix) for n, one in enumerate(spec.experts)]
    if not given:
        yield error("matrix_missing", path, "A matrix, or one for each expert.")
    for place, matrix in given:
        if len(matrix) != size or any(len(row) != size for row in matrix):
            yield error("matrix_shape", place, f"{size} rows of {size}.")
        elif any(value <= 0 for row in matrix for value in row):
            yield error("matrix_positive", place, "Every entry is above 0.")
        elif not _reciprocal(matrix):
            yield error(
                "matrix_reciprocal",
                place,
                "The entry across is 1 divided by this one, to two decimals at least: 0.33 for 3.",
            )


def _reciprocal(matrix: tuple[tuple[float, ...], ...]) -> bool:
    return all(
        _across(matrix[row][column], matrix[column][row])
        for row in range(len(matrix))
        for column in range(row + 1)
    )


def _across(one: float, other: float) -> bool:
    # 0.33 for a third and 0.14 for a seventh are what people type: two decimals are taken as meant.
    small, large = sorted((one, other))
    return abs(small - 1 / large) <= 0.005 + 1e-9


def _budgets(spec: GroupWeighting, children: set[str], path: str) -> Iterator[Problem]:
    if not spec.experts:
        yield error("experts_missing", f"{path}.experts", "The points of each expert.")
    for number, expert in enumerate(spec.experts):
        yield from _points(expert, children, f"{path}.experts[{number}].points")


def _points(expert: Expert, children: set[str], path: str) -> Iterator[Problem]:
    points: Mapping[str, float] = expert.points
    for code in sorted(set(points) - children):
        yield error("child_unknown", f"{path}.{code}", f"No child {code!r}.")
    if any(value < 0 for value in points.values()):
        yield error("weight_negative", path, "Points are 0 or more.")
    elif abs(sum(points.values()) - 100) > TOLERANCE:
        yield error("points_sum", path, "An expert spends 100 points.", sum=sum(points.values()))
