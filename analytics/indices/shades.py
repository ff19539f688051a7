"""One colour for one meaning on every page of an index: six shades, from the least to the best.

A node with levels has a shade for each level. Another has six equal classes of what it can be, whatever
the units of this run have: the same score has the same colour in every round.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from analytics.definitions import IndexDefinition, Leaf, NodeDefinition
from analytics.definitions.bounds import goalposts_of, normalisation_of
from analytics.definitions.specs import Band, Pair
from analytics.definitions.vocabulary import AggregationMethod, NormalisationMethod
from surveys.engine import text_in

SHADES: Final = 6

Child = Leaf | NodeDefinition
_SHARES: Final = frozenset(NormalisationMethod) - {
    NormalisationMethod.Z,
    NormalisationMethod.RANK,
    NormalisationMethod.BORDA,
    NormalisationMethod.SCALED,
    NormalisationMethod.BANDS,
    NormalisationMethod.POINTS,
}
"""Normalisations that end on the definition's scale."""


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a legend: its shade, 0 to 5, and its words."""

    shade: int
    label: str


class Shades:
    """The shades of the nodes of one definition."""

    def __init__(self, definition: IndexDefinition) -> None:
        self._bands: dict[str, Sequence[Band]] = {
            code: sorted(scheme.bands, key=lambda band: band.level)
            for scheme in definition.levels
            for code in scheme.nodes
        }
        children: list[Child] = [*definition.nodes(), *definition.tree.leaves()]
        self._spans = {child.code: span(definition, child) for child in children}

    def of(self, code: str, score: float | None, level: int | None = None) -> int | None:
        """The shade of a node's score; None without a score."""
        if score is None:
            return None
        if code in self._bands and level is not None:
            return self._of_level(code, level)
        low, high = self._spans.get(code, (0.0, 100.0))
        share = (score - low) / (high - low) if high > low else 0.0
        return min(SHADES - 1, max(0, int(share * SHADES)))

    def span(self, code: str) -> Pair:
        """The least and the most that the node can be."""
        return self._spans.get(code, (0.0, 100.0))

    def level_names(self, code: str, language: str) -> dict[int, str]:
        """The names of a node's levels, the least first; none where it has no levels."""
        return {
            band.level: text_in(band.name, language) or str(band.level)
            for band in self._bands.get(code, ())
        }

    def level_steps(self, code: str, language: str) -> list[Step]:
        """The legend of a node with levels; empty for one without."""
        names = self.level_names(code, language)
        return [Step(self._of_level(code, level), name) for level, name in names.items()]

    def thresholds(self, code: str) -> list[float]:
        """Where the six classes of a node without levels begin, and where the last one ends."""
        low, high = self.span(code)
        return [low + (high - low) * place / SHADES for place in range(SHADES + 1)]

    def _of_level(self, code: str, level: int) -> int:
        levels = [band.level for band in self._bands[code]]
        if level not in levels or len(levels) == 1:
            return SHADES - 1
        return round(levels.index(level) * (SHADES - 1) / (len(levels) - 1))


def span(definition: IndexDefinition, child: Child) -> Pair:
    """The least and the most that a node or indicator can be; the scale where that is unknown."""
    if isinstance(child, Leaf):
        return _of_leaf(definition, child)
    below = [span(definition, each) for each in child.children]
    lows, highs = [low for low, _ in below], [high for _, high in below]
    match child.aggregation.method:
        case AggregationMethod.SUM:
            weights = [each.weight for each in child.children]
            return _weighed(weights, lows), _weighed(weights, highs)
        case AggregationMethod.CONJUNCTIVE:
            values = [child.aggregation.base, *(step.value for step in child.aggregation.steps)]
            return min(values), max(values)
        case (
            AggregationMethod.COPELAND | AggregationMethod.MEAN_RANK | AggregationMethod.MEDIAN_RANK
        ):
            return definition.scale
        case _:
            return (min(lows), max(highs)) if below else definition.scale


def _of_leaf(definition: IndexDefinition, leaf: Leaf) -> Pair:
    indicator = definition.by_code().get(leaf.indicator)
    if indicator is None:
        return definition.scale
    spec = normalisation_of(definition, indicator)
    found: Mapping[NormalisationMethod, Pair | None] = {
        **dict.fromkeys(_SHARES, spec.range or definition.scale),
        NormalisationMethod.POINTS: indicator.range or goalposts_of(indicator, spec),
        NormalisationMethod.SCALED: (0.0, spec.factor),
        NormalisationMethod.BANDS: (min(spec.values), max(spec.values)) if spec.values else None,
    }
    return found.get(spec.method) or definition.scale


def _weighed(weights: Sequence[float], ends: Sequence[float]) -> float:
    return sum(weight * end for weight, end in zip(weights, ends, strict=True))
