"""How far units are from their targets."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.definitions.model import IndicatorDefinition
from analytics.definitions.reasons import Reason
from analytics.definitions.vocabulary import Direction
from analytics.methods.index.arrays import Floats, Grid
from analytics.methods.index.normalising import RELATIVE, Normalised, Scale, apply


@dataclass(frozen=True, slots=True, eq=False)
class Gaps:
    """For the indicators that have a target, (units, targets).

    ``gap``: what is still to go in the indicator's own unit, below 0 beyond the target;
    ``attainment``: x / T, or T / x where less is better; ``weighted``: effective weight * (scale of
    T - scale of x), what the gap costs the index, where the scale knows the target's place.
    """

    indicators: tuple[str, ...]
    targets: tuple[float, ...]
    gap: Grid
    attainment: Grid
    weighted: Grid


def gaps(
    indicators: Sequence[IndicatorDefinition],
    grid: Grid,
    normalised: Normalised,
    scales: Sequence[Scale],
    effective: Floats,
) -> Gaps:
    """The gaps of every unit; ``grid``: figures before treatment, (units, indicators)."""
    places = [number for number, each in enumerate(indicators) if each.target is not None]
    targets = [float(indicators[number].target or 0.0) for number in places]
    gap, attainment, weighted = (np.full((len(grid.values), len(places)), np.nan) for _ in range(3))
    for column, (number, target) in enumerate(zip(places, targets, strict=True)):
        values = grid.values[:, number]
        rising = indicators[number].direction is Direction.UP
        gap[:, column] = target - values if rising else values - target
        attainment[:, column] = _attained(values, target, rising=rising)
        at = _place(scales[number], normalised, target)
        if at is not None:
            shift = at - normalised.grid.values[: len(values), number]
            weighted[:, column] = effective[number] * shift
    why = grid.why[:, places]
    return Gaps(
        tuple(indicators[number].code for number in places),
        tuple(targets),
        Grid(gap, why),
        _explained(attainment, why),
        _explained(weighted, why),
    )


def _attained(values: Floats, target: float, *, rising: bool) -> Floats:
    above, below = (values, np.full_like(values, target))
    if not rising:
        above, below = below, above
    usable = below > 0
    return np.where(usable, above / np.where(usable, below, 1.0), np.nan)


def _place(scale: Scale, normalised: Normalised, target: float) -> float | None:
    """Where the target lies on the scale; None for ranks and where nothing was placed."""
    known = normalised.parameters[scale.code]
    if scale.spec.method in RELATIVE or known.minimum is None:
        return None
    number = [each.element for each in normalised.warnings if each.element == scale.code]
    if number:
        return None
    place = float(apply(scale, known, np.array([target]))[0])
    return place if np.isfinite(place) else None


def _explained(values: Floats, why: np.ndarray) -> Grid:
    lost = np.isnan(values) & (why == 0)
    return Grid(np.where(why == 0, values, np.nan), why).with_gaps(lost, Reason.NOT_COMPUTABLE)
