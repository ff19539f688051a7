"""Copies for a draft: with ids and names of their own, and with what they need."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from surveys.definitions.editing import ROOT, Add, Excerpt, Place, Slot, Sort, Tree, with_new_uids
from surveys.definitions.editing.references import LIST_FIELDS
from surveys.questionnaires.drafting.closing import retold
from surveys.questionnaires.drafting.names import Names
from surveys.questionnaires.uids import new_uid

Data = dict[str, Any]

REFERENCE: Final = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
FORMULAS: Final = ("numerator", "denominator")
_INSTANCE: Final = re.compile(r"(instance\(\s*)(['\"])([^'\"]+)\2")


@dataclass(frozen=True, slots=True)
class Renamed:
    """The new names of elements and of lists by their old ones."""

    elements: Mapping[str, str]
    lists: Mapping[str, str]

    def tell(self, value: Any) -> Any:
        """JSON in which every ``${name}`` and every ``instance('list')`` says the new name."""
        if isinstance(value, str):
            told = REFERENCE.sub(self._element, value)
            return _INSTANCE.sub(self._list, told)
        if isinstance(value, dict):
            return {key: self.tell(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.tell(each) for each in value]
        return value

    def _element(self, found: re.Match[str]) -> str:
        new = self.elements.get(found[1])
        return found[0] if new is None else f"${{{new}}}"

    def _list(self, found: re.Match[str]) -> str:
        return f"{found[1]}{found[2]}{self.lists.get(found[3], found[3])}{found[2]}"


@dataclass(frozen=True, slots=True)
class Copies:
    """Copies of elements, and the additions of the lists and indicators that the draft lacks."""

    elements: tuple[Data, ...]
    carried: tuple[Add, ...]
    names: frozenset[str]


def copies_of(tree: Tree, excerpt: Excerpt) -> Copies:
    """Copies of an excerpt for a draft, which speak of each other by their new names.

    A list of equal choices that the draft has is used in place of the excerpt's; an indicator that
    the draft's sheet has stays as it is there.
    """
    names, renamed = Names(tree), dict[str, str]()
    fresh = [_fresh(each, names, renamed) for each in excerpt.elements]
    lists = {old: _known_list(tree, each) or names.list(old) for old, each in excerpt.lists.items()}
    told = Renamed(renamed, lists)
    carried = [
        _list_of(told.tell(each), lists[old])
        for old, each in excerpt.lists.items()
        if lists[old] not in tree.document.get("lists", {})
    ]
    known = {each["code"] for each in tree.document.get("indicators", ())}
    indicators = [
        told.tell(_indicator_of(each, renamed))
        for each in excerpt.indicators
        if each["code"] not in known
    ]
    return Copies(
        tuple(_listing(told.tell(each), lists) for each in fresh),
        tuple(_additions(tree, carried, indicators)),
        frozenset(renamed.values()),
    )


def references_in(value: Any) -> frozenset[str]:
    """The names that JSON speaks of as ``${name}``."""
    match value:
        case str():
            return frozenset(REFERENCE.findall(value))
        case dict():
            return frozenset().union(*(references_in(each) for each in value.values()))
        case list():
            return frozenset().union(*(references_in(each) for each in value))
    return frozenset()


def _fresh(value: Data, names: Names, renamed: dict[str, str]) -> Data:
    return _renamed(with_new_uids(value, Sort(value["element"]), new_uid), names, renamed)


def _renamed(node: Data, names: Names, renamed: dict[str, str]) -> Data:
    old = str(node["name"])
    new = names.element(old)
    renamed[old] = new
    if node.get("or_other"):
        renamed.setdefault(f"{old}_other", f"{new}_other")
    inner: Data = {
        slot: [_renamed(child, names, renamed) for child in node[slot]]
        for slot in ("children", "columns")
        if slot in node
    }
    own = {"closed": retold(node["closed"], renamed)} if node.get("closed") else {}
    return {**node, "name": new, **inner, **own}


def _known_list(tree: Tree, wanted: Data) -> str | None:
    """The name of the draft's list with the same choices, best one of the same name."""
    lists: Mapping[str, Data] = tree.document.get("lists", {})
    same = [name for name, each in lists.items() if _choices(each) == _choices(wanted)]
    return wanted["name"] if wanted["name"] in same else next(iter(same), None)


def _choices(entries: Data) -> list[Data]:
    return [{k: v for k, v in each.items() if k != "uid" and v} for each in entries["choices"]]


def _list_of(entries: Data, name: str) -> Data:
    return {**with_new_uids(entries, Sort.LIST, new_uid), "name": name}


def _indicator_of(indicator: Data, renamed: Mapping[str, str]) -> Data:
    """Without a formula that speaks of what is not copied: it would be one of another questionnaire."""
    kept = {
        key: value
        for key, value in indicator.items()
        if key not in FORMULAS or references_in(value) <= renamed.keys()
    }
    return {**kept, "uid": new_uid()}


def _listing(element: Data, lists: Mapping[str, str]) -> Data:
    used = LIST_FIELDS.get(element["element"])
    own = {used: lists[element[used]]} if used and element.get(used) in lists else {}
    inner: Data = {
        slot: [_listing(child, lists) for child in element[slot]]
        for slot in ("children", "columns")
        if slot in element
    }
    return {**element, **own, **inner}


def _additions(tree: Tree, lists: Iterable[Data], indicators: Iterable[Data]) -> Iterable[Add]:
    for slot, values in ((Slot.LISTS, tuple(lists)), (Slot.INDICATORS, tuple(indicators))):
        held = [uid for uid in tree.children(ROOT) if tree.place(uid).slot is slot]
        if values:
            yield Add(Place(ROOT, slot, held[-1] if held else ""), values)
