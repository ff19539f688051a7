"""Reading a submission's XML, in a limited child: no entities, no depth, no end of elements."""

from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

from surveys.limited import Refused

MOST_ELEMENTS: Final = 200_000
MOST_DEPTH: Final = 32
MOST_LENGTH: Final = 200
"""Characters of an id."""

Node = list[Any]
"""An element: its name without namespace, its text, its children."""


def read_submission(data: bytes) -> dict[str, Any]:
    """``form_id``, ``version``, ``instance_id``, ``deprecated_id`` and the ``tree`` of the answers.

    Raises Refused for what is no submission.
    """
    # Only the child needs it.
    from defusedxml import DefusedXmlException  # noqa: PLC0415
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415

    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as failure:
        raise Refused(type(failure).__name__) from failure
    _refuse_shape(root)
    meta = {_name(child): _text(child) for child in _children_of(root, "meta")}
    found = {
        "form_id": root.get("id", "").strip(),
        "version": root.get("version", "").strip(),
        "instance_id": meta.get("instanceID") or root.get("instanceID", "").strip(),
        "deprecated_id": meta.get("deprecatedID", ""),
    }
    if not found["form_id"] or not found["instance_id"]:
        raise Refused("no id")
    if max(map(len, found.values())) > MOST_LENGTH:
        raise Refused("long id")
    return found | {"tree": [_node(child) for child in root if _name(child) != "meta"]}


def _refuse_shape(root: Element) -> None:
    """Raise Refused for more elements, or deeper ones, than any form has."""
    elements, level, depth = 0, [root], 0
    while level:
        elements, depth = elements + len(level), depth + 1
        if elements > MOST_ELEMENTS or depth > MOST_DEPTH:
            raise Refused("too many elements")
        level = [child for element in level for child in element]


def _children_of(root: Element, name: str) -> list[Element]:
    return [child for element in root if _name(element) == name for child in element]


def _node(element: Element) -> Node:
    return [_name(element), _text(element), [_node(child) for child in element]]


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _text(element: Element) -> str:
    return (element.text or "").strip()
