"""The weights of a whole tree as one vector, so that a run is a row of a matrix."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.definitions.reasons import Reason
from analytics.methods.index.plan import Plan, strengths
from analytics.methods.index.weights import GroupWeights

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


class WeightsMissing(Exception):
    """A node whose weights cannot be told: ``node`` and ``reason`` say which and why."""

    def __init__(self, node: str, reason: Reason) -> None:
        self.node, self.reason = node, reason
        super().__init__(f"{node}: {reason}")


@dataclass(frozen=True, slots=True)
class Edges:
    """Every child of every node, node by node in the order of the plan.

    ``parents[e]`` and ``children[e]`` are codes, ``depths[e]`` is 1 just below a root, ``of_node``
    tells where the children of a node stand. ``weights[e]`` is nominal: what the pipeline multiplies
    the child with, which means take as a share among siblings and a ``sum`` as it is.
    """

    parents: tuple[str, ...]
    children: tuple[str, ...]
    depths: Places
    of_node: Mapping[str, slice]
    weights: Floats

    def to(self, code: str) -> Places:
        """The edges that lead to ``code``: more than one where it stands beside the tree too."""
        return np.array(
            [e for e, child in enumerate(self.children) if child == code], dtype=np.intp
        )


def edges_of(plan: Plan, weights: Mapping[str, GroupWeights]) -> Edges:
    """The edges of a plan under the weights that its evaluation has found.

    Raises WeightsMissing for a node without weights.
    """
    parents: list[str] = []
    children: list[str] = []
    values: list[float] = []
    of_node: dict[str, slice] = {}
    for node in plan.nodes:
        of_node[node.code] = slice(len(parents), len(parents) + len(node.children))
        parents += [node.code] * len(node.children)
        children += node.child_codes
        group = weights[node.code]
        used = strengths(node, group)
        if used is None:
            raise WeightsMissing(node.code, group.reason or Reason.ZERO_WEIGHTS)
        values += used.tolist()
    return Edges(
        tuple(parents), tuple(children), _depths(parents, children), of_node, np.array(values)
    )


def _depths(parents: list[str], children: list[str]) -> Places:
    depth: dict[str, int] = {}
    for parent, child in reversed(list(zip(parents, children, strict=True))):
        depth[child] = depth.get(parent, 0) + 1
    above = [depth.get(parent, 0) + 1 for parent in parents]
    return np.array(above, dtype=np.intp)
