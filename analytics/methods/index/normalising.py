"""Bringing indicators to one scale."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from analytics.definitions.bounds import goalposts_of, normalisation_of
from analytics.definitions.model import IndexDefinition, IndicatorDefinition
from analytics.definitions.reasons import Reason
from analytics.definitions.specs import Normalisation, Pair
from analytics.definitions.vocabulary import (
    BandsOf,
    ConstantPolicy,
    Direction,
    Inclusive,
    NormalisationMethod,
)
from analytics.methods.index.arrays import Flags, Floats, Grid, unfigured
from analytics.methods.index.ranking import ascending, significant
from analytics.methods.index.treating import is_constant
from analytics.methods.index.warnings import IndexRefused, IndexWarning


@dataclass(frozen=True, slots=True)
class Scale:
    """How one indicator is normalised, everything resolved. ``rising``: more is better."""

    code: str
    spec: Normalisation
    rising: bool
    range: Pair
    goalposts: Pair | None = None
    target: float | None = None
    reference: int | None = None
    """The row of the reference unit."""

    @classmethod
    def of(
        cls,
        definition: IndexDefinition,
        indicator: IndicatorDefinition,
        units: Mapping[str, int] | None = None,
    ) -> "Scale":
        """The scale that a definition gives an indicator; ``units``: the row of each."""
        spec = normalisation_of(definition, indicator)
        return cls(
            code=indicator.code,
            spec=spec,
            rising=indicator.direction is Direction.UP,
            range=spec.range or definition.scale,
            goalposts=goalposts_of(indicator, spec),
            target=spec.target if indicator.target is None else indicator.target,
            reference=(units or {}).get(indicator.reference or spec.reference),
        )


@dataclass(frozen=True, slots=True)
class Parameters:
    """What was measured on the units; None where the method needs none or nothing was there."""

    minimum: float | None = None
    maximum: float | None = None
    mean: float | None = None
    sd: float | None = None
    count: int = 0
    reference: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Normalised:
    """The grid on the common scale, and by indicator what it was measured against."""

    grid: Grid
    parameters: Mapping[str, Parameters]
    warnings: tuple[IndexWarning, ...]


def normalise(
    grid: Grid, scales: Sequence[Scale], *, parameters: Mapping[str, Parameters] | None = None
) -> Normalised:
    """Every column by its scale; shapes (units, indicators).

    ``parameters`` of another round, by indicator, take the place of what would be measured here, so
    that rounds are comparable. Raises IndexRefused naming every indicator that is constant where
    the policy is ``refuse``.
    """
    values, why = np.array(grid.values), np.array(grid.why)
    result = Grid(values, why)
    measured: dict[str, Parameters] = {}
    warnings: list[IndexWarning] = []
    refused: list[IndexWarning] = []
    for number, scale in enumerate(scales):
        column = grid.values[:, number]
        known = (parameters or {}).get(scale.code) or measure(scale, column)
        measured[scale.code] = known
        problem = unusable(scale, known, column)
        if problem is None:
            values[:, number] = apply(scale, known, column)
            warnings += _remarks(scale, known)
            continue
        warning = IndexWarning(problem, element=scale.code, data={"method": str(scale.spec.method)})
        if _refuses(scale, problem):
            refused.append(warning)
        warnings.append(warning)
        result = _without(result, number, scale, problem)
        values, why = result.values, result.why
    if refused:
        raise IndexRefused(*refused)
    return Normalised(_closed(Grid(values, why)), measured, tuple(warnings))


def measure(scale: Scale, column: Floats) -> Parameters:
    """What a column says of itself; shape (units,)."""
    seen = column[~np.isnan(column)]
    if seen.size == 0:
        return Parameters()
    row = scale.reference
    reference = None if row is None or np.isnan(column[row]) else float(column[row])
    with unfigured():
        return Parameters(
            minimum=float(np.min(seen)),
            maximum=float(np.max(seen)),
            mean=float(np.mean(seen)),
            sd=float(np.std(seen, ddof=1)) if seen.size > 1 else None,
            count=int(seen.size),
            reference=reference,
        )


def unusable(scale: Scale, known: Parameters, column: Floats) -> Reason | None:
    """Why the method cannot place any unit of this column; None if it can."""
    if known.minimum is None or np.all(np.isnan(column)):
        return Reason.NO_DATA
    if scale.spec.method in _MEASURED and not _measurable(scale, known):
        return Reason.NOT_COMPUTABLE
    judge = _UNUSABLE.get(scale.spec.method)
    return None if judge is None else judge(scale, known)


def apply(scale: Scale, known: Parameters, values: Floats) -> Floats:
    """Values of an indicator (any number of them) on the scale; NaN stays.

    Ranks, Borda, percentiles and bands of percentiles are those among the ``values`` given. An
    overflow is not finite: the caller gives it a reason.
    """
    with unfigured():
        found = _METHODS[scale.spec.method](scale, known, values)
        if scale.spec.method not in _SHARES:
            return found
        low, high = scale.range
        return found * (high - low) + low


_SHARES: Final = {
    NormalisationMethod.MIN_MAX,
    NormalisationMethod.GOALPOSTS,
    NormalisationMethod.PERCENTILE,
    NormalisationMethod.DISTANCE_TO_BEST,
    NormalisationMethod.DISTANCE_TO_REFERENCE,
    NormalisationMethod.DISTANCE_TO_TARGET,
    NormalisationMethod.FRACTION_OF_BEST,
}
RELATIVE: Final = {
    NormalisationMethod.RANK,
    NormalisationMethod.BORDA,
    NormalisationMethod.PERCENTILE,
}
"""Methods that place a value among the others: one value alone has no place."""


_MEASURED: Final = {
    NormalisationMethod.MIN_MAX,
    NormalisationMethod.Z,
    NormalisationMethod.DISTANCE_TO_BEST,
    NormalisationMethod.DISTANCE_TO_REFERENCE,
    NormalisationMethod.DISTANCE_TO_TARGET,
}
"""Methods that divide by a spread measured on the units."""


def _measurable(scale: Scale, known: Parameters) -> bool:
    """Whether the spread is a figure: between figures near 1e308 of both signs it is none."""
    with unfigured():
        spread = np.float64(_most(known)) - np.float64(_least(known))
    figures = [float(spread)]
    if scale.spec.method is NormalisationMethod.Z:
        figures += [each for each in (known.mean, known.sd) if each is not None]
    return bool(np.all(np.isfinite(figures)))


def _between(rising: bool, low: float, high: float, values: Floats) -> Floats:  # noqa: FBT001
    return (values - low) / (high - low) if rising else (high - values) / (high - low)


def _same(one: float, other: float) -> bool:
    return is_constant(np.array([one, other]))


def _worst(scale: Scale, known: Parameters) -> float:
    return _least(known) if scale.rising else _most(known)


def _least(known: Parameters) -> float:
    assert known.minimum is not None
    return known.minimum


def _most(known: Parameters) -> float:
    assert known.maximum is not None
    return known.maximum


def _min_max(scale: Scale, known: Parameters, values: Floats) -> Floats:
    return _between(scale.rising, _least(known), _most(known), values)


def _goalposts(scale: Scale, known: Parameters, values: Floats) -> Floats:
    assert scale.goalposts is not None
    share = _between(scale.rising, *scale.goalposts, values)
    return np.clip(share, 0, 1) if scale.spec.clip else share


def _z(scale: Scale, known: Parameters, values: Floats) -> Floats:
    assert known.mean is not None
    assert known.sd is not None
    score = (values - known.mean) / known.sd
    return (score if scale.rising else -score) * scale.spec.sd + scale.spec.mean


def _turned(scale: Scale, values: Floats) -> Floats:
    return values if scale.rising else -values


def _rank(scale: Scale, known: Parameters, values: Floats) -> Floats:
    return ascending(_turned(scale, values))


def _borda(scale: Scale, known: Parameters, values: Floats) -> Floats:
    return _rank(scale, known, values) - 1


def _percentile(scale: Scale, known: Parameters, values: Floats) -> Floats:
    count = np.sum(~np.isnan(values))
    return _borda(scale, known, values) / max(int(count) - 1, 1)


def _to_reference(scale: Scale, known: Parameters, values: Floats) -> Floats:
    assert known.reference is not None
    reference, worst = known.reference, _worst(scale, known)
    return _capped(scale, 1 - (reference - values) / (reference - worst))


def _to_target(scale: Scale, known: Parameters, values: Floats) -> Floats:
    assert scale.target is not None
    worst = _worst(scale, known)
    return _capped(scale, (values - worst) / (scale.target - worst))


def _capped(scale: Scale, share: Floats) -> Floats:
    return np.minimum(share, 1) if scale.spec.cap else share


def _fraction(scale: Scale, known: Parameters, values: Floats) -> Floats:
    if scale.rising:
        return values / _most(known)
    return _least(known) / values


def _scaled(scale: Scale, known: Parameters, values: Floats) -> Floats:
    return _between(scale.rising, *scale.spec.source, values) * scale.spec.factor


def _bands(scale: Scale, known: Parameters, values: Floats) -> Floats:
    spec = scale.spec
    judged = _percentile(scale, known, values) if spec.of is BandsOf.PERCENTILE else values
    thresholds = significant(np.asarray(spec.thresholds, dtype=np.float64))
    missing: Flags = np.isnan(judged)
    side: Final = "right" if spec.inclusive is Inclusive.LOWER else "left"
    places = np.searchsorted(thresholds, significant(np.where(missing, 0.0, judged)), side=side)
    return np.where(missing, np.nan, np.asarray(spec.values, dtype=np.float64)[places])


def _points(scale: Scale, known: Parameters, values: Floats) -> Floats:
    return values


_METHODS: Final[Mapping[NormalisationMethod, Callable[[Scale, Parameters, Floats], Floats]]] = {
    NormalisationMethod.MIN_MAX: _min_max,
    NormalisationMethod.GOALPOSTS: _goalposts,
    NormalisationMethod.Z: _z,
    NormalisationMethod.RANK: _rank,
    NormalisationMethod.BORDA: _borda,
    NormalisationMethod.PERCENTILE: _percentile,
    NormalisationMethod.DISTANCE_TO_BEST: _min_max,
    NormalisationMethod.DISTANCE_TO_REFERENCE: _to_reference,
    NormalisationMethod.DISTANCE_TO_TARGET: _to_target,
    NormalisationMethod.FRACTION_OF_BEST: _fraction,
    NormalisationMethod.SCALED: _scaled,
    NormalisationMethod.BANDS: _bands,
    NormalisationMethod.POINTS: _points,
}


def _no_spread(scale: Scale, known: Parameters) -> Reason | None:
    # A spread can be too small for its square: then there is no standard deviation to divide by.
    flat = scale.spec.method is NormalisationMethod.Z and not known.sd
    return Reason.CONSTANT if flat or _same(_least(known), _most(known)) else None


def _no_others(scale: Scale, known: Parameters) -> Reason | None:
    return Reason.CONSTANT if known.count < 2 else None


def _no_reference(scale: Scale, known: Parameters) -> Reason | None:
    if known.reference is None:
        return Reason.NO_REFERENCE
    return Reason.CONSTANT if _same(known.reference, _worst(scale, known)) else None


def _no_distance(scale: Scale, known: Parameters) -> Reason | None:
    assert scale.target is not None
    return Reason.TARGET_AT_END if _same(scale.target, _worst(scale, known)) else None


def _no_ratio(scale: Scale, known: Parameters) -> Reason | None:
    best = _most(known) if scale.rising else _least(known)
    return Reason.NOT_POSITIVE if best <= 0 else None


_UNUSABLE: Final[Mapping[NormalisationMethod, Callable[[Scale, Parameters], Reason | None]]] = {
    NormalisationMethod.MIN_MAX: _no_spread,
    NormalisationMethod.Z: _no_spread,
    NormalisationMethod.DISTANCE_TO_BEST: _no_spread,
    NormalisationMethod.PERCENTILE: _no_others,
    NormalisationMethod.DISTANCE_TO_REFERENCE: _no_reference,
    NormalisationMethod.DISTANCE_TO_TARGET: _no_distance,
    NormalisationMethod.FRACTION_OF_BEST: _no_ratio,
}


def _refuses(scale: Scale, problem: Reason) -> bool:
    return problem is Reason.CONSTANT and scale.spec.constant is ConstantPolicy.REFUSE


def _without(grid: Grid, number: int, scale: Scale, problem: Reason) -> Grid:
    """The grid with a column that could not be placed: a fixed figure, or none and the reason."""
    seen = ~np.isnan(grid.values[:, number])
    if problem is Reason.CONSTANT and scale.spec.constant is ConstantPolicy.FIXED:
        values = np.array(grid.values)
        values[seen, number] = scale.spec.constant_value
        return Grid(values, grid.why)
    gaps = np.zeros(grid.values.shape, dtype=np.bool_)
    gaps[:, number] = seen
    return grid.with_gaps(gaps, problem)


def _closed(grid: Grid) -> Grid:
    """A figure that a method could not make (an overflow) has a reason like any."""
    lost = ~np.isfinite(grid.values) & (grid.why == 0)
    return grid.with_gaps(lost, Reason.NOT_COMPUTABLE) if np.any(lost) else grid


def _remarks(scale: Scale, known: Parameters) -> list[IndexWarning]:
    if scale.spec.method is not NormalisationMethod.DISTANCE_TO_TARGET or scale.target is None:
        return []
    worst = _worst(scale, known)
    beyond = scale.target < worst if scale.rising else scale.target > worst
    data = {"target": scale.target, "worst": worst}
    return [IndexWarning(Reason.TARGET_BELOW_MINIMUM, element=scale.code, data=data)] * beyond
