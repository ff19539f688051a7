"""An index as data: indicators, a tree over them, and how each step is done.

Plain frozen dataclasses, without numpy or pandas: the web process reads them.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import Discriminator, Field, Tag
from pydantic.dataclasses import dataclass

from analytics.definitions.specs import (
    CONFIG,
    Aggregation,
    Boundary,
    Code,
    Imputation,
    LevelScheme,
    Missing,
    Normalisation,
    Pair,
    Ranking,
    Screening,
    Share,
    Texts,
    Treatment,
    Uncertainty,
    Weighting,
)
from analytics.definitions.vocabulary import Direction, NotApplicable, SourceKind

SCHEMA: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Source:
    """Where an indicator's value comes from."""

    kind: SourceKind = SourceKind.COLUMN
    name: str = ""
    """The column; empty: the indicator's code."""
    expression: str = ""
    """``formula``: an expression over columns and other indicators, ``${name}`` or bare."""
    scoring: str = ""
    """A rule by which an answer becomes points, e.g. ``choices(da=1, dang=0.5, chua=0)``."""


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Denominator:
    """The value is divided by a column and multiplied by ``per``."""

    column: Code
    per: Annotated[float, Field(gt=0)] = 1.0


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class IndicatorDefinition:
    """A leaf of the tree: where its value comes from and what may differ from the rule for all."""

    code: Code
    direction: Direction
    name: Texts = Field(default_factory=dict)
    unit: Texts = Field(default_factory=dict)
    source: Source = Field(default_factory=Source)
    goalposts: Pair | None = None
    target: float | None = None
    reference: str = ""
    applies_to: tuple[str, ...] = ()
    """Types of unit; none: all."""
    denominator: Denominator | None = None
    range: Pair | None = None
    """What the value can be; anything beyond is left out and named."""
    not_applicable: NotApplicable | None = None
    imputation: Imputation | None = None
    treatment: Treatment | None = None
    normalisation: Normalisation | None = None

    @property
    def column(self) -> str:
        """The column it is read from; meaningless for a formula."""
        return self.source.name or self.code


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Leaf:
    """An indicator at its place in the tree."""

    indicator: Code
    weight: float = 1.0

    @property
    def code(self) -> str:
        """What it is called among its parent's children."""
        return self.indicator


def _kind_of_child(value: Any) -> Literal["leaf", "node"]:
    held = "indicator" in value if isinstance(value, Mapping) else isinstance(value, Leaf)
    return "leaf" if held else "node"


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class NodeDefinition:
    """A node with what is below it; weights count within one parent only."""

    code: Code
    children: tuple[
        Annotated[
            Annotated[Leaf, Tag("leaf")] | Annotated["NodeDefinition", Tag("node")],
            Discriminator(_kind_of_child),
        ],
        ...,
    ]
    name: Texts = Field(default_factory=dict)
    weight: float = 1.0
    aggregation: Aggregation = Field(default_factory=Aggregation)
    minimum_coverage: Share = 0.0
    """The least share of children with a value; below it the node has none."""

    def walk(self) -> Iterator["NodeDefinition"]:
        """This node and all below it, children before parents."""
        for child in self.children:
            if isinstance(child, NodeDefinition):
                yield from child.walk()
        yield self

    def leaves(self) -> Iterator[Leaf]:
        """Every leaf below, in order."""
        for child in self.children:
            if isinstance(child, NodeDefinition):
                yield from child.leaves()
            else:
                yield child


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Columns:
    """The columns of the units' table that are no indicators."""

    unit: Code = "unit"
    type: Code = "type"
    period: Code = "period"


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class IndexDefinition:
    """A whole index. ``schema`` is the version of this format."""

    schema: Literal[1]
    code: Code
    version: Code
    indicators: tuple[IndicatorDefinition, ...]
    tree: NodeDefinition
    name: Texts = Field(default_factory=dict)
    description: Texts = Field(default_factory=dict)
    basis: str = ""
    unit_types: tuple[str, ...] = ()
    """Types of unit that are assessed; none: all."""
    columns: Columns = Field(default_factory=Columns)
    scale: Pair = (0.0, 100.0)
    support: tuple[NodeDefinition, ...] = ()
    """Nodes reported beside the tree, e.g. pillars that share indicators: not part of the index."""
    missing: Missing = Field(default_factory=Missing)
    screening: Screening = Field(default_factory=Screening)
    treatment: Treatment = Field(default_factory=Treatment)
    normalisation: Normalisation = Field(default_factory=Normalisation)
    weighting: Weighting = Field(default_factory=Weighting)
    levels: tuple[LevelScheme, ...] = ()
    ranking: Ranking = Field(default_factory=Ranking)
    boundaries: tuple[Boundary, ...] = ()
    uncertainty: Uncertainty = Field(default_factory=Uncertainty)

    def by_code(self) -> dict[str, IndicatorDefinition]:
        """The indicators by their code."""
        return {indicator.code: indicator for indicator in self.indicators}

    def nodes(self) -> list[NodeDefinition]:
        """Every node, children before parents: those of the tree, then those beside it."""
        return [node for root in (self.tree, *self.support) for node in root.walk()]
