"""The JSON of a definition as a tree of nodes with uids."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from surveys.definitions.editing.errors import (
    FieldUnknown,
    NameTaken,
    NodeUnknown,
    OperationMalformed,
    PlaceInvalid,
)
from surveys.definitions.editing.fields import Sort, field_of, normal, read_field
from surveys.definitions.editing.nodes import HOLDS, SLOTS, held, keyed, sort_of, walk
from surveys.definitions.editing.operations import Data, Place, Slot

ROOT: Final = "root"
"""The uid of the definition itself."""

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    sort: Sort
    path: Path
    place: Place


class Tree:
    """A definition's JSON. Nothing that was handed in is ever changed: what an operation touches is
    copied on the way to it, so ``document`` before and after share the rest.
    """

    def __init__(self, document: Data) -> None:
        self.document = document
        self._index: dict[str, _Entry] | None = None
        self._is_ordered = True

    def __contains__(self, uid: object) -> bool:
        return uid in self._entries()

    def node(self, uid: str) -> Data:
        """The JSON of a node with all it holds. Raises NodeUnknown."""
        found: Data = _at(self.document, self._entry(uid).path)
        return found

    def sort(self, uid: str) -> Sort:
        """What the node is. Raises NodeUnknown."""
        return self._entry(uid).sort

    def place(self, uid: str) -> Place:
        """Where it stands; the root stands nowhere. Raises NodeUnknown."""
        if uid == ROOT:
            raise PlaceInvalid("The questionnaire itself stands nowhere.", node=uid)
        return self._entry(uid).place

    def uids(self) -> Iterator[str]:
        """All nodes in document order, the root first."""
        if not self._is_ordered:
            self._index = None
        yield from self._entries()

    def children(self, uid: str) -> list[str]:
        """The uids of the nodes that stand directly in a node, in order."""
        held = self._holdings(uid, self.node(uid))
        return [str(child["uid"]) for _slot, children in held for child in children]

    def value(self, uid: str, field: str) -> Any:
        """A field's value, ``None`` for its default. Raises NodeUnknown and FieldUnknown."""
        entry = self._entry(uid)
        return read_field(self.node(uid), field_of(entry.sort, uid, field))

    def change(self, uid: str, path: str, new: Any) -> None:
        """Set a field. Raises NodeUnknown, FieldUnknown and NameTaken."""
        entry = self._entry(uid)
        field = field_of(entry.sort, uid, path)
        if uid == ROOT and field.key == "code":
            raise FieldUnknown(uid, path)
        node = dict(self.node(uid))
        wanted = normal(new, field)
        if field.entry is None:
            _put(node, field.key, wanted)
        else:
            entries = dict(node.get(field.key) or {})
            _put(entries, field.entry, wanted)
            node[field.key] = entries
            if not entries and field.key not in {"label", "title"}:
                del node[field.key]
        if entry.sort is Sort.LIST and field.key == "name":
            self._rename_list(uid, entry, node)
        else:
            self._replace(entry.path, node)

    def insert(self, place: Place, nodes: Sequence[Data]) -> None:
        """Put nodes at a place. Raises NodeUnknown, PlaceInvalid and NameTaken."""
        self._check_fits(place, nodes)
        position = self._position(place)
        if place.slot is Slot.LISTS:
            self._insert_lists(position, nodes)
        else:
            path = (*self._entry(place.parent).path, place.slot.value)
            held = list(_at(self.document, path, []))
            is_end = position == len(held)
            held[position:position] = nodes
            self._replace(path, held)
            if is_end:
                self._enter_last(place, path, position, nodes)
                return
        self._index = None

    def remove(self, uid: str) -> Data:
        """Take a node away; its JSON. Raises NodeUnknown and PlaceInvalid for the root."""
        place = self.place(uid)
        entry = self._entry(uid)
        node = self.node(uid)
        holder, key = entry.path[:-1], entry.path[-1]
        held = _at(self.document, holder)
        if isinstance(held, Mapping):
            left: Any = {name: each for name, each in held.items() if name != key}
        else:
            left = [each for position, each in enumerate(held) if position != key]
        if left:
            self._replace(holder, left)
        else:
            parent = dict(self.node(place.parent))
            # An empty list of choices is said; every other empty slot is the default.
            if place.slot is Slot.CHOICES:
                parent[place.slot.value] = []
            else:
                parent.pop(place.slot.value)
            self._replace(self._entry(place.parent).path, parent)
        if not isinstance(held, Mapping) and key == len(held) - 1:
            # Nothing behind it moves up; thousands of rows are taken back one after the other.
            for each in walk(node, entry.sort):
                self._entries().pop(str(each.get("uid", "")), None)
        else:
            self._index = None
        return node

    def _enter_last(self, place: Place, path: Path, position: int, nodes: Sequence[Data]) -> None:
        """Nodes at the end of a slot join the index, behind all others: it is in order no more."""
        entries = self._entries()
        siblings = held(self.node(place.parent), place.slot)
        before = str(siblings[position - 1]["uid"]) if position else ""
        for key, node in enumerate(nodes, start=position):
            uid, sort = str(node.get("uid", "")), sort_of(node)
            entries[uid] = _Entry(sort, (*path, key), Place(place.parent, place.slot, before))
            self._enter(uid, node, sort, (*path, key))
            before = uid
        self._is_ordered = False

    def _check_fits(self, place: Place, nodes: Sequence[Data]) -> None:
        parent = self._entry(place.parent)
        if place.slot not in SLOTS.get(parent.sort, ()):
            raise PlaceInvalid(f"Nothing stands in {place.slot} of it.", node=place.parent)
        allowed = HOLDS[place.slot]
        for node in nodes:
            if sort_of(node) not in allowed:
                raise PlaceInvalid(f"It cannot stand in {place.slot}.", node=place.parent)

    def _position(self, place: Place) -> int:
        """The place's index; behind the last where the node before it has gone elsewhere."""
        held = self._siblings(place.parent, place.slot)
        if not place.after:
            return 0
        return held.index(place.after) + 1 if place.after in held else len(held)

    def _siblings(self, parent: str, slot: Slot) -> list[str]:
        node = self.node(parent)
        return [str(each["uid"]) for each in held(node, slot)]

    def _insert_lists(self, position: int, nodes: Sequence[Data]) -> None:
        lists = list(self.document.get("lists", {}).items())
        taken = {name for name, _ in lists}
        for node in nodes:
            name, uid = node.get("name"), str(node.get("uid", ""))
            if not isinstance(name, str):
                raise OperationMalformed("A list has a name.", node=uid)
            if name in taken:
                raise NameTaken(uid, name)
            taken.add(name)
        lists[position:position] = [(node["name"], node) for node in nodes]
        self._replace(("lists",), dict(lists))

    def _rename_list(self, uid: str, entry: _Entry, node: Data) -> None:
        name, old = node.get("name", ""), entry.path[-1]
        lists = self.document["lists"]
        if not isinstance(name, str):
            raise OperationMalformed("The name of a list is a text.", node=uid)
        if name in lists and name != old:
            raise NameTaken(uid, name)
        renamed = [(name, node) if key == old else (key, each) for key, each in lists.items()]
        self._replace(("lists",), dict(renamed))
        self._index = None

    def _replace(self, path: Path, value: Any) -> None:
        self.document = _with(self.document, path, value)

    def _entry(self, uid: str) -> _Entry:
        try:
            return self._entries()[uid]
        except KeyError as failure:
            raise NodeUnknown(uid) from failure

    def _entries(self) -> dict[str, _Entry]:
        if self._index is None:
            self._is_ordered = True
            self._index = {ROOT: _Entry(Sort.ROOT, (), Place("", Slot.CHILDREN))}
            self._enter(ROOT, self.document, Sort.ROOT, ())
        return self._index

    def _enter(self, uid: str, node: Data, sort: Sort, path: Path) -> None:
        assert self._index is not None
        for slot in SLOTS.get(sort, ()):
            before = ""
            for key, child in keyed(node, slot):
                child_uid = str(child.get("uid", ""))
                child_path = (*path, slot.value, key)
                child_sort = sort_of(child)
                place = Place(uid, slot, before)
                self._index[child_uid] = _Entry(child_sort, child_path, place)
                self._enter(child_uid, child, child_sort, child_path)
                before = child_uid

    def _holdings(self, uid: str, node: Data) -> list[tuple[Slot, list[Data]]]:
        return [(slot, held(node, slot)) for slot in SLOTS.get(self.sort(uid), ())]


def _put(target: Data, key: str, value: Any) -> None:
    if value is None:
        target.pop(key, None)
    else:
        target[key] = value


def _at(document: Any, path: Path, default: Any = None) -> Any:
    found = document
    for key in path:
        if isinstance(found, Mapping) and key not in found:
            return default
        found = found[key]
    return found


def _with(document: Any, path: Path, value: Any) -> Any:
    """A copy of the document with the value at the path; the rest is shared."""
    if not path:
        return value
    key, rest = path[0], path[1:]
    if isinstance(document, Mapping):
        return {**document, key: _with(document.get(key), rest, value)}
    return [
        _with(each, rest, value) if position == key else each
        for position, each in enumerate(document)
    ]
