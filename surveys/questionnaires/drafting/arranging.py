"""Elements are moved and deleted, several at once."""

from collections.abc import Mapping
from typing import Final

from surveys.definitions.editing import ROOT, Delete, Move, Place, Slot, Sort, Tree
from surveys.definitions.editing.errors import PlaceInvalid
from surveys.questionnaires.drafting.arguments import Arguments, CommandMalformed, Plan

INSIDE: Final[Mapping[Sort, Slot]] = {
    Sort.GROUP: Slot.CHILDREN,
    Sort.REPEAT: Slot.CHILDREN,
    Sort.TABLE: Slot.COLUMNS,
}


def move(tree: Tree, arguments: Arguments) -> Plan:
    """``{"nodes", "parent", "slot", "after"}``: the nodes one after the other at a place."""
    nodes = outermost(tree, arguments.texts("nodes"))
    try:
        slot = Slot(arguments.text("slot", Slot.CHILDREN))
    except ValueError as failure:
        raise CommandMalformed("There is no such slot.") from failure
    return _in_a_row(nodes, Place(arguments.text("parent"), slot, arguments.text("after", "")))


def move_up(tree: Tree, arguments: Arguments) -> Plan:
    """``{"nodes"}``: each before the one above; the first of a section goes to the one before it."""
    return _step(tree, arguments.texts("nodes"), up=True)


def move_down(tree: Tree, arguments: Arguments) -> Plan:
    """``{"nodes"}``: each behind the one below; the last of a section goes to the next one."""
    return _step(tree, arguments.texts("nodes"), up=False)


def move_into(tree: Tree, arguments: Arguments) -> Plan:
    """``{"nodes"}``: to the end of the group, repeat or table that stands before the first of them."""
    nodes = outermost(tree, arguments.texts("nodes"))
    before = tree.place(nodes[0]).after
    slot = INSIDE.get(tree.sort(before)) if before else None
    if slot is None:
        return Plan((), nodes[0])
    held = tree.children(before)
    return _in_a_row(nodes, Place(before, slot, held[-1] if held else ""))


def move_out(tree: Tree, arguments: Arguments) -> Plan:
    """``{"nodes"}``: behind the group, repeat or table that they stand in; out of no section."""
    nodes = outermost(tree, arguments.texts("nodes"))
    parent = tree.place(nodes[0]).parent
    if parent == ROOT or tree.place(parent).parent == ROOT:
        return Plan((), nodes[0])
    outer = tree.place(parent)
    return _in_a_row(nodes, Place(outer.parent, outer.slot, parent))


def delete(tree: Tree, arguments: Arguments) -> Plan:
    """``{"nodes"}``: all of them with what they hold; what stood before them is selected next."""
    nodes = outermost(tree, arguments.texts("nodes"))
    if ROOT in nodes:
        raise PlaceInvalid("The questionnaire itself is not deleted here.", node=ROOT)
    gone = set(nodes)
    place = tree.place(nodes[0])
    siblings = [
        uid for uid in tree.children(place.parent)
        if tree.place(uid).slot is place.slot and uid not in gone
    ]  # fmt: skip
    before = place.after if place.after in siblings else next(iter(siblings), place.parent)
    return Plan(tuple(Delete(uid) for uid in nodes), before)


def outermost(tree: Tree, nodes: list[str]) -> list[str]:
    """The nodes in document order, without those that stand in another one of them."""
    chosen = set(nodes)
    for uid in chosen:
        tree.node(uid)
    return [uid for uid in tree.uids() if uid in chosen and not _inside(tree, uid, chosen)]


def _inside(tree: Tree, uid: str, chosen: set[str]) -> bool:
    while uid != ROOT:
        uid = tree.place(uid).parent
        if uid in chosen:
            return True
    return False


def _step(tree: Tree, nodes: list[str], *, up: bool) -> Plan:
    ordered = outermost(tree, nodes)
    place = tree.place(ordered[0] if up else ordered[-1])
    if place.slot is Slot.LISTS or place.slot is Slot.INDICATORS:
        raise PlaceInvalid("Only elements and choices are moved.", node=ordered[0])
    siblings = [uid for uid in tree.children(place.parent) if tree.place(uid).slot is place.slot]
    last = ordered[-1]
    target = _above(tree, place, siblings) if up else _below(tree, place, siblings, last)
    if target is None:
        return Plan((), ordered[0])
    return _in_a_row(ordered, target)


def _in_a_row(nodes: list[str], place: Place) -> Plan:
    """The nodes one after the other, the first one at the place."""
    moves, after = [], place.after
    for uid in nodes:
        moves.append(Move(uid, Place(place.parent, place.slot, after)))
        after = uid
    return Plan(tuple(moves), nodes[0])


def _above(tree: Tree, place: Place, siblings: list[str]) -> Place | None:
    """Before the node above; from the top of a section to the end of the one before."""
    if place.after:
        position = siblings.index(place.after)
        return Place(place.parent, place.slot, siblings[position - 1] if position else "")
    section = _neighbour(tree, place, -1)
    if section is None:
        return None
    held = tree.children(section)
    return Place(section, Slot.CHILDREN, held[-1] if held else "")


def _below(tree: Tree, place: Place, siblings: list[str], last: str) -> Place | None:
    position = siblings.index(last)
    if position + 1 < len(siblings):
        return Place(place.parent, place.slot, siblings[position + 1])
    section = _neighbour(tree, place, 1)
    return None if section is None else Place(section, Slot.CHILDREN)


def _neighbour(tree: Tree, place: Place, step: int) -> str | None:
    """The section before or behind the section that a place is in; None at the ends and deeper."""
    if place.slot is not Slot.CHILDREN or place.parent == ROOT:
        return None
    if tree.place(place.parent).parent != ROOT:
        return None
    sections = [uid for uid in tree.children(ROOT) if tree.sort(uid) is Sort.GROUP]
    if place.parent not in sections:
        return None
    position = sections.index(place.parent) + step
    return sections[position] if 0 <= position < len(sections) else None
