"""How each indicator is normalised, everything resolved."""

from dataclasses import dataclass
from typing import Final

from analytics.definitions.bounds import goalposts_of, normalisation_of
from analytics.definitions.model import IndexDefinition, IndicatorDefinition
from analytics.definitions.specs import Normalisation, Pair
from analytics.definitions.vocabulary import BandsOf, Direction, NormalisationMethod, NotApplicable

Method = NormalisationMethod
SHARES: Final = frozenset(
    {
        Method.MIN_MAX,
        Method.GOALPOSTS,
        Method.PERCENTILE,
        Method.DISTANCE_TO_BEST,
        Method.DISTANCE_TO_REFERENCE,
        Method.DISTANCE_TO_TARGET,
        Method.FRACTION_OF_BEST,
    }
)
"""Methods that give a share, which is then laid on the range."""


@dataclass(frozen=True, slots=True)
class Way:
    """How one indicator is normalised, everything resolved."""

    spec: Normalisation
    rising: bool
    range: Pair
    goalposts: Pair | None
    target: float | None
    reference: str
    not_applicable: NotApplicable
    most: float | None
    """The most points that there are (``points``)."""

    @property
    def ranks(self) -> bool:
        """Whether a figure's place is its rank among the others', to 12 digits."""
        if self.spec.method is Method.BANDS:
            return self.spec.of is BandsOf.PERCENTILE
        return self.spec.method in {Method.RANK, Method.BORDA, Method.PERCENTILE}

    @property
    def ends(self) -> Pair | None:
        """The two figures that the formula takes from the sheet of scales."""
        match self.spec.method:
            case Method.GOALPOSTS:
                return self.goalposts
            case Method.SCALED:
                return self.spec.source
            case Method.Z:
                return self.spec.mean, self.spec.sd
        return None

    @property
    def goal(self) -> float | None:
        """The target or factor that the formula takes from there."""
        match self.spec.method:
            case Method.DISTANCE_TO_TARGET:
                return self.target
            case Method.SCALED:
                return self.spec.factor
        return None


def way_of(definition: IndexDefinition, indicator: IndicatorDefinition) -> Way:
    """How a definition normalises an indicator."""
    spec = normalisation_of(definition, indicator)
    return Way(
        spec=spec,
        rising=indicator.direction is Direction.UP,
        range=spec.range or definition.scale,
        goalposts=goalposts_of(indicator, spec),
        target=spec.target if indicator.target is None else indicator.target,
        reference=indicator.reference or spec.reference,
        not_applicable=indicator.not_applicable or definition.missing.not_applicable,
        most=indicator.range[1] if indicator.range else None,
    )
