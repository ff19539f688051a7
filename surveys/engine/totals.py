"""The sums that tables show."""

from decimal import Decimal

from surveys.engine.evaluation import Evaluation
from surveys.engine.expressions.functions.numbers import sum_of
from surveys.engine.expressions.values import number_text
from surveys.engine.form import Part
from surveys.engine.model import MissingCode, Table, Totals
from surveys.engine.results import TableTotals


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
    asked = [column for column in numeric if column.calculation is None]
    rows = state.row_ids(part.name)
    across = table.totals in {Totals.ROWS, Totals.BOTH}
    down = table.totals in {Totals.COLUMNS, Totals.BOTH}
    return TableTotals(
        {row: _total(state, [(c, row) for c in asked]) for row in rows} if across else {},
        {c.name: _total(state, [(c, row) for row in rows]) for c in numeric} if down else {},
        _total(state, [(c, row) for row in rows for c in asked]) if across and down else None,
    )


def _total(state: Evaluation, cells: list[tuple[Part, str]]) -> str | None:
    """The sum of cells; blank while one is blank without the code "not applicable"."""
    numbers: list[Decimal] = []
    is_counted = False
    for part, row in cells:
        value = state.read(part.name, row)
        if isinstance(value, Decimal):
            numbers.append(value)
        elif _is_left_out(state, part, row):
            continue
        elif state.missing_code(part.name, row) != MissingCode.NOT_APPLICABLE:
            return None
        is_counted = True
    return number_text(sum_of(numbers)) if is_counted else None


def _is_left_out(state: Evaluation, part: Part, row: str) -> bool:
    """Whether a cell stands outside every sum: closed or not relevant."""
    return state.is_closed(part, row) or (bool(part.guards) and not state.is_shown(part, row))
