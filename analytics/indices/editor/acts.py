"""Acts that change the shape of a draft. Each gives a new document; one that leads nowhere, the same."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any, Final

from analytics.indices.editor.experts import renamed
from analytics.indices.editor.places import Place, name_of, value_at
from analytics.indices.editor.shapes import (
    children_of,
    code_of,
    indicator_codes,
    is_leaf,
    nodes_in,
    placed,
)

Document = dict[str, Any]

SEPARATOR: Final = " "


def done(document: Mapping[str, Any], act: str, target: str = "", extra: str = "") -> Document:
    """The document after the act: ``act`` names it and its place (``"remove $.indicators[3]"``).

    ``target`` is the path that something is moved to, ``extra`` the indicator that is placed.
    """
    copy = deepcopy(dict(document))
    name, _separator, path = act.partition(SEPARATOR)
    if name == "move":
        _move_to(copy, path, target)
    elif name == "leaf":
        _add_child(copy, path, {"indicator": extra} if extra else None)
    elif name in _ON_PLACE:
        place = _places(copy).get(path)
        if place is not None:
            _ON_PLACE[name](copy, place)
    elif name in _ON_DOCUMENT:
        _ON_DOCUMENT[name](copy)
    return copy


def with_indicators(
    document: Mapping[str, Any], indicators: Sequence[Mapping[str, Any]]
) -> Document:
    """The document with more indicators; one whose code is there already is passed over."""
    copy = deepcopy(dict(document))
    known = set(indicator_codes(copy))
    copy.setdefault("indicators", []).extend(
        dict(each) for each in indicators if each["code"] not in known
    )
    return copy


def with_names_followed(before: Mapping[str, Any], document: Mapping[str, Any]) -> Document:
    """The document in which everything that named an indicator or node by its old code names the new.

    Both have the same shape.
    """
    copy = deepcopy(dict(document))
    leaves = {
        old: new
        for old, new in zip(indicator_codes(before), indicator_codes(copy), strict=True)
        if old != new
    }
    nodes = {
        code_of(old): code_of(new)
        for old, new in zip(nodes_in(before), nodes_in(copy), strict=True)
        if code_of(old) != code_of(new)
    }
    for _place, node, _depth in placed(copy):
        if is_leaf(node) and node["indicator"] in leaves:
            node["indicator"] = leaves[node["indicator"]]
    for group in value_at(copy, ("weighting", "by_node"), {}).values():
        renamed(group, {**leaves, **nodes})
    if nodes:
        _rename_nodes(copy, nodes)
    return copy


def _places(document: Mapping[str, Any]) -> dict[str, Place]:
    """Everything that can be moved and removed, by its path."""
    found: list[Place] = [place for place, _node, _depth in placed(document)]
    found += [("indicators", n) for n in range(len(document.get("indicators", ())))]
    for scheme, stored in enumerate(value_at(document, ("levels",), [])):
        found.append(("levels", scheme))
        for band, held in enumerate(value_at(stored, ("bands",), [])):
            at: Place = ("levels", scheme, "bands", band)
            found.append(at)
            gates = range(len(value_at(held, ("gates",), [])))
            found += [(*at, "gates", gate) for gate in gates]
    found += [("boundaries", n) for n in range(len(value_at(document, ("boundaries",), [])))]
    for code, group in value_at(document, ("weighting", "by_node"), {}).items():
        node: Place = ("weighting", "by_node", code)
        found.append(node)
        found += [(*node, "experts", n) for n in range(len(value_at(group, ("experts",), [])))]
    return {name_of(place): place for place in found}


def _remove(document: Document, place: Place) -> None:
    siblings, number = value_at(document, place[:-1]), place[-1]
    if not isinstance(siblings, list) or not isinstance(number, int):
        return
    gone = siblings.pop(number)
    if place[0] == "indicators":
        _forget_leaf(document, code_of(gone))


def _forget_leaf(document: Document, code: str) -> None:
    for _place, node, _depth in list(placed(document)):
        children = children_of(node)
        children[:] = [each for each in children if not (is_leaf(each) and code_of(each) == code)]


def _up(document: Document, place: Place) -> None:
    _swap(document, place, -1)


def _down(document: Document, place: Place) -> None:
    _swap(document, place, +1)


def _swap(document: Document, place: Place, by: int) -> None:
    siblings, number = value_at(document, place[:-1]), place[-1]
    if not isinstance(siblings, list) or not isinstance(number, int):
        return
    other = number + by
    if 0 <= other < len(siblings):
        siblings[number], siblings[other] = siblings[other], siblings[number]


def _add_node(document: Document, place: Place) -> None:
    taken = {code_of(each) for _place, each, _depth in placed(document)}
    node = {"code": _free("n", taken), "name": {}, "children": []}
    value_at(document, place).setdefault("children", []).append(node)


def _add_child(document: Document, path: str, child: Mapping[str, Any] | None) -> None:
    place = _places(document).get(path)
    parent = value_at(document, place) if place else None
    if child is not None and isinstance(parent, dict) and not is_leaf(parent):
        parent.setdefault("children", []).append(dict(child))


def _move_to(document: Document, path: str, target: str) -> None:
    places = _places(document)
    place, to = places.get(path), places.get(target)
    if place is None or to is None or to[: len(place)] == place or len(place) < 3:
        return
    parent = value_at(document, to)
    if is_leaf(parent) or place[:-2] == to:
        return
    siblings, number = value_at(document, place[:-1]), place[-1]
    assert isinstance(number, int), "a child has a number"
    parent.setdefault("children", []).append(siblings[number])
    # What moves is taken out last: before that, every place still is what it was.
    del siblings[number]


def _add_indicator(document: Document) -> None:
    indicators = document.setdefault("indicators", [])
    code = _free("i", set(indicator_codes(document)))
    indicators.append({"code": code, "name": {}, "direction": "up", "source": {"kind": "column"}})


def _add_scheme(document: Document) -> None:
    root = code_of(value_at(document, ("tree",), {}))
    document.setdefault("levels", []).append(
        {"nodes": [root], "bands": [{"level": 1, "name": {}, "from": 0}]}
    )


def _add_band(document: Document, place: Place) -> None:
    bands = value_at(document, place).setdefault("bands", [])
    bands.append({"level": len(bands) + 1, "name": {}})


def _add_gate(document: Document, place: Place) -> None:
    gates = value_at(document, place).setdefault("gates", [])
    gates.append({"kind": "count", "level": 1})


def _add_boundary(document: Document) -> None:
    boundaries = document.setdefault("boundaries", [])
    taken = {str(value_at(each, ("into",), "")) for each in boundaries}
    boundaries.append({"into": _free("u", taken), "from": []})


def _add_expert(document: Document, place: Place) -> None:
    group = value_at(document, place)
    if isinstance(group, dict) and place[:2] == ("weighting", "by_node"):
        group.setdefault("experts", []).append({"points": {}})


def _free(letter: str, taken: set[str]) -> str:
    number = 1
    while f"{letter}{number}" in taken:
        number += 1
    return f"{letter}{number}"


def _rename_nodes(document: Document, nodes: Mapping[str, str]) -> None:
    weighting = document.get("weighting")
    if isinstance(weighting, dict) and isinstance(weighting.get("by_node"), dict):
        by_node = weighting["by_node"]
        weighting["by_node"] = {nodes.get(code, code): spec for code, spec in by_node.items()}
    for scheme in value_at(document, ("levels",), []):
        _rename_in(scheme, "nodes", nodes)
        for band in value_at(scheme, ("bands",), []):
            for gate in value_at(band, ("gates",), []):
                _rename_in(gate, "nodes", nodes)
                if gate.get("node") in nodes:
                    gate["node"] = nodes[gate["node"]]
    for boundary in value_at(document, ("boundaries",), []):
        _rename_in(boundary, "nodes", nodes)


def _rename_in(holder: Any, key: str, nodes: Mapping[str, str]) -> None:
    if isinstance(holder, dict) and isinstance(holder.get(key), list):
        holder[key] = [nodes.get(code, code) for code in holder[key]]


_ON_PLACE: Final[Mapping[str, Callable[[Document, Place], None]]] = {
    "remove": _remove,
    "up": _up,
    "down": _down,
    "node": _add_node,
    "band": _add_band,
    "gate": _add_gate,
    "expert": _add_expert,
}
_ON_DOCUMENT: Final[Mapping[str, Callable[[Document], None]]] = {
    "indicator": _add_indicator,
    "scheme": _add_scheme,
    "boundary": _add_boundary,
}
