"""What differs between two definitions, as plain data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from analytics.definitions.model import IndexDefinition
from analytics.definitions.writing import write_whole

_KEYS: Final = ("code", "indicator", "into", "level", "name")
"""By which the entries of a list are the same entry, in this order; a tree is compared by code."""


class Change(StrEnum):
    """What happened to a place."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. ``path`` names entries by their code: ``$.indicators[a4].target``."""

    change: Change
    path: str
    before: Any = None
    after: Any = None


def compare(before: IndexDefinition, after: IndexDefinition) -> tuple[Difference, ...]:
    """Every difference in the order of the document; none if they compute the same.

    Defaults count as written, so that leaving one out is no difference. Entries of a list are
    matched by code, so that moving one is one difference and not a change of all behind it.
    """
    return tuple(_values("$", write_whole(before), write_whole(after)))


def _values(path: str, before: Any, after: Any) -> Iterator[Difference]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _mappings(path, before, after)
    elif _keyed(before) and _keyed(after):
        yield from _lists(path, before, after)
    elif before != after:
        yield Difference(Change.CHANGED, path, before, after)


def _mappings(
    path: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Difference]:
    for key in (*before, *(key for key in after if key not in before)):
        place = f"{path}.{key}"
        if key not in after:
            yield Difference(Change.REMOVED, place, before[key])
        elif key not in before:
            yield Difference(Change.ADDED, place, after=after[key])
        else:
            yield from _values(place, before[key], after[key])


def _lists(
    path: str, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> Iterator[Difference]:
    old, new = _by_key(before), _by_key(after)
    for key, value in old.items():
        if key not in new:
            yield Difference(Change.REMOVED, f"{path}[{key}]", value)
        else:
            yield from _values(f"{path}[{key}]", value, new[key])
    for key, value in new.items():
        if key not in old:
            yield Difference(Change.ADDED, f"{path}[{key}]", after=value)
    kept = [key for key in old if key in new]
    again = [key for key in new if key in old]
    if kept != again:
        yield Difference(Change.MOVED, path, kept, again)


def _keyed(value: Any) -> bool:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        return False
    keys = [_key(each) for each in value]
    return None not in keys and len(set(keys)) == len(keys)


def _by_key(values: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {_key(value) or "": value for value in values}


def _key(value: Mapping[str, Any]) -> str | None:
    found = next((value[key] for key in _KEYS if key in value), None)
    return str(found) if isinstance(found, str | int) else None
