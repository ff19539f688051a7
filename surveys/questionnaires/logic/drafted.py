"""A condition while it is put together: what was chosen and typed so far, also what is not done yet."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from surveys.engine.sentences import Comparison, Joined

MOST_PARTS: Final = 200
MOST_NESTED: Final = 8
MOST_TYPED: Final = 2_000

Path = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DraftedTerm:
    """A comparison. ``subject`` is an expression or what was typed; ``is_formula`` says that the
    values are expressions and not values as people write them, ``is_new`` that the subject has just
    been chosen, so that nobody has chosen a comparison for it yet.
    """

    subject: str = ""
    comparison: Comparison = Comparison.IS
    values: tuple[str, ...] = ()
    is_formula: bool = False
    is_new: bool = False

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """From JSON; what cannot be read is not chosen yet."""
        try:
            comparison = Comparison(str(data.get("comparison")))
        except ValueError:
            comparison = Comparison.IS
        values = data.get("values")
        return cls(
            str(data.get("subject") or "")[:MOST_TYPED],
            comparison,
            tuple(str(each)[:MOST_TYPED] for each in values[:MOST_PARTS])
            if isinstance(values, list)
            else (),
            data.get("as") == "formula",
            data.get("new") is True,
        )


@dataclass(frozen=True, slots=True)
class DraftedGroup:
    """Parts joined."""

    kind: Joined = Joined.ALL
    parts: tuple["DraftedTerm | DraftedGroup", ...] = ()

    @classmethod
    def read(cls, data: Mapping[str, Any], depth: int = 0) -> Self:
        """From JSON; what nests too deep or is too much is left out."""
        try:
            kind = Joined(str(data.get("kind")))
        except ValueError:
            kind = Joined.ALL
        parts = data.get("parts")
        given = parts[:MOST_PARTS] if isinstance(parts, list) and depth < MOST_NESTED else []
        return cls(kind, tuple(_part(each, depth) for each in given if isinstance(each, dict)))


Drafted = DraftedTerm | DraftedGroup


def _part(data: Mapping[str, Any], depth: int) -> Drafted:
    return DraftedGroup.read(data, depth + 1) if "parts" in data else DraftedTerm.read(data)


def path_of(text: str) -> Path:
    """The path that ``"0.2"`` names; that of the whole for what is none."""
    steps = text.split(".")
    return tuple(int(step) for step in steps) if all(step.isdigit() for step in steps) else ()


def added(group: DraftedGroup, path: Path, part: Drafted) -> DraftedGroup:
    """The group with a part at the end of the group at ``path``."""
    return _changed(group, path, lambda inside: replace(inside, parts=(*inside.parts, part)))


def removed(group: DraftedGroup, path: Path) -> DraftedGroup:
    """The group without the part at ``path``; groups that are empty then go with it."""
    if not path:
        return DraftedGroup()
    *above, last = path

    def without(inside: DraftedGroup) -> DraftedGroup:
        return replace(inside, parts=(*inside.parts[:last], *inside.parts[last + 1 :]))

    return _tidy(_changed(group, tuple(above), without))


def walk(part: Drafted, path: Path = ()) -> Iterator[tuple[Path, Drafted]]:
    """Every part with its path, the whole first."""
    yield path, part
    if isinstance(part, DraftedGroup):
        for index, each in enumerate(part.parts):
            yield from walk(each, (*path, index))


def _changed(
    group: DraftedGroup, path: Path, change: Callable[[DraftedGroup], DraftedGroup]
) -> DraftedGroup:
    if not path:
        return change(group)
    first, *rest = path
    if first >= len(group.parts):
        return group
    part = group.parts[first]
    if not isinstance(part, DraftedGroup):
        return group
    inside = _changed(part, tuple(rest), change)
    return replace(group, parts=(*group.parts[:first], inside, *group.parts[first + 1 :]))


def _tidy(group: DraftedGroup) -> DraftedGroup:
    parts = (_tidy(each) if isinstance(each, DraftedGroup) else each for each in group.parts)
    kept = tuple(each for each in parts if isinstance(each, DraftedTerm) or each.parts)
    return replace(group, parts=kept)
