"""The least that an indicator or node can be on its scale, as far as the definition says."""

from math import inf

from analytics.definitions.model import (
    IndexDefinition,
    IndicatorDefinition,
    Leaf,
    NodeDefinition,
)
from analytics.definitions.specs import Normalisation, Pair
from analytics.definitions.vocabulary import AggregationMethod, NormalisationMethod

_SHARES = {
    NormalisationMethod.MIN_MAX,
    NormalisationMethod.PERCENTILE,
    NormalisationMethod.DISTANCE_TO_BEST,
    NormalisationMethod.DISTANCE_TO_REFERENCE,
    NormalisationMethod.DISTANCE_TO_TARGET,
}
_MEANS = {
    AggregationMethod.ARITHMETIC,
    AggregationMethod.GEOMETRIC,
    AggregationMethod.HARMONIC,
    AggregationMethod.POWER,
    AggregationMethod.MINIMUM,
}


def normalisation_of(definition: IndexDefinition, indicator: IndicatorDefinition) -> Normalisation:
    """How the indicator is normalised: its own way, else the one for all."""
    return indicator.normalisation or definition.normalisation


def goalposts_of(indicator: IndicatorDefinition, spec: Normalisation) -> Pair | None:
    """Its own goalposts, else those of the rule for all."""
    return indicator.goalposts or spec.goalposts


def lowest(definition: IndexDefinition, child: Leaf | NodeDefinition) -> float | None:
    """The least normalised value that a child can have; None: unknown."""
    if isinstance(child, Leaf):
        indicator = definition.by_code().get(child.indicator)
        return None if indicator is None else _of_indicator(definition, indicator)
    below = [lowest(definition, each) for each in child.children]
    known = [each for each in below if each is not None]
    if child.aggregation.method not in _MEANS or len(known) < len(below) or not known:
        return None
    return min(known)


def _of_indicator(definition: IndexDefinition, indicator: IndicatorDefinition) -> float | None:
    spec = normalisation_of(definition, indicator)
    start = (spec.range or definition.scale)[0]
    own = indicator.range[0] if indicator.range else None
    found: dict[NormalisationMethod, float | None] = {
        **dict.fromkeys(_SHARES, start),
        NormalisationMethod.GOALPOSTS: start if spec.clip else None,
        NormalisationMethod.Z: -inf,
        NormalisationMethod.RANK: 1.0,
        NormalisationMethod.BORDA: 0.0,
        NormalisationMethod.BANDS: min(spec.values, default=None),
        NormalisationMethod.POINTS: own,
    }
    return found.get(spec.method)
