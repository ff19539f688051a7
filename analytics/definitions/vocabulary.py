"""The words an index definition is written with."""

from enum import StrEnum


class Direction(StrEnum):
    """Whether more is better (``up``) or worse (``down``)."""

    UP = "up"
    DOWN = "down"


class SourceKind(StrEnum):
    """Where an indicator's value comes from; all but a formula are columns of the units' table."""

    COLUMN = "column"
    INDICATOR = "indicator"
    QUESTION = "question"
    SCORE = "score"
    FORMULA = "formula"
    IMPORT = "import"


class NotApplicable(StrEnum):
    """What a cell counts that does not apply to its unit."""

    EXCLUDE = "exclude"
    ZERO = "zero"
    FULL = "full"


class CellState(StrEnum):
    """What stands in a cell: one of four states."""

    ANSWERED = "answered"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    REFUSED = "refused"


class ImputationMethod(StrEnum):
    """How a blank cell is filled."""

    NONE = "none"
    MEAN = "mean"
    MEDIAN = "median"
    GROUP_MEAN = "group_mean"
    GROUP_MEDIAN = "group_median"
    ROW_MEAN = "row_mean"
    LATEST = "latest"
    LINEAR = "linear"
    CONSTANT = "constant"
    LINEAR_CONSTANT = "linear_constant"
    FIXED = "fixed"


class ScreeningRule(StrEnum):
    """Which units are left out for want of data."""

    NONE = "none"
    MISSING = "missing"
    ZEROS = "zeros"
    BOTH = "both"


class TreatmentMethod(StrEnum):
    """How an outlying indicator is treated."""

    NONE = "none"
    WINSORISE = "winsorise"
    LOG = "log"
    LOG_PLUS = "log_plus"
    LOG_SHIFTED = "log_shifted"
    BOX_COX = "box_cox"


class NormalisationMethod(StrEnum):
    """How values of different units of measurement are brought to one scale."""

    MIN_MAX = "min_max"
    GOALPOSTS = "goalposts"
    Z = "z"
    RANK = "rank"
    BORDA = "borda"
    PERCENTILE = "percentile"
    DISTANCE_TO_BEST = "distance_to_best"
    DISTANCE_TO_REFERENCE = "distance_to_reference"
    DISTANCE_TO_TARGET = "distance_to_target"
    FRACTION_OF_BEST = "fraction_of_best"
    SCALED = "scaled"
    BANDS = "bands"
    POINTS = "points"


class ConstantPolicy(StrEnum):
    """What becomes of an indicator that says the same of all units."""

    REFUSE = "refuse"
    EXCLUDE = "exclude"
    FIXED = "fixed"


class BandsOf(StrEnum):
    """What bands are cut on."""

    VALUE = "value"
    PERCENTILE = "percentile"


class Inclusive(StrEnum):
    """Which end of a band belongs to it."""

    LOWER = "lower"
    UPPER = "upper"


class WeightingMethod(StrEnum):
    """Where the weights of a node's children come from."""

    GIVEN = "given"
    EQUAL = "equal"
    AHP = "ahp"
    BUDGET = "budget"
    ENTROPY = "entropy"
    PCA = "pca"
    CRITIC = "critic"


class Loadings(StrEnum):
    """What becomes of the loadings of the first component."""

    SQUARED = "squared"
    SIGNED = "signed"


class AggregationMethod(StrEnum):
    """How the children of a node become its score."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"
    HARMONIC = "harmonic"
    POWER = "power"
    SUM = "sum"
    COPELAND = "copeland"
    MEAN_RANK = "mean_rank"
    MEDIAN_RANK = "median_rank"
    MINIMUM = "minimum"
    CONJUNCTIVE = "conjunctive"


class GateKind(StrEnum):
    """What a gate looks at."""

    COUNT = "count"
    LEVEL = "level"
    SCORE = "score"


class Comparison(StrEnum):
    """How a gate compares a score."""

    ABOVE = ">"
    AT_LEAST = ">="
    BELOW = "<"
    AT_MOST = "<="


class MergeRule(StrEnum):
    """What a unit that came of others has."""

    MEAN_OF_NODES = "mean_of_nodes"
    WEIGHTED = "weighted"
    SUM = "sum"
