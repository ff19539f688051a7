"""Differences as a page shows them: thing by thing, in the order of the tree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from analytics.definitions import Change, Difference, IndexDefinition
from analytics.definitions.comparing import Said
from analytics.definitions.things import ABOVE, Sort, Thing
from analytics.indices.changes.labels import Naming, label_of
from analytics.indices.changes.values import value_in_words
from surveys.engine import text_in

_WHAT: Final[Mapping[Change, Promise]] = {
    Change.ADDED: pgettext_lazy("difference", "Added"),
    Change.REMOVED: pgettext_lazy("difference", "Removed"),
    Change.CHANGED: pgettext_lazy("difference", "Changed"),
}
_SORTS: Final[Mapping[Sort, Promise]] = {
    Sort.WHOLE: gettext_lazy("The whole index"),
    Sort.NODE: gettext_lazy("Node"),
    Sort.INDICATOR: gettext_lazy("Indicator"),
    Sort.PLACE: gettext_lazy("Indicator beside the tree"),
    Sort.SCHEME: gettext_lazy("Levels"),
    Sort.LEVEL: gettext_lazy("Level"),
    Sort.BOUNDARY: gettext_lazy("Merged unit"),
}
_BY_CODE: Final = (Sort.WHOLE, Sort.NODE, Sort.INDICATOR, Sort.PLACE)
"""What has a code of its own beside its name."""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One thing said differently: what it is called, how it was and how it is; empty: not at all."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedThing:
    """A thing that differs, with its name and code, what it is and below what it stands."""

    title: str
    code: str
    sort: str
    above: str
    change: Change
    what: str
    lines: tuple[ChangeLine, ...]

    @property
    def is_changed(self) -> bool:
        """Whether it stands in both versions."""
        return self.change is Change.CHANGED

    @property
    def count(self) -> int:
        """How many differences it is: one where all of it came or went."""
        return len(self.lines) if self.is_changed else 1


def changed_things(
    differences: Sequence[Difference],
    before: IndexDefinition,
    after: IndexDefinition,
    language: str,
) -> list[ChangedThing]:
    """The differences in words; names as the newer version has them, else as the older had."""
    names = _names(before, language) | _names(after, language)

    def named(code: str) -> str:
        name = names.get(code, "")
        return f"{name} ({code})" if name and name != code else code

    return [_changed(each, named, language) for each in differences]


def _changed(difference: Difference, named: Naming, language: str) -> ChangedThing:
    thing = difference.thing
    title = text_in(thing.names, language)
    return ChangedThing(
        title=_title(thing, named) or title or thing.code,
        code=thing.code if title and thing.sort in _BY_CODE else "",
        sort=str(_SORTS[thing.sort]),
        above=named(thing.above) if thing.above else "",
        change=difference.change,
        what=str(_WHAT[difference.change]),
        lines=tuple(_line(difference, each, named) for each in _told(difference)),
    )


def _title(thing: Thing, named: Naming) -> str:
    """What is called by more than a name."""
    match thing.sort:
        case Sort.LEVEL:
            return _("Level %(level)s") % {"level": thing.code}
        case Sort.SCHEME:
            nodes = ", ".join(named(code) for code in thing.code.split(", "))
            return _("Levels of %(nodes)s") % {"nodes": nodes}
        case _:
            return ""


def _told(difference: Difference) -> list[Said]:
    """What is told line by line: below what a thing came or went stands beside its name already."""
    if difference.change is Change.CHANGED:
        return list(difference.said)
    return [each for each in difference.said if each.place != ABOVE]


def _line(difference: Difference, said: Said, named: Naming) -> ChangeLine:
    before = after = ""
    if difference.change is not Change.ADDED:
        before = value_in_words(said.place, said.before, named)
    if difference.change is not Change.REMOVED:
        after = value_in_words(said.place, said.after, named)
    return ChangeLine(label_of(difference.thing.sort, said.place, named), before, after)


def _names(definition: IndexDefinition, language: str) -> dict[str, str]:
    names = {each.code: text_in(each.name, language) for each in definition.indicators}
    return names | {each.code: text_in(each.name, language) for each in definition.nodes()}
