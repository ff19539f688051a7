"""Numbers that stand out: among peers, against a unit's own past, against the last round.

To stand out is a reason to ask, not to correct. Nothing here changes a number.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from scipy import special

from analytics.methods.descriptive.columns import Flags, Floats
from analytics.methods.descriptive.design import ENOUGH

CUT = 3.5
IQRS = 1.5
# MAD and mean absolute deviation of a normal distribution, as parts of its sd.
MAD_OF_NORMAL = float(special.ndtri(0.75))
MEAN_DEVIATION_OF_NORMAL = float(np.sqrt(2 / np.pi))


class Rule(StrEnum):
    """By which rule a number stands out."""

    MODIFIED_Z = "modified_z"
    FENCES = "fences"
    OWN_HISTORY = "own_history"
    LAST_ROUND = "last_round"


@dataclass(frozen=True, slots=True)
class Outlier:
    """A number that stands out: its row, its value, and by how much (in the rule's own unit)."""

    row: int
    value: float
    score: float


@dataclass(frozen=True, slots=True)
class Outliers:
    """What stands out, the farthest first, among the ``judged`` numbers.

    ``unjudged`` had too few peers, or too short a past, or peers that are all the same.
    """

    rule: Rule
    found: tuple[Outlier, ...]
    judged: int
    unjudged: int


def among_peers(
    values: Floats,
    groups: Sequence[Hashable] | None = None,
    *,
    rule: Rule = Rule.MODIFIED_Z,
    cut: float | None = None,
) -> Outliers:
    """Numbers far from those of their group. ``values``: shape (rows,), NaN where there is none.

    ``modified_z``: |0.6745 (x - median) / MAD| > 3.5 (Iglewicz & Hoaglin 1993); where more than
    half of a group are the same, so that MAD is 0, the mean absolute deviation takes its place.
    ``fences``: beyond the quartiles by more than 1.5 times their distance (Tukey 1977); its score is
    counted in such distances. ``cut`` replaces 3.5 or 1.5. A group of fewer than 5 is not judged.
    Raises ValueError for another rule, and for groups of another length.
    """
    if rule not in (Rule.MODIFIED_Z, Rule.FENCES):
        raise ValueError(f"Peers are not judged by {rule}.")
    if groups is not None and len(groups) != len(values):
        raise ValueError(f"{len(groups)} groups beside {len(values)} values.")
    codes = np.zeros(len(values), dtype=np.intp) if groups is None else _codes(groups)
    scores = np.full(len(values), np.nan)
    score = _modified_z if rule is Rule.MODIFIED_Z else _beyond_fences
    for code in np.unique(codes):
        rows = np.flatnonzero((codes == code) & ~np.isnan(values))
        if len(rows) >= ENOUGH:
            scores[rows] = score(values[rows])
    limit = cut if cut is not None else CUT if rule is Rule.MODIFIED_Z else IQRS
    return _outliers(rule, values, scores, np.abs(scores) > limit)


def against_history(
    values: Floats, earlier: Floats, *, cut: float = CUT, enough: int = 4
) -> Outliers:
    """Numbers far from the same unit's earlier ones.

    ``values``: shape (units,); ``earlier``: shape (units, rounds); NaN where there is none. The score
    is the modified z of the new number by median and MAD of the earlier ones. A unit with fewer than
    ``enough`` of them, or whose past is constant, is not judged: there ask ``against_last_round``.
    Raises ValueError where the units are not the same.
    """
    if earlier.ndim != 2 or len(earlier) != len(values):
        raise ValueError(f"A past of shape {earlier.shape} beside {len(values)} values.")
    scores = np.full(len(values), np.nan)
    known = (~np.isnan(earlier)).sum(axis=1)
    rows = np.flatnonzero((known >= enough) & ~np.isnan(values))
    if len(rows):
        past = earlier[rows]
        middle = np.nanmedian(past, axis=1)
        away = np.abs(past - middle[:, None])
        sd = _sd_of(np.nanmedian(away, axis=1), np.nanmean(away, axis=1))
        with_spread = sd > 0
        scores[rows[with_spread]] = (values[rows] - middle)[with_spread] / sd[with_spread]
    return _outliers(Rule.OWN_HISTORY, values, scores, np.abs(scores) > cut)


def against_last_round(
    values: Floats, last: Floats, *, size: float = 0.5, cut: float = 4.0, least: float = 0.05
) -> Outliers:
    """Changes since the last round that are far from those of the other units.

    Hidiroglou & Berthelot (1986): ratios r = x / last are made symmetric around their median and
    multiplied by max(x, last)^``size``, so that a doubled 3 counts for less than a doubled 3,000;
    those beyond the median effect by more than ``cut`` times its distance to the nearer quartile
    (never less than ``least`` times the median effect) stand out. The score is that multiple.
    Both shape (units,), NaN where there is none. Units whose numbers are not both above 0, and fewer
    than 5 units, are not judged. Raises ValueError where the shapes differ.
    """
    if last.shape != values.shape:
        raise ValueError(f"A last round of shape {last.shape} beside {len(values)} values.")
    scores = np.full(len(values), np.nan)
    with_past = np.nan_to_num(values, nan=0.0) * np.nan_to_num(last, nan=0.0) > 0
    rows = np.flatnonzero(with_past & (np.nan_to_num(values, nan=0.0) > 0))
    if len(rows) >= ENOUGH:
        scores[rows] = _effects(values[rows], last[rows], size, least)
    return _outliers(Rule.LAST_ROUND, values, scores, np.abs(scores) > cut)


def _effects(values: Floats, last: Floats, size: float, least: float) -> Floats:
    ratios = values / last
    middle = float(np.median(ratios))
    moved = np.where(ratios < middle, 1 - middle / ratios, ratios / middle - 1)
    effects = moved * np.maximum(values, last) ** size
    first, centre, third = np.quantile(effects, (0.25, 0.5, 0.75))
    floor = abs(least * centre)
    away = effects - centre
    distance = np.where(away < 0, max(centre - first, floor), max(third - centre, floor))
    scores = np.full(len(away), np.nan)
    scores[distance > 0] = away[distance > 0] / distance[distance > 0]
    return scores


def _modified_z(values: Floats) -> Floats:
    middle = np.median(values)
    away = np.abs(values - middle)
    sd = float(_sd_of(np.median(away)[None], away.mean()[None])[0])
    return (values - middle) / sd if sd > 0 else np.full(len(values), np.nan)


def _sd_of(mad: Floats, mean_deviation: Floats) -> Floats:
    """The sd of a normal distribution with that MAD, or with that mean deviation where MAD is 0."""
    return np.where(mad > 0, mad / MAD_OF_NORMAL, mean_deviation / MEAN_DEVIATION_OF_NORMAL)


def _beyond_fences(values: Floats) -> Floats:
    first, third = np.quantile(values, (0.25, 0.75))
    distance = third - first
    if distance <= 0:
        return np.full(len(values), np.nan)
    beyond = values - np.clip(values, first, third)
    return np.asarray(beyond / distance, dtype=np.float64)


def _codes(groups: Sequence[Hashable]) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    return pd.factorize(np.array(list(groups), dtype=object))[0]


def _outliers(rule: Rule, values: Floats, scores: Floats, out: Flags) -> Outliers:
    rows = np.flatnonzero(out)
    farthest = rows[np.argsort(-np.abs(scores[rows]), kind="stable")]
    found = tuple(Outlier(int(row), float(values[row]), float(scores[row])) for row in farthest)
    there = int((~np.isnan(values)).sum())
    judged = int((~np.isnan(scores)).sum())
    return Outliers(rule, found, judged, there - judged)
