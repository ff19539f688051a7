"""The JSON of a node: what it is, what it may hold, and walks through it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from surveys.definitions.editing.errors import PlaceInvalid
from surveys.definitions.editing.fields import ELEMENTS, Sort
from surveys.definitions.editing.operations import Data, Slot

HOLDS: Final[Mapping[Slot, frozenset[Sort]]] = {
    Slot.CHILDREN: ELEMENTS,
    Slot.COLUMNS: frozenset({Sort.QUESTION}),
    Slot.CHOICES: frozenset({Sort.CHOICE}),
    Slot.LISTS: frozenset({Sort.LIST}),
    Slot.INDICATORS: frozenset({Sort.INDICATOR}),
}
SLOTS: Final[Mapping[Sort, tuple[Slot, ...]]] = {
    Sort.ROOT: (Slot.CHILDREN, Slot.LISTS, Slot.INDICATORS),
    Sort.GROUP: (Slot.CHILDREN,),
    Sort.REPEAT: (Slot.CHILDREN,),
    Sort.TABLE: (Slot.COLUMNS,),
    Sort.LIST: (Slot.CHOICES,),
}


def walk(node: Data, sort: Sort = Sort.ROOT) -> Iterator[Data]:
    """A node and every node in it."""
    yield node
    for slot in SLOTS.get(sort, ()):
        for child in held(node, slot):
            yield from walk(child, sort_of(child))


def rebuilt(node: Data, sort: Sort, make: Callable[[Data], Data]) -> Data:
    """A copy of a node: ``make`` answers for it and for every node in it, the outer ones first.

    ``make`` is asked about the node as it was handed in and gives the copy, whose slots are then
    filled with the copies of what stood in them.
    """
    made = dict(make(node))
    for slot in SLOTS.get(sort, ()):
        if slot.value not in node:
            continue
        copies = [(key, rebuilt(child, sort_of(child), make)) for key, child in keyed(node, slot)]
        made[slot.value] = dict(copies) if slot is Slot.LISTS else [copy for _key, copy in copies]
    return made


def sort_of(node: Data) -> Sort:
    """What a node below the root is. Raises PlaceInvalid for an element of an unknown sort."""
    if "element" not in node:
        return Sort.LIST if "choices" in node else Sort.INDICATOR if "code" in node else Sort.CHOICE
    try:
        return Sort(node["element"])
    except ValueError as failure:
        raise PlaceInvalid(f"{node['element']!r} is no element.") from failure


def keyed(node: Data, slot: Slot) -> list[tuple[str | int, Data]]:
    """The nodes of a slot with the keys under which they stand."""
    held = node.get(slot.value) or ()
    return list(held.items()) if isinstance(held, Mapping) else list(enumerate(held))


def held(node: Data, slot: Slot) -> list[Data]:
    """The nodes of a slot, in order."""
    return [child for _key, child in keyed(node, slot)]
