"""What an item holds, made of a definition; plain data."""

from collections.abc import Iterator
from typing import Any, Final

from surveys.definitions.editing import (
    ROOT,
    Excerpt,
    Sort,
    Tree,
    excerpt_of,
    with_uids,
    write_excerpt,
)
from surveys.definitions.editing.excerpts import indicator_codes
from surveys.definitions.editing.nodes import rebuilt, sort_of, walk
from surveys.questionnaires.drafting.copying import Renamed, references_in
from surveys.questionnaires.origins import Origin
from surveys.questionnaires.question_library.enums import ItemKind
from surveys.questionnaires.uids import new_uid

Data = dict[str, Any]

OWN: Final = frozenset({"uid", "library_item", "successor_of"})
"""What belongs to the questionnaire that an item was saved from."""


def content_of(document: Data, uid: str, *, like: Data | None = None, key: str = "") -> Data:
    """The content of an item made of one element of a definition.

    With ``like``, the present content of the item of that ``key``, the elements that are copies out of
    it get the names back that they have in it, so that its other copies still know them. Raises
    NodeUnknown.
    """
    excerpt = excerpt_of(document, [uid])
    (element,) = excerpt.elements
    told = Renamed({} if like is None else _names_back(element, like, key), {})
    return write_excerpt(
        Excerpt(
            (_bare(_named(told.tell(element), told)),),
            {name: _bare(told.tell(each)) for name, each in excerpt.lists.items()},
            tuple(_bare(told.tell(each)) for each in excerpt.indicators),
            excerpt.tables,
        )
    )


def kind_of(document: Data, uid: str) -> ItemKind:
    """What an item made of the element is; a group at the top is a section.

    Raises NodeUnknown, and ValueError for a node that is no element.
    """
    tree = Tree(document)
    sort = tree.sort(uid)
    if sort is Sort.GROUP and tree.place(uid).parent == ROOT:
        return ItemKind.SECTION
    return ItemKind(sort.value)


def element_of(content: Data) -> Data:
    """The item's element."""
    found: Data = content["elements"][0]
    return found


def elements_in(element: Data) -> Iterator[Data]:
    """An element and all in it."""
    return walk(element, sort_of(element))


def codes_of(content: Data) -> list[str]:
    """The codes of the indicators that its questions feed, each once."""
    found = (code for each in elements_in(element_of(content)) for code in indicator_codes(each))
    return list(dict.fromkeys(found))


def labels_of(content: Data) -> Iterator[str]:
    """Every label in every language, also those of choices."""
    for each in elements_in(element_of(content)):
        yield from each.get("label", {}).values()
    for entries in content["lists"].values():
        for choice in entries["choices"]:
            yield from choice["label"].values()


def outside_names(content: Data) -> list[str]:
    """The names that its element speaks of and that stand elsewhere, sorted."""
    own: set[str] = set()
    for each in elements_in(element_of(content)):
        own |= {each["name"], f"{each['name']}_other"}
    return sorted(references_in(element_of(content)) - own)


def document_of(content: Data, languages: list[str]) -> Data:
    """A questionnaire with nothing but the item, to be drawn."""
    element = element_of(content)
    section = {"element": "group", "name": "_muc", "children": [element]}
    document = {
        "schema": 1,
        "code": "item",
        "title": {},
        "languages": languages,
        "children": [element if element["element"] == "group" else section],
        "lists": content["lists"],
        "tables": content["tables"],
    }
    return with_uids(document, new_uid)


def _names_back(element: Data, like: Data, key: str) -> dict[str, str]:
    """The names in the item by those here; none where two elements would have the same then."""
    found = {str(each["name"]): str(each["name"]) for each in elements_in(element)}
    found[element["name"]] = element_of(like)["name"]
    for each in elements_in(element):
        origin = Origin.read(each.get("library_item"))
        if origin is not None and origin.key == key and origin.name:
            found[each["name"]] = origin.name
    return found if len(set(found.values())) == len(found) else {}


def _named(element: Data, told: Renamed) -> Data:
    return rebuilt(
        element,
        sort_of(element),
        lambda each: {**each, "name": told.elements.get(each["name"], each["name"])},
    )


def _bare(node: Data) -> Data:
    return rebuilt(
        node, sort_of(node), lambda each: {k: v for k, v in each.items() if k not in OWN}
    )
