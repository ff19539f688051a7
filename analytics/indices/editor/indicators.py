"""The panes of the whole index and of its indicators."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from analytics.indices import words
from analytics.indices.editor.fields import Field, Kind, filled
from analytics.indices.editor.parts import Group, Row, agency_types, options, text_fields
from analytics.indices.editor.places import Place, value_at


def general_groups(document: Mapping[str, Any]) -> list[Group]:
    """What is said of the whole index."""
    fields = [
        *text_fields(("name",), _("Name")),
        Field(place=("version",), label=_("Name of the version")),
        Field(place=("basis",), label=_("Legal basis")),
        *text_fields(("description",), _("Description"), Kind.LONG),
        Field(
            place=("scale",),
            label=_("Common scale"),
            kind=Kind.PAIR,
            stored=[0, 100],
            hint=_("From 1 where a geometric mean is taken."),
        ),
        Field(
            place=("unit_types",),
            label=_("Who is assessed"),
            kind=Kind.MANY,
            options=agency_types(),
            hint=_("None: everybody the round asks."),
        ),
    ]
    return [Group(title=_("General"), fields=filled(fields, document))]


def indicator_groups(document: Mapping[str, Any]) -> list[Group]:
    """Every indicator as a thing."""
    stored = value_at(document, ("indicators",), [])
    rows = [_indicator(document, place) for place in range(len(stored))]
    return [Group(title=_("Indicators of the index"), rows=rows)]


def _indicator(document: Mapping[str, Any], number: int) -> Row:
    at: Place = ("indicators", number)
    source = (*at, "source")
    fields = [
        Field(place=(*at, "code"), label=_("Code")),
        Field(place=(*at, "name", "vi"), label=_("Name")),
        Field(
            place=(*source, "kind"),
            label=_("Source"),
            kind=Kind.CHOICE,
            options=options(words.SOURCES),
            stored="column",
        ),
        Field(
            place=(*source, "name"),
            label=_("Taken from"),
            hint=_("Empty: what has the same code."),
        ),
        Field(
            place=(*at, "direction"),
            label=_("Direction"),
            kind=Kind.CHOICE,
            options=options(words.DIRECTIONS),
            stored="up",
        ),
        Field(place=(*at, "goalposts"), label=_("Goalposts"), kind=Kind.PAIR),
        Field(place=(*at, "target"), label=_("Target"), kind=Kind.NUMBER),
        Field(place=(*at, "unit", "vi"), label=_("Unit of measurement")),
    ]
    return Row(
        place=at,
        title=str(value_at(document, (*at, "code"), "")),
        fields=filled(fields, document),
        more=filled(_more_of_indicator(at, source), document),
    )


def _more_of_indicator(at: Place, source: Place) -> list[Field]:
    common = _("As for all")
    return [
        Field(place=(*at, "name", "en"), label=_("Name (en)")),
        Field(place=(*at, "unit", "en"), label=_("Unit of measurement (en)")),
        Field(
            place=(*source, "expression"),
            label=_("Formula"),
            hint=_("Over columns and other indicators: ${a} / ${b} * 100"),
        ),
        Field(
            place=(*source, "scoring"),
            label=_("Scoring rule"),
            hint=_("Turns answers into points: choices(da=1, dang=0.5, chua=0)"),
        ),
        Field(place=(*at, "range"), label=_("Possible values"), kind=Kind.PAIR),
        Field(
            place=(*at, "normalisation", "method"),
            label=_("Normalisation"),
            kind=Kind.CHOICE,
            options=options(words.NORMALISATIONS, blank=common),
            clears=True,
        ),
        Field(
            place=(*at, "not_applicable"),
            label=_("Where it does not apply"),
            kind=Kind.CHOICE,
            options=options(words.NOT_APPLICABLE, blank=common),
        ),
        Field(
            place=(*at, "imputation", "method"),
            label=_("Blanks"),
            kind=Kind.CHOICE,
            options=options(words.IMPUTATIONS, blank=common),
            clears=True,
        ),
        Field(
            place=(*at, "treatment", "method"),
            label=_("Outliers"),
            kind=Kind.CHOICE,
            options=options(words.TREATMENTS, blank=common),
            clears=True,
        ),
        Field(place=(*at, "denominator", "column"), label=_("Divided by the column"), clears=True),
        Field(place=(*at, "denominator", "per"), label=_("For each"), kind=Kind.NUMBER),
        Field(place=(*at, "reference"), label=_("Reference unit")),
        Field(
            place=(*at, "applies_to"),
            label=_("Applies to"),
            kind=Kind.MANY,
            options=agency_types(),
            hint=_("None: to all."),
        ),
    ]
