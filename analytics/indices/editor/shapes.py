"""The tree of a document, also of one that is not quite right yet."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import get_language

from analytics.indices.editor.places import Place, value_at
from surveys.engine import text_in


def is_leaf(child: Any) -> bool:
    """Whether a child names an indicator."""
    return isinstance(child, Mapping) and "indicator" in child


def code_of(child: Any) -> str:
    """The code of a node or of a leaf's indicator."""
    if not isinstance(child, Mapping):
        return ""
    return str(child.get("indicator") or child.get("code") or "")


def name_in_words(child: Any) -> str:
    """What a node is called in the reader's language; the code of a leaf, or of a node without a name."""
    names = child.get("name") if isinstance(child, Mapping) else None
    words = text_in(names, get_language() or "vi") if isinstance(names, Mapping) else ""
    return words or code_of(child)


def children_named(document: Mapping[str, Any], node: Any) -> dict[str, str]:
    """What stands directly below by code, in order, with what each is called in the reader's language."""
    indicators = {code_of(each): each for each in value_at(document, ("indicators",), [])}
    return {
        code_of(child): name_in_words(
            indicators.get(code_of(child), child) if is_leaf(child) else child
        )
        for child in children_of(node)
    }


def children_of(node: Any) -> list[Any]:
    """What stands directly below."""
    children = node.get("children") if isinstance(node, Mapping) else None
    return children if isinstance(children, list) else []


def placed(document: Mapping[str, Any]) -> Iterator[tuple[Place, Any, int]]:
    """Every node and leaf with its place and depth, parents first: the tree, then what is beside it."""
    yield from _below(value_at(document, ("tree",), {}), ("tree",), 0)
    for number, node in enumerate(value_at(document, ("support",), [])):
        yield from _below(node, ("support", number), 0)


def nodes_in(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Every node, parents first."""
    return [each for _place, each, _depth in placed(document) if not is_leaf(each)]


def used(document: Mapping[str, Any]) -> set[str]:
    """The indicators that stand somewhere in the tree."""
    return {code_of(each) for _place, each, _depth in placed(document) if is_leaf(each)}


def indicator_codes(document: Mapping[str, Any]) -> list[str]:
    """The codes of the indicators, in order."""
    return [str(each.get("code", "")) for each in value_at(document, ("indicators",), [])]


def _below(node: Any, place: Place, depth: int) -> Iterator[tuple[Place, Any, int]]:
    yield place, node, depth
    for number, child in enumerate(children_of(node)):
        yield from _below(child, (*place, "children", number), depth + 1)
