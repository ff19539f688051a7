"""What a run has stored: of each unit, of its weights, of itself and of the round before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Value = float | str | None
"""A figure, or the code of the reason why there is none (``analytics.definitions.reasons``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeResult:
    """What one unit has on one node. ``rank`` counts inside of its block, ``overall`` over all."""

    score: Value
    coverage: float | None = None
    rank: int | None = None
    rank_label: str = ""
    overall: int | None = None
    level: int | None = None

    @property
    def told_rank(self) -> int | str | None:
        """The rank; without one, why: the reason of the score, or that the unit is not ranked."""
        if self.rank is not None:
            return self.rank
        return "NOT_RANKED" if isinstance(self.score, float) else self.score

    @property
    def told_level(self) -> int | str | None:
        """The level; without one, the reason of the score, or an empty text below all levels."""
        if self.level is not None:
            return self.level
        return "" if isinstance(self.score, float) else self.score


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessedUnit:
    """A unit of the run. ``data`` is what the run has kept of it beside this (``IndexRunUnit.data``)."""

    key: str
    name: str
    name_en: str = ""
    type: str = ""
    block: str = ""
    nodes: Mapping[str, NodeResult]
    rank_low: float | None = None
    rank_high: float | None = None
    score_low: float | None = None
    score_high: float | None = None
    data: Mapping[str, Any] = field(default_factory=dict)

    def named(self, language: str) -> str:
        """The name in a language; the Vietnamese one where there is no other."""
        return (self.name_en if language == "en" else "") or self.name

    @property
    def was_ranked(self) -> bool:
        """Whether it has a rank on some node."""
        return any(result.rank is not None for result in self.nodes.values())

    @property
    def was_scored(self) -> bool:
        """Whether it has a score on some node."""
        return any(isinstance(result.score, float) for result in self.nodes.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One child of one node: its weight as written, and its shares in the node and in the index."""

    node: str
    child: str
    nominal: float
    share: float | None = None
    effective: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The run of the round before. ``broken`` says why the two do not compare; empty where they do."""

    title: Mapping[str, str]
    scores: Mapping[str, float | None] = field(default_factory=dict)
    ranks: Mapping[str, int | None] = field(default_factory=dict)
    broken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The publication of the round: its number, when it was approved and under which licence."""

    number: int
    approved_at: datetime
    licence: str
    citation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """Where the figures come from. Texts by language are mappings."""

    number: int
    index: str
    index_name: Mapping[str, str]
    version: int
    round: str
    round_title: Mapping[str, str]
    computed_at: datetime
    configuration_sha256: str
    data_sha256: str
    code_version: str
    tables_sha256: str
    definition_sha256: str
    scores: str
    seed: int
    draws: int
    asked: int
    signed: int
    warnings: Sequence[Mapping[str, Any]] = ()
    summary: Mapping[str, Any] = field(default_factory=dict)
    published: Published | None = None

    @property
    def hash(self) -> str:
        """What the run is told by where there is little room: the first 12 digits of its tables' hash."""
        return self.tables_sha256[:12]
