"""Which element of a newer definition follows which of an older one."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from surveys.engine.model import Definition, Element, Group, Question, Table


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element stands: in which repeat or table (``owner``), directly in what (``parent``),
    as which of its siblings, under which conditions of what surrounds it. ``is_inside_new`` and
    ``is_inside_gone`` say that its repeat or table came or went with it.
    """

    element: Element
    owner: str
    parent: str
    index: int
    guards: tuple[str, ...]
    is_inside_new: bool = False
    is_inside_gone: bool = False


@dataclass(frozen=True, slots=True)
class Succession:
    """The elements of both definitions by name, and ``names``: the new name of each old one that
    goes on, by itself or through ``successor_of``.
    """

    before: Mapping[str, Place]
    after: Mapping[str, Place]
    names: Mapping[str, str]
    origins: Mapping[str, str]

    def before_of(self, name: str) -> Place | None:
        """What the new name stood for; None if it is new."""
        origin = self.origins.get(name)
        return None if origin is None else self.before[origin]


def succession(old: Definition, new: Definition) -> Succession:
    """Names are identities; a name that is gone goes on in the first that declares to succeed it."""
    before, after = _places(old), _places(new)
    names = {name: name for name in before if name in after}
    for name, place in after.items():
        former = _former(place.element)
        if former in before and former not in names and name not in before:
            names[former] = name
    origins = {new_name: old_name for old_name, new_name in names.items()}
    return Succession(
        {
            name: replace(place, is_inside_gone=bool(place.owner) and place.owner not in names)
            for name, place in before.items()
        },
        {
            name: replace(place, is_inside_new=bool(place.owner) and place.owner not in origins)
            for name, place in after.items()
        },
        names,
        origins,
    )


def order_kept(line: Succession) -> frozenset[str]:
    """The new names that can be said to have stayed in order; the fewest possible have moved."""
    siblings: dict[str, list[tuple[int, str]]] = {}
    for name, place in line.after.items():
        before = line.before_of(name)
        if before is not None and before.parent == place.parent:
            siblings.setdefault(place.parent, []).append((before.index, name))
    return frozenset(name for run in siblings.values() for name in _longest_rise(run))


def _longest_rise(run: list[tuple[int, str]]) -> Iterator[str]:
    """The names of a longest rising subsequence."""
    ends: list[int] = []
    at: list[int] = []
    came_from: list[int] = []
    for position, (rank, _name) in enumerate(run):
        length = bisect_left(ends, rank)
        came_from.append(at[length - 1] if length else -1)
        if length == len(ends):
            ends.append(rank)
            at.append(position)
        else:
            ends[length], at[length] = rank, position
    position = at[-1] if at else -1
    while position >= 0:
        yield run[position][1]
        position = came_from[position]


def _former(element: Element) -> str:
    return element.successor_of if isinstance(element, Question) else ""


def _places(definition: Definition) -> dict[str, Place]:
    return dict(_walk(definition.children, owner="", parent="", guards=()))


def _walk(
    elements: tuple[Element, ...], *, owner: str, parent: str, guards: tuple[str, ...]
) -> Iterator[tuple[str, Place]]:
    for index, element in enumerate(elements):
        yield element.name, Place(element, owner, parent, index, guards)
        if isinstance(element, Question):
            continue
        inside = element.columns if isinstance(element, Table) else element.children
        holder = owner if isinstance(element, Group) else element.name
        under = (*guards, element.relevant) if element.relevant else guards
        yield from _walk(inside, owner=holder, parent=element.name, guards=under)
