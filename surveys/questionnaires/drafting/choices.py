"""Choices and their lists."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from surveys.definitions.editing import (
    ROOT,
    Add,
    Change,
    Delete,
    Place,
    Slot,
    Sort,
    Tree,
    with_new_uids,
)
from surveys.questionnaires.builder.properties.ready import READY
from surveys.questionnaires.drafting import arranging
from surveys.questionnaires.drafting.adding import new_list
from surveys.questionnaires.drafting.arguments import Arguments, CommandMalformed, Plan
from surveys.questionnaires.drafting.names import Names, first_free
from surveys.questionnaires.drafting.pasted import Pasted, PastedChoice, read_choices
from surveys.questionnaires.edit_words import EditRefusal
from surveys.questionnaires.uids import new_uid

Data = dict[str, Any]
LIST_FIELDS: Final = {Sort.QUESTION: "list_name", Sort.TABLE: "row_list"}


def add_choice(tree: Tree, arguments: Arguments) -> Plan:
    """``{"list", "after"?}``: a choice with the next free code behind another one, else the last."""
    uid = arguments.text("list")
    choices = _choices(tree, uid)
    after = arguments.text("after", "") or (choices[-1]["uid"] if choices else "")
    codes = {str(choice["name"]) for choice in choices}
    choice = {"name": _next_code(codes), "label": {}, "uid": new_uid()}
    return Plan((Add(Place(uid, Slot.CHOICES, after), (choice,)),))


def move_choice(tree: Tree, arguments: Arguments) -> Plan:
    """``{"nodes", "up"}``: the choices by one place."""
    step = arranging.move_up if arguments.flag("up") else arranging.move_down
    return Plan(step(tree, arguments).operations)


def delete_choice(tree: Tree, arguments: Arguments) -> Plan:
    """``{"nodes"}``: the choices go; what is selected stays selected."""
    nodes = arguments.texts("nodes")
    if any(tree.sort(uid) is not Sort.CHOICE for uid in nodes):
        raise CommandMalformed("Only choices are deleted here.")
    return Plan(tuple(Delete(uid) for uid in dict.fromkeys(nodes)))


def delete_list(tree: Tree, arguments: Arguments) -> Plan:
    """``{"list"}``: a list that nobody uses goes. Raises EditRefusal for one that is used."""
    uid = arguments.text("list")
    name = str(_list(tree, uid)["name"])
    if users_of(tree, name):
        raise EditRefusal(_("The list is used; it stays."), node=uid)
    return Plan((Delete(uid),), ROOT)


def own_list(tree: Tree, arguments: Arguments) -> Plan:
    """``{"node"}``: a question or table gets a copy of its list, which nobody else uses."""
    uid = arguments.text("node")
    field = _list_field(tree, uid)
    shared = tree.document.get("lists", {}).get(tree.node(uid).get(field))
    if shared is None:
        raise EditRefusal(_("There is no such list."), node=uid)
    name = Names(tree).list(f"{tree.node(uid)['name']}_ds")
    copy = {**with_new_uids(shared, Sort.LIST, new_uid), "name": name}
    add = Add(Place(ROOT, Slot.LISTS, str(shared["uid"])), (copy,))
    return Plan((add, Change(uid, field, shared["name"], name)), uid)


def fresh_list(tree: Tree, arguments: Arguments) -> Plan:
    """``{"node", "ready"?}``: a question or table gets a new list: a ready one, else two choices.

    A ready list that the draft has already, choice for choice, is used again.
    """
    uid, ready = arguments.text("node"), arguments.text("ready", "")
    field = _list_field(tree, uid)
    old = tree.node(uid).get(field)
    if not ready:
        name = Names(tree).list(f"{tree.node(uid)['name']}_ds")
        return Plan((new_list(name, ["1", "2"]), Change(uid, field, old, name)), uid)
    if ready not in READY:
        raise CommandMalformed(f"{ready!r} is no ready list.")
    choices = [dict(choice) for choice in READY[ready].choices(_languages(tree))]
    for known in tree.document.get("lists", {}).values():
        if [_bare(choice) for choice in known["choices"]] == choices:
            return Plan((Change(uid, field, old, known["name"]),), uid)
    name = Names(tree).list(ready)
    listed = {"name": name, "choices": choices}
    add = Add(Place(ROOT, Slot.LISTS), (with_new_uids(listed, Sort.LIST, new_uid),))
    return Plan((add, Change(uid, field, old, name)), uid)


def paste_choices(tree: Tree, arguments: Arguments) -> Plan:
    """``{"list", "text", "replace"}``: the choices of a pasted block, see ``read_choices``.

    They go behind those of the list, or take their places: a choice whose code stays stays itself,
    with the texts that were not pasted. Raises EditRefusal where a row cannot be read.
    """
    uid, replace = arguments.text("list"), arguments.flag("replace")
    pasted = pasted_into(tree, uid, arguments.text("text"), replace=replace)
    if pasted.findings:
        raise EditRefusal(_("The pasted choices have mistakes; nothing was changed."), node=uid)
    held = _choices(tree, uid)
    if not replace:
        after = held[-1]["uid"] if held else ""
        added = tuple(_choice(each, {}) for each in pasted.choices)
        return Plan((Add(Place(uid, Slot.CHOICES, after), added),))
    known = {choice["name"]: choice for choice in held}
    choices = [_choice(each, known.get(each.code, {})) for each in pasted.choices]
    current = _list(tree, uid)
    if choices == current["choices"]:
        return Plan(())
    # One list for another: thousands of choices cost no more than two, and undo brings all back.
    return Plan((Delete(uid, current), Add(tree.place(uid), ({**current, "choices": choices},))))


def pasted_into(tree: Tree, uid: str, text: str, *, replace: bool) -> Pasted:
    """What a text would bring into a list. Raises CommandMalformed if the node is no list."""
    return read_choices(
        text, languages=_languages(tree), present=_choices(tree, uid), replace=replace
    )


def users_of(tree: Tree, name: str) -> list[str]:
    """The uids of the questions and tables that use the list."""
    return [
        uid
        for uid in tree.uids()
        if (field := LIST_FIELDS.get(tree.sort(uid))) and tree.node(uid).get(field) == name
    ]


def _choice(pasted: PastedChoice, known: Mapping[str, Any]) -> Data:
    score = pasted.score or known.get("score", "")
    extra = {**known.get("extra", {}), **pasted.extra}
    return {
        "name": pasted.code,
        "label": {**known.get("label", {}), **pasted.label},
        "uid": known.get("uid") or new_uid(),
        **({"score": score} if score else {}),
        **({"extra": extra} if extra else {}),
    }


def _list(tree: Tree, uid: str) -> Data:
    if tree.sort(uid) is not Sort.LIST:
        raise CommandMalformed("The node is no choice list.")
    return tree.node(uid)


def _choices(tree: Tree, uid: str) -> list[Data]:
    choices: list[Data] = _list(tree, uid)["choices"]
    return choices


def _list_field(tree: Tree, uid: str) -> str:
    field = LIST_FIELDS.get(tree.sort(uid))
    if field is None:
        raise CommandMalformed("Only questions and tables have a list.")
    return field


def _languages(tree: Tree) -> Sequence[str]:
    """The languages of the draft, the default one first."""
    default = str(tree.document.get("default_language", "vi"))
    return [default, *(each for each in tree.document.get("languages", ["vi"]) if each != default)]


def _next_code(codes: set[str]) -> str:
    figures = [int(code) for code in codes if code.isascii() and code.isdigit() and len(code) < 10]
    if len(figures) == len(codes):
        return str(max(figures, default=0) + 1)
    return first_free("lc_1", codes)


def _bare(choice: Mapping[str, Any]) -> Data:
    return {key: value for key, value in choice.items() if key != "uid"}
