"""What findings, reasons and states are called, in the reader's language."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from analytics.definitions import Problem, Reason
from analytics.definitions.vocabulary import (
    AggregationMethod,
    ConstantPolicy,
    Direction,
    ImputationMethod,
    MergeRule,
    NormalisationMethod,
    NotApplicable,
    ScreeningRule,
    SourceKind,
    TreatmentMethod,
    WeightingMethod,
)
from analytics.indices.cells import State

PROBLEMS: Final[Mapping[str, Promise]] = {
    # Files and shapes
    "not_json": _("The file is no JSON"),
    "too_large": _("The file is too large"),
    "too_deep": _("The file is nested too deeply"),
    "not_an_object": _("A definition is an object in braces"),
    "invisible_characters": _("A text holds invisible characters"),
    "key_missing": _("Something is missing here"),
    "key_unknown": _("This is not known"),
    "key_twice": _("The same key stands twice in one object"),
    "value_unknown": _("This is none of the words possible"),
    "wrong_type": _("This is not what is expected here; for figures write digits only"),
    "number_not_finite": _("This is no figure"),
    "number_out_of_bounds": _("This figure is out of its bounds"),
    "text_empty": _("A text is missing"),
    "text_too_long": _("A text is too long"),
    "length_wrong": _("There are too many or too few entries"),
    # Indicators
    "indicator_twice": _("Two indicators have this code"),
    "indicator_unknown": _("There is no such indicator"),
    "goalposts_equal": _("The two ends must differ"),
    "goalposts_reversed": _("The lower end comes first; the direction says which is better"),
    "goalposts_missing": _("Name the two goalposts"),
    "target_outside": _("The target is beyond the goalposts"),
    "target_missing": _("Name the target"),
    "range_empty": _("The range goes from the lower to the higher end"),
    "range_missing": _("Name the range of the points"),
    "reference_missing": _("Name the reference unit"),
    "scoring_invalid": _("The scoring rule cannot be read"),
    "group_missing": _("Name the column of the groups"),
    "value_missing": _("Name the figure"),
    "points_downwards": _("Points are better upwards; turn the direction or the rule"),
    "bands_missing": _("Name the thresholds and values of the bands"),
    "bands_unordered": _("The bands do not rise"),
    "thresholds_unordered": _("The thresholds do not rise"),
    "formula_unfit": _("The formula holds something that is neither number nor column"),
    "function_unknown": _("The formula calls a function that is not known"),
    "arguments_wrong": _("A function of the formula has too many or too few arguments"),
    "cycle": _("This waits for itself"),
    "column_missing": _("No table has this column"),
    "unit_unknown": _("No unit has this code"),
    # The tree
    "code_taken": _("Another node or indicator has this code"),
    "leaf_twice": _("An indicator stands at one place of the tree only"),
    "leaf_orphan": _("The indicator stands nowhere in the tree"),
    "node_empty": _("A node needs something below it"),
    "power_zero": _("The power 0 is the geometric mean: name it so"),
    "steps_missing": _("A conjunctive rule needs its steps"),
    "count_too_large": _("This is more than there are below"),
    "scale_reaches_zero": _(
        "Something below can reach 0 or less: such a unit has no geometric or harmonic mean. Use a scale "
        "from 1"
    ),
    # Weights
    "weight_negative": _("A weight is 0 or more"),
    "weights_zero": _("Everything below weighs 0"),
    "weight_missing": _("Name the column of the weights"),
    "by_node_only": _("What experts say is said of one node"),
    "node_unknown": _("There is no such node"),
    "child_unknown": _("The node has nothing of this code below it"),
    "experts_missing": _("The points of each expert are missing"),
    "matrix_missing": _("The matrix of comparisons is missing"),
    "matrix_shape": _("The matrix needs as many rows and columns as there are below"),
    "matrix_positive": _("Every entry of the matrix is above 0"),
    "matrix_reciprocal": _("The entry across is 1 divided by this one"),
    "points_sum": _("An expert spends 100 points"),
    # Levels and boundaries
    "levels_missing": _("A gate speaks of a node without levels"),
    "levels_twice": _("A node has its levels twice"),
    "maximum_zero": _("The most points are above 0"),
    "sources_missing": _("Name the units that it came of"),
    "source_twice": _("A unit goes into two others"),
}

REASONS: Final[Mapping[str, Promise]] = {
    Reason.NO_DATA: _("No data"),
    Reason.BELOW_COVERAGE: _("Too few indicators have a value"),
    Reason.CONSTANT: _("All units have the same value"),
    Reason.ZERO_IN_GEOMETRIC: _("0 or less in a geometric mean"),
    Reason.NOT_APPLICABLE: _("Not applicable"),
    Reason.SUPPRESSED: _("Not shown"),
    Reason.NOT_RANKED: _("Not ranked"),
    Reason.REFUSED: _("Restricted by the unit"),
    Reason.TEXT_IN_NUMBER: _("A text where a figure is expected"),
    Reason.OUT_OF_RANGE: _("The value is out of its range and was left out"),
    Reason.COLUMN_MISSING: _("No table has this column"),
    Reason.NOT_COMPUTABLE: _("The formula gives no figure"),
    Reason.UNIT_UNKNOWN: _("No unit has this code"),
    Reason.UNIT_TWICE: _("A unit stands in two lines"),
    Reason.OTHER_TYPE: _("Another type of unit"),
    Reason.NO_DENOMINATOR: _("The denominator is missing"),
    Reason.ZERO_DENOMINATOR: _("The denominator is 0"),
    Reason.GROUP_EMPTY: _("Nobody of the group has a value to fill in from"),
    Reason.NO_GROUP: _("The unit belongs to no group to fill in from"),
    Reason.ROW_EMPTY: _("The unit has no value to fill in from"),
    Reason.NO_PANEL: _("There are no earlier periods to fill in from"),
    Reason.TOO_OLD: _("The latest value is too old to fill in from"),
    Reason.SCREENED: _("Left out: too few data"),
    Reason.FORCED_IN: _("Kept in spite of too few data"),
    Reason.FEW_LEVELS: _("Too few different values to treat outliers"),
    Reason.BECAME_CONSTANT: _("Treating outliers would have made all values equal"),
    Reason.STILL_OUTLYING: _("Still skewed after the treatment of outliers"),
    Reason.NO_REFERENCE: _("The reference unit has no value"),
    Reason.TARGET_AT_END: _("The target is the worst value there is"),
    Reason.TARGET_BELOW_MINIMUM: _("The target is beyond the worst value"),
    Reason.NOT_POSITIVE: _("Values of 0 or less, where only values above 0 are possible"),
    Reason.INCONSISTENT: _("The comparisons contradict one another too much"),
    Reason.NEGATIVE_WEIGHT: _("A weight came out below 0"),
    Reason.ZERO_WEIGHTS: _("All weights came out as 0"),
    Reason.TOO_FEW_UNITS: _("Too few units"),
    Reason.NEGATIVE_IN_HARMONIC: _("A value below 0 in a harmonic mean"),
    Reason.ZERO_IN_HARMONIC: _("0 in a harmonic mean"),
    Reason.NEGATIVE_IN_POWER: _("A value below 0 in a power mean"),
    Reason.NOT_DECOMPOSABLE: _("Contributions cannot be told apart with this aggregation"),
    Reason.MERGED: _("Came of other units"),
    Reason.NO_PREDECESSOR: _("A unit that it came of is missing"),
}

STATES: Final[Mapping[State, Promise]] = {
    State.ANSWERED: pgettext_lazy("state of a value", "Answered"),
    State.BLANK: pgettext_lazy("state of a value", "Blank"),
    State.NOT_APPLICABLE: pgettext_lazy("state of a value", "Not applicable (KAD)"),
    State.NOT_YET: pgettext_lazy("state of a value", "No figure yet (CCSL)"),
    State.RESTRICTED: pgettext_lazy("state of a value", "Restricted (HC)"),
    State.UNREADABLE: pgettext_lazy("state of a value", "No figure"),
    State.NOT_SIGNED: pgettext_lazy("state of a value", "Not signed"),
}

SOURCES: Final[Mapping[str, Promise]] = {
    SourceKind.INDICATOR: _("Indicator of the questionnaire"),
    SourceKind.QUESTION: _("Question"),
    SourceKind.SCORE: _("Points by the scoring rule"),
    SourceKind.FORMULA: _("Formula"),
    SourceKind.COLUMN: _("Column of a table"),
    SourceKind.IMPORT: _("Imported column"),
}
DIRECTIONS: Final[Mapping[str, Promise]] = {
    Direction.UP: _("More is better"),
    Direction.DOWN: _("Less is better"),
}
AGGREGATIONS: Final[Mapping[str, Promise]] = {
    AggregationMethod.ARITHMETIC: _("Arithmetic mean"),
    AggregationMethod.GEOMETRIC: _("Geometric mean"),
    AggregationMethod.HARMONIC: _("Harmonic mean"),
    AggregationMethod.POWER: _("Power mean"),
    AggregationMethod.SUM: _("Sum"),
    AggregationMethod.COPELAND: _("Copeland"),
    AggregationMethod.MEAN_RANK: _("Mean of ranks"),
    AggregationMethod.MEDIAN_RANK: _("Median of ranks"),
    AggregationMethod.MINIMUM: _("The lowest counts"),
    AggregationMethod.CONJUNCTIVE: _("Conjunctive rule"),
}
NORMALISATIONS: Final[Mapping[str, Promise]] = {
    NormalisationMethod.MIN_MAX: _("Between the least and the most"),
    NormalisationMethod.GOALPOSTS: _("Between fixed goalposts"),
    NormalisationMethod.Z: _("z-score"),
    NormalisationMethod.RANK: _("Rank"),
    NormalisationMethod.BORDA: _("Borda points"),
    NormalisationMethod.PERCENTILE: _("Percentile rank"),
    NormalisationMethod.DISTANCE_TO_BEST: _("Distance to the best"),
    NormalisationMethod.DISTANCE_TO_REFERENCE: _("Distance to a reference unit"),
    NormalisationMethod.DISTANCE_TO_TARGET: _("Distance to the target"),
    NormalisationMethod.FRACTION_OF_BEST: _("Fraction of the best"),
    NormalisationMethod.SCALED: _("Linear, without ends"),
    NormalisationMethod.BANDS: _("Bands"),
    NormalisationMethod.POINTS: _("Points as they are"),
}
IMPUTATIONS: Final[Mapping[str, Promise]] = {
    ImputationMethod.NONE: _("Not filled in; the others carry the weight"),
    ImputationMethod.MEAN: _("Mean of all"),
    ImputationMethod.MEDIAN: _("Median of all"),
    ImputationMethod.GROUP_MEAN: _("Mean of the group"),
    ImputationMethod.GROUP_MEDIAN: _("Median of the group"),
    ImputationMethod.ROW_MEAN: _("The unit's own mean within the pillar"),
    ImputationMethod.LATEST: _("Latest value of earlier periods"),
    ImputationMethod.LINEAR: _("Linear between periods"),
    ImputationMethod.CONSTANT: _("Step between periods"),
    ImputationMethod.LINEAR_CONSTANT: _("Linear between periods, a step where there is one only"),
    ImputationMethod.FIXED: _("A fixed value"),
}
NOT_APPLICABLE: Final[Mapping[str, Promise]] = {
    NotApplicable.EXCLUDE: _("Taken out; the others carry the weight"),
    NotApplicable.ZERO: _("Counts as the least"),
    NotApplicable.FULL: _("Counts as the most"),
}
SCREENINGS: Final[Mapping[str, Promise]] = {
    ScreeningRule.NONE: _("No unit is left out"),
    ScreeningRule.MISSING: _("By the share of values"),
    ScreeningRule.ZEROS: _("By the share of values that are not 0"),
    ScreeningRule.BOTH: _("By both"),
}
TREATMENTS: Final[Mapping[str, Promise]] = {
    TreatmentMethod.NONE: _("Outliers stay"),
    TreatmentMethod.WINSORISE: _("Winsorising"),
    TreatmentMethod.LOG: _("Logarithm, shifted by 1 % of the range"),
    TreatmentMethod.LOG_PLUS: _("Logarithm, mirrored where skewed to the left"),
    TreatmentMethod.LOG_SHIFTED: _("Logarithm, shifted to begin at 1"),
    TreatmentMethod.BOX_COX: _("Box-Cox"),
}
WEIGHTINGS: Final[Mapping[str, Promise]] = {
    WeightingMethod.GIVEN: _("As given in the tree"),
    WeightingMethod.EQUAL: _("The same for all below a node"),
    WeightingMethod.AHP: _("Comparisons in pairs (AHP)"),
    WeightingMethod.BUDGET: _("Points of experts"),
    WeightingMethod.ENTROPY: _("Entropy"),
    WeightingMethod.PCA: _("Principal component"),
    WeightingMethod.CRITIC: _("CRITIC"),
}
CONSTANTS: Final[Mapping[str, Promise]] = {
    ConstantPolicy.EXCLUDE: _("Left out, with a warning"),
    ConstantPolicy.FIXED: _("A fixed value for all"),
    ConstantPolicy.REFUSE: _("The run is refused"),
}
MERGES: Final[Mapping[str, Promise]] = {
    MergeRule.MEAN_OF_NODES: _("The mean of the old units, main node by main node"),
    MergeRule.WEIGHTED: _("The mean of the old units, weighted by a column (population)"),
    MergeRule.SUM: _("The sum of the old units"),
}

CELLS: Final[Mapping[str, Promise]] = {
    **REASONS,
    **{str(state): word for state, word in STATES.items()},
}
"""The codes that stand in tables instead of figures."""

HEADINGS: Final[Mapping[str, Promise]] = {
    "unit": pgettext_lazy("of an index", "Unit"),
    "indicator": _("Indicator"),
    "node": _("Node"),
    "child": _("Thing below"),
    "method": _("Method"),
    "value": _("Value"),
    "block": _("Ranked within"),
    "rank": pgettext_lazy("of a unit", "Rank"),
    "label": _("As it is written"),
    "overall": _("Rank among all"),
    "nominal": _("Weight"),
    "share": _("Share in its node"),
    "effective": _("Share in the index"),
}


def problem_in_words(problem: Problem) -> str:
    """What is wrong, in a sentence; a code without words is shown as it is."""
    return str(PROBLEMS.get(problem.code, problem.code))


def reason_in_words(warning: Mapping[str, Any]) -> str:
    """Why something has no value, in words."""
    code = str(warning.get("reason", ""))
    return str(REASONS.get(code, code))
