"""What panes of the editor are made of: groups, things and fields, in the words of the reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from analytics.indices.editor.fields import Field, Kind
from analytics.indices.editor.places import Place, name_of
from surveys.organisations.enums import AgencyType

GENERAL, INDICATORS, TREE, STEPS, LEVELS, BOUNDARIES, TEXT = (
    "general",
    "indicators",
    "tree",
    "steps",
    "levels",
    "boundaries",
    "text",
)
PANES: Final[Mapping[str, Promise]] = {
    GENERAL: gettext_lazy("General"),
    INDICATORS: gettext_lazy("Indicators of the index"),
    TREE: gettext_lazy("Tree and weights"),
    STEPS: gettext_lazy("Steps"),
    LEVELS: gettext_lazy("Levels"),
    BOUNDARIES: gettext_lazy("Merged units"),
    TEXT: gettext_lazy("As JSON"),
}

_OF_PLACE: Final = {
    "indicators": INDICATORS,
    "tree": TREE,
    "support": TREE,
    "levels": LEVELS,
    "missing": STEPS,
    "screening": STEPS,
    "treatment": STEPS,
    "normalisation": STEPS,
    "weighting": STEPS,
    "ranking": STEPS,
    "uncertainty": STEPS,
    "boundaries": BOUNDARIES,
    "columns": TEXT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What the figures at a place add up to, as it is written; empty where not all are figures."""

    place: Place
    shown: str
    wanted: int
    is_kept: bool
    problem: str = ""

    @property
    def name(self) -> str:
        """The JSON path, so that a finding leads to it."""
        return name_of(self.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A thing of the draft that can be moved and removed: an indicator, a band, a gate, an expert."""

    place: Place
    title: str
    fields: list[Field]
    more: list[Field] = field(default_factory=list)
    rows: list["Row"] = field(default_factory=list)
    total: Total | None = None

    @property
    def name(self) -> str:
        """The JSON path of the thing."""
        return name_of(self.place)

    @property
    def has_problem(self) -> bool:
        """Whether one of the fields that are folded away is wrong."""
        return any(each.problem for each in self.more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Fields or things under one heading."""

    title: str
    fields: list[Field] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    hint: str = ""


def pane_of_place(path: str) -> str:
    """The pane in which a JSON path is edited."""
    return _OF_PLACE.get(path.removeprefix("$.").split(".")[0].split("[")[0], GENERAL)


def fields_of(groups: Iterable[Group]) -> list[Field]:
    """Every field of the groups."""
    found: list[Field] = []
    for group in groups:
        found += group.fields
        found += _fields_in(group.rows)
    return found


def options(
    named: Mapping[str, Promise], *, blank: str | None = None
) -> tuple[tuple[str, str], ...]:
    """What a choice offers, the blank first where there is one."""
    first = [] if blank is None else [("", blank)]
    return (*first, *((str(value), str(word)) for value, word in named.items()))


def agency_types() -> tuple[tuple[str, str], ...]:
    """The types of agency with their words."""
    return tuple((str(value), str(label)) for value, label in AgencyType.choices)


def text_fields(place: Place, label: str, kind: Kind = Kind.TEXT) -> list[Field]:
    """A text in both languages."""
    return [
        Field(place=(*place, language), label=f"{label} ({language})", kind=kind)
        for language in ("vi", "en")
    ]


def _fields_in(rows: Iterable[Row]) -> list[Field]:
    found: list[Field] = []
    for row in rows:
        found += [*row.fields, *row.more, *_fields_in(row.rows)]
    return found
