"""Levels of maturity: where a score lies, and what else a level takes."""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from analytics.definitions.specs import Band, Gate, LevelScheme, Texts
from analytics.definitions.vocabulary import Comparison, GateKind, Inclusive
from analytics.methods.index.arrays import Flags, Floats
from analytics.methods.index.ranking import significant


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """One condition of one level, for all units.

    ``kind``: ``from`` (the score's own band) or that of a gate. ``needed`` is compared with
    ``values`` by ``compare``; ``met`` is False where a value is missing.
    """

    level: int
    kind: str
    nodes: tuple[str, ...]
    compare: str
    needed: float
    values: Floats
    met: Flags
    reached: int | None = None
    """``count``, ``level``: the level that the nodes must reach."""


@dataclass(frozen=True, slots=True, eq=False)
class NodeLevels:
    """The level of every unit on one node, NaN for none, and every condition with what it saw."""

    node: str
    levels: Floats
    names: Mapping[int, Texts]
    conditions: tuple[Condition, ...]

    def level(self, row: int) -> int | None:
        """The level of one unit."""
        found = self.levels[row]
        return None if np.isnan(found) else int(found)

    def unmet(self, row: int) -> tuple[Condition, ...]:
        """What a unit lacks for the next level that the definition knows; empty at the top."""
        return tuple(each for each in self.ahead(row) if not each.met[row])

    def ahead(self, row: int) -> tuple[Condition, ...]:
        """Everything that the next level of a unit takes, met or not; empty at the top."""
        level = self.level(row)
        above = sorted(each for each in self.names if level is None or each > level)
        return tuple(each for each in self.conditions if above and each.level == above[0])


def evaluate_levels(
    schemes: Sequence[LevelScheme],
    scores: Mapping[str, Floats],
    children: Mapping[str, Sequence[str]],
) -> dict[str, NodeLevels]:
    """The levels of every node that has some; ``scores`` by node, shape (units,).

    A unit has the highest level whose own conditions all hold, so that a higher one must state what
    a lower one states. Figures are compared to 12 significant digits. A unit without a score has
    none. ``children``: the node's children, which ``count`` looks at where it names no nodes.
    """
    found: dict[str, NodeLevels] = {}
    waiting = [(node, scheme) for scheme in schemes for node in scheme.nodes]
    while waiting:
        ready = [
            (node, scheme)
            for node, scheme in waiting
            if not _needed(scheme, node, children) - set(found)
        ]
        # check() has refused circles: something is always ready.
        assert ready, waiting
        for node, scheme in ready:
            found[node] = _node_levels(node, scheme, scores, found, children)
        waiting = [each for each in waiting if each[0] not in found]
    return {node: found[node] for scheme in schemes for node in scheme.nodes}


def _needed(scheme: LevelScheme, node: str, children: Mapping[str, Sequence[str]]) -> set[str]:
    gates = [gate for band in scheme.bands for gate in band.gates]
    return {
        code
        for gate in gates
        if gate.kind is not GateKind.SCORE
        for code in _nodes_of(gate, node, children)
    }


def _nodes_of(gate: Gate, node: str, children: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    if gate.kind is not GateKind.COUNT:
        return (gate.node or node,)
    return gate.nodes or tuple(children[node])


def _node_levels(
    node: str,
    scheme: LevelScheme,
    scores: Mapping[str, Floats],
    found: Mapping[str, NodeLevels],
    children: Mapping[str, Sequence[str]],
) -> NodeLevels:
    own = scores[node]
    levels = np.full(own.shape, np.nan)
    conditions: list[Condition] = []
    for band in sorted(scheme.bands, key=lambda each: each.level):
        mine = _start(node, scheme, band, own)
        mine += [_gate(band, gate, node, scores, (found, children)) for gate in band.gates]
        holds = ~np.isnan(own)
        for condition in mine:
            holds = holds & condition.met
        levels = np.where(holds, float(band.level), levels)
        conditions += mine
    return NodeLevels(
        node, levels, {band.level: band.name for band in scheme.bands}, tuple(conditions)
    )


def _start(node: str, scheme: LevelScheme, band: Band, own: Floats) -> list[Condition]:
    if band.start is None:
        return []
    compare = Comparison.AT_LEAST if scheme.inclusive is Inclusive.LOWER else Comparison.ABOVE
    judged = own / scheme.maximum[node] if node in scheme.maximum else own
    met = _holds(compare, judged, band.start)
    return [Condition(band.level, "from", (node,), compare.value, band.start, judged, met)]


def _gate(
    band: Band,
    gate: Gate,
    node: str,
    scores: Mapping[str, Floats],
    known: tuple[Mapping[str, NodeLevels], Mapping[str, Sequence[str]]],
) -> Condition:
    found, children = known
    nodes = _nodes_of(gate, node, children)
    details: dict[str, Any] = {"level": band.level, "kind": gate.kind.value, "nodes": nodes}
    if gate.kind is GateKind.SCORE:
        values, compare, needed = scores[nodes[0]], gate.compare, gate.value
    elif gate.kind is GateKind.LEVEL:
        values, compare, needed = found[nodes[0]].levels, Comparison.AT_LEAST, float(gate.level)
        details["reached"] = gate.level
    else:
        values = np.sum([found[code].levels >= gate.level for code in nodes], axis=0).astype(float)
        compare = Comparison.AT_LEAST
        needed = float(len(nodes) if gate.at_least is None else gate.at_least)
        details["reached"] = gate.level
    met = _holds(compare, values, needed)
    return Condition(**details, compare=compare.value, needed=needed, values=values, met=met)


def _holds(compare: Comparison, values: Floats, needed: float) -> Flags:
    bound = significant(np.array(needed))
    return np.asarray(_COMPARE[compare](significant(values), bound), dtype=np.bool_)


_COMPARE: Final[Mapping[Comparison, Callable[[Any, Any], Any]]] = {
    Comparison.ABOVE: operator.gt,
    Comparison.AT_LEAST: operator.ge,
    Comparison.BELOW: operator.lt,
    Comparison.AT_MOST: operator.le,
}
