"""A table of units as figures: what stands in each cell, and what cannot be one."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from typing import Any, Final

import numpy as np
import pandas as pd

from analytics.definitions.formulas import names_in, parse_formula
from analytics.definitions.model import IndexDefinition, IndicatorDefinition
from analytics.definitions.reasons import Reason
from analytics.definitions.vocabulary import CellState, SourceKind
from analytics.methods.index.arrays import PRESENT, Codes, Floats, Grid, number_of
from analytics.methods.index.formulas import evaluate
from analytics.methods.index.warnings import IndexRefused, IndexWarning
from surveys.engine.scoring import Given, Rule, read_rule, score

LARGEST: Final = 1e100
"""Beyond it no indicator measures anything, and squares would leave the figures."""
_FIGURE: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_STATES: Final[Mapping[CellState, Reason]] = {
    CellState.BLANK: Reason.NO_DATA,
    CellState.NOT_APPLICABLE: Reason.NOT_APPLICABLE,
    CellState.REFUSED: Reason.REFUSED,
}


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """What a table says of the units: ``grid`` (units, indicators); ``columns`` the figures that are
    no indicators, ``labels`` the groups, blocks and types, ``""`` for none."""

    units: tuple[str, ...]
    grid: Grid
    columns: Mapping[str, Floats]
    labels: Mapping[str, tuple[str, ...]]
    periods: Floats | None
    warnings: tuple[IndexWarning, ...]


def read_cells(definition: IndexDefinition, frame: pd.DataFrame, *, once: bool = True) -> Cells:
    """The cells of a frame: one row a unit (with ``once`` False: a unit and period).

    Units stand in the column that the definition names, else in the index. Text that is no figure,
    and a figure beyond the indicator's ``range`` (or ±``LARGEST``), are left out and named with their row, counted
    from 1. Raises IndexRefused for units that occur twice, are blank, or columns that are not there.
    """
    reader = _Reader(definition, frame)
    units = reader.units()
    if once and len(set(units)) < len(units):
        twice = sorted({unit for unit in units if units.count(unit) > 1})
        raise IndexRefused(*(IndexWarning(Reason.UNIT_TWICE, unit=unit) for unit in twice))
    labels = {name: reader.labels(name) for name in _label_columns(definition)}
    grid = reader.indicators()
    figures = {name: reader.figures(name)[0] for name in _figure_columns(definition)}
    period = definition.columns.period
    periods = reader.figures(period)[0] if period in frame.columns else None
    cells = Cells(units, grid, figures, labels, periods, tuple(reader.warnings))
    return _not_applying(definition, cells)


def _label_columns(definition: IndexDefinition) -> tuple[str, ...]:
    groups = [each.imputation.group for each in definition.indicators if each.imputation]
    groups += [definition.missing.imputation.group, definition.ranking.blocks]
    return tuple(dict.fromkeys([definition.columns.type, *(name for name in groups if name)]))


def _figure_columns(definition: IndexDefinition) -> tuple[str, ...]:
    names = [each.denominator.column for each in definition.indicators if each.denominator]
    names += [boundary.weight for boundary in definition.boundaries if boundary.weight]
    return tuple(dict.fromkeys(names))


def _not_applying(definition: IndexDefinition, cells: Cells) -> Cells:
    """Indicators of other types of unit do not apply."""
    types = cells.labels[definition.columns.type]
    gaps = np.zeros(cells.grid.values.shape, dtype=np.bool_)
    for number, indicator in enumerate(definition.indicators):
        if indicator.applies_to:
            gaps[:, number] = [bool(kind) and kind not in indicator.applies_to for kind in types]
    grid = cells.grid.with_gaps(gaps, Reason.NOT_APPLICABLE)
    return Cells(cells.units, grid, cells.columns, cells.labels, cells.periods, cells.warnings)


class _Reader:
    """One frame being read; collects what it has to warn of."""

    def __init__(self, definition: IndexDefinition, frame: pd.DataFrame) -> None:
        self._definition = definition
        self._frame = frame
        self._codes = {
            code: _STATES[state]
            for code, state in definition.missing.codes.items()
            if state is not CellState.ANSWERED
        }
        self._read: dict[str, tuple[Floats, Codes]] = {}
        self.warnings: list[IndexWarning] = []

    def units(self) -> tuple[str, ...]:
        """The ids of the units as texts."""
        name = self._definition.columns.unit
        ids: Iterable[Any] = self._frame[name] if name in self._frame.columns else self._frame.index
        units = tuple("" if _blank(each) else str(each).strip() for each in ids)
        if "" in units:
            row = units.index("") + 1
            raise IndexRefused(IndexWarning(Reason.UNIT_UNKNOWN, element=name, data={"row": row}))
        return units

    def labels(self, name: str) -> tuple[str, ...]:
        """A column as texts; one that is not there is empty throughout."""
        if name not in self._frame.columns:
            return ("",) * len(self._frame)
        return tuple("" if _blank(each) else str(each).strip() for each in self._frame[name])

    def figures(self, name: str) -> tuple[Floats, Codes]:
        """A column as figures with the reason of each gap."""
        if name not in self._read:
            if name not in self._frame.columns:
                raise IndexRefused(IndexWarning(Reason.COLUMN_MISSING, element=name))
            self._read[name] = self._parsed(name)
        return self._read[name]

    def indicators(self) -> Grid:
        """Every indicator of the definition, formulas after what they read."""
        found: dict[str, tuple[Floats, Codes]] = {}
        by_code = self._definition.by_code()
        for code in _in_order(self._definition):
            found[code] = self._ranged(by_code[code], *self._indicator(by_code[code], found))
        columns = [found[indicator.code] for indicator in self._definition.indicators]
        rows = len(self._frame)
        if not columns:
            return Grid(np.empty((rows, 0)), np.empty((rows, 0), dtype=np.int16))
        return Grid(
            np.column_stack([values for values, _ in columns]),
            np.column_stack([why for _, why in columns]),
        )

    def _indicator(
        self, indicator: IndicatorDefinition, found: Mapping[str, tuple[Floats, Codes]]
    ) -> tuple[Floats, Codes]:
        if indicator.source.kind is SourceKind.FORMULA:
            return self._formula(indicator, found)
        if indicator.source.scoring:
            return self._scored(indicator, read_rule(indicator.source.scoring))
        return self.figures(indicator.column)

    def _formula(
        self, indicator: IndicatorDefinition, found: Mapping[str, tuple[Floats, Codes]]
    ) -> tuple[Floats, Codes]:
        node = parse_formula(indicator.source.expression)
        names = names_in(node)
        read = {name: found[name] if name in found else self.figures(name) for name in names}
        values = evaluate(node, {name: each[0] for name, each in read.items()}, len(self._frame))
        why = np.full(values.shape, number_of(Reason.NOT_COMPUTABLE), dtype=np.int16)
        # The most telling reason of what it read: a blank comes before "does not apply".
        for reason in (Reason.NOT_APPLICABLE, Reason.REFUSED, Reason.NO_DATA):
            for _, gaps in read.values():
                why = np.where(gaps == number_of(reason), number_of(reason), why)
        lost = np.isnan(values) & (why == number_of(Reason.NOT_COMPUTABLE))
        for row in np.flatnonzero(lost):
            self._warn(Reason.NOT_COMPUTABLE, int(row), indicator.code, {})
        return values, np.where(np.isnan(values), why, PRESENT).astype(np.int16)

    def _scored(self, indicator: IndicatorDefinition, rule: Rule) -> tuple[Floats, Codes]:
        name = indicator.column
        if name not in self._frame.columns:
            raise IndexRefused(IndexWarning(Reason.COLUMN_MISSING, element=name))
        values = np.full(len(self._frame), np.nan)
        why = np.full(len(self._frame), number_of(Reason.NO_DATA), dtype=np.int16)
        for row, cell in enumerate(self._frame[name]):
            text = "" if _blank(cell) else _as_text(cell)
            if text in self._codes:
                why[row] = number_of(self._codes[text])
                continue
            points = score(rule, Given(value=_answer(text), base=self._base(indicator, row)))
            if points is not None:
                values[row], why[row] = float(points), PRESENT
            elif text:
                why[row] = number_of(Reason.TEXT_IN_NUMBER)
                self._warn(Reason.TEXT_IN_NUMBER, row, name, {"text": text[:80]})
        return values, why

    def _base(self, indicator: IndicatorDefinition, row: int) -> Decimal | None:
        """The denominator of a ratio that is scored."""
        if indicator.denominator is None:
            return None
        value = self.figures(indicator.denominator.column)[0][row]
        return None if np.isnan(value) else Decimal(str(float(value)))

    def _ranged(
        self, indicator: IndicatorDefinition, values: Floats, why: Codes
    ) -> tuple[Floats, Codes]:
        low, high = indicator.range or (-LARGEST, LARGEST)
        beyond = (values < low) | (values > high)
        for row in np.flatnonzero(beyond):
            data = {"value": float(values[row]), "low": low, "high": high}
            self._warn(Reason.OUT_OF_RANGE, int(row), indicator.code, data)
        return (
            np.where(beyond, np.nan, values),
            np.where(beyond, number_of(Reason.OUT_OF_RANGE), why).astype(np.int16),
        )

    def _parsed(self, name: str) -> tuple[Floats, Codes]:
        column = self._frame[name]
        if pd.api.types.is_numeric_dtype(column.dtype):
            values = column.to_numpy(dtype=np.float64, na_value=np.nan)
            if not np.any(np.isinf(values)):
                return values, Grid.of(values).why
        values = np.full(len(column), np.nan)
        why = np.full(len(column), number_of(Reason.NO_DATA), dtype=np.int16)
        for row, cell in enumerate(column):
            figure, reason = self._cell(cell)
            if reason is None:
                values[row], why[row] = figure, PRESENT
                continue
            why[row] = number_of(reason)
            if reason is Reason.TEXT_IN_NUMBER:
                self._warn(reason, row, name, {"text": str(cell)[:80]})
        return values, why

    def _cell(self, cell: Any) -> tuple[float, Reason | None]:
        if isinstance(cell, str):
            return self._text(cell.strip())
        if _blank(cell):
            return np.nan, Reason.NO_DATA
        if isinstance(cell, Real | Decimal):
            figure = float(cell)
            return (figure, None) if np.isfinite(figure) else (np.nan, Reason.TEXT_IN_NUMBER)
        return self._text(str(cell).strip())

    def _text(self, text: str) -> tuple[float, Reason | None]:
        if text in self._codes:
            return np.nan, self._codes[text]
        if not text:
            return np.nan, Reason.NO_DATA
        # float() also takes "1_000", "nan" and "infinity": none of them is what a person means.
        if _FIGURE.fullmatch(text) and math.isfinite(figure := float(text)):
            return figure, None
        return np.nan, Reason.TEXT_IN_NUMBER

    def _warn(self, reason: Reason, row: int, element: str, data: Mapping[str, Any]) -> None:
        name = self._definition.columns.unit
        ids = self._frame[name] if name in self._frame.columns else self._frame.index
        unit = str(ids.iloc[row] if isinstance(ids, pd.Series) else ids[row]).strip()
        self.warnings.append(IndexWarning(reason, unit, element, {"row": row + 1, **data}))


def take(cells: Cells, rows: Sequence[int]) -> Cells:
    """Some units, in that order."""
    picked = list(rows)
    return Cells(
        tuple(cells.units[row] for row in picked),
        cells.grid.take(picked),
        {name: each[picked] for name, each in cells.columns.items()},
        {name: tuple(each[row] for row in picked) for name, each in cells.labels.items()},
        None if cells.periods is None else cells.periods[picked],
        cells.warnings,
    )


def _blank(cell: Any) -> bool:
    if cell is None or cell is pd.NA or cell is pd.NaT:
        return True
    return isinstance(cell, float) and math.isnan(cell)


def _as_text(cell: Any) -> str:
    """What a person would have typed: 1.0 of a column with gaps is the code 1."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _answer(text: str) -> Decimal | str | tuple[str, ...] | None:
    if not text:
        return None
    if _FIGURE.fullmatch(text):
        return Decimal(text)
    parts = tuple(text.split())
    return parts if len(parts) > 1 else text


def _in_order(definition: IndexDefinition) -> Sequence[str]:
    """The indicators so that a formula stands after those it reads."""
    reads = {
        each.code: names_in(parse_formula(each.source.expression))
        if each.source.kind is SourceKind.FORMULA
        else ()
        for each in definition.indicators
    }
    order: dict[str, None] = {}

    def place(code: str) -> None:
        if code in order:
            return
        for name in reads[code]:
            if name in reads and name != code:
                place(name)
        order[code] = None

    for code in reads:
        place(code)
    return tuple(order)
