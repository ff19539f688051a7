"""What an edit changes on the screen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from surveys.definitions.editing import Add, Change, Delete, Move, Operation, Place, Slot
from surveys.engine import Element, Form, Problem, Question, Table

SHOWN: Final = frozenset({Slot.CHILDREN, Slot.COLUMNS, Slot.CHOICES})


@dataclass(frozen=True, slots=True)
class Touched:
    """Uids of nodes to be drawn anew, and of those whose children came, went or moved."""

    nodes: tuple[str, ...]
    rearranged: tuple[str, ...]


def touched_by(operations: Iterable[Operation], before: Form, after: Form) -> Touched:
    """What the operations that led from one form to the other changed on the screen.

    That is what they name, who uses a list of which a choice changed, and every element whose
    problems differ: a deleted question is missed elsewhere.
    """
    nodes: set[str] = set()
    rearranged: set[str] = set()
    for operation in operations:
        match operation:
            case Change(node=node):
                nodes.add(node)
            case Add(place=place, values=values):
                rearranged |= _shown_parents(place)
                nodes |= {str(each["uid"]) for each in values if place.slot is Slot.LISTS}
            case Move(place=place, origin=origin):
                rearranged |= _shown_parents(place, origin)
            case Delete(node=node, origin=origin):
                rearranged |= _shown_parents(origin)
                nodes |= {node} if origin and origin.slot is Slot.LISTS else set()
    nodes |= _users_of_lists(after, nodes | rearranged)
    nodes |= _with_other_problems(before, after)
    return Touched(tuple(sorted(nodes)), tuple(sorted(rearranged)))


def problems_by_uid(form: Form, problems: Iterable[Problem]) -> Mapping[str, tuple[Problem, ...]]:
    """Problems by the uid of the element they stand at; those of no element by ""."""
    uids = {element.name: element.uid for element in form.definition.elements()}
    found: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        name, _field = place_of(problem, uids)
        found[uids.get(name, "")].append(problem)
    return {uid: tuple(each) for uid, each in found.items()}


def place_of(problem: Problem, names: Iterable[str]) -> tuple[str, str]:
    """The element's name and the field that ``section/staff.relevant`` speaks of."""
    last = problem.at.rsplit("/", 1)[-1]
    known = names if isinstance(names, Mapping | set | frozenset) else set(names)
    if last in known:
        return last, ""
    name, _dot, field = last.rpartition(".")
    return (name, field) if name in known else ("", "")


def _shown_parents(*places: Place | None) -> set[str]:
    """The parents that the outline or an editor shows; lists as such stand in no outline."""
    return {place.parent for place in places if place and place.slot in SHOWN}


def _with_other_problems(before: Form, after: Form) -> set[str]:
    old = problems_by_uid(before, before.problems)
    new = problems_by_uid(after, after.problems)
    return {uid for uid in old.keys() | new.keys() if uid and old.get(uid) != new.get(uid)}


def _users_of_lists(form: Form, nodes: set[str]) -> set[str]:
    lists = {
        each.name
        for each in form.definition.lists.values()
        if each.uid in nodes or any(choice.uid in nodes for choice in each.choices)
    }
    return {each.uid for each in form.definition.elements() if _list_of(each) in lists}


def _list_of(element: Element) -> str:
    match element:
        case Question(list_name=name) | Table(row_list=name):
            return name
        case _:
            return ""
