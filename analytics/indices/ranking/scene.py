"""A run with everything that its pages share: definition, pillars, shades, units, filters."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import floor, log10
from typing import Any, Final

from django.utils.translation import gettext as _

from analytics.definitions import IndexDefinition, Leaf, NodeDefinition
from analytics.indices.documents import read_document
from analytics.indices.figures import decimals
from analytics.indices.models import IndexRun
from analytics.indices.pages import named
from analytics.indices.ranking.asked import Asked, asked_of
from analytics.indices.ranking.standings import Standing, in_order, standings
from analytics.indices.shades import Shades, Step
from analytics.indices.words import (
    AGGREGATIONS,
    IMPUTATIONS,
    NORMALISATIONS,
    NOT_APPLICABLE,
    TREATMENTS,
    WEIGHTINGS,
)
from surveys.organisations.enums import AgencyType
from surveys.templatetags.ks import vn_number

TO: Final = "\N{EN DASH}"
"""Between the two ends of a range."""


@dataclass(frozen=True, slots=True)
class Pillar:
    """A child of the root. ``share`` of the root, 0 to 1; ``weight`` as written, for sums.

    ``leaves``: the codes of all indicators below, itself where it is one.
    """

    code: str
    name: str
    is_leaf: bool
    share: float
    weight: float
    leaves: tuple[str, ...]

    @property
    def percent(self) -> float:
        """The share in percent."""
        return self.share * 100

    def held(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Score, level and reason of this pillar in what a unit got; empty where it has nothing."""
        part: Mapping[str, Any] = data.get("leaves" if self.is_leaf else "nodes", {})
        found: Mapping[str, Any] = part.get(self.code, {})
        return found

    def score(self, data: Mapping[str, Any]) -> float | None:
        """The score of this pillar in what a unit got."""
        found: float | None = self.held(data).get("normalised" if self.is_leaf else "score")
        return found


class Scene:
    """One run as its pages see it. Units are read once, without their pillars."""

    def __init__(self, run: IndexRun, query: Mapping[str, str], language: str) -> None:
        self.run = run
        self.query = query
        self.language = language

    @cached_property
    def definition(self) -> IndexDefinition:
        """The definition that the run computed."""
        return read_document(self.run.version.definition)

    @cached_property
    def root(self) -> str:
        """The code of the index itself."""
        return self.definition.tree.code

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of indicators and nodes."""
        return named(self.definition, self.language)

    @cached_property
    def shades(self) -> Shades:
        """The colours."""
        return Shades(self.definition)

    @cached_property
    def digits(self) -> int:
        """How many decimals a score has."""
        return decimals(*self.shades.span(self.root))

    @cached_property
    def pillars(self) -> tuple[Pillar, ...]:
        """The children of the root in the order of the definition."""
        rows = self.run.summary.get("weights", ())
        kept = {row["child"]: row for row in rows if row["node"] == self.root}
        return tuple(self._pillar(child, kept) for child in self.definition.tree.children)

    def _pillar(self, child: Leaf | NodeDefinition, kept: Mapping[str, Any]) -> Pillar:
        row = kept.get(child.code, {})
        is_leaf = isinstance(child, Leaf)
        leaves = [child.code] if isinstance(child, Leaf) else [one.code for one in child.leaves()]
        return Pillar(
            code=child.code,
            name=self.names.get(child.code, child.code),
            is_leaf=is_leaf,
            share=row.get("share") or 0.0,
            weight=row.get("nominal") or 0.0,
            leaves=tuple(leaves),
        )

    @cached_property
    def units(self) -> list[Standing]:
        """Every unit of the run."""
        return standings(self.run)

    @cached_property
    def asked(self) -> Asked:
        """The filters of the address."""
        return asked_of(self.query, self.units, [pillar.code for pillar in self.pillars])

    @cached_property
    def block(self) -> list[Standing]:
        """The units of the block that is looked at, from the best."""
        return in_order(unit for unit in self.units if unit.block == self.asked.block)

    @cached_property
    def shown(self) -> list[Standing]:
        """Those of the block that the address asks for."""
        return [unit for unit in self.block if self.asked.fits(unit)]

    @cached_property
    def followed(self) -> Standing | None:
        """The unit that is followed."""
        return next((unit for unit in self.units if unit.key == self.asked.follow), None)

    @cached_property
    def blocks(self) -> list[str]:
        """The blocks that are ranked apart; one without a name where there are none."""
        return list(dict.fromkeys(unit.block for unit in self.units))

    @cached_property
    def types(self) -> list[tuple[str, str]]:
        """The types of unit with their words."""
        kinds = dict.fromkeys(unit.type for unit in self.units if unit.type)
        words = dict(AgencyType.choices)
        return [(kind, str(words.get(kind, kind))) for kind in kinds]

    def legend(self, code: str) -> list[Step]:
        """The shades of a node in words: its levels, else six classes of scores."""
        if steps := self.shades.level_steps(code, self.language):
            return steps
        ends = [vn_number(end, self._end_digits(code)) for end in self.shades.thresholds(code)]
        return [Step(shade, f"{low}{TO}{high}") for shade, (low, high) in enumerate(pairwise(ends))]

    @property
    def method(self) -> str:
        """How the scores were made, in one sentence."""
        definition = self.definition
        weighting = definition.weighting
        root = weighting.by_node.get(self.root)
        return _(
            "Normalisation: %(normalisation)s. Weights: %(weights)s. Index: %(aggregation)s. Missing "
            "values: %(missing)s. Not applicable: %(not_applicable)s. Outliers: %(outliers)s."
        ) % {
            "normalisation": _small(NORMALISATIONS[definition.normalisation.method]),
            "weights": _small(WEIGHTINGS[root.method if root else weighting.method]),
            "aggregation": _small(AGGREGATIONS[definition.tree.aggregation.method]),
            "missing": _small(IMPUTATIONS[definition.missing.imputation.method]),
            "not_applicable": _small(NOT_APPLICABLE[definition.missing.not_applicable]),
            "outliers": _small(TREATMENTS[definition.treatment.method]),
        }

    def _end_digits(self, code: str) -> int:
        low, high = self.shades.span(code)
        return max(0, 2 - floor(log10(max(high - low, 1e-6))))

    def unit_words(self) -> str:
        """What the ranked units are called, where all are of one type."""
        return self.types[0][1] if len(self.types) == 1 else ""


def _small(words: object) -> str:
    """Words inside of a sentence."""
    text = str(words)
    return text[:1].lower() + text[1:]
