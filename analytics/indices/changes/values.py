"""What a definition says, in words: choices by their names, figures as the language writes them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from analytics.definitions.comparing import ORDER
from analytics.definitions.things import ABOVE, Place
from analytics.definitions.vocabulary import BandsOf, CellState, GateKind, Loadings
from analytics.indices import words
from analytics.indices.cells import State
from analytics.indices.changes.labels import LABELS, Naming
from analytics.indices.editor.fields import ratio
from analytics.indices.editor.levels import INCLUSIVE
from surveys.organisations.enums import AgencyType
from surveys.templatetags.ks import vn_number

_STATES: Final[Mapping[str, Promise]] = {
    CellState.ANSWERED: words.STATES[State.ANSWERED],
    CellState.BLANK: words.STATES[State.BLANK],
    CellState.NOT_APPLICABLE: words.STATES[State.NOT_APPLICABLE],
    CellState.REFUSED: words.STATES[State.RESTRICTED],
}
_CHOICES: Final[Mapping[Place, Mapping[str, Promise]]] = {
    ("direction",): words.DIRECTIONS,
    ("source", "kind"): words.SOURCES,
    ("aggregation", "method"): words.AGGREGATIONS,
    ("not_applicable",): words.NOT_APPLICABLE,
    ("missing", "not_applicable"): words.NOT_APPLICABLE,
    ("imputation", "method"): words.IMPUTATIONS,
    ("screening", "by"): words.SCREENINGS,
    ("treatment", "method"): words.TREATMENTS,
    ("treatment", "then"): words.TREATMENTS,
    ("normalisation", "method"): words.NORMALISATIONS,
    ("normalisation", "constant"): words.CONSTANTS,
    ("normalisation", "inclusive"): INCLUSIVE,
    ("normalisation", "of"): {
        BandsOf.VALUE: gettext_lazy("The value"),
        BandsOf.PERCENTILE: gettext_lazy("Percentile rank"),
    },
    ("weighting", "method"): words.WEIGHTINGS,
    ("weighting", "loadings"): {
        Loadings.SQUARED: gettext_lazy("Squared"),
        Loadings.SIGNED: gettext_lazy("With their sign; refused where negative"),
    },
    ("inclusive",): INCLUSIVE,
    ("rule",): words.MERGES,
}
_OF_TYPES: Final = (("unit_types",), ("applies_to",), ("ranking", "unranked_types"))
_OF_NODES: Final = (ABOVE, ORDER, ("nodes",))


def value_in_words(place: Place, value: Any, named: Naming) -> str:
    """The value as a sentence writes it."""
    key = place[-2:]
    if value is None:
        return _("As for all") if key[-1] == "method" else pgettext("a value", "Nothing stated")
    choices = _STATES if place[:2] == ("missing", "codes") else _CHOICES.get(key)
    if choices is not None:
        return str(choices.get(value, value))
    if key in _OF_TYPES:
        types = {str(each.value): str(each.label) for each in AgencyType}
        return ", ".join(types.get(each, each) for each in value)
    if key in _OF_NODES:
        return ", ".join(named(each) for each in ([value] if isinstance(value, str) else value))
    if "matrix" in place:
        return ratio(value)
    return _plain(key, value, named)


def _plain(key: Place, value: Any, named: Naming) -> str:
    match value:
        case bool():
            return pgettext("a value", "Yes") if value else pgettext("a value", "No")
        case int() | float():
            return figure(value)
        case list():
            between = "; " if value and isinstance(value[0], dict) else ", "
            if key in {("goalposts",), ("range",), ("scale",), ("normalisation", "source")}:
                between = " – "  # noqa: RUF001  (a dash between two ends)
            return between.join(_entry(key, each, named) for each in value)
        case _:
            return str(value)


def figure(value: float) -> str:
    """A figure without zeros at its end, as the language writes it."""
    whole = float(value).is_integer() and abs(value) < 1e15
    return vn_number(int(value) if whole else value)


def _entry(key: Place, value: Any, named: Naming) -> str:
    match value:
        case {"kind": _kind}:
            return _gate(value, named)
        case {"threshold": threshold}:
            return _step(value, threshold)
        case {"method": _method}:
            return ", ".join(_details(key, value, named))
        case _:
            return _plain(key, value, named)


def _gate(gate: Mapping[str, Any], named: Naming) -> str:
    """A condition of a level as a sentence."""
    said = {
        "nodes": _nodes(gate["nodes"], named),
        "count": gate["at_least"],
        "level": gate["level"],
        "node": named(gate["node"]) if gate["node"] else "",
        "compare": gate["compare"],
        "value": figure(gate["value"]),
    }
    match gate["kind"]:
        case GateKind.COUNT if gate["at_least"] is None:
            return _("all of %(nodes)s reach level %(level)s") % said
        case GateKind.COUNT:
            return _("at least %(count)s of %(nodes)s reach level %(level)s") % said
        case GateKind.LEVEL:
            return _("%(node)s reaches level %(level)s") % said
        case _:
            return _("%(node)s has a score %(compare)s %(value)s") % said


def _nodes(codes: Sequence[str], named: Naming) -> str:
    return ", ".join(named(code) for code in codes) or _("what stands directly below")


def _step(step: Mapping[str, Any], threshold: float) -> str:
    said = {
        "value": figure(step["value"]),
        "threshold": figure(threshold),
        "count": step["count"],
    }
    if step["count"] is None:
        return _("%(value)s where all reach %(threshold)s") % said
    return _("%(value)s where %(count)s reach %(threshold)s") % said


def _details(key: Place, stated: Mapping[str, Any], named: Naming) -> list[str]:
    """A method with what goes with it, of those that a test of uncertainty tries."""
    told = [value_in_words((key[-1], "method"), stated["method"], named)]
    for name, value in stated.items():
        place = (key[-1], name)
        if name != "method":
            told.append(f"{LABELS.get(place, name)}: {value_in_words(place, value, named)}")
    return told
