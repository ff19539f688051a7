"""A definition as the things that it speaks of, each with what is said of it: what is compared."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter

from analytics.definitions.model import IndexDefinition, IndicatorDefinition, NodeDefinition
from analytics.definitions.specs import (
    Band,
    Boundary,
    GroupWeighting,
    Imputation,
    LevelScheme,
    Normalisation,
    Treatment,
)
from analytics.definitions.vocabulary import Direction
from analytics.definitions.writing import write, write_whole

Place = tuple[str, ...]
"""What is said, by its keys: ``("imputation", "method")``."""

ABOVE: Final[Place] = ("above",)
"""The node that something stands below."""
WEIGHT: Final[Place] = ("weight",)

_OF_THINGS: Final = ("indicators", "tree", "support", "levels", "boundaries")
_OPTIONAL: Final[Mapping[str, Any]] = {
    "imputation": Imputation,
    "treatment": Treatment,
    "normalisation": Normalisation,
}


class Sort(StrEnum):
    """What a definition speaks of."""

    WHOLE = "whole"
    NODE = "node"
    INDICATOR = "indicator"
    PLACE = "place"
    """An indicator at a node beside the tree."""
    SCHEME = "scheme"
    LEVEL = "level"
    BOUNDARY = "boundary"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing. ``said`` holds texts, figures and lists, without what says nothing.

    ``above`` is the code of what it stands below, empty at a root; ``below`` are the codes of what
    stands below it, in order.
    """

    sort: Sort
    code: str
    said: Mapping[Place, Any]
    above: str = ""
    below: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


Key = tuple[Sort, str, str, int]
"""By which a thing of two definitions is the same; the number tells namesakes of a draft apart."""


def things(definition: IndexDefinition) -> dict[Key, Thing]:
    """Everything in the order in which people read it: the whole, the tree from the root down, what
    stands beside it, indicators without a place, levels, boundaries. Defaults count as said.
    """
    found: dict[Key, Thing] = {}
    seen: Counter[tuple[Sort, str, str]] = Counter()
    whole = write_whole(definition)
    whole["uncertainty"] = _tried(whole["uncertainty"], write(definition).get("uncertainty", {}))
    for thing in _all(whole):
        same = _same(thing)
        found[*same, seen[same]] = thing
        seen[same] += 1
    return found


@cache
def unsaid(sort: Sort) -> Mapping[Place, Any]:
    """What counts as said of a new thing where nothing is written."""
    match sort:
        case Sort.NODE:
            node = _dumped(NodeDefinition, NodeDefinition(code="-", children=()))
            return _said(node, without=("code", "children")) | _weighted(None, [])
        case Sort.INDICATOR:
            indicator = _dumped(
                IndicatorDefinition, IndicatorDefinition(code="-", direction=Direction.UP)
            )
            return _said(indicator, without=("code", "direction")) | {WEIGHT: 1.0}
        case Sort.SCHEME:
            return _said(_dumped(LevelScheme, LevelScheme(nodes=(), bands=())))
        case Sort.LEVEL:
            return _said(_dumped(Band, Band(level=0)), without=("level",))
        case Sort.BOUNDARY:
            return _said(_dumped(Boundary, Boundary(into="-", sources=())), without=("into",))
        case _:
            return {}


def _dumped(model: type[Any], value: Any) -> dict[str, Any]:
    dumped: dict[str, Any] = TypeAdapter(model).dump_python(value, mode="json", by_alias=True)
    return dumped


@cache
def _left(model: type[Any]) -> Mapping[str, Any]:
    """What is said where a rule is left to that for all: it has no method."""
    return _dumped(model, model()) | {"method": None}


def _tried(whole: Mapping[str, Any], short: Mapping[str, Any]) -> dict[str, Any]:
    """What a test of uncertainty varies; each way that it tries without what is so by default."""
    ways = {
        key: [
            {"method": entire["method"]} | brief
            for entire, brief in zip(whole[key], short.get(key, ()), strict=True)
        ]
        for key in ("normalisation", "aggregation")
    }
    return {**whole, **ways}


def _same(thing: Thing) -> tuple[Sort, str, str]:
    match thing.sort:
        case Sort.WHOLE:
            return (thing.sort, "", "")
        case Sort.PLACE | Sort.LEVEL:
            return (thing.sort, thing.code, thing.above)
        case _:
            # A node or an indicator stays itself wherever it stands.
            return (thing.sort, thing.code, "")


