"""What levels take, one condition a row of the sheet of levels."""

from collections.abc import Iterator
from dataclasses import dataclass

from analytics.definitions import IndexDefinition
from analytics.definitions.specs import Band, Gate, LevelScheme
from analytics.definitions.vocabulary import Comparison, GateKind, Inclusive
from exporters.books.assessment.contents import children_of


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of one level of one node; ``row`` on the sheet of levels."""

    row: int
    node: str
    band: Band
    kind: str
    nodes: tuple[str, ...]
    compare: str
    needed: float | None
    reached: int | None = None


def conditions_of(definition: IndexDefinition, first: int) -> tuple[Condition, ...]:
    """Every condition in its row from ``first`` on: by node, from the lowest level up. A level without any has a row too."""
    children = {node.code: children_of(node) for node in definition.nodes()}
    codes = set(children)
    found: list[Condition] = []
    for scheme in definition.levels:
        for node in scheme.nodes:
            below = tuple(code for code in children[node] if code in codes)
            for band in sorted(scheme.bands, key=lambda each: each.level):
                for made in _of_band(node, scheme, band, below):
                    found.append(Condition(first + len(found), node, band, *made))
    return tuple(found)


Made = tuple[str, tuple[str, ...], str, float | None, int | None]


def _of_band(node: str, scheme: LevelScheme, band: Band, below: tuple[str, ...]) -> Iterator[Made]:
    if band.start is not None:
        lower = scheme.inclusive is Inclusive.LOWER
        compare = Comparison.AT_LEAST if lower else Comparison.ABOVE
        yield "from", (node,), compare.value, band.start, None
    for gate in band.gates:
        yield _of_gate(node, gate, below)
    if band.start is None and not band.gates:
        yield "always", (), "", None, None


def _of_gate(node: str, gate: Gate, below: tuple[str, ...]) -> Made:
    at_least = Comparison.AT_LEAST.value
    match gate.kind:
        case GateKind.SCORE:
            return "score", (gate.node or node,), gate.compare.value, gate.value, None
        case GateKind.LEVEL:
            return "level", (gate.node or node,), at_least, float(gate.level), None
    nodes = gate.nodes or below
    needed = len(nodes) if gate.at_least is None else gate.at_least
    return "count", nodes, at_least, float(needed), gate.level
