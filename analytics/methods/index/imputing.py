"""Filling blanks, each filled cell marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from analytics.definitions.reasons import Reason
from analytics.definitions.specs import Imputation
from analytics.definitions.vocabulary import ImputationMethod
from analytics.methods.index.arrays import PRESENT, Flags, Floats, Grid, is_any
from analytics.methods.index.panels import PANEL_METHODS, Panel, fill
from analytics.methods.index.treating import is_constant
from analytics.methods.index.warnings import IndexWarning

BLANKS: Final = (
    Reason.NO_DATA,
    Reason.TEXT_IN_NUMBER,
    Reason.OUT_OF_RANGE,
    Reason.NO_DENOMINATOR,
    Reason.ZERO_DENOMINATOR,
    Reason.NOT_COMPUTABLE,
)
"""What is filled; a refusal is too unless the rule says no. "Does not apply" never is."""


@dataclass(frozen=True, slots=True)
class ImputedCell:
    """A cell that nobody answered. ``first`` and ``last``: the periods its figure comes from."""

    unit: str
    indicator: str
    method: ImputationMethod
    value: float
    first: float | None = None
    last: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """What imputation reads beside the grid.

    ``groups``: labels of the units by column; ``siblings``: for each indicator the columns below
    the same parent, itself among them; ``rising``: whether more is better, by column.
    """

    units: tuple[str, ...]
    indicators: tuple[str, ...]
    rising: tuple[bool, ...]
    siblings: Sequence[Sequence[int]]
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    panel: Panel | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Imputed:
    """The filled grid, which cells were filled, and what could not be."""

    grid: Grid
    cells: tuple[ImputedCell, ...]
    warnings: tuple[IndexWarning, ...]


def impute(grid: Grid, specs: Sequence[Imputation], around: Around) -> Imputed:
    """Every blank by its indicator's rule, all from the answers as they were; (units, indicators).

    A column without any answer, a group without one (``GROUP_EMPTY``), a unit without a group
    (``NO_GROUP``), a row without a sibling's answer (``ROW_EMPTY``) stay blank and are named.
    """
    values, why = np.array(grid.values), np.array(grid.why)
    cells: list[ImputedCell] = []
    warnings: list[IndexWarning] = []
    for number, spec in enumerate(specs):
        if spec.method is ImputationMethod.NONE:
            continue
        fillable = (*BLANKS, Reason.REFUSED) if spec.refused else BLANKS
        blanks = is_any(grid.why[:, number], fillable)
        if not np.any(blanks):
            continue
        filled = _filled(grid.values, number, spec, blanks, around)
        for row in np.flatnonzero(blanks):
            unit, code = around.units[row], around.indicators[number]
            answer = filled[int(row)]
            if isinstance(answer, Reason):
                warnings.append(IndexWarning(answer, unit, code, {"method": str(spec.method)}))
                continue
            values[row, number], why[row, number] = answer[0], PRESENT
            cells.append(ImputedCell(unit, code, spec.method, *answer))
    return Imputed(Grid(values, why), tuple(cells), tuple(warnings))


Figure = tuple[float, float | None, float | None]
Answers = dict[int, Figure | Reason]


def _filled(
    values: Floats, number: int, spec: Imputation, blanks: Flags, around: Around
) -> Answers:
    rows = [int(row) for row in np.flatnonzero(blanks)]
    column = values[:, number]
    match spec.method:
        case ImputationMethod.FIXED:
            assert spec.value is not None
            return dict.fromkeys(rows, (spec.value, None, None))
        case ImputationMethod.MEAN | ImputationMethod.MEDIAN:
            answer = _middle(column, spec.method)
            return dict.fromkeys(rows, answer or Reason.NO_DATA)
        case ImputationMethod.GROUP_MEAN | ImputationMethod.GROUP_MEDIAN:
            return _by_group(column, rows, spec, around.groups[spec.group])
        case ImputationMethod.ROW_MEAN:
            return _by_row(values, number, rows, around)
        case method if method in PANEL_METHODS:
            return _by_panel(number, rows, spec, around)
    raise ValueError(spec.method)


def _middle(column: Floats, method: ImputationMethod) -> Figure | None:
    seen = column[~np.isnan(column)]
    if seen.size == 0:
        return None
    by_median = method in {ImputationMethod.MEDIAN, ImputationMethod.GROUP_MEDIAN}
    return (float(np.median(seen) if by_median else np.mean(seen)), None, None)


def _by_group(
    column: Floats, rows: Sequence[int], spec: Imputation, groups: Sequence[str]
) -> Answers:
    names = np.asarray(groups, dtype=object)
    middles = {
        name: _middle(column[names == name], spec.method) for name in {groups[r] for r in rows}
    }
    return {
        row: (middles[groups[row]] or Reason.GROUP_EMPTY) if groups[row] else Reason.NO_GROUP
        for row in rows
    }


def _by_row(values: Floats, number: int, rows: Sequence[int], around: Around) -> Answers:
    """Min-max of the siblings with their direction, the mean of the unit's own, and back."""
    column = values[:, number]
    if np.all(np.isnan(column)):
        return dict.fromkeys(rows, Reason.NO_DATA)
    others = [sibling for sibling in around.siblings[number] if sibling != number]
    usable = [sibling for sibling in others if not is_constant(values[:, sibling])]
    low, high = float(np.nanmin(column)), float(np.nanmax(column))
    answers: Answers = {}
    for row in rows:
        shares = [
            _share(values[:, sibling], row, rising=around.rising[sibling])
            for sibling in usable
            if not np.isnan(values[row, sibling])
        ]
        if not shares:
            answers[row] = Reason.ROW_EMPTY
            continue
        mean = sum(shares) / len(shares)
        back = low + mean * (high - low) if around.rising[number] else high - mean * (high - low)
        answers[row] = (back, None, None)
    return answers


def _share(column: Floats, row: int, *, rising: bool) -> float:
    low, high = float(np.nanmin(column)), float(np.nanmax(column))
    share = (float(column[row]) - low) / (high - low)
    return share if rising else 1 - share


def _by_panel(number: int, rows: Sequence[int], spec: Imputation, around: Around) -> Answers:
    if around.panel is None:
        return dict.fromkeys(rows, Reason.NO_PANEL)
    return {row: fill(around.panel, around.units[row], row, number, spec) for row in rows}