def _all(whole: Mapping[str, Any]) -> Iterator[Thing]:
    weighting = dict(whole["weighting"])
    by_node = dict(weighting.pop("by_node"))
    indicators = {each["code"]: each for each in whole["indicators"]}
    nodes = list(_nodes(whole, indicators, by_node))
    known = {thing.code for thing in nodes if thing.sort is Sort.NODE}
    weighting["by_node"] = {code: each for code, each in by_node.items() if code not in known}
    said = _said({**whole, "weighting": weighting}, without=_OF_THINGS)
    yield Thing(Sort.WHOLE, whole["code"], said, below=tuple(indicators), names=whole["name"])
    yield from nodes
    placed = {thing.code for thing in nodes if thing.sort is Sort.INDICATOR}
    for each in whole["indicators"]:
        if each["code"] not in placed:
            yield _indicator(each, {}, "")
    for scheme in whole["levels"]:
        yield from _levels(scheme)
    for boundary in whole["boundaries"]:
        yield Thing(Sort.BOUNDARY, boundary["into"], _said(boundary, without=("into",)))


def _nodes(
    whole: Mapping[str, Any],
    indicators: Mapping[str, Mapping[str, Any]],
    by_node: Mapping[str, Any],
) -> Iterator[Thing]:
    """The nodes and leaves of the tree, then of what stands beside it; parents first."""
    for root in (whole["tree"], *whole["support"]):
        waiting: list[tuple[Mapping[str, Any], str]] = [(root, "")]
        while waiting:
            node, above = waiting.pop()
            if "children" in node:
                yield _node(node, above, by_node.get(node["code"]))
                waiting.extend((child, node["code"]) for child in reversed(node["children"]))
            elif root is whole["tree"]:
                yield _indicator(indicators.get(node["indicator"], {}), node, above)
            else:
                yield _place(indicators.get(node["indicator"], {}), node, above)


def _node(node: Mapping[str, Any], above: str, weights: Mapping[str, Any] | None) -> Thing:
    below = [child.get("indicator") or child["code"] for child in node["children"]]
    # Nothing stands beside a root, so its weight says nothing.
    without = ("code", "children") if above else ("code", "children", "weight")
    said = _said(node, without=without) | _weighted(weights, below)
    if above:
        said[ABOVE] = above
    return Thing(Sort.NODE, node["code"], said, above, tuple(below), node["name"])


def _place(own: Mapping[str, Any], leaf: Mapping[str, Any], above: str) -> Thing:
    said = {WEIGHT: leaf["weight"]}
    return Thing(Sort.PLACE, leaf["indicator"], said, above, (), own.get("name", {}))


def _indicator(own: Mapping[str, Any], leaf: Mapping[str, Any], above: str) -> Thing:
    code = leaf.get("indicator") or own["code"]
    said = _said(own, without=("code",))
    if leaf:
        said |= {ABOVE: above, WEIGHT: leaf["weight"]}
    return Thing(Sort.INDICATOR, code, said, above, (), own.get("name", {}))


def _levels(scheme: Mapping[str, Any]) -> Iterator[Thing]:
    code = ", ".join(scheme["nodes"])
    yield Thing(Sort.SCHEME, code, _said(scheme, without=("nodes", "bands")))
    for band in scheme["bands"]:
        said = _said(band, without=("level",))
        yield Thing(Sort.LEVEL, str(band["level"]), said, code, (), band["name"])


def _weighted(group: Mapping[str, Any] | None, children: Sequence[str]) -> dict[Place, Any]:
    """How the children of a node get their weights; experts and pairs by the codes of children."""
    stated = dict(group or _left(GroupWeighting))
    matrix, experts = stated.pop("matrix", ()), stated.pop("experts", ())
    said = {("weighting", *place): value for place, value in _said(stated).items()}
    said |= {("weighting", "matrix", *pair): value for pair, value in _pairs(matrix, children)}
    for number, expert in enumerate(experts, start=1):
        at = ("weighting", "experts", expert["name"] or str(number))
        said |= {(*at, "points", code): points for code, points in expert["points"].items()}
        said |= {
            (*at, "matrix", *pair): value for pair, value in _pairs(expert["matrix"], children)
        }
    return said


def _pairs(
    matrix: Sequence[Sequence[float]], children: Sequence[str]
) -> Iterator[tuple[tuple[str, str], float]]:
    """The comparisons above the diagonal: those below are their inverses."""
    for row, one in enumerate(children[: len(matrix)]):
        for column in range(row + 1, min(len(children), len(matrix[row]))):
            yield (one, children[column]), matrix[row][column]


def _said(stated: Mapping[str, Any], without: Sequence[str] = ()) -> dict[Place, Any]:
    kept = {key: value for key, value in stated.items() if key not in without}
    return dict(_flat(kept, ()))


def _flat(stated: Mapping[str, Any], at: Place) -> Iterator[tuple[Place, Any]]:
    for key, value in stated.items():
        held = _left(_OPTIONAL[key]) if value is None and key in _OPTIONAL else value
        if isinstance(held, Mapping):
            yield from _flat(held, (*at, key))
        elif held is not None and held not in ("", []):
            yield (*at, key), held
