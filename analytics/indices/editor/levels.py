"""The pane of the levels: bands of a score, each with its gates."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.definitions.vocabulary import Comparison, GateKind, Inclusive
from analytics.indices.editor.fields import Field, Kind, filled
from analytics.indices.editor.parts import Group, Row, options, text_fields
from analytics.indices.editor.places import Place, name_of, value_at

GATES: Final[Mapping[str, Promise]] = {
    GateKind.COUNT: gettext_lazy("So many nodes reach a level"),
    GateKind.LEVEL: gettext_lazy("A node reaches a level"),
    GateKind.SCORE: gettext_lazy("A node has a score"),
}
INCLUSIVE: Final[Mapping[str, Promise]] = {
    Inclusive.LOWER: gettext_lazy("From the bound on"),
    Inclusive.UPPER: gettext_lazy("Above the bound only"),
}
COMPARISONS: Final = tuple((str(each), str(each)) for each in Comparison)


def level_groups(document: Mapping[str, Any]) -> list[Group]:
    """One group for each scheme of levels."""
    stored = value_at(document, ("levels",), [])
    return [_scheme(document, number) for number in range(len(stored))]


def _scheme(document: Mapping[str, Any], number: int) -> Group:
    at: Place = ("levels", number)
    fields = [
        Field(place=(*at, "nodes"), label=_("Levels of the nodes (codes)"), kind=Kind.LIST),
        Field(
            place=(*at, "inclusive"),
            label=_("A level begins"),
            kind=Kind.CHOICE,
            options=options(INCLUSIVE),
            stored="lower",
        ),
    ]
    bands = value_at(document, (*at, "bands"), [])
    return Group(
        title=_("Scheme of levels %(number)s") % {"number": number + 1},
        fields=filled(fields, document),
        rows=[_band(document, (*at, "bands", place)) for place in range(len(bands))],
        hint=name_of(at),
    )


def _band(document: Mapping[str, Any], at: Place) -> Row:
    fields = [
        Field(place=(*at, "level"), label=_("Level"), kind=Kind.NUMBER),
        Field(place=(*at, "from"), label=_("Score from"), kind=Kind.NUMBER),
        *text_fields((*at, "name"), _("Name")),
    ]
    gates = value_at(document, (*at, "gates"), [])
    return Row(
        place=at,
        title=_("Level %(level)s") % {"level": value_at(document, (*at, "level"), "")},
        fields=filled(fields, document),
        rows=[_gate(document, (*at, "gates", place)) for place in range(len(gates))],
    )


def _gate(document: Mapping[str, Any], at: Place) -> Row:
    kind = value_at(document, (*at, "kind"), "")
    first = Field(
        place=(*at, "kind"), label=_("Condition"), kind=Kind.CHOICE, options=options(GATES)
    )
    return Row(
        place=at,
        title=str(GATES.get(kind, kind)),
        fields=filled([first, *_details(at, kind)], document),
    )


def _details(at: Place, kind: str) -> list[Field]:
    node = Field(place=(*at, "node"), label=_("Node"))
    level = Field(place=(*at, "level"), label=_("Level at least"), kind=Kind.NUMBER)
    match kind:
        case GateKind.COUNT:
            return [
                Field(
                    place=(*at, "nodes"),
                    label=_("Of the nodes"),
                    kind=Kind.LIST,
                    hint=_("None: all directly below."),
                ),
                Field(
                    place=(*at, "at_least"),
                    label=_("How many"),
                    kind=Kind.NUMBER,
                    hint=_("Empty: all."),
                ),
                level,
            ]
        case GateKind.LEVEL:
            return [node, level]
        case _:
            return [
                node,
                Field(
                    place=(*at, "compare"),
                    label=_("Compared"),
                    kind=Kind.CHOICE,
                    options=COMPARISONS,
                    stored=">=",
                ),
                Field(place=(*at, "value"), label=_("Score"), kind=Kind.NUMBER),
            ]
