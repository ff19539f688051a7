"""Where a series breaks: what two rounds do not have in common, and an index of what they have."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from pydantic import TypeAdapter

from analytics.definitions.bounds import goalposts_of, normalisation_of
from analytics.definitions.formulas import names_in, parse_formula
from analytics.definitions.model import (
    IndexDefinition,
    IndicatorDefinition,
    Leaf,
    NodeDefinition,
)
from analytics.definitions.specs import Boundary, GroupWeighting, Weighting
from analytics.definitions.vocabulary import NormalisationMethod, SourceKind, WeightingMethod

RELATIVE: Final = frozenset(NormalisationMethod) - {
    NormalisationMethod.GOALPOSTS,
    NormalisationMethod.SCALED,
    NormalisationMethod.BANDS,
    NormalisationMethod.POINTS,
}
"""Normalisations that ask the other units: a value moves when they do."""

FROM_DATA: Final = frozenset({WeightingMethod.ENTROPY, WeightingMethod.PCA, WeightingMethod.CRITIC})
TOLERANCE: Final = 1e-12


class BreakKind(StrEnum):
    """What is not the same in both rounds. ``code`` of a break names where."""

    INDICATOR_ADDED = "indicator_added"
    INDICATOR_DROPPED = "indicator_dropped"
    MOVED = "moved"
    MEASURED_OTHERWISE = "measured_otherwise"
    DIRECTION = "direction"
    GOALPOSTS = "goalposts"
    NORMALISATION = "normalisation"
    RELATIVE = "relative"
    MISSING = "missing"
    TREATMENT = "treatment"
    WEIGHTS = "weights"
    AGGREGATION = "aggregation"
    SCALE = "scale"
    LEVELS = "levels"
    UNIT_ADDED = "unit_added"
    UNIT_DROPPED = "unit_dropped"
    BOUNDARY = "boundary"


@dataclass(frozen=True, slots=True)
class Break:
    """One difference; ``before`` and ``after`` are compact JSON, empty where there was nothing."""

    kind: BreakKind
    code: str
    before: str = ""
    after: str = ""


class NothingInCommon(ValueError):
    """The two definitions have no indicator in common."""


def definition_breaks(before: IndexDefinition, after: IndexDefinition) -> tuple[Break, ...]:
    """Every difference between two definitions that keeps their scores from being compared.

    A normalisation that asks the other units, and weights that the data give, break a series
    even when their rule stays: they are flagged as ``RELATIVE``, at the indicator or the node.
    Weights are compared as shares among the children that both rounds have, to 1e-12.
    """
    return (
        *_indicators_come_and_gone(before, after),
        *_indicator_breaks(before, after),
        *_node_breaks(before, after),
        *_differing(BreakKind.SCALE, "", before.scale, after.scale),
        *_differing(BreakKind.LEVELS, "", before.levels, after.levels),
    )


def unit_breaks(
    before: Collection[str], after: Collection[str], boundaries: Sequence[Boundary] = ()
) -> tuple[Break, ...]:
    """Units of one round only, and units that came of others between the rounds.

    A unit of ``after`` that a boundary makes of units of ``before`` is one ``BOUNDARY``, and
    neither it nor those that went into it are said to be added or dropped. Where the same unit
    stands in both rounds and took others in, that is a ``BOUNDARY`` as well.
    """
    old, new = set(before), set(after)
    merges = [each for each in boundaries if each.into in new and old & set(each.sources)]
    into = {each.into for each in merges}
    gone = {unit for each in merges for unit in each.sources}
    return (
        *(
            Break(BreakKind.BOUNDARY, each.into, _text(list(each.sources)), _text(each.into))
            for each in merges
            if set(each.sources) != {each.into}
        ),
        *(Break(BreakKind.UNIT_ADDED, unit) for unit in after if unit not in old | into),
        *(Break(BreakKind.UNIT_DROPPED, unit) for unit in before if unit not in new | gone),
    )


def common_definition(before: IndexDefinition, after: IndexDefinition) -> IndexDefinition:
    """The later definition, kept to the indicators that both trees have.

    Computed over the rows of both rounds together, it puts them on one scale. Nodes without an
    indicator go; levels go as well, because their bands were set for the whole. An AHP matrix is
    cut to the children that stay; an indicator that a formula reads stays outside of the tree.
    Raises NothingInCommon.
    """
    shared = _leaf_codes(before) & _leaf_codes(after)
    tree = _kept(after.tree, shared)
    if tree is None:
        raise NothingInCommon("The two definitions have no indicator in common.")
    needed = _needed(after, shared)
    return replace(
        after,
        indicators=tuple(each for each in after.indicators if each.code in needed),
        tree=tree,
        support=tuple(node for root in after.support if (node := _kept(root, shared))),
        weighting=_kept_weighting(after, tree),
        levels=(),
    )


def _leaf_codes(definition: IndexDefinition) -> set[str]:
    return {leaf.code for leaf in definition.tree.leaves()}


def _needed(definition: IndexDefinition, indicators: Collection[str]) -> set[str]:
    """The indicators and all that their formulas read."""
    by_code = definition.by_code()
    needed: set[str] = set()
    waiting = list(indicators)
    while waiting:
        indicator = by_code.get(waiting.pop())
        if indicator is None or indicator.code in needed:
            continue
        needed.add(indicator.code)
        if indicator.source.kind is SourceKind.FORMULA:
            waiting += names_in(parse_formula(indicator.source.expression))
    return needed


def _indicators_come_and_gone(before: IndexDefinition, after: IndexDefinition) -> Iterator[Break]:
    old, new = _leaf_codes(before), _leaf_codes(after)
    for leaf in after.tree.leaves():
        if leaf.code not in old:
            yield Break(BreakKind.INDICATOR_ADDED, leaf.code)
    for leaf in before.tree.leaves():
        if leaf.code not in new:
            yield Break(BreakKind.INDICATOR_DROPPED, leaf.code)


def _indicator_breaks(before: IndexDefinition, after: IndexDefinition) -> Iterator[Break]:
    old, new = before.by_code(), after.by_code()
    places, moved = _parents(before.tree), _parents(after.tree)
    for leaf in after.tree.leaves():
        code = leaf.code
        if code not in places:
            continue
        yield from _differing(BreakKind.MOVED, code, places[code], moved[code])
        one, other = old[code], new[code]
        yield from _differing(BreakKind.DIRECTION, code, one.direction, other.direction)
        for kind, part in _PARTS.items():
            yield from _differing(kind, code, part(before, one), part(after, other))
        if (
            normalisation_of(after, other).method in RELATIVE
            and normalisation_of(before, one).method in RELATIVE
        ):
            yield Break(BreakKind.RELATIVE, code)


def _measured(_: IndexDefinition, indicator: IndicatorDefinition) -> Any:
    return [indicator.source, indicator.column, indicator.denominator, indicator.range]


def _goalposts(definition: IndexDefinition, indicator: IndicatorDefinition) -> Any:
    """What the value is measured against, as far as its normalisation asks for it."""
    rule = normalisation_of(definition, indicator)
    match rule.method:
        case NormalisationMethod.GOALPOSTS:
            return goalposts_of(indicator, rule)
        case NormalisationMethod.DISTANCE_TO_TARGET:
            return rule.target if indicator.target is None else indicator.target
        case NormalisationMethod.DISTANCE_TO_REFERENCE:
            return indicator.reference or rule.reference
        case _:
            return None


def _normalised_by(definition: IndexDefinition, indicator: IndicatorDefinition) -> Any:
    rule = normalisation_of(definition, indicator)
    return replace(rule, goalposts=None, target=None, reference="")


def _missing(definition: IndexDefinition, indicator: IndicatorDefinition) -> Any:
    return [
        indicator.imputation or definition.missing.imputation,
        indicator.not_applicable or definition.missing.not_applicable,
    ]


def _treatment(definition: IndexDefinition, indicator: IndicatorDefinition) -> Any:
    return indicator.treatment or definition.treatment


_PARTS: Final = {
    BreakKind.MEASURED_OTHERWISE: _measured,
    BreakKind.GOALPOSTS: _goalposts,
    BreakKind.NORMALISATION: _normalised_by,
    BreakKind.MISSING: _missing,
    BreakKind.TREATMENT: _treatment,
}


def _node_breaks(before: IndexDefinition, after: IndexDefinition) -> Iterator[Break]:
    old = {node.code: node for node in before.tree.walk()}
    for node in after.tree.walk():
        was = old.get(node.code)
        if was is None:
            continue
        yield from _differing(BreakKind.AGGREGATION, node.code, was.aggregation, node.aggregation)
        rules = _group(before, node.code), _group(after, node.code)
        yield from _differing(BreakKind.WEIGHTS, node.code, *rules)
        if rules[0].method is rules[1].method:
            yield from _weight_breaks(was, node, rules[1].method)


def _weight_breaks(
    was: NodeDefinition, node: NodeDefinition, method: WeightingMethod
) -> Iterator[Break]:
    if method in FROM_DATA:
        yield Break(BreakKind.RELATIVE, node.code)
    if method is not WeightingMethod.GIVEN:
        return
    shared = {child.code for child in was.children} & {child.code for child in node.children}
    one, other = _shares(was, shared), _shares(node, shared)
    for code in other:
        if abs(one[code] - other[code]) > TOLERANCE:
            yield Break(BreakKind.WEIGHTS, code, _text(one[code]), _text(other[code]))


def _shares(node: NodeDefinition, among: Collection[str]) -> dict[str, float]:
    weights = {child.code: child.weight for child in node.children if child.code in among}
    total = sum(weights.values())
    return {code: weight / total if total else 0.0 for code, weight in weights.items()}


def _group(definition: IndexDefinition, node: str) -> GroupWeighting:
    weighting = definition.weighting
    return weighting.by_node.get(node) or GroupWeighting(method=weighting.method)


def _parents(node: NodeDefinition) -> dict[str, str]:
    found = {}
    for child in node.children:
        if isinstance(child, Leaf):
            found[child.code] = node.code
        else:
            found |= _parents(child)
    return found


def _kept(node: NodeDefinition, indicators: Collection[str]) -> NodeDefinition | None:
    children: list[Leaf | NodeDefinition] = []
    for child in node.children:
        if isinstance(child, Leaf):
            children += [child] if child.code in indicators else []
        elif below := _kept(child, indicators):
            children.append(below)
    return replace(node, children=tuple(children)) if children else None


def _kept_weighting(after: IndexDefinition, tree: NodeDefinition) -> Weighting:
    """What was said of a node, about the children that it still has."""
    old = {node.code: [child.code for child in node.children] for node in after.nodes()}
    kept = {node.code: [child.code for child in node.children] for node in tree.walk()}
    return replace(
        after.weighting,
        by_node={
            code: _kept_group(rule, [old[code].index(child) for child in kept[code]], kept[code])
            for code, rule in after.weighting.by_node.items()
            if code in kept
        },
    )


def _kept_group(
    rule: GroupWeighting, places: Sequence[int], codes: Collection[str]
) -> GroupWeighting:
    return replace(
        rule,
        matrix=_cut(rule.matrix, places),
        experts=tuple(
            replace(
                expert,
                matrix=_cut(expert.matrix, places),
                points={code: share for code, share in expert.points.items() if code in codes},
            )
            for expert in rule.experts
        ),
    )


def _cut(matrix: Sequence[Sequence[float]], places: Sequence[int]) -> tuple[tuple[float, ...], ...]:
    return (
        tuple(tuple(matrix[row][column] for column in places) for row in places) if matrix else ()
    )


def _differing(kind: BreakKind, code: str, before: Any, after: Any) -> Iterator[Break]:
    if before != after:
        yield Break(kind, code, _text(before), _text(after))


def _text(value: Any) -> str:
    plain = _ANYTHING.dump_python(value, mode="json", by_alias=True)
    return "" if plain is None else json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


_ANYTHING: Final = TypeAdapter[Any](Any)
