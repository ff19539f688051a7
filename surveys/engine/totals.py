"""The sums that tables show."""

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum, auto

from surveys.engine.evaluation import Evaluation
from surveys.engine.expressions.functions.numbers import sum_of
from surveys.engine.expressions.values import number_text
from surveys.engine.form import Part
from surveys.engine.model import MissingCode, Table, Totals
from surveys.engine.results import TableTotals


class Standing(Enum):
    """What a cell without a figure is to a sum: outside of it, counted as nothing, or in its way."""

    LEFT_OUT = auto()
    NOT_APPLICABLE = auto()
    BLANK = auto()


def totals_of(state: Evaluation, part: Part) -> TableTotals:
    """The sums of a table's numeric columns, worked out once."""
    known = state.sums.get(part.name)
    if known is None:
        known = state.sums[part.name] = _work_out(state, part)
    return known


def _work_out(state: Evaluation, part: Part) -> TableTotals:
    """Row, column and grand totals. Computed columns are summed down, never across."""
    table = part.element
    assert isinstance(table, Table)
    columns = [state.form.parts[column.name] for column in table.columns]
    numeric = [column for column in columns if column.is_numeric]
    asked = [column.name for column in numeric if column.calculation is None]
    rows = state.row_ids(part.name)
    across = table.totals in {Totals.ROWS, Totals.BOTH}
    down = table.totals in {Totals.COLUMNS, Totals.BOTH}
    if not (across or down):
        return TableTotals({}, {}, None)
    stand = {column.name: [_standing(state, column, row) for row in rows] for column in numeric}
    lines = [[stand[name][place] for name in asked] for place in range(len(rows))]
    return TableTotals(
        {row: _total(line) for row, line in zip(rows, lines, strict=True)} if across else {},
        {name: _total(column) for name, column in stand.items()} if down else {},
        _total(cell for line in lines for cell in line) if across and down else None,
    )


def _standing(state: Evaluation, part: Part, row: str) -> Decimal | Standing:
    value = state.read(part.name, row)
    if isinstance(value, Decimal):
        return value
    if state.is_closed(part, row) or (part.guards and not state.is_shown(part, row)):
        return Standing.LEFT_OUT
    if state.missing_code(part.name, row) == MissingCode.NOT_APPLICABLE:
        return Standing.NOT_APPLICABLE
    return Standing.BLANK


def _total(cells: Iterable[Decimal | Standing]) -> str | None:
    """The sum of cells; blank while one is blank without the code "not applicable"."""
    numbers: list[Decimal] = []
    is_counted = False
    for cell in cells:
        if cell is Standing.BLANK:
            return None
        is_counted = is_counted or cell is not Standing.LEFT_OUT
        if isinstance(cell, Decimal):
            numbers.append(cell)
    return number_text(sum_of(numbers)) if is_counted else None
