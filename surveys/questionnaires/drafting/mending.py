"""What mends a finding: for its code, the one edit."""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from surveys.definitions.editing import (
    ROOT,
    Add,
    Change,
    Delete,
    EditError,
    Operation,
    Place,
    Slot,
    Sort,
    Tree,
    renaming,
)
from surveys.definitions.editing.fields import ELEMENTS
from surveys.questionnaires.drafting.arguments import Arguments, CommandMalformed, Plan
from surveys.questionnaires.drafting.names import Names, first_free
from surveys.questionnaires.uids import new_uid

LIKENESS: Final = 0.6
REFERENCE: Final = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
LIST_FIELDS: Final[Mapping[Sort, str]] = {Sort.QUESTION: "list_name", Sort.TABLE: "row_list"}


class NothingToMend(EditError):
    """The finding has gone meanwhile, or there is no edit that mends it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a finding says of itself: its code, its place ``section/staff.relevant``, its name."""

    code: str
    at: str
    name: str

    @property
    def element(self) -> str:
        """The name of the element that the place speaks of."""
        return self.path[-1].partition(".")[0]

    @property
    def field(self) -> str:
        """The field of the element, "" for the whole."""
        return self.path[-1].partition(".")[2].partition("::")[0]

    @property
    def path(self) -> list[str]:
        """The place in its parts."""
        return self.at.split("/")


def mend(tree: Tree, arguments: Arguments) -> Plan:
    """``{"code", "at", "name"}``: what mends that finding. Raises NothingToMend."""
    finding = Finding(arguments.text("code"), arguments.text("at"), arguments.text("name"))
    planner = MENDINGS.get(finding.code)
    if planner is None:
        raise CommandMalformed(f"{finding.code!r} is not mended by an edit.")
    plan = planner(tree, finding)
    if not plan.operations:
        raise NothingToMend("There is nothing left to mend here.")
    return plan


def succeed(tree: Tree, arguments: Arguments) -> Plan:
    """``{"node"}``: a new name for a question whose published name came to mean something else.

    Everybody who speaks of it is told, and ``successor_of`` remembers the old name.
    """
    uid = arguments.text("node")
    old = str(tree.node(uid).get("name", ""))
    if tree.sort(uid) is not Sort.QUESTION or not old:
        raise CommandMalformed("Only a question succeeds another.")
    new = Names(tree).element(old)
    told = renaming(tree.document, uid, new)
    succession = Change(uid, "successor_of", tree.value(uid, "successor_of"), old)
    return Plan((*told, succession), uid)


def can_mend(tree: Tree, finding: Finding) -> bool:
    """Whether one edit mends the finding."""
    planner = MENDINGS.get(finding.code)
    if planner is None:
        return False
    try:
        return bool(planner(tree, finding).operations)
    except EditError:
        return False


def _delete_element(tree: Tree, finding: Finding) -> Plan:
    uid = _element(tree, finding.element)
    return Plan((Delete(uid),), tree.place(uid).parent)


def _delete_list(tree: Tree, finding: Finding) -> Plan:
    return Plan((Delete(_list(tree, finding.name)),), ROOT)


def _delete_choice(tree: Tree, finding: Finding) -> Plan:
    uid = _element(tree, finding.element)
    held = _list(tree, str(tree.value(uid, LIST_FIELDS.get(tree.sort(uid), "name")) or ""))
    return Plan((Delete(_choice(tree, held, finding.name)),), uid)


def _mark_personal(tree: Tree, finding: Finding) -> Plan:
    uid = _element(tree, finding.element)
    return _change(tree, uid, "personal_data", new=True)


def _clear_field(tree: Tree, finding: Finding) -> Plan:
    return _change(tree, _element(tree, finding.element), finding.field, new=None)


def _rename_second(tree: Tree, finding: Finding) -> Plan:
    """Those behind the first get free names; who speaks of the name goes on meaning the first."""
    twins = [uid for uid in _elements(tree) if tree.node(uid).get("name") == finding.name]
    names = Names(tree)
    changes = (Change(uid, "name", finding.name, names.element(finding.name)) for uid in twins[1:])
    return Plan(tuple(changes), twins[-1] if twins else "")


