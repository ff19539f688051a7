"""What differs between two definitions, thing by thing, as plain data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from analytics.definitions.model import IndexDefinition
from analytics.definitions.things import ABOVE, WEIGHT, Key, Place, Thing, things, unsaid

ORDER: Final[Place] = ("order",)
"""What stands below, in order."""


class Change(StrEnum):
    """What happened to a thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is said differently; None: nothing is said."""

    place: Place
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs of one thing: the newer one, or the one that is gone.

    Of a thing that came or went, ``said`` is what goes beyond the defaults.
    """

    change: Change
    thing: Thing
    said: tuple[Said, ...]


def compare(before: IndexDefinition, after: IndexDefinition) -> tuple[Difference, ...]:
    """Every difference in the order of ``things``; none if they compute the same.

    What is gone stands where it stood. Defaults count as written, so that leaving one out is no
    difference; a thing is the same by its code, so that one that moved has moved and is not new.
    """
    old, new = things(before), things(after)
    found = (_difference(old.get(key), new.get(key)) for key in _together(old, new))
    return tuple(each for each in found if each is not None)


def _together(old: Mapping[Key, Thing], new: Mapping[Key, Thing]) -> Iterator[Key]:
    """The keys in the order of the newer, each that is gone behind what it stood behind."""
    gone: dict[Key | None, list[Key]] = {}
    behind: Key | None = None
    for key in old:
        if key in new:
            behind = key
        else:
            gone.setdefault(behind, []).append(key)
    yield from gone.get(None, ())
    for key in new:
        yield key
        yield from gone.get(key, ())


def _difference(before: Thing | None, after: Thing | None) -> Difference | None:
    if before is not None and after is not None:
        said = (*_differing(before.said, after.said), *_moved(before, after))
        return Difference(Change.CHANGED, after, said) if said else None
    if after is not None:
        told = tuple(Said(place, None, value) for place, value in _beyond(after))
        return Difference(Change.ADDED, after, told)
    assert before is not None, "a key is of one of both"
    return Difference(
        Change.REMOVED, before, tuple(Said(place, value) for place, value in _beyond(before))
    )


def _beyond(thing: Thing) -> Iterator[tuple[Place, Any]]:
    """What is said beyond the defaults; where it stands and what it weighs is always told."""
    unspoken = unsaid(thing.sort)
    for place, value in thing.said.items():
        if place in (ABOVE, WEIGHT) or unspoken.get(place) != value:
            yield place, value


def _differing(before: Mapping[Place, Any], after: Mapping[Place, Any]) -> Iterator[Said]:
    for place in _in_order(before, after):
        if before.get(place) != after.get(place):
            yield Said(place, before.get(place), after.get(place))


def _in_order(before: Iterable[Place], after: Iterable[Place]) -> list[Place]:
    return list(dict.fromkeys((*after, *before)))


def _moved(before: Thing, after: Thing) -> Iterator[Said]:
    """Another order of what stood below and still does; what came or went is told by itself."""
    kept = _only(before.below, after.below)
    again = _only(after.below, before.below)
    if kept != again:
        yield Said(ORDER, kept, again)


def _only(codes: Sequence[str], others: Sequence[str]) -> list[str]:
    known = set(others)
    return [code for code in codes if code in known]
