"""The wording of a copy beside that of its item."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from surveys.definitions.editing import Change, Tree
from surveys.definitions.editing.references import LIST_FIELDS
from surveys.questionnaires.drafting.copying import Renamed
from surveys.questionnaires.origins import Origin
from surveys.questionnaires.question_library.content import OWN, element_of, elements_in

Data = dict[str, Any]

TEXTS: Final = (
    "label",
    "hint",
    "guidance",
    "unit",
    "required_message",
    "constraint_message",
    "warning_message",
)
_STRUCTURE: Final = OWN | {"element", "name", "children", "columns", "number", *TEXTS}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What taking an item's wording would change in a copy, the marks of revisions included.

    ``others`` are the fields besides texts in which the two differ, as (name in the draft, field);
    they stay as they are.
    """

    texts: tuple[Change, ...]
    marks: tuple[Change, ...]
    others: tuple[tuple[str, str], ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """All of them, as one edit."""
        return (*self.texts, *self.marks)


def compare(document: Data, uid: str, *, key: str, revision: int, content: Data) -> Comparison:
    """The element of a draft, a copy of the item of that key, beside the item's content.

    Raises NodeUnknown.
    """
    node = Tree(document).node(uid)
    pairs = list(_pairs(node, content, key))
    told = Renamed({item["name"]: copy["name"] for copy, item, _origin in pairs}, {})
    lists = dict(_lists(pairs))
    texts = [each for copy, item, _o in pairs for each in _texts(copy, told.tell(item))]
    for copy_list, item_list in lists.items():
        own = document.get("lists", {}).get(copy_list)
        theirs = content["lists"].get(item_list)
        if own and theirs:
            texts += _choices(own, told.tell(theirs))
    marks = [
        Change(copy["uid"], "library_item", str(origin), str(Origin(key, revision, origin.name)))
        for copy, _item, origin in pairs
        if origin.revision != revision
    ]
    others = [each for copy, item, _o in pairs for each in _others(copy, told.tell(item))]
    return Comparison(tuple(texts), tuple(marks), tuple(others))


def _pairs(node: Data, content: Data, key: str) -> Iterator[tuple[Data, Data, Origin]]:
    """Each copied element with the item's."""
    root = element_of(content)
    known = {each["name"]: each for each in elements_in(root)}
    for each in elements_in(node):
        origin = Origin.read(each.get("library_item"))
        if origin is None or origin.key != key:
            continue
        item = known.get(origin.name) if origin.name else root
        if item is not None and item["element"] == each["element"]:
            yield each, item, origin


def _lists(pairs: list[tuple[Data, Data, Origin]]) -> Iterator[tuple[str, str]]:
    for copy, item, _origin in pairs:
        used = LIST_FIELDS.get(copy["element"])
        if used and copy.get(used) and item.get(used):
            yield copy[used], item[used]


def _texts(copy: Data, item: Data) -> Iterator[Change]:
    for field in TEXTS:
        yield from _text_changes(copy, field, item.get(field, {}))


def _text_changes(copy: Data, field: str, wanted: Mapping[str, str]) -> Iterator[Change]:
    own: Mapping[str, str] = copy.get(field, {})
    for language, text in wanted.items():
        if text and own.get(language) != text:
            yield Change(copy["uid"], f"{field}.{language}", own.get(language), text)


def _choices(own: Data, theirs: Data) -> Iterator[Change]:
    known = {choice["name"]: choice for choice in theirs["choices"]}
    for choice in own["choices"]:
        if choice["name"] in known:
            yield from _text_changes(choice, "label", known[choice["name"]]["label"])


def _others(copy: Data, item: Data) -> Iterator[tuple[str, str]]:
    fields = [key for key in dict.fromkeys((*item, *copy)) if key not in _STRUCTURE]
    for field in fields:
        if field not in LIST_FIELDS.values() and copy.get(field) != item.get(field):
            yield copy["name"], field
