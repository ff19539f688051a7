"""The pane of the units that came of others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext as _

from analytics.indices import words
from analytics.indices.editor.fields import Field, Kind, filled
from analytics.indices.editor.parts import Group, Row, options
from analytics.indices.editor.places import Place, value_at

_OF_UNITS: Final = ("into", "from")


def boundary_groups(document: Mapping[str, Any]) -> list[Group]:
    """Every merge as a thing."""
    stored = value_at(document, ("boundaries",), [])
    rows = [_boundary(document, ("boundaries", number)) for number in range(len(stored))]
    return [Group(title=_("Merged units"), rows=rows)]


def units_named(document: Mapping[str, Any]) -> set[str]:
    """The codes of units that the merges name."""
    found: set[str] = set()
    for boundary in value_at(document, ("boundaries",), []):
        found.update(map(str, (value_at(boundary, ("into",), ""), *_sources(boundary))))
    return found - {""}


def with_units_told(groups: Iterable[Group], names: Mapping[str, str]) -> list[Group]:
    """The groups with the names of units, by their codes, under the fields that hold the codes."""
    return [replace(group, rows=[_row_told(row, names) for row in group.rows]) for group in groups]


def _row_told(row: Row, names: Mapping[str, str]) -> Row:
    fields = [
        replace(field, hint=_told(field, names)) if field.place[-1] in _OF_UNITS else field
        for field in row.fields
    ]
    return replace(row, fields=fields)


def _told(field: Field, names: Mapping[str, str]) -> str:
    """What the codes stand for; a code that no agency has may be one of a table."""
    codes = field.stored if isinstance(field.stored, list) else [field.stored]
    told = [
        f"{code}: {names.get(str(code)) or _('no agency has this code')}" for code in codes if code
    ]
    return "; ".join(told) or field.hint


def _sources(boundary: Any) -> Sequence[Any]:
    sources = value_at(boundary, ("from",), [])
    return sources if isinstance(sources, list) else []


def _boundary(document: Mapping[str, Any], at: Place) -> Row:
    fields = [
        Field(place=(*at, "from"), label=_("Old units (codes)"), kind=Kind.LIST),
        Field(place=(*at, "into"), label=_("New unit (code)")),
        Field(
            place=(*at, "rule"),
            label=_("What the new unit has"),
            kind=Kind.CHOICE,
            options=options(words.MERGES),
            stored="mean_of_nodes",
        ),
        Field(
            place=(*at, "weight"),
            label=_("Column of the population"),
            hint=_("For the weighted mean only."),
        ),
        Field(
            place=(*at, "nodes"),
            label=_("Main nodes (codes)"),
            kind=Kind.LIST,
            hint=_("For the mean by main node only; none: all directly below the index."),
        ),
        Field(place=(*at, "keep"), label=_("The old units stay, without a rank"), kind=Kind.CHECK),
    ]
    into = value_at(document, (*at, "into"), "")
    return Row(
        place=at,
        title=_("Merge into %(unit)s") % {"unit": into} if into else _("Merged unit"),
        fields=filled(fields, document),
    )
