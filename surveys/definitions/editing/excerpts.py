"""Some elements of a definition with all that they need to stand elsewhere."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from surveys.definitions.editing.nodes import sort_of, walk
from surveys.definitions.editing.operations import Data
from surveys.definitions.editing.references import LIST_FIELDS
from surveys.definitions.editing.tree import Tree
from surveys.definitions.reading import load
from surveys.definitions.writing import SCHEMA_VERSION

_INSTANCE: Final = re.compile(r"(?:instance|pulldata)\(\s*['\"]([^'\"]+)['\"]")
_SEPARATORS: Final = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """JSON of elements, of the choice lists and lookup tables that they use by name, and of the
    indicators that they feed.
    """

    elements: tuple[Data, ...]
    lists: Mapping[str, Data] = field(default_factory=dict)
    indicators: tuple[Data, ...] = ()
    tables: Mapping[str, Data] = field(default_factory=dict)


def excerpt_of(document: Data, uids: Iterable[str]) -> Excerpt:
    """The nodes of a definition with those ids and what they need. Raises NodeUnknown."""
    tree = Tree(document)
    elements = tuple(tree.node(uid) for uid in uids)
    named, codes = _needed(elements)
    return Excerpt(
        elements,
        {name: each for name, each in document.get("lists", {}).items() if name in named},
        tuple(each for each in document.get("indicators", ()) if each["code"] in codes),
        {name: each for name, each in document.get("tables", {}).items() if name in named},
    )


def read_excerpt(data: Mapping[str, Any]) -> Excerpt:
    """An excerpt from JSON ``{"elements": […], "lists": {…}, "indicators": […], "tables": {…}}``.

    Raises DefinitionUnreadable.
    """
    told = {"children": data.get("elements", [])}
    told |= {key: data[key] for key in ("lists", "indicators", "tables") if key in data}
    load({"schema": SCHEMA_VERSION, "code": "excerpt", "title": {}, **told})
    return Excerpt(
        tuple(told["children"]),
        data.get("lists", {}),
        tuple(data.get("indicators", ())),
        data.get("tables", {}),
    )


def write_excerpt(excerpt: Excerpt) -> Data:
    """The JSON that ``read_excerpt`` reads."""
    return {
        "elements": list(excerpt.elements),
        "lists": dict(excerpt.lists),
        "indicators": list(excerpt.indicators),
        "tables": dict(excerpt.tables),
    }


def indicator_codes(question: Data) -> tuple[str, ...]:
    """The codes of the indicators that the JSON of a question names."""
    return tuple(filter(None, _SEPARATORS.split(str(question.get("indicator", "")))))


def _needed(elements: Iterable[Data]) -> tuple[set[str], set[str]]:
    """The names of lists and tables, and the codes of indicators."""
    named: set[str] = set()
    codes: set[str] = set()
    for element in elements:
        for node in walk(element, sort_of(element)):
            used = LIST_FIELDS.get(node["element"])
            named |= {str(node.get(used, ""))} if used else set()
            named |= {found for text in texts_in(node) for found in _INSTANCE.findall(text)}
            codes |= set(indicator_codes(node))
    return named, codes


def texts_in(node: Data) -> Iterator[str]:
    """The texts of a node's own fields, those by language too."""
    for value in node.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            yield from (text for text in value.values() if isinstance(text, str))
