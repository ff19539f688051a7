"""What differs between two definitions, and what becomes of the answers given to the first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Final

from surveys.engine.compatibility import (
    ADAPTED,
    CHECK,
    COSMETIC,
    LOST,
    SAFE,
    UNASKED,
    ChangeClass,
    Fate,
    Verdict,
    verdict_on_field,
    verdict_on_kind,
)
from surveys.engine.model import (
    ChoiceList,
    Definition,
    Element,
    Group,
    Kind,
    Question,
    Repeat,
    Table,
)
from surveys.engine.succession import Place, Succession, order_kept, succession


class What(StrEnum):
    """What happened at a place."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENAMED = "renamed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference.

    ``place`` is an element's name, ``table/row code``, ``lists.<list>`` or ``lists.<list>/<code>``,
    ``indicators.<code>``, or ``""`` for the questionnaire itself; a renamed element stands under its
    new name. ``aspect`` is the field (``constraint``), or ``element``, ``row``, ``choice``, ``list``,
    ``indicator``, ``owner``, ``parent``, ``order``; ``detail`` the language, parameter or code
    within it. ``old`` and ``new`` are what stood and stands there, as text. ``touches`` names the
    questions whose answers are concerned, where the place is none.
    """

    what: What
    place: str
    aspect: str
    detail: str = ""
    old: str = ""
    new: str = ""
    change_class: ChangeClass
    fate: Fate
    touches: tuple[str, ...] = ()


STRUCTURE: Final = {
    "name",
    "kind",
    "children",
    "columns",
    "list_name",
    "row_list",
    "choices",
    "lists",
    "indicators",
}
_IN_OTHER_LANGUAGES: Final = {"unit"}


def diff(old: Definition, new: Definition) -> tuple[Change, ...]:
    """Every change from ``old`` to ``new``: the whole first, then elements in the new order, those
    that are gone in the old order, lists and indicators. Equal definitions have none.
    """
    line = succession(old, new)
    return (
        *_fields("", old, new, new.default_language),
        *_elements(old, new, line),
        *_gone(line),
        *_lists(old, new, line),
        *_indicators(old, new),
    )


def broken_names(old: Definition, new: Definition) -> tuple[Change, ...]:
    """The changes that give a published name a new meaning, which no name may get.

    That is a name that stands for another sort of element now, in another repeat or table, or for a
    type that can hold none of its answers.
    """
    return tuple(
        change
        for change in diff(old, new)
        if change.fate is Fate.DROPPED
        and (change.aspect in {"type", "owner"} or _is_retyped(change))
    )


def _is_retyped(change: Change) -> bool:
    return change.what is What.CHANGED and change.aspect == "kind"


def _change(what: What, place: str, aspect: str, verdict: Verdict, **told: str) -> Change:
    return Change(
        what=what,
        place=place,
        aspect=aspect,
        detail=told.get("detail", ""),
        old=told.get("old", ""),
        new=told.get("new", ""),
        change_class=verdict[0],
        fate=verdict[1],
    )


def _elements(old: Definition, new: Definition, line: Succession) -> Iterator[Change]:
    kept_order = order_kept(line)
    for name, place in line.after.items():
        before = line.before_of(name)
        if before is None:
            yield from _arrival(place)
            continue
        if before.element.name != name:
            told = {"old": before.element.name, "new": name}
            yield _change(What.RENAMED, name, "element", ADAPTED, **told)
        yield from _move(before, place, line, is_in_order=name in kept_order)
        yield from _pair(before.element, place.element, old, new)


def _arrival(place: Place) -> Iterator[Change]:
    if place.is_inside_new:
        return
    element = place.element
    verdict = SAFE
    if _holds_nothing(element):
        verdict = COSMETIC
    elif isinstance(element, Question) and element.required:
        verdict = CHECK
    yield _change(What.ADDED, element.name, "element", verdict, new=_sort(element))


def _gone(line: Succession) -> Iterator[Change]:
    for name, place in line.before.items():
        element = place.element
        if name in line.names or place.is_inside_gone:
            continue
        verdict = COSMETIC if _holds_nothing(element) else LOST
        yield _change(What.REMOVED, name, "element", verdict, old=_sort(element))


def _move(before: Place, after: Place, line: Succession, *, is_in_order: bool) -> Iterator[Change]:
    name = after.element.name
    if line.names.get(before.owner, before.owner) != after.owner:
        told = {"old": before.owner, "new": after.owner}
        verdict = COSMETIC if _holds_nothing(after.element) else LOST
        yield _change(What.MOVED, name, "owner", verdict, **told)
    elif before.parent != after.parent:
        told = {"old": before.parent, "new": after.parent}
        verdict = COSMETIC if before.guards == after.guards else CHECK
        yield _change(What.MOVED, name, "parent", verdict, **told)
    elif not is_in_order:
        told = {"old": str(before.index + 1), "new": str(after.index + 1)}
        yield _change(What.MOVED, name, "order", COSMETIC, **told)


def _holds_nothing(element: Element) -> bool:
    return isinstance(element, Group) or (
        isinstance(element, Question) and element.kind is Kind.NOTE
    )


def _pair(before: Element, after: Element, old: Definition, new: Definition) -> Iterator[Change]:
    match before, after:
        case Question(), Question():
            yield from _questions(before, after, old, new)
        case Table(), Table():
            yield from _rows(before, after, old, new)
        case _:
            if type(before) is not type(after):
                told = {"old": _sort(before), "new": _sort(after)}
                verdict = SAFE if isinstance(before, Group) else LOST
                yield _change(What.CHANGED, after.name, "type", verdict, **told)
                return
    yield from _fields(after.name, before, after, new.default_language)


def _questions(
    before: Question, after: Question, old: Definition, new: Definition
) -> Iterator[Change]:
    if before.kind is not after.kind:
        verdict = verdict_on_kind(before.kind, after.kind)
        told = {"old": before.kind.value, "new": after.kind.value}
        yield _change(What.CHANGED, after.name, "kind", verdict, **told)
    if before.list_name != after.list_name:
        left, right = _codes(old, before.list_name), _codes(new, after.list_name)
        told = {"old": before.list_name, "new": after.list_name}
        lost = [code for code in left if code not in right]
        verdict = COSMETIC if left == right else SAFE
        if lost and after.list_name:
            verdict, told["detail"] = LOST, ", ".join(lost)
        yield _change(What.CHANGED, after.name, "list_name", verdict, **told)


def _rows(before: Table, after: Table, old: Definition, new: Definition) -> Iterator[Change]:
    left, right = _codes(old, before.row_list), _codes(new, after.row_list)
    if before.row_list != after.row_list:
        told = {"old": before.row_list, "new": after.row_list}
        yield _change(What.CHANGED, after.name, "row_list", COSMETIC, **told)
    for code in right:
        if code not in left:
            yield _change(What.ADDED, f"{after.name}/{code}", "row", SAFE, new=code)
    for code in left:
        if code not in right:
            yield _change(What.REMOVED, f"{after.name}/{code}", "row", LOST, old=code)


def _codes(definition: Definition, list_name: str) -> tuple[str, ...]:
    found = definition.lists.get(list_name)
    return tuple(choice.name for choice in found.choices) if found else ()


def _lists(old: Definition, new: Definition, line: Succession) -> Iterator[Change]:
    for name in new.lists:
        if name not in old.lists:
            yield _change(What.ADDED, f"lists.{name}", "list", COSMETIC, new=name)
            continue
        yield from _choices(old.lists[name], new.lists[name], new, _users(name, line))
    for name in old.lists:
        if name not in new.lists:
            yield _change(What.REMOVED, f"lists.{name}", "list", COSMETIC, old=name)


def _users(list_name: str, line: Succession) -> tuple[str, ...]:
    """The questions that choose from the list before and after, by their names now."""
    return tuple(
        after
        for before, after in line.names.items()
        if _list_of(line.before[before].element) == list_name
        and _list_of(line.after[after].element) == list_name
    )


def _list_of(element: Element) -> str:
    return element.list_name if isinstance(element, Question) else ""


def _choices(
    before: ChoiceList, after: ChoiceList, new: Definition, users: tuple[str, ...]
) -> Iterator[Change]:
    left, right = before.by_name(), after.by_name()
    place = f"lists.{after.name}"
    verdict = LOST if users else COSMETIC
    for code, choice in right.items():
        if code in left:
            changed = _fields(f"{place}/{code}", left[code], choice, new.default_language)
            yield from (_touching(change, users) for change in changed)
        else:
            added = SAFE if users else COSMETIC
            yield _touching(
                _change(What.ADDED, f"{place}/{code}", "choice", added, new=code), users
            )
    for code in left:
        if code not in right:
            gone = _change(What.REMOVED, f"{place}/{code}", "choice", verdict, old=code)
            yield _touching(gone, users)
    common = [code for code in left if code in right]
    if common != [code for code in right if code in left]:
        told = {"old": ", ".join(left), "new": ", ".join(right)}
        yield _touching(_change(What.MOVED, place, "order", COSMETIC, **told), users)


def _touching(change: Change, users: tuple[str, ...]) -> Change:
    return replace(change, touches=users)


def _indicators(old: Definition, new: Definition) -> Iterator[Change]:
    left = {indicator.code: indicator for indicator in old.indicators}
    right = {indicator.code: indicator for indicator in new.indicators}
    for code, indicator in right.items():
        place = f"indicators.{code}"
        if code in left:
            yield from _fields(place, left[code], indicator, new.default_language)
        else:
            yield _change(What.ADDED, place, "indicator", SAFE, new=code)
    for code in left:
        if code not in right:
            verdict = (ChangeClass.BREAKING, Fate.KEPT)
            yield _change(What.REMOVED, f"indicators.{code}", "indicator", verdict, old=code)


def _fields(place: str, old: object, new: object, language: str) -> Iterator[Change]:
    """The fields that differ, whatever the record; structure is compared elsewhere."""
    left, right = _facts(old), _facts(new)
    for field, detail in sorted({*left, *right}):
        before, after = left.get((field, detail), ""), right.get((field, detail), "")
        if before == after:
            continue
        verdict = verdict_on_field(field, detail, before, after)
        if field in _IN_OTHER_LANGUAGES and detail != language:
            verdict = COSMETIC
        if field == "calculation":
            verdict = _verdict_on_calculation(old, new, verdict)
        told = {"detail": detail, "old": before, "new": after}
        yield _change(What.CHANGED, place, field, verdict, **told)


def _verdict_on_calculation(old: object, new: object, verdict: Verdict) -> Verdict:
    """A calculation of what is typed, or done on a trigger, replaces no answer by itself."""
    if isinstance(new, Question) and isinstance(old, Question):
        if new.trigger:
            return SAFE
        if old.kind in UNASKED and not old.calculation:
            return SAFE
    return verdict


def _facts(record: object) -> dict[tuple[str, str], str]:
    facts: dict[tuple[str, str], str] = {}
    for field in fields(record):  # type: ignore[arg-type]  # every record of the model is a dataclass
        if field.name in STRUCTURE:
            continue
        value = getattr(record, field.name)
        match value:
            case Mapping():
                facts |= {(field.name, str(key)): str(item) for key, item in value.items()}
            case tuple():
                facts |= {(field.name, str(item)): str(item) for item in value}
            case bool():
                facts[field.name, ""] = "yes" if value else ""
            case _:
                facts[field.name, ""] = "" if value is None else str(value)
    return facts


def _sort(element: Element) -> str:
    match element:
        case Question():
            return element.kind.value
        case Group():
            return "group"
        case Repeat():
            return "repeat"
        case Table():
            return "table"