def _rename_second_choice(tree: Tree, finding: Finding) -> Plan:
    held = _list(tree, finding.path[-1])
    codes = {str(tree.node(uid).get("name", "")).casefold() for uid in tree.children(held)}
    twins = [uid for uid in tree.children(held) if tree.node(uid).get("name") == finding.name]
    changes: list[Operation] = []
    for uid in twins[1:]:
        code = first_free(finding.name, codes)
        codes.add(code.casefold())
        changes.append(Change(uid, "name", finding.name, code))
    return Plan(tuple(changes), held)


def _name_nearest(tree: Tree, finding: Finding) -> Plan:
    """The unknown name becomes the likest that there is, in every field of the element."""
    uid = _element(tree, finding.element)
    known = [str(tree.node(each).get("name", "")) for each in _elements(tree)]
    near = _nearest(finding.name, known)
    if not near:
        raise NothingToMend("No name is like it.")

    def replaced(found: re.Match[str]) -> str:
        return f"${{{near}}}" if found[1] == finding.name else found[0]

    changes = [
        Change(uid, field, text, new)
        for field, text in _texts(tree.node(uid))
        if (new := REFERENCE.sub(replaced, text)) != text
    ]
    return Plan(tuple(changes), uid)


def _add_list(tree: Tree, finding: Finding) -> Plan:
    """The list that the element names, empty; a nearly equal name is taken for a slip."""
    uid = _element(tree, finding.element)
    field = LIST_FIELDS[tree.sort(uid)]
    wanted = str(tree.value(uid, field) or "")
    lists = [each for each in tree.children(ROOT) if tree.sort(each) is Sort.LIST]
    near = _nearest(wanted, [str(tree.node(each)["name"]) for each in lists])
    if near:
        return _change(tree, uid, field, new=near)
    name = Names(tree).list(wanted or f"{finding.element}_ds")
    added = Add(
        Place(ROOT, Slot.LISTS, lists[-1] if lists else ""),
        ({"uid": new_uid(), "name": name, "choices": _first_choices(tree)},),
    )
    named = () if name == wanted else (Change(uid, field, wanted or None, name),)
    return Plan((added, *named), uid)


def _first_choices(tree: Tree) -> list[dict[str, Any]]:
    language = str(tree.document.get("default_language", "vi"))
    return [
        {"uid": new_uid(), "name": str(number), "label": {language: str(number)}}
        for number in (1, 2)
    ]


def _change(tree: Tree, uid: str, field: str, *, new: Any) -> Plan:
    old = tree.value(uid, field)
    return Plan(() if old == new else (Change(uid, field, old, new),), uid)


def _elements(tree: Tree) -> list[str]:
    return [uid for uid in tree.uids() if tree.sort(uid) in ELEMENTS]


def _element(tree: Tree, name: str) -> str:
    return _only(uid for uid in _elements(tree) if tree.node(uid).get("name") == name)


def _list(tree: Tree, name: str) -> str:
    lists = (uid for uid in tree.children(ROOT) if tree.sort(uid) is Sort.LIST)
    return _only(uid for uid in lists if tree.node(uid).get("name") == name)


def _choice(tree: Tree, held: str, name: str) -> str:
    return _only(uid for uid in tree.children(held) if tree.node(uid).get("name") == name)


def _only(found: Iterable[str]) -> str:
    uid = next(iter(found), None)
    if uid is None:
        raise NothingToMend("What the finding speaks of is gone.")
    return uid


def _nearest(name: str, known: list[str]) -> str:
    folded = {each.casefold(): each for each in known if each}
    near = difflib.get_close_matches(name.casefold(), list(folded), 1, LIKENESS)
    return folded[near[0]] if near else ""


def _texts(node: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in node.items():
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, Mapping):
            yield from ((f"{key}.{k}", text) for k, text in value.items() if isinstance(text, str))


MENDINGS: Final[Mapping[str, Callable[[Tree, Finding], Plan]]] = {
    "list_unused": _delete_list,
    "calculation_unused": _delete_element,
    "choice_never_offered": _delete_choice,
    "choice_refused": _delete_choice,
    "personal_data_unmarked": _mark_personal,
    "default_refused": _clear_field,
    "name_repeated": _rename_second,
    "choice_repeated": _rename_second_choice,
    "reference_unknown": _name_nearest,
    "list_unknown": _add_list,
}
"""The edit for each code that one edit can mend."""
