"""One difference between two definitions, and the comparison of a record's fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Final

from surveys.engine.compatibility import (
    COSMETIC,
    SAFE,
    UNASKED,
    ChangeClass,
    Fate,
    Verdict,
    verdict_on_field,
)
from surveys.engine.model import Question


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
    ``indicators.<code>``, ``tables.<name>``, or ``""`` for the questionnaire itself; a renamed element
    stands under its new name. ``aspect`` is the field (``constraint``), or ``element``, ``row``,
    ``choice``, ``list``, ``lookup``, ``indicator``, ``owner``, ``parent``, ``order``; ``detail`` the language, parameter or code
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
    "tables",
}
_IN_OTHER_LANGUAGES: Final = {"unit"}


def change_at(what: What, place: str, aspect: str, verdict: Verdict, **told: str) -> Change:
    """A change with its verdict; ``told`` holds ``detail``, ``old`` and ``new`` where there are any."""
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


def field_changes(place: str, old: object, new: object, language: str) -> Iterator[Change]:
    """The fields that differ, whatever the record; structure is compared elsewhere."""
    if old == new:
        return
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
        yield change_at(What.CHANGED, place, field, verdict, **told)


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
        if field.name in STRUCTURE or not field.compare:
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
