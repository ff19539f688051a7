"""New elements: added, duplicated, pasted."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from surveys.definitions.editing import (
    ROOT,
    Add,
    Excerpt,
    Operation,
    Place,
    PlaceInvalid,
    Slot,
    Sort,
    Tree,
)
from surveys.engine import Kind
from surveys.questionnaires.drafting.arguments import Arguments, CommandMalformed, Plan
from surveys.questionnaires.drafting.arranging import outermost
from surveys.questionnaires.drafting.copying import copies_of
from surveys.questionnaires.drafting.names import Names
from surveys.questionnaires.uids import new_uid

Data = dict[str, Any]

SECTION: Final = "section"
BLOCKS: Final = frozenset({SECTION, "group", "repeat", "table"})
LISTED: Final = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK})
STEMS: Final[Mapping[str, str]] = {
    SECTION: "phan_1",
    "group": "nhom_1",
    "repeat": "lap_1",
    "table": "bang_1",
}
"""Names of ASCII letters, so that they can be typed in expressions on every keyboard."""
QUESTION_STEM: Final = "cau_1"


def add(tree: Tree, arguments: Arguments) -> Plan:
    """``{"kind", "after"}``: a new element of the kind behind a node; first inside a section.

    A question that would stand outside every section gets one around it.
    """
    kind, after = arguments.text("kind"), arguments.text("after", "")
    names = Names(tree)
    place = section_place(tree, after) if kind == SECTION else place_after(tree, after)
    element, lists = new_element(kind, names, in_table=place.slot is Slot.COLUMNS)
    select = element["uid"]
    if place.parent == ROOT and kind != SECTION:
        element = _block(SECTION, names) | {"children": [element]}
    return Plan((*lists, Add(place, (element,))), select)


def duplicate(tree: Tree, arguments: Arguments) -> Plan:
    """``{"nodes"}``: a copy of each behind the last, with names and ids of their own."""
    nodes = outermost(tree, arguments.texts("nodes"))
    values = [tree.node(uid) for uid in nodes]
    place = tree.place(nodes[-1])
    if place.slot not in {Slot.CHILDREN, Slot.COLUMNS}:
        raise PlaceInvalid("Only elements are duplicated.", node=nodes[-1])
    copies = copies_of(tree, Excerpt(tuple(values))).elements
    add_them = Add(Place(place.parent, place.slot, nodes[-1]), copies)
    return Plan((add_them,), str(copies[0]["uid"]))


def paste(tree: Tree, arguments: Arguments) -> Plan:
    """``{"values", "lists", "indicators", "after", "level"}``: elements that were copied, here or in another draft,
    behind a node.

    ``lists`` and ``indicators`` are what they need, as ``Excerpt`` says it; both may be left out. A
    list that the draft has under any name is used, another one comes along. With ``"level": "section"``
    they stand behind the section of the node.
    """
    excerpt = arguments.excerpt(elements="values")
    after = arguments.text("after", "")
    as_sections = arguments.text("level", "") == SECTION
    return placed(tree, excerpt, (section_place if as_sections else place_after)(tree, after))


def placed(tree: Tree, excerpt: Excerpt, place: Place) -> Plan:
    """An excerpt at a place with what it needs; what is no group gets a section at the top."""
    copies = copies_of(tree, excerpt)
    elements, select = copies.elements, str(copies.elements[0]["uid"])
    if place.parent == ROOT and all(each["element"] != "group" for each in elements):
        section = _block(SECTION, Names(tree, taken=copies.names))
        elements = (section | {"children": list(elements)},)
    return Plan((*copies.carried, Add(place, elements)), select)


def place_after(tree: Tree, after: str) -> Place:
    """Where a new element goes: first in a section, else behind the node, else last of all."""
    if not after or after == ROOT:
        last = [uid for uid in tree.children(ROOT) if tree.place(uid).slot is Slot.CHILDREN]
        return Place(ROOT, Slot.CHILDREN, last[-1] if last else "")
    place = tree.place(after)
    if place.parent == ROOT and tree.sort(after) is Sort.GROUP:
        return Place(after, Slot.CHILDREN)
    if place.slot not in {Slot.CHILDREN, Slot.COLUMNS}:
        raise PlaceInvalid("Elements stand behind elements.", node=after)
    return Place(place.parent, place.slot, after)


def new_element(kind: str, names: Names, *, in_table: bool) -> tuple[Data, list[Operation]]:
    """A fresh element and the additions of the lists that it needs. Raises CommandMalformed."""
    if kind in BLOCKS:
        if in_table:
            raise PlaceInvalid("A table holds questions only.")
        if kind == "table":
            return _table(names)
        if kind == "repeat":
            inner, _lists = new_element(Kind.TEXT, names, in_table=False)
            return _block(kind, names) | {"children": [inner]}, []
        return _block(kind, names), []
    try:
        known = Kind(kind)
    except ValueError as failure:
        raise CommandMalformed(f"{kind!r} is no kind of element.") from failure
    question: Data = {
        "element": "question",
        "uid": new_uid(),
        "name": names.element(QUESTION_STEM),
        "kind": known.value,
    }
    if known in LISTED:
        question["list_name"] = names.list(f"{question['name']}_ds")
        return question, [new_list(question["list_name"], ["1", "2"])]
    if known is Kind.RANGE:
        question["parameters"] = {"start": "0", "end": "10", "step": "1"}
    return question, []


def new_list(name: str, codes: Sequence[str]) -> Add:
    """The addition of a choice list with these codes and no labels yet."""
    choices = [{"name": code, "label": {}, "uid": new_uid()} for code in codes]
    listed = {"name": name, "uid": new_uid(), "choices": choices}
    return Add(Place(ROOT, Slot.LISTS, ""), (listed,))


def _table(names: Names) -> tuple[Data, list[Operation]]:
    table = _block("table", names)
    table["row_list"] = names.list(f"{table['name']}_hang")
    column, _lists = new_element(Kind.INTEGER, names, in_table=True)
    return table | {"columns": [column]}, [new_list(table["row_list"], ["1", "2"])]


def _block(kind: str, names: Names) -> Data:
    element = "group" if kind == SECTION else kind
    return {"element": element, "uid": new_uid(), "name": names.element(STEMS[kind])}


def section_place(tree: Tree, after: str) -> Place:
    if not after or after == ROOT:
        return place_after(tree, "")
    while (place := tree.place(after)).parent != ROOT:
        after = place.parent
    return Place(ROOT, Slot.CHILDREN, after)
