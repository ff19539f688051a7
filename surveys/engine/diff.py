"""What differs between two definitions, and what becomes of the answers given to the first."""

from collections.abc import Iterator
from dataclasses import replace

from surveys.engine.compatibility import (
    ADAPTED,
    CHECK,
    COSMETIC,
    LOST,
    SAFE,
    ChangeClass,
    Fate,
    verdict_on_kind,
)
from surveys.engine.datatables import digest
from surveys.engine.differences import Change, What, change_at, field_changes
from surveys.engine.lookedup import lookup_users
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
from surveys.engine.others import texts_behind_other
from surveys.engine.succession import Place, Succession, order_kept, succession


def diff(old: Definition, new: Definition) -> tuple[Change, ...]:
    """Every change from ``old`` to ``new``: the whole first, then elements in the new order, those
    that are gone in the old order, lists and indicators and lookup tables. Equal definitions have none.
    """
    line = succession(old, new)
    return (
        *field_changes("", old, new, new.default_language),
        *_elements(old, new, line),
        *_gone(line),
        *_lists(old, new, line),
        *_indicators(old, new),
        *_tables(old, new),
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


def _elements(old: Definition, new: Definition, line: Succession) -> Iterator[Change]:
    kept_order = order_kept(line)
    texts = texts_behind_other(new.children)
    for name, place in line.after.items():
        before = line.before_of(name)
        if before is None:
            yield from _arrival(place, texts)
            continue
        if before.element.name != name:
            told = {"old": before.element.name, "new": name}
            yield change_at(What.RENAMED, name, "element", ADAPTED, **told)
        yield from _move(before, place, line, is_in_order=name in kept_order)
        yield from _pair(before.element, place.element, old, new)


def _arrival(place: Place, texts: set[str]) -> Iterator[Change]:
    if place.is_inside_new:
        return
    element = place.element
    verdict = SAFE
    if _holds_nothing(element):
        verdict = COSMETIC
    elif isinstance(element, Question) and element.required and element.name not in texts:
        verdict = CHECK
    yield change_at(What.ADDED, element.name, "element", verdict, new=_sort(element))


def _gone(line: Succession) -> Iterator[Change]:
    for name, place in line.before.items():
        element = place.element
        if name in line.names or place.is_inside_gone:
            continue
        verdict = COSMETIC if _holds_nothing(element) else LOST
        yield change_at(What.REMOVED, name, "element", verdict, old=_sort(element))


def _move(before: Place, after: Place, line: Succession, *, is_in_order: bool) -> Iterator[Change]:
    name = after.element.name
    if line.names.get(before.owner, before.owner) != after.owner:
        told = {"old": before.owner, "new": after.owner}
        verdict = COSMETIC if _holds_nothing(after.element) else LOST
        yield change_at(What.MOVED, name, "owner", verdict, **told)
    elif before.parent != after.parent:
        told = {"old": before.parent, "new": after.parent}
        verdict = COSMETIC if before.guards == after.guards else CHECK
        yield change_at(What.MOVED, name, "parent", verdict, **told)
    elif not is_in_order:
        told = {"old": str(before.index + 1), "new": str(after.index + 1)}
        yield change_at(What.MOVED, name, "order", COSMETIC, **told)


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
                yield change_at(What.CHANGED, after.name, "type", verdict, **told)
                return
    yield from field_changes(after.name, before, after, new.default_language)


def _questions(
    before: Question, after: Question, old: Definition, new: Definition
) -> Iterator[Change]:
    if before.kind is not after.kind:
        verdict = verdict_on_kind(before.kind, after.kind)
        told = {"old": before.kind.value, "new": after.kind.value}
        yield change_at(What.CHANGED, after.name, "kind", verdict, **told)
    if before.list_name != after.list_name:
        left, right = _codes(old, before.list_name), _codes(new, after.list_name)
        told = {"old": before.list_name, "new": after.list_name}
        offered = set(right)
        lost = [code for code in left if code not in offered]
        verdict = COSMETIC if left == right else SAFE
        if lost and after.list_name:
            verdict, told["detail"] = LOST, ", ".join(lost)
        yield change_at(What.CHANGED, after.name, "list_name", verdict, **told)


def _rows(before: Table, after: Table, old: Definition, new: Definition) -> Iterator[Change]:
    left, right = _codes(old, before.row_list), _codes(new, after.row_list)
    if before.row_list != after.row_list:
        told = {"old": before.row_list, "new": after.row_list}
        yield change_at(What.CHANGED, after.name, "row_list", COSMETIC, **told)
    stood, stands = set(left), set(right)
    for code in right:
        if code not in stood:
            yield change_at(What.ADDED, f"{after.name}/{code}", "row", SAFE, new=code)
    for code in left:
        if code not in stands:
            yield change_at(What.REMOVED, f"{after.name}/{code}", "row", LOST, old=code)


def _codes(definition: Definition, list_name: str) -> tuple[str, ...]:
    found = definition.lists.get(list_name)
    return tuple(choice.name for choice in found.choices) if found else ()


def _lists(old: Definition, new: Definition, line: Succession) -> Iterator[Change]:
    for name in new.lists:
        if name not in old.lists:
            yield change_at(What.ADDED, f"lists.{name}", "list", COSMETIC, new=name)
            continue
        yield from _choices(old.lists[name], new.lists[name], new, _users(name, line))
    for name in old.lists:
        if name not in new.lists:
            yield change_at(What.REMOVED, f"lists.{name}", "list", COSMETIC, old=name)


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
            changed = field_changes(f"{place}/{code}", left[code], choice, new.default_language)
            yield from (_touching(change, users) for change in changed)
        else:
            added = SAFE if users else COSMETIC
            yield _touching(
                change_at(What.ADDED, f"{place}/{code}", "choice", added, new=code), users
            )
    for code in left:
        if code not in right:
            gone = change_at(What.REMOVED, f"{place}/{code}", "choice", verdict, old=code)
            yield _touching(gone, users)
    common = [code for code in left if code in right]
    if common != [code for code in right if code in left]:
        told = {"old": ", ".join(left), "new": ", ".join(right)}
        yield _touching(change_at(What.MOVED, place, "order", COSMETIC, **told), users)


def _touching(change: Change, users: tuple[str, ...]) -> Change:
    return replace(change, touches=users)


def _indicators(old: Definition, new: Definition) -> Iterator[Change]:
    left = {indicator.code: indicator for indicator in old.indicators}
    right = {indicator.code: indicator for indicator in new.indicators}
    for code, indicator in right.items():
        place = f"indicators.{code}"
        if code in left:
            yield from field_changes(place, left[code], indicator, new.default_language)
        else:
            yield change_at(What.ADDED, place, "indicator", SAFE, new=code)
    for code in left:
        if code not in right:
            verdict = (ChangeClass.BREAKING, Fate.KEPT)
            yield change_at(What.REMOVED, f"indicators.{code}", "indicator", verdict, old=code)


def _tables(old: Definition, new: Definition) -> Iterator[Change]:
    """A table's contents decide computed answers, which are worked out again, and no given one."""
    for name, table in new.tables.items():
        place, before = f"tables.{name}", old.tables.get(name)
        if before is None:
            yield change_at(What.ADDED, place, "lookup", COSMETIC, new=name)
        elif before != table:
            told = {"old": digest(before), "new": digest(table)}
            users = lookup_users(new, name)
            verdict = CHECK if users else COSMETIC
            yield _touching(change_at(What.CHANGED, place, "lookup", verdict, **told), users)
    for name in old.tables:
        if name not in new.tables:
            yield change_at(What.REMOVED, f"tables.{name}", "lookup", COSMETIC, old=name)


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
