"""Filling a blank from the unit's own other periods."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from analytics.definitions.reasons import Reason
from analytics.definitions.specs import Imputation
from analytics.definitions.vocabulary import ImputationMethod
from analytics.methods.index.arrays import Floats

PANEL_METHODS: Final = frozenset(
    {
        ImputationMethod.LATEST,
        ImputationMethod.LINEAR,
        ImputationMethod.CONSTANT,
        ImputationMethod.LINEAR_CONSTANT,
    }
)


_NOTHING: Final = (np.empty(0), np.empty((0, 0)))


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """What units said in other periods.

    ``series``: by unit its periods, rising, shape (k,), and figures, (k, indicators), denominated as
    those of today. ``now``: the period of each unit's row today.
    """

    series: Mapping[str, tuple[Floats, Floats]]
    now: Floats


def fill(
    panel: Panel, unit: str, row: int, indicator: int, spec: Imputation
) -> tuple[float, float, float] | Reason:
    """The figure for today and the first and last period it is made of.

    ``latest``: the last one before today, not older than ``max_age``. ``linear``: between the
    neighbours, beyond the ends the end's (flat); needs two. ``constant``: the last one before today,
    before the first the first. ``linear_constant``: linear, with one figure only constant.
    """
    periods, figures = panel.series.get(unit, _NOTHING)
    column = figures[:, indicator] if periods.size else periods
    held = ~np.isnan(column)
    at, values, now = periods[held], column[held], float(panel.now[row])
    linear = spec.method in {ImputationMethod.LINEAR, ImputationMethod.LINEAR_CONSTANT}
    if at.size == 0 or (spec.method is ImputationMethod.LINEAR and at.size < 2):
        return Reason.NO_DATA
    if spec.method is ImputationMethod.LATEST:
        return _latest(at, values, now, spec.max_age)
    return _linear(at, values, now) if linear and at.size > 1 else _constant(at, values, now)


def _latest(
    at: Floats, values: Floats, now: float, max_age: float | None
) -> tuple[float, float, float] | Reason:
    before = np.flatnonzero(at <= now)
    if before.size == 0:
        return Reason.NO_DATA
    last = before[-1]
    if max_age is not None and now - at[last] > max_age:
        return Reason.TOO_OLD
    return float(values[last]), float(at[last]), float(at[last])


def _constant(at: Floats, values: Floats, now: float) -> tuple[float, float, float]:
    place = max(int(np.searchsorted(at, now, side="right")) - 1, 0)
    return float(values[place]), float(at[place]), float(at[place])


def _linear(at: Floats, values: Floats, now: float) -> tuple[float, float, float]:
    right = int(np.clip(np.searchsorted(at, now, side="left"), 0, at.size - 1))
    left = right if at[right] <= now or right == 0 else right - 1
    if now > at[-1]:
        left = right = at.size - 1
    return float(np.interp(now, at, values)), float(at[left]), float(at[right])
