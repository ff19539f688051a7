"""Outliers: when an indicator is treated, and how."""

from dataclasses import dataclass

import numpy as np

from analytics.definitions.reasons import Reason
from analytics.definitions.specs import Treatment
from analytics.definitions.vocabulary import TreatmentMethod
from analytics.methods.index.arrays import Floats
from analytics.methods.index.ranking import significant

SPREAD = 0.01
"""The part of the range that ``log`` and ``log_plus`` keep between the lowest value and 0."""


def skewness(values: Floats) -> float | None:
    """G1 = sqrt(n(n-1))/(n-2) * m3/m2^1.5 of the values there are (Joanes & Gill 1998; Excel SKEW).

    None below three values, or where they are all the same.
    """
    seen, spread = _centred(values)
    n = seen.size
    if n < 3 or spread == 0:
        return None
    return float(np.sqrt(n * (n - 1)) / (n - 2) * np.mean(seen**3) / spread**1.5)


def kurtosis(values: Floats) -> float | None:
    """G2 = (n-1)/((n-2)(n-3)) * ((n+1)(m4/m2^2 - 3) + 6): excess kurtosis (Excel KURT).

    None below four values, or where they are all the same.
    """
    seen, spread = _centred(values)
    n = seen.size
    if n < 4 or spread == 0:
        return None
    excess = np.mean(seen**4) / spread**2 - 3
    return float((n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * excess + 6))


def _centred(values: Floats) -> tuple[Floats, float]:
    seen = values[~np.isnan(values)]
    if seen.size == 0 or is_constant(seen):
        return seen, 0.0
    centred = seen - np.mean(seen)
    # Neither figure knows a scale: on one of its own no power of a tiny spread vanishes.
    centred = centred / np.max(np.abs(centred))
    return centred, float(np.mean(centred**2))


def is_constant(values: Floats) -> bool:
    """Whether all values there are agree to 12 significant digits; also where there are none."""
    seen = values[~np.isnan(values)]
    # A difference can be beyond the figures where an order is not.
    return seen.size == 0 or bool(np.min(seen := significant(seen)) == np.max(seen))


def passes(values: Floats, spec: Treatment) -> bool:
    """Whether |skewness| or kurtosis is below its threshold; what has neither passes."""
    skew, kurt = skewness(values), kurtosis(values)
    if skew is None or kurt is None:
        return True
    # One value apart from three equal ones has a skewness of exactly 2: the sixteenth digit, which
    # follows the order of the units, must not decide.
    size, peak = significant(np.array([abs(skew), kurt]))
    return bool(size < spec.skewness or peak < spec.kurtosis)


@dataclass(frozen=True, slots=True)
class TreatmentNote:
    """What happened to an indicator. ``high`` and ``low`` count the points moved at each end."""

    indicator: str
    method: TreatmentMethod
    skewness_before: float | None
    kurtosis_before: float | None
    skewness_after: float | None
    kurtosis_after: float | None
    high: int = 0
    low: int = 0
    reason: Reason | None = None


def winsorise(values: Floats, spec: Treatment) -> tuple[Floats, int, int]:
    """The values with their outlying ends drawn in, and how many points were moved at each.

    While it fails and fewer than ``most_points`` were moved: at a positive or zero skewness every
    value equal to the highest becomes the next lower one, else every value equal to the lowest the
    next higher one. Ties move together, so that more points than ``most_points`` can move.
    """
    moved = np.array(values, dtype=np.float64)
    high: set[int] = set()
    low: set[int] = set()
    while not passes(moved, spec) and len(high) + len(low) < spec.most_points:
        downwards = (skewness(moved) or 0) >= 0
        seen = moved[~np.isnan(moved)]
        end = np.max(seen) if downwards else np.min(seen)
        places = np.flatnonzero(moved == end)
        rest = seen[seen != end]
        moved[places] = np.max(rest) if downwards else np.min(rest)
        (high if downwards else low).update(int(place) for place in places)
    return moved, len(high), len(low)


