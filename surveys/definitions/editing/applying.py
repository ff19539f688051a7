"""Operations are applied: all of them or none."""

from collections.abc import Iterable
from typing import Any

from surveys.definitions.editing.errors import Conflict, PlaceInvalid
from surveys.definitions.editing.fields import field_of, normal
from surveys.definitions.editing.identity import NewUid, is_uid
from surveys.definitions.editing.nodes import rebuilt, sort_of, walk
from surveys.definitions.editing.operations import (
    MAX_DEPTH,
    Add,
    Change,
    Data,
    Delete,
    Move,
    Operation,
    Place,
    Slot,
)
from surveys.definitions.editing.tree import Tree


def apply(
    document: Data, operations: Iterable[Operation], *, new_uid: NewUid
) -> tuple[Data, tuple[Operation, ...]]:
    """The document after the operations, and the operations as they took place.

    These say in full what was deleted and where what was moved had stood, so that ``inverse`` can
    take them back; a change that had been made already is left out. The document handed in stays
    as it is. Raises an EditError, among them Conflict where a field is neither what the change has
    seen nor what it wants.
    """
    tree = Tree(document)
    done = [_apply(tree, each, new_uid) for each in operations]
    return tree.document, tuple(each for each in done if each is not None)


def _apply(tree: Tree, operation: Operation, new_uid: NewUid) -> Operation | None:
    match operation:
        case Change():
            return _change(tree, operation)
        case Add():
            return _add(tree, operation, new_uid)
        case Move():
            return _move(tree, operation)
        case Delete():
            return _delete(tree, operation)


def _change(tree: Tree, change: Change) -> Change | None:
    field = field_of(tree.sort(change.node), change.node, change.field)
    current = tree.value(change.node, change.field)
    old, new = normal(change.old, field), normal(change.new, field)
    if _same(current, new):
        return None
    if not _same(current, old):
        raise Conflict(change.node, change.field, current, new)
    tree.change(change.node, change.field, new)
    return Change(change.node, change.field, current, new)


def _add(tree: Tree, add: Add, new_uid: NewUid) -> Add:
    taken: set[str] = set()

    def identified(node: Data) -> Data:
        uid = node.get("uid")
        made = uid if is_uid(uid) and uid not in taken and uid not in tree else new_uid()
        taken.add(made)
        return {**node, "uid": made}

    values = tuple(rebuilt(value, sort_of(value), identified) for value in add.values)
    tree.insert(add.place, values)
    return Add(_true_place(tree, add.place, str(values[0]["uid"])), values)


def _move(tree: Tree, move: Move) -> Move | None:
    origin = tree.place(move.node)
    if move.origin is not None and move.origin.parent != origin.parent:
        raise Conflict(move.node, "place", origin.parent, move.place.parent)
    if move.place.after == move.node:
        return None
    sort = tree.sort(move.node)
    inside = {str(each.get("uid")) for each in walk(tree.node(move.node), sort)}
    if move.place.parent in inside:
        raise PlaceInvalid("Nothing can stand in itself.", node=move.node)
    node = tree.remove(move.node)
    tree.insert(move.place, [node])
    place = _true_place(tree, move.place, move.node)
    return None if place == origin else Move(move.node, place, origin)


def _delete(tree: Tree, delete: Delete) -> Delete:
    current = tree.node(delete.node)
    if delete.value is not None and _unlabelled(current) != _unlabelled(delete.value):
        raise Conflict(delete.node, "", current, None)
    origin = tree.place(delete.node)
    return Delete(delete.node, tree.remove(delete.node), origin)


def _true_place(tree: Tree, place: Place, uid: str) -> Place:
    """Where it came to stand: the node before it may have gone, and then it is the last."""
    if place.slot is Slot.CHILDREN and _depth(tree, uid) > MAX_DEPTH:
        raise PlaceInvalid(f"Blocks nest deeper than {MAX_DEPTH}.", node=uid)
    return tree.place(uid)


def _depth(tree: Tree, uid: str) -> int:
    depth, place = 0, tree.place(uid)
    while place.parent in tree and place.parent != "root":
        depth, place = depth + 1, tree.place(place.parent)
    return depth


def _unlabelled(node: Data) -> Data:
    """The node without the empty labels that a label written and taken back leaves behind."""

    def bare(each: Data) -> Data:
        return {key: value for key, value in each.items() if key != "label" or value}

    return rebuilt(node, sort_of(node), bare)


def _same(one: Any, other: Any) -> bool:
    # True = 1 in Python, not in JSON.
    return type(one) is type(other) and bool(one == other)
