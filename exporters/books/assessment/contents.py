"""What an assessment workbook shows of one index run, as plain data.

Nothing is computed here: values are those that the run has stored.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from analytics.definitions import IndexDefinition
from analytics.definitions.model import Leaf, NodeDefinition
from analytics.definitions.vocabulary import MergeRule, WeightingMethod
from exporters.books.assessment.results import AssessedUnit, Earlier, RunFacts, Value, Weighed
from surveys.engine import text_in

Lines = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentContents:
    """One run. Tables are columns by the code of the indicator, in the order of ``units``."""

    definition: IndexDefinition
    facts: RunFacts
    units: tuple[AssessedUnit, ...]
    raw: Mapping[str, Sequence[Value]]
    imputed: Mapping[str, Sequence[Value]]
    treated: Mapping[str, Sequence[Value]]
    normalised: Mapping[str, Sequence[Value]]
    states: Mapping[str, Sequence[str]]
    filled: Mapping[tuple[str, str], str]
    """The method by (unit, indicator) of every blank that was filled."""
    beside: Mapping[str, Sequence[str]]
    """What values were computed from, as texts; without the columns of runs that have not kept them."""
    weights: tuple[Weighed, ...]
    earlier: Earlier | None = None
    types: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What the types of units are called, by language; a type that has no name is told by its code."""
    given: frozenset[str] = frozenset()
    """The nodes of which nothing but the score is told: nothing below them is. Then there is no table of
    indicators, and the scores of these nodes are the data."""

    @property
    def root(self) -> str:
        """The code of the index itself among the nodes."""
        return self.definition.tree.code

    @property
    def indicators(self) -> tuple[str, ...]:
        """The codes of the indicators in the order of the definition, as far as they are told."""
        return () if self.given else tuple(each.code for each in self.definition.indicators)

    @property
    def data_codes(self) -> tuple[str, ...]:
        """What stands on the data sheet: indicators, or nodes of which only the score is told."""
        told = tuple(node.code for node in self.definition.nodes() if node.code in self.given)
        return told or self.indicators

    @property
    def weighed(self) -> tuple[Weighed, ...]:
        """The weights with which the workbook computes."""
        return tuple(row for row in self.weights if row.node not in self.given)

    @property
    def pillars(self) -> tuple[NodeDefinition, ...]:
        """The nodes right below the index, and those beside the tree."""
        below = [each for each in self.definition.tree.children if isinstance(each, NodeDefinition)]
        return (*below, *self.definition.support)

    def name_of(self, code: str, language: str) -> str:
        """What an indicator or node is called; its code where it has no name."""
        for node in self.definition.nodes():
            if node.code == code:
                return text_in(node.name, language) or code
        indicator = self.definition.by_code().get(code)
        return (text_in(indicator.name, language) if indicator else "") or code

    def type_of(self, unit: AssessedUnit, language: str) -> str:
        """What the type of a unit is called."""
        return self.types.get(unit.type, {}).get(language) or unit.type

    def block_of(self, unit: AssessedUnit, language: str) -> str:
        """What the block is called in which a unit is ranked."""
        if self.definition.ranking.blocks != self.definition.columns.type:
            return unit.block
        return self.types.get(unit.block, {}).get(language) or unit.block

    def weighting_of(self, node: str) -> WeightingMethod:
        """Where the weights of a node's children come from."""
        own = self.definition.weighting.by_node.get(node)
        return own.method if own else self.definition.weighting.method

    def used_weight(self, row: Weighed) -> float | None:
        """What the child is multiplied with: as written, 1 of equals, its share where it comes of experts
        or data; None where there is none."""
        match self.weighting_of(row.node):
            case WeightingMethod.GIVEN:
                return row.nominal
            case WeightingMethod.EQUAL:
                return 1.0
        return row.share

    def is_ranked(self, unit: AssessedUnit) -> bool:
        """Whether the unit takes part in the ranking, with a score or without."""
        if unit.was_scored:
            return unit.was_ranked
        ranking = self.definition.ranking
        gone = {
            code
            for boundary in self.definition.boundaries
            for code in boundary.sources
            if code != boundary.into
        }
        return (
            unit.key not in {*ranking.unranked, *gone} and unit.type not in ranking.unranked_types
        )

    @property
    def late_merges(self) -> Mapping[str, tuple[str, ...]]:
        """The units that are means of their predecessors' scores, with those predecessors."""
        keys = {unit.key for unit in self.units}
        return {
            boundary.into: boundary.sources
            for boundary in self.definition.boundaries
            if boundary.rule is MergeRule.MEAN_OF_NODES and boundary.into in keys
        }

    @property
    def early_merges(self) -> frozenset[str]:
        """The units whose figures were added up of their predecessors' before anything else."""
        return frozenset(
            boundary.into
            for boundary in self.definition.boundaries
            if boundary.rule is not MergeRule.MEAN_OF_NODES
        )

    @property
    def lacks_units(self) -> bool:
        """Whether units had a say in the scales that are not in the tables any more."""
        return any(
            boundary.rule is MergeRule.MEAN_OF_NODES and not boundary.keep
            for boundary in self.definition.boundaries
        )