def transform(values: Floats, method: TreatmentMethod, power: float = 0.0) -> Floats:
    """A transformation of the untreated values, shape kept, NaN stays.

    With a = 0.01 (max - min): ``log`` ln(x - min + a); ``log_plus`` the same, or -ln(max + a - x)
    where the skewness is negative; ``log_shifted`` ln(x - min + 1); ``box_cox`` (y^l - 1)/l of
    y = x - min + 1, which is ln(y) at l = 0.
    """
    low, high = np.nanmin(values), np.nanmax(values)
    edge = SPREAD * (high - low)
    match method:
        case TreatmentMethod.LOG_PLUS if (skewness(values) or 0) < 0:
            return np.asarray(-np.log(high + edge - values))
        case TreatmentMethod.LOG | TreatmentMethod.LOG_PLUS:
            return np.asarray(np.log(values - low + edge))
        case TreatmentMethod.LOG_SHIFTED:
            return np.asarray(np.log(values - low + 1))
        case TreatmentMethod.BOX_COX if power != 0:
            return np.asarray(((values - low + 1) ** power - 1) / power)
        case TreatmentMethod.BOX_COX:
            return np.asarray(np.log(values - low + 1))
    return values


def treat(indicator: str, values: Floats, spec: Treatment) -> tuple[Floats, TreatmentNote]:
    """One indicator, shape (units,), after its treatment, with what was done.

    Untouched: one that passes, is constant (``CONSTANT``), is an item of a scale (``FEW_LEVELS``:
    at most ``few_levels`` distinct values, each of two units on average), or would become constant
    (``BECAME_CONSTANT``). One that fails still is left as the last step made it
    (``STILL_OUTLYING``).
    """
    if is_constant(values):
        return values, _note(indicator, values, values, reason=Reason.CONSTANT)
    if spec.method is TreatmentMethod.NONE or passes(values, spec):
        return values, _note(indicator, values, values)
    if _is_item(values, spec.few_levels):
        return values, _note(indicator, values, values, reason=Reason.FEW_LEVELS)
    if spec.method is TreatmentMethod.WINSORISE:
        return _winsorised(indicator, values, spec)
    return _transformed(indicator, values, spec.method, spec)


def _is_item(values: Floats, few_levels: int) -> bool:
    # Ten units have ten values at most whatever is measured: only values that repeat are levels.
    seen = significant(values[~np.isnan(values)])
    distinct = np.unique(seen).size
    return distinct <= few_levels and 2 * distinct <= seen.size


def _winsorised(indicator: str, values: Floats, spec: Treatment) -> tuple[Floats, TreatmentNote]:
    moved, high, low = winsorise(values, spec)
    if is_constant(moved):
        return values, _note(indicator, values, values, reason=Reason.BECAME_CONSTANT)
    if passes(moved, spec) or spec.then is TreatmentMethod.NONE:
        reason = None if passes(moved, spec) else Reason.STILL_OUTLYING
        note = _note(indicator, values, moved, TreatmentMethod.WINSORISE, reason=reason)
        return moved, _with_points(note, high, low)
    return _transformed(indicator, values, spec.then, spec)


def _transformed(
    indicator: str, values: Floats, method: TreatmentMethod, spec: Treatment
) -> tuple[Floats, TreatmentNote]:
    changed = transform(values, method, spec.power)
    reason = None if passes(changed, spec) else Reason.STILL_OUTLYING
    return changed, _note(indicator, values, changed, method, reason=reason)


def _note(
    indicator: str,
    before: Floats,
    after: Floats,
    method: TreatmentMethod = TreatmentMethod.NONE,
    *,
    reason: Reason | None = None,
) -> TreatmentNote:
    return TreatmentNote(
        indicator,
        method,
        skewness(before),
        kurtosis(before),
        skewness(after),
        kurtosis(after),
        reason=reason,
    )


def _with_points(note: TreatmentNote, high: int, low: int) -> TreatmentNote:
    return TreatmentNote(
        note.indicator,
        note.method,
        note.skewness_before,
        note.kurtosis_before,
        note.skewness_after,
        note.kurtosis_after,
        high,
        low,
        note.reason,
    )
