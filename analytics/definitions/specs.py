"""The parts of a definition that say how: frozen, checked when made, with their defaults.

Lists stand as tuples; numbers are finite; an unknown key is refused. ``docs/index-definition.md``
says what each method does with them.
"""

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from analytics.definitions.vocabulary import (
    AggregationMethod,
    BandsOf,
    CellState,
    Comparison,
    ConstantPolicy,
    GateKind,
    ImputationMethod,
    Inclusive,
    Loadings,
    MergeRule,
    NormalisationMethod,
    NotApplicable,
    ScreeningRule,
    TreatmentMethod,
    WeightingMethod,
)

CONFIG: Final = ConfigDict(
    strict=True,
    extra="forbid",
    allow_inf_nan=False,
    use_attribute_docstrings=True,
    validate_by_name=True,
    validate_by_alias=True,
)

Texts = Mapping[str, str]
Pair = tuple[float, float]
Share = Annotated[float, Field(ge=0, le=1)]
Code = Annotated[str, Field(min_length=1, max_length=200)]

MISSING_CODES: Final[Mapping[str, CellState]] = {
    "KAD": CellState.NOT_APPLICABLE,
    "CCSL": CellState.BLANK,
    "HC": CellState.REFUSED,
    "NA": CellState.BLANK,
    "NaN": CellState.BLANK,
}
"""What stands instead of a figure: the three codes of the product, and what R and pandas write."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Imputation:
    """How blanks of an indicator are filled; a cell that does not apply is never filled."""

    method: ImputationMethod = ImputationMethod.NONE
    group: str = ""
    """The column of the groups (``group_mean``, ``group_median``)."""
    value: float | None = None
    """The figure of ``fixed``."""
    max_age: Annotated[float, Field(ge=0)] | None = None
    """How many periods back ``latest`` may reach; none: as far as there are."""
    refused: bool = True
    """Whether a refused answer is filled as a blank is."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Missing:
    """What blanks, refusals and cells that do not apply become."""

    imputation: Imputation = Field(default_factory=Imputation)
    not_applicable: NotApplicable = NotApplicable.EXCLUDE
    codes: Mapping[str, CellState] = Field(default_factory=lambda: dict(MISSING_CODES))
    """Texts that stand in cells instead of figures."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Screening:
    """Which units are left out for want of data."""

    by: ScreeningRule = ScreeningRule.NONE
    minimum_share: Share = 2 / 3
    """The least share of indicators with a value."""
    minimum_nonzero: Share = 0.05
    """The least share of values that are not 0, of those there are."""
    include: tuple[str, ...] = ()
    """Units that stay whatever they lack."""
    exclude: tuple[str, ...] = ()
    """Units that go whatever they have."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Treatment:
    """What is done with an indicator of which |skewness| and kurtosis both reach their thresholds."""

    method: TreatmentMethod = TreatmentMethod.NONE
    skewness: Annotated[float, Field(gt=0)] = 2.0
    kurtosis: Annotated[float, Field(gt=0)] = 3.5
    most_points: Annotated[int, Field(ge=1)] = 5
    """How many points ``winsorise`` may move before it stops."""
    then: TreatmentMethod = TreatmentMethod.LOG
    """What follows, on the untreated values, where winsorising was not enough."""
    few_levels: Annotated[int, Field(ge=0)] = 10
    """An indicator of at most so many distinct values is an item of a scale and never treated."""
    power: float = 0.0
    """The lambda of ``box_cox``; 0 is the logarithm."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Normalisation:
    """How an indicator comes to the common scale. Values are turned by their direction first."""

    method: NormalisationMethod = NormalisationMethod.MIN_MAX
    range: Pair | None = None
    """Where 0 and 1 of a share come to lie; none: the definition's ``scale``."""
    goalposts: Pair | None = None
    """The two ends of ``goalposts``; an indicator's own come first."""
    clip: bool = True
    """Whether ``goalposts`` holds values beyond them at the ends."""
    mean: float = 0.0
    sd: Annotated[float, Field(gt=0)] = 1.0
    """What ``z`` gives the mean and the standard deviation."""
    source: Pair = (0.0, 100.0)
    factor: float = 100.0
    """``scaled``: (x - source[0]) / (source[1] - source[0]) * factor."""
    reference: str = ""
    """The unit of ``distance_to_reference``; an indicator's own comes first."""
    target: float | None = None
    """The target of ``distance_to_target``; an indicator's own comes first."""
    cap: bool = False
    """Whether a distance stops at the reference or target."""
    thresholds: tuple[float, ...] = ()
    values: tuple[float, ...] = ()
    """``bands``: rising thresholds, and one value more than thresholds."""
    of: BandsOf = BandsOf.VALUE
    inclusive: Inclusive = Inclusive.LOWER
    """Which end of a band belongs to it."""
    constant: ConstantPolicy = ConstantPolicy.EXCLUDE
    constant_value: float | None = None
    """What every unit has of a constant indicator under ``fixed``."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Expert:
    """What one expert said: a Saaty matrix in the order of the children, or points by child."""

    name: str = ""
    matrix: tuple[tuple[float, ...], ...] = ()
    points: Mapping[str, float] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class GroupWeighting:
    """Where the weights of one node's children come from."""

    method: WeightingMethod = WeightingMethod.GIVEN
    matrix: tuple[tuple[float, ...], ...] = ()
    """One Saaty matrix (``ahp``), in the order of the children."""
    experts: tuple[Expert, ...] = ()
    """Several experts (``ahp``, ``budget``)."""
    most_inconsistent: Annotated[float, Field(gt=0)] = 0.10
    """The largest consistency ratio that passes without a warning."""
    loadings: Loadings = Loadings.SQUARED
    """What ``pca`` does with loadings: squared, or signed and refused where negative."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Weighting:
    """Where weights come from, for all nodes and for some."""

    method: WeightingMethod = WeightingMethod.GIVEN
    by_node: Mapping[str, GroupWeighting] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Step:
    """A step of a conjunctive rule: ``value``, if ``count`` children reach ``threshold``."""

    value: float
    threshold: float
    count: Annotated[int, Field(ge=1)] | None = None
    """None: all children."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Aggregation:
    """How the children of a node become its score."""

    method: AggregationMethod = AggregationMethod.ARITHMETIC
    power: float = 1.0
    """The p of ``power``; 0 is refused."""
    steps: tuple[Step, ...] = ()
    base: float = 0.0
    """The score of ``conjunctive`` where no step holds."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Gate:
    """A condition of a level beside the score."""

    kind: GateKind
    nodes: tuple[str, ...] = ()
    """``count``: the nodes counted; none: the children of the node."""
    at_least: Annotated[int, Field(ge=0)] | None = None
    """``count``: how many of them; none: all."""
    node: str = ""
    """``level``, ``score``: which node."""
    level: int = 0
    """``count``, ``level``: which level is to be reached."""
    compare: Comparison = Comparison.AT_LEAST
    value: float = 0.0
    """``score``: with what it is compared."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Band:
    """A level: its number, its name, where it begins and what else it takes."""

    level: int
    name: Texts = Field(default_factory=dict)
    start: float | None = Field(default=None, validation_alias="from", serialization_alias="from")
    """Where it begins; none: it has no condition on the score."""
    gates: tuple[Gate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class LevelScheme:
    """The levels of some nodes. A unit has the highest level whose own conditions all hold."""

    nodes: tuple[Code, ...]
    bands: tuple[Band, ...]
    inclusive: Inclusive = Inclusive.LOWER
    maximum: Mapping[str, float] = Field(default_factory=dict)
    """The most points of a node: its bands are then cut on score / maximum."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Ranking:
    """Who is ranked against whom."""

    blocks: str = ""
    """The column of the blocks that are ranked apart."""
    unranked: tuple[str, ...] = ()
    """Units with scores and no rank."""
    unranked_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Boundary:
    """A unit that came of others."""

    into: Code
    sources: tuple[Code, ...] = Field(validation_alias="from", serialization_alias="from")
    rule: MergeRule = MergeRule.MEAN_OF_NODES
    weight: str = ""
    """``weighted``: the column of the weights."""
    nodes: tuple[str, ...] = ()
    """``mean_of_nodes``: the main indicators; none: the children of the root."""
    keep: bool = False
    """Whether the old units stay in the tables, without a rank."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Uncertainty:
    """What a Monte Carlo run varies."""

    runs: Annotated[int, Field(ge=1, le=100_000)] = 1000
    seed: Annotated[int, Field(ge=0)] = 1690
    weights: Share = 0.25
    """The f of w * (1 + U(-f, f)), drawn for every weight."""
    weights_by_depth: tuple[Share, ...] = ()
    """Another f by depth: of the children of the root, of theirs, …; the last serves all below."""
    concentration: Annotated[float, Field(gt=0)] | None = None
    """If given, siblings' weights are drawn from a Dirichlet distribution around their shares."""
    normalisation: tuple[Normalisation, ...] = ()
    """Options beside the definition's own; an indicator's own rule stays."""
    aggregation: tuple[Aggregation, ...] = ()
    """Options beside the nodes' own, for every node that is a mean."""
    most_points: tuple[Annotated[int, Field(ge=1)], ...] = ()
    """Options for the limit of ``winsorise`` beside the definition's own."""
    imputation: bool = False
    """Whether blanks are also left as they are, and filled by units drawn at random."""
    leave_out: bool = False
    """Whether a run leaves one indicator out, or none."""
