"""Levels, ranking and boundary merges: what they name exists and leads nowhere in a circle."""

from collections.abc import Iterator

from analytics.definitions.checking.places import error, placed_nodes, repeated
from analytics.definitions.model import IndexDefinition, NodeDefinition
from analytics.definitions.problems import Problem
from analytics.definitions.specs import Boundary, Gate, LevelScheme
from analytics.definitions.vocabulary import GateKind, MergeRule


def rule_problems(definition: IndexDefinition) -> Iterator[Problem]:
    """What levels and merges name that is not there, in no order, or in a circle."""
    nodes = {node.code: node for node, _ in placed_nodes(definition)}
    schemed = [code for scheme in definition.levels for code in scheme.nodes]
    twice = repeated(schemed)
    for number, scheme in enumerate(definition.levels):
        path = f"$.levels[{number}]"
        for code in scheme.nodes:
            if code not in nodes:
                yield error("node_unknown", f"{path}.nodes", f"No node {code!r}.")
            if code in twice:
                yield error("levels_twice", f"{path}.nodes", f"{code} has levels already.")
        yield from _bands(scheme, path)
        yield from _gates(scheme, path, nodes, set(schemed))
    yield from _circles(definition, nodes)
    yield from _boundaries(definition, set(nodes))


def _bands(scheme: LevelScheme, path: str) -> Iterator[Problem]:
    if not scheme.bands:
        yield error("bands_missing", f"{path}.bands", "At least one level.")
        return
    levels = [band.level for band in scheme.bands]
    if levels != sorted(set(levels)):
        yield error("bands_unordered", f"{path}.bands", "Levels rise from band to band.")
    starts = [band.start for band in scheme.bands if band.start is not None]
    if starts != sorted(set(starts)):
        yield error("bands_unordered", f"{path}.bands", "Each begins above the one before.")
    for code, most in scheme.maximum.items():
        if most <= 0:
            yield error("maximum_zero", f"{path}.maximum.{code}", "The most points are above 0.")


def _gates(
    scheme: LevelScheme, path: str, nodes: dict[str, NodeDefinition], schemed: set[str]
) -> Iterator[Problem]:
    for at, band in enumerate(scheme.bands):
        for number, gate in enumerate(band.gates):
            place = f"{path}.bands[{at}].gates[{number}]"
            yield from _gate(scheme, gate, place, nodes, schemed)


def _gate(
    scheme: LevelScheme,
    gate: Gate,
    path: str,
    nodes: dict[str, NodeDefinition],
    schemed: set[str],
) -> Iterator[Problem]:
    named = _named(scheme, gate, nodes)
    for code in sorted(named - set(nodes)):
        yield error("node_unknown", path, f"No node {code!r}.")
    if gate.kind is GateKind.SCORE:
        return
    for code in sorted((named & set(nodes)) - schemed):
        yield error("levels_missing", path, f"{code} has no levels.")
    if gate.at_least is not None and gate.at_least > len(named):
        yield error("count_too_large", f"{path}.at_least", "More than there are nodes.")


def _named(scheme: LevelScheme, gate: Gate, nodes: dict[str, NodeDefinition]) -> set[str]:
    if gate.kind is not GateKind.COUNT:
        return {gate.node}
    if gate.nodes:
        return set(gate.nodes)
    return {
        child.code
        for code in scheme.nodes
        if code in nodes
        for child in nodes[code].children
        if isinstance(child, NodeDefinition)
    }


def _circles(definition: IndexDefinition, nodes: dict[str, NodeDefinition]) -> Iterator[Problem]:
    needs: dict[str, set[str]] = {}
    for scheme in definition.levels:
        gates = [gate for band in scheme.bands for gate in band.gates]
        wanted = [_named(scheme, gate, nodes) for gate in gates if gate.kind is not GateKind.SCORE]
        for code in scheme.nodes:
            needs[code] = set().union(*wanted)
    for number, scheme in enumerate(definition.levels):
        if any(code in _reached(code, needs) for code in scheme.nodes):
            yield error("cycle", f"$.levels[{number}]", "A level waits for itself.")


def _reached(start: str, needs: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    ahead = list(needs.get(start, ()))
    while ahead:
        code = ahead.pop()
        if code not in seen:
            seen.add(code)
            ahead += needs.get(code, ())
    return seen


def _boundaries(definition: IndexDefinition, nodes: set[str]) -> Iterator[Problem]:
    merged = {boundary.into for boundary in definition.boundaries}
    twice = repeated(code for each in definition.boundaries for code in each.sources)
    for number, boundary in enumerate(definition.boundaries):
        yield from _boundary(boundary, f"$.boundaries[{number}]", nodes, merged, twice)


def _boundary(
    boundary: Boundary, path: str, nodes: set[str], merged: set[str], twice: set[str]
) -> Iterator[Problem]:
    if not boundary.sources:
        yield error("sources_missing", f"{path}.from", "Name the units it came of.")
    for code in boundary.sources:
        if code in twice:
            yield error("source_twice", f"{path}.from", f"{code} goes into two units.")
        if code in merged and code != boundary.into:
            yield error("cycle", f"{path}.from", f"{code} came of a merge itself.")
    if boundary.rule is MergeRule.WEIGHTED and not boundary.weight:
        yield error("weight_missing", f"{path}.weight", "Name the column of the weights.")
    for code in boundary.nodes:
        if code not in nodes:
            yield error("node_unknown", f"{path}.nodes", f"No node {code!r}.")
