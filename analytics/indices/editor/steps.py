"""The pane of the steps between the values and the ranks."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from analytics.definitions.vocabulary import WeightingMethod
from analytics.indices import words
from analytics.indices.editor.experts import expert_rows
from analytics.indices.editor.fields import Field, Kind, filled
from analytics.indices.editor.parts import Group, Row, options
from analytics.indices.editor.places import value_at
from analytics.indices.editor.shapes import children_named, code_of, name_in_words, nodes_in

MOST_COMPARED: Final = 10


def step_groups(document: Mapping[str, Any]) -> list[Group]:
    """Each step with its method and figures, with the defaults where nothing is said."""
    groups = [
        Group(title=_("Missing values"), fields=_missing()),
        Group(title=_("Units left out"), fields=_screening()),
        Group(title=_("Outliers"), fields=_treatment()),
        Group(title=_("Normalisation"), fields=_normalisation()),
        Group(title=_("Ranking"), fields=_ranking()),
        Group(title=_("Uncertainty"), fields=_uncertainty()),
    ]
    shown = [Group(title=each.title, fields=filled(each.fields, document)) for each in groups]
    shown.insert(4, _weighting(document))
    return shown


def _missing() -> list[Field]:
    return [
        Field(
            place=("missing", "imputation", "method"),
            label=_("Blanks"),
            kind=Kind.CHOICE,
            options=options(words.IMPUTATIONS),
            stored="none",
        ),
        Field(place=("missing", "imputation", "group"), label=_("Column of the groups")),
        Field(place=("missing", "imputation", "value"), label=_("Fixed value"), kind=Kind.NUMBER),
        Field(
            place=("missing", "not_applicable"),
            label=_("Where it does not apply"),
            kind=Kind.CHOICE,
            options=options(words.NOT_APPLICABLE),
            stored="exclude",
        ),
    ]


def _screening() -> list[Field]:
    return [
        Field(
            place=("screening", "by"),
            label=_("By what"),
            kind=Kind.CHOICE,
            options=options(words.SCREENINGS),
            stored="none",
        ),
        Field(
            place=("screening", "minimum_share"),
            label=_("Least share of values"),
            kind=Kind.NUMBER,
            hint=_("Between 0 and 1; 2/3 where nothing stands."),
        ),
        Field(
            place=("screening", "minimum_nonzero"),
            label=_("Least share of values that are not 0"),
            kind=Kind.NUMBER,
            hint=_("0.05 where nothing stands."),
        ),
        Field(place=("screening", "include"), label=_("Always kept (codes)"), kind=Kind.LIST),
        Field(place=("screening", "exclude"), label=_("Always left out (codes)"), kind=Kind.LIST),
    ]


def _treatment() -> list[Field]:
    return [
        Field(
            place=("treatment", "method"),
            label=_("Method"),
            kind=Kind.CHOICE,
            options=options(words.TREATMENTS),
            stored="none",
        ),
        Field(
            place=("treatment", "skewness"), label=_("Skewness from"), kind=Kind.NUMBER, stored=2
        ),
        Field(
            place=("treatment", "kurtosis"), label=_("Kurtosis from"), kind=Kind.NUMBER, stored=3.5
        ),
        Field(
            place=("treatment", "most_points"),
            label=_("Values moved at most"),
            kind=Kind.NUMBER,
            stored=5,
        ),
        Field(
            place=("treatment", "then"),
            label=_("If that is not enough"),
            kind=Kind.CHOICE,
            options=options(words.TREATMENTS),
            stored="log",
        ),
    ]


def _normalisation() -> list[Field]:
    return [
        Field(
            place=("normalisation", "method"),
            label=_("Method"),
            kind=Kind.CHOICE,
            options=options(words.NORMALISATIONS),
            stored="min_max",
            hint=_("Only fixed goalposts and points can be compared over rounds."),
        ),
        Field(place=("normalisation", "goalposts"), label=_("Goalposts"), kind=Kind.PAIR),
        Field(place=("normalisation", "range"), label=_("Onto the range"), kind=Kind.PAIR),
        Field(
            place=("normalisation", "constant"),
            label=_("If all units have the same value"),
            kind=Kind.CHOICE,
            options=options(words.CONSTANTS),
            stored="exclude",
        ),
        Field(
            place=("normalisation", "constant_value"),
            label=_("Fixed value for all"),
            kind=Kind.NUMBER,
        ),
    ]


def _ranking() -> list[Field]:
    return [
        Field(
            place=("ranking", "blocks"),
            label=_("Ranked apart by the column"),
            hint=_("“type” ranks each type of agency by itself."),
        ),
        Field(place=("ranking", "unranked"), label=_("Without a rank (codes)"), kind=Kind.LIST),
    ]


def _uncertainty() -> list[Field]:
    return [
        Field(
            place=("uncertainty", "weights"),
            label=_("Weights vary by"),
            kind=Kind.NUMBER,
            stored=0.25,
            hint=_("0.25 is a quarter up or down."),
        ),
        Field(
            place=("uncertainty", "imputation"),
            label=_("Vary how blanks are filled in"),
            kind=Kind.CHECK,
        ),
        Field(
            place=("uncertainty", "leave_out"), label=_("Leave one indicator out"), kind=Kind.CHECK
        ),
    ]


def _weighting(document: Mapping[str, Any]) -> Group:
    common = Field(
        place=("weighting", "method"),
        label=_("For all nodes"),
        kind=Kind.CHOICE,
        options=options(words.WEIGHTINGS),
        stored="given",
    )
    rows = [_node_row(document, node) for node in nodes_in(document)]
    return Group(title=_("Weights"), fields=filled([common], document), rows=rows)


def _node_row(document: Mapping[str, Any], node: Mapping[str, Any]) -> Row:
    code = code_of(node)
    at = ("weighting", "by_node", code)
    method = Field(
        place=(*at, "method"),
        label=_("Weights below %(node)s") % {"node": name_in_words(node)},
        kind=Kind.CHOICE,
        options=options(words.WEIGHTINGS, blank=_("As for all")),
        clears=True,
    )
    chosen = value_at(document, (*at, "method"))
    fields = []
    if chosen == WeightingMethod.AHP:
        fields = _comparisons(at, list(children_named(document, node).values()))
    return Row(
        place=at,
        title=name_in_words(node),
        fields=filled([method], document),
        more=filled(fields, document),
        rows=expert_rows(document, at, node) if chosen == WeightingMethod.BUDGET else [],
    )


def _comparisons(at: tuple[str, ...], names: list[str]) -> list[Field]:
    if len(names) > MOST_COMPARED:
        return []
    return [
        Field(
            place=(*at, "matrix", row, column),
            label=_("%(one)s over %(other)s") % {"one": one, "other": other},
            kind=Kind.NUMBER,
            stored=1,
            is_ratio=True,
        )
        for row, one in enumerate(names)
        for column, other in enumerate(names)
        if row < column
    ]