TABLES: Final = ("raw", "imputed", "treated", "normalised", "states", "filled", "weights")


def contents_of(
    definition: IndexDefinition,
    facts: RunFacts,
    units: Iterable[AssessedUnit],
    lines: Mapping[str, Lines],
    *,
    earlier: Earlier | None = None,
    types: Mapping[str, Mapping[str, str]] | None = None,
) -> AssessmentContents:
    """The contents of a run from its kept tables (``TABLES``, and ``beside`` where there is one), each
    with its headings first."""
    order = tuple(units)
    keys = [unit.key for unit in order]
    return AssessmentContents(
        definition=definition,
        facts=facts,
        units=order,
        raw=_columns(lines["raw"], keys),
        imputed=_columns(lines["imputed"], keys),
        treated=_columns(lines["treated"], keys),
        normalised=_columns(lines["normalised"], keys),
        states=_texts(lines["states"], keys),
        filled={(line[0], line[1]): line[2] for line in lines["filled"][1:]},
        beside=_texts(lines.get("beside", [["unit"]]), keys),
        weights=weights_of(lines["weights"]),
        earlier=earlier,
        types=types or {},
    )


def _texts(lines: Lines, keys: Sequence[str]) -> dict[str, list[str]]:
    """The columns of a table by their heading; a unit that has no line has empty texts."""
    held = {line[0]: line for line in lines[1:]}
    return {
        name: [held[key][column] if key in held else "" for key in keys]
        for column, name in enumerate(lines[0])
        if column
    }


def _columns(lines: Lines, keys: Sequence[str]) -> dict[str, list[Value]]:
    found = _texts(lines, keys)
    return {name: [value_of(text) for text in column] for name, column in found.items()}


_FIGURE: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


def value_of(text: str) -> Value:
    """A figure as the tables of a run write it, else the text; None for an empty one."""
    return float(text) if _FIGURE.fullmatch(text) else text or None


def weights_of(lines: Lines) -> tuple[Weighed, ...]:
    """The table of weights of a run, its headings first."""
    return tuple(_weighed(line) for line in lines[1:])


def _weighed(line: Sequence[str]) -> Weighed:
    node, child, nominal, share, effective = line
    return Weighed(
        node=node,
        child=child,
        nominal=float(nominal),
        share=float(share) if share else None,
        effective=float(effective) if effective else None,
    )


def children_of(node: NodeDefinition) -> tuple[str, ...]:
    """The codes of a node's children in their order."""
    return tuple(child.code for child in node.children)


def leaves_of(node: NodeDefinition) -> tuple[Leaf, ...]:
    """The leaves right below a node."""
    return tuple(child for child in node.children if isinstance(child, Leaf))
