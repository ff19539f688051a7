"""What the parts of a definition are called: each thing that can be said of an index."""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from analytics.definitions.comparing import ORDER
from analytics.definitions.things import ABOVE, WEIGHT, Place, Sort

Naming = Callable[[str], str]
"""From the code of a node or an indicator to its name with the code."""

SECTIONS: Final[Mapping[str, Promise]] = {
    "imputation": gettext_lazy("Missing values"),
    "missing": gettext_lazy("Missing values"),
    "screening": gettext_lazy("Units left out"),
    "treatment": gettext_lazy("Outliers"),
    "normalisation": gettext_lazy("Normalisation"),
    "weighting": gettext_lazy("Weights"),
    "ranking": gettext_lazy("Ranking"),
    "uncertainty": gettext_lazy("Uncertainty"),
}
"""The step that a word belongs to: it stands before the word."""

LABELS: Final[Mapping[Place, Promise]] = {
    # The whole
    ("schema",): gettext_lazy("Format of the definition"),
    ("code",): gettext_lazy("Code"),
    ("version",): gettext_lazy("Name of the version"),
    ("basis",): gettext_lazy("Legal basis"),
    ("scale",): gettext_lazy("Common scale"),
    ("unit_types",): gettext_lazy("Who is assessed"),
    ("columns", "unit"): gettext_lazy("Column of the units' codes"),
    ("columns", "type"): gettext_lazy("Column of the units' types"),
    ("columns", "period"): gettext_lazy("Column of the periods"),
    # Nodes and indicators
    ABOVE: pgettext_lazy("difference", "Stands below"),
    ORDER: pgettext_lazy("difference", "Order of what stands below"),
    WEIGHT: gettext_lazy("Weight"),
    ("minimum_coverage",): gettext_lazy("Least share of values"),
    ("aggregation", "method"): gettext_lazy("Put together by"),
    ("aggregation", "power"): gettext_lazy("Power of the power mean"),
    ("aggregation", "steps"): gettext_lazy("Steps of the conjunctive rule"),
    ("aggregation", "base"): gettext_lazy("Score where no step holds"),
    ("direction",): gettext_lazy("Direction"),
    ("source", "kind"): gettext_lazy("Source"),
    ("source", "name"): gettext_lazy("Taken from"),
    ("source", "expression"): gettext_lazy("Formula"),
    ("source", "scoring"): gettext_lazy("Scoring rule"),
    ("goalposts",): gettext_lazy("Goalposts"),
    ("target",): gettext_lazy("Target"),
    ("reference",): gettext_lazy("Reference unit"),
    ("applies_to",): gettext_lazy("Applies to"),
    ("denominator", "column"): gettext_lazy("Divided by the column"),
    ("denominator", "per"): gettext_lazy("For each"),
    ("range",): gettext_lazy("Possible values"),
    ("not_applicable",): gettext_lazy("Where it does not apply"),
    # Steps
    ("imputation", "method"): gettext_lazy("Blanks"),
    ("imputation", "group"): gettext_lazy("Column of the groups"),
    ("imputation", "value"): gettext_lazy("Fixed value"),
    ("imputation", "max_age"): gettext_lazy("Periods back at most"),
    ("imputation", "refused"): gettext_lazy("Restricted answers are filled in too"),
    ("missing", "not_applicable"): gettext_lazy("Where it does not apply"),
    ("screening", "by"): gettext_lazy("By what"),
    ("screening", "minimum_share"): gettext_lazy("Least share of values"),
    ("screening", "minimum_nonzero"): gettext_lazy("Least share of values that are not 0"),
    ("screening", "include"): gettext_lazy("Always kept (codes)"),
    ("screening", "exclude"): gettext_lazy("Always left out (codes)"),
    ("treatment", "method"): gettext_lazy("Method"),
    ("treatment", "skewness"): gettext_lazy("Skewness from"),
    ("treatment", "kurtosis"): gettext_lazy("Kurtosis from"),
    ("treatment", "most_points"): gettext_lazy("Values moved at most"),
    ("treatment", "then"): gettext_lazy("If that is not enough"),
    ("treatment", "few_levels"): gettext_lazy("Untouched up to so many different values"),
    ("treatment", "power"): gettext_lazy("Power of Box-Cox"),
    ("normalisation", "method"): gettext_lazy("Method"),
    ("normalisation", "range"): gettext_lazy("Onto the range"),
    ("normalisation", "goalposts"): gettext_lazy("Goalposts"),
    ("normalisation", "clip"): gettext_lazy("Values beyond the goalposts count as the ends"),
    ("normalisation", "mean"): gettext_lazy("Mean of the z-scores"),
    ("normalisation", "sd"): gettext_lazy("Standard deviation of the z-scores"),
    ("normalisation", "source"): gettext_lazy("Linear, from the range"),
    ("normalisation", "factor"): gettext_lazy("Linear, multiplied by"),
    ("normalisation", "reference"): gettext_lazy("Reference unit"),
    ("normalisation", "target"): gettext_lazy("Target"),
    ("normalisation", "cap"): gettext_lazy("No more than the target or the reference"),
    ("normalisation", "thresholds"): gettext_lazy("Thresholds of the bands"),
    ("normalisation", "values"): gettext_lazy("Values of the bands"),
    ("normalisation", "of"): gettext_lazy("Bands are cut on"),
    ("normalisation", "inclusive"): gettext_lazy("A band begins"),
    ("normalisation", "constant"): gettext_lazy("If all units have the same value"),
    ("normalisation", "constant_value"): gettext_lazy("Fixed value for all"),
    ("weighting", "method"): gettext_lazy("Where they come from"),
    ("weighting", "most_inconsistent"): gettext_lazy("Consistency ratio at most"),
    ("weighting", "loadings"): gettext_lazy("Loadings of the component"),
    ("ranking", "blocks"): gettext_lazy("Ranked apart by the column"),
    ("ranking", "unranked"): gettext_lazy("Without a rank (codes)"),
    ("ranking", "unranked_types"): gettext_lazy("Types without a rank"),
    ("uncertainty", "runs"): gettext_lazy("Draws where a run names none"),
    ("uncertainty", "seed"): gettext_lazy("Seed where a run names none"),
    ("uncertainty", "weights"): gettext_lazy("Weights vary by"),
    ("uncertainty", "weights_by_depth"): gettext_lazy("Weights vary, by depth, by"),
    ("uncertainty", "concentration"): gettext_lazy("Concentration of drawn shares"),
    ("uncertainty", "normalisation"): gettext_lazy("Normalisations tried as well"),
    ("uncertainty", "aggregation"): gettext_lazy("Aggregations tried as well"),
    ("uncertainty", "most_points"): gettext_lazy("Limits of winsorising tried as well"),
    ("uncertainty", "imputation"): gettext_lazy("Vary how blanks are filled in"),
    ("uncertainty", "leave_out"): gettext_lazy("Leave one indicator out"),
    # Levels and boundaries
    ("inclusive",): gettext_lazy("A level begins"),
    ("gates",): gettext_lazy("Conditions"),
    ("rule",): gettext_lazy("What the new unit has"),
    ("nodes",): gettext_lazy("Main nodes or indicators"),
    ("keep",): gettext_lazy("The old units stay, without a rank"),
}
_BY_SORT: Final[Mapping[tuple[Sort, str], Promise]] = {
    (Sort.LEVEL, "from"): gettext_lazy("Score from"),
    (Sort.BOUNDARY, "from"): gettext_lazy("Came of the units"),
    (Sort.BOUNDARY, "weight"): gettext_lazy("Column of the population"),
    (Sort.WHOLE, "order"): gettext_lazy("Order of the indicators"),
}
_TEXTS: Final[Mapping[str, Promise]] = {
    "name": pgettext_lazy("of an index", "Name"),
    "description": gettext_lazy("Description"),
    "unit": gettext_lazy("Unit of measurement"),
}


