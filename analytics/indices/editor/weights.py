"""Shares and effective weights of a tree while it is drawn, in plain Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Final

from analytics.definitions import IndexDefinition, NodeDefinition
from analytics.definitions.specs import GroupWeighting
from analytics.definitions.vocabulary import WeightingMethod

RANDOM_INDEX: Final = {
    3: 0.58,
    4: 0.90,
    5: 1.12,
    6: 1.24,
    7: 1.32,
    8: 1.41,
    9: 1.45,
    10: 1.49,
}
"""Saaty's mean consistency index of random matrices."""

_MOST_STEPS: Final = 1_000
_CLOSE: Final = 1e-15


@dataclass(frozen=True, slots=True)
class Consistency:
    """How far the comparisons of a node agree with one another; ``ratio`` None: more than 10 rows."""

    node: str
    ratio: float | None
    largest: float
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_kept(self) -> bool:
        """Whether the ratio is small enough."""
        return self.ratio is None or self.ratio <= self.largest


def shares_of(definition: IndexDefinition) -> dict[tuple[str, str], float | None]:
    """The share of each child within its parent by (parent, child); None where data decide it."""
    found: dict[tuple[str, str], float | None] = {}
    for node in definition.nodes():
        shares = _shares(definition, node)
        for place, child in enumerate(node.children):
            found[node.code, child.code] = None if shares is None else shares[place]
    return found


def effective_weights(definition: IndexDefinition) -> dict[str, float | None]:
    """The product of the shares from the root down, by the code of node and indicator in the tree."""
    shares = shares_of(definition)
    found: dict[str, float | None] = {definition.tree.code: 1.0}
    waiting = [definition.tree]
    while waiting:
        node = waiting.pop()
        above = found[node.code]
        for child in node.children:
            share = shares[node.code, child.code]
            found[child.code] = None if above is None or share is None else above * share
            if isinstance(child, NodeDefinition):
                waiting.append(child)
    return found


def consistencies(definition: IndexDefinition) -> list[Consistency]:
    """The consistency ratio of every node that is weighted by comparisons in pairs."""
    found = []
    for node in definition.nodes():
        group = _group(definition, node)
        if group.method is not WeightingMethod.AHP:
            continue
        matrix = _one_matrix(group)
        if _fits(matrix, len(node.children)):
            ratio = consistency_ratio(matrix)
            found.append(Consistency(node.code, ratio, group.most_inconsistent, node.name))
    return found


def principal(matrix: Sequence[Sequence[float]]) -> tuple[list[float], float]:
    """The principal eigenvector, summing to 1, and its eigenvalue: by power iteration, which ends for
    matrices of positive entries.
    """
    size = len(matrix)
    vector = [1 / size] * size
    total = float(size)
    for _step in range(_MOST_STEPS):
        turned = [sum(a * x for a, x in zip(row, vector, strict=True)) for row in matrix]
        total = sum(turned)
        following = [each / total for each in turned]
        moved = max(abs(a - b) for a, b in zip(following, vector, strict=True))
        vector = following
        if moved < _CLOSE:
            break
    return vector, total


def consistency_ratio(matrix: Sequence[Sequence[float]]) -> float | None:
    """Saaty's CR = ((lambda - n) / (n - 1)) / RI(n); 0 for one or two rows, None beyond ten."""
    size = len(matrix)
    if size < 3:
        return 0.0
    if size not in RANDOM_INDEX:
        return None
    _vector, largest = principal(matrix)
    return (largest - size) / (size - 1) / RANDOM_INDEX[size]


def _shares(definition: IndexDefinition, node: NodeDefinition) -> list[float] | None:
    group = _group(definition, node)
    size = len(node.children)
    match group.method:
        case WeightingMethod.GIVEN:
            return _normed([child.weight for child in node.children])
        case WeightingMethod.EQUAL:
            return [1 / size] * size if size else []
        case WeightingMethod.AHP:
            matrix = _one_matrix(group)
            return principal(matrix)[0] if _fits(matrix, size) else None
        case WeightingMethod.BUDGET:
            return _budget(group, node)
        case _:
            return None


def _group(definition: IndexDefinition, node: NodeDefinition) -> GroupWeighting:
    own: Mapping[str, GroupWeighting] = definition.weighting.by_node
    return own.get(node.code) or GroupWeighting(method=definition.weighting.method)


def _normed(weights: Sequence[float]) -> list[float] | None:
    total = sum(weights)
    if total <= 0 or min(weights, default=0) < 0:
        return None
    return [weight / total for weight in weights]


def _one_matrix(group: GroupWeighting) -> Sequence[Sequence[float]]:
    """The matrix, or of several experts the geometric mean entry by entry."""
    if group.matrix or not group.experts:
        return group.matrix
    matrices = [expert.matrix for expert in group.experts]
    size = len(matrices[0])
    if not all(_fits(matrix, size) for matrix in matrices):
        return ()
    return [
        [prod(m[row][column] for m in matrices) ** (1 / len(matrices)) for column in range(size)]
        for row in range(size)
    ]


def _fits(matrix: Sequence[Sequence[float]], size: int) -> bool:
    return (
        size > 0
        and len(matrix) == size
        and all(len(row) == size and min(row) > 0 for row in matrix)
    )


def _budget(group: GroupWeighting, node: NodeDefinition) -> list[float] | None:
    sums = [
        sum(expert.points.get(child.code, 0.0) for expert in group.experts)
        for child in node.children
    ]
    return _normed(sums)
