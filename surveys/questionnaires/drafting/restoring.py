"""What was deleted comes back, as an edit of its own."""

from surveys.definitions.editing import ROOT, Add, Delete, Place, Slot, Sort, Tree
from surveys.definitions.editing.errors import PlaceInvalid
from surveys.definitions.editing.nodes import SLOTS, sort_of
from surveys.definitions.editing.operations import Data
from surveys.questionnaires.drafting.arguments import Plan
from surveys.questionnaires.drafting.names import Names


def restored(tree: Tree, deleted: Delete) -> Plan:
    """Put the node back where it stood; what it stood in may have gone, then it is the last of all.

    A list whose name somebody took meanwhile gets the next free one; an element keeps its name, and
    the check says that two have it. Raises PlaceInvalid if the node is there, or if there is nothing
    left to put it in.
    """
    value, origin = deleted.value, deleted.origin
    assert value is not None, "the log says what was deleted"
    assert origin is not None, "the log says where it had stood"
    if deleted.node in tree:
        raise PlaceInvalid("It is there again already.", node=deleted.node)
    place = origin if _stands(tree, origin) else _last_place(tree, value)
    return Plan((Add(place, (_with_free_name(tree, value),)),), deleted.node)


def _stands(tree: Tree, place: Place) -> bool:
    return place.parent in tree and place.slot in SLOTS.get(tree.sort(place.parent), ())


def _last_place(tree: Tree, value: Data) -> Place:
    sort = sort_of(value)
    if sort is Sort.CHOICE:
        raise PlaceInvalid("The list that it stood in is gone. Restore the list first.")
    slot = {Sort.LIST: Slot.LISTS, Sort.INDICATOR: Slot.INDICATORS}.get(sort, Slot.CHILDREN)
    held = [uid for uid in tree.children(ROOT) if tree.place(uid).slot is slot]
    return Place(ROOT, slot, held[-1] if held else "")


def _with_free_name(tree: Tree, value: Data) -> Data:
    if sort_of(value) is not Sort.LIST:
        return value
    return {**value, "name": Names(tree).list(str(value["name"]))}