def label_of(sort: Sort, place: Place, named: Naming) -> str:
    """What is said at the place, in words; its keys where there are none."""
    return _special(place, named) or _plain(sort, place)


def _special(place: Place, named: Naming) -> str:
    """What is said of a language, a code or a node, by that."""
    match place:
        case (("name" | "description" | "unit") as key, language):
            return f"{_TEXTS[key]} ({language})"
        case ("missing", "codes", code):
            return _("Missing values: what %(code)s stands for") % {"code": code}
        case ("maximum", node):
            return _("Most points of %(node)s") % {"node": named(node)}
        case ("weighting", *what):
            return _of_weights(what, named)
        case _:
            return ""


def _of_weights(what: list[str], named: Naming) -> str:
    """What experts say of the children of a node, and what is said of a node that is not there."""
    match what:
        case ["by_node", node, *rest]:
            told = {"node": node, "what": ".".join(rest)}
            return _("Weights below %(node)s, which does not exist: %(what)s") % told
        case ["experts", expert, "points", child]:
            said = {"expert": expert, "child": named(child)}
            return _("Points of %(expert)s for %(child)s") % said
        case ["experts", expert, "matrix", one, other]:
            return f"{expert}: {_over(one, other, named)}"
        case ["matrix", one, other]:
            return _over(one, other, named)
        case _:
            return ""


def _over(one: str, other: str, named: Naming) -> str:
    return _("%(one)s over %(other)s") % {"one": named(one), "other": named(other)}


def _plain(sort: Sort, place: Place) -> str:
    key = place[-2:]
    word = _BY_SORT.get((sort, ".".join(place))) or LABELS.get(key)
    if word is None:
        return ".".join(place)
    section = SECTIONS.get(key[0]) if len(key) > 1 else None
    return f"{section}: {word}" if section else str(word)
