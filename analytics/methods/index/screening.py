"""Units with too little data are left out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.definitions.reasons import Reason
from analytics.definitions.specs import Screening
from analytics.definitions.vocabulary import ScreeningRule
from analytics.methods.index.arrays import PRESENT, Flags, Floats, Grid, number_of
from analytics.methods.index.warnings import IndexWarning


@dataclass(frozen=True, slots=True)
class ScreenedUnit:
    """One unit: ``available``, the share of its indicators answered, of those that apply;
    ``nonzero``, of its answers those that are not 0; None where there are none."""

    unit: str
    available: float | None
    nonzero: float | None
    kept: bool
    reason: Reason | None = None


def screen(
    grid: Grid, spec: Screening, units: Sequence[str]
) -> tuple[Flags, tuple[ScreenedUnit, ...], tuple[IndexWarning, ...]]:
    """Which units stay, shape (units,), and why; ``grid``: answers before imputation.

    Filled cells are no answers. The lists of the definition come before its thresholds.
    """
    applies = np.sum(grid.why != number_of(Reason.NOT_APPLICABLE), axis=1)
    answered = np.sum(grid.why == PRESENT, axis=1)
    nonzero = np.sum((grid.why == PRESENT) & (grid.values != 0), axis=1)
    available = np.where(applies > 0, answered / np.maximum(applies, 1), np.nan)
    filled = np.where(answered > 0, nonzero / np.maximum(answered, 1), np.nan)
    kept = _kept(available, filled, spec)
    found = []
    warnings = []
    for row, unit in enumerate(units):
        stays, reason = bool(kept[row]), None if kept[row] else Reason.SCREENED
        if unit in spec.include and not stays:
            stays, reason = True, Reason.FORCED_IN
        if unit in spec.exclude:
            stays, reason = False, Reason.SCREENED
        kept[row] = stays
        share, other = _number(available[row]), _number(filled[row])
        found.append(ScreenedUnit(unit, share, other, stays, reason))
        if reason is not None:
            data = {"available": share, "nonzero": other}
            warnings.append(IndexWarning(reason, unit, data=data))
    return kept, tuple(found), tuple(warnings)


def _kept(available: Floats, nonzero: Floats, spec: Screening) -> Flags:
    kept = np.ones(available.shape, dtype=np.bool_)
    if spec.by in {ScreeningRule.MISSING, ScreeningRule.BOTH}:
        # Twelve digits: 2 of 3 indicators are the two thirds asked for.
        kept &= np.round(np.nan_to_num(available), 12) >= round(spec.minimum_share, 12)
    if spec.by in {ScreeningRule.ZEROS, ScreeningRule.BOTH}:
        kept &= np.round(np.nan_to_num(nonzero), 12) >= round(spec.minimum_nonzero, 12)
    return kept


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
