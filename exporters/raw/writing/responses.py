"""The table of responses, and the tables of the questionnaire in long form: read from the copy."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
import pyarrow as pa

from analytics.columnar.columns import BATCH, absent, marks_of
from analytics.dataset import Variable
from exporters.raw.columns import RESPONSES, Planned, grid_columns, response_columns
from exporters.raw.plans import ColumnPlan
from exporters.raw.sources import Part, RawSource
from exporters.raw.units import KEYS
from exporters.raw.words import WORDS, told
from exporters.raw.writing.filling import Filling, schema_in_copy
from exporters.raw.writing.rounds import VERSION, OpenRound, Rows
from exporters.tables import DataTable


def response_table(source: RawSource, opened: Sequence[OpenRound], plan: ColumnPlan) -> DataTable:
    """One row for each response, round after round."""
    planned = response_columns(source, plan)
    return DataTable(
        name=RESPONSES,
        title=told(WORDS[RESPONSES], plan.languages),
        columns=tuple(each.column for each in planned),
        batches=partial(_responses, opened, planned, plan),
        rows=sum(each.rows for each in opened),
    )


def _responses(
    opened: Sequence[OpenRound], planned: Sequence[Planned], plan: ColumnPlan
) -> Iterator[pa.RecordBatch]:
    filling = Filling(planned, plan)
    columns = {each.source for each in planned if each.variable is not None}
    for each in opened:
        for rows in each.batches(columns, full=True):
            yield filling.batch(rows.table, rows.given)


def grid_table(
    source: RawSource, opened: Sequence[OpenRound], plan: ColumnPlan, part: Part
) -> DataTable:
    """A row for each response and each row of the table, as far as its version has that row."""
    planned = grid_columns(source, plan, part)
    cells = _Cells(source, part)
    counts = [
        (number, len(cells.rows_of[version]))
        for each in opened
        for version, number in each.versions.items()
        if version in cells.rows_of
    ]
    return DataTable(
        name=part.name,
        title=told(part.label, plan.languages),
        columns=tuple(each.column for each in planned),
        batches=partial(_grid, opened, planned, plan, cells),
        rows=sum(number * rows for number, rows in counts),
    )


class _Cells:
    """Which column of the responses holds which cell of a table."""

    def __init__(self, source: RawSource, part: Part) -> None:
        self.rows = tuple(part.rows)
        self.rows_of: dict[int, frozenset[str]] = {}
        self._held: dict[str, dict[str, str]] = {row: {} for row in self.rows}
        for pk, filled in part.layout.by_version.items():
            in_long = {variable.name: name for name, variable in filled}
            here = set()
            for name, variable in source.layout.by_version[pk]:
                row, column = _cell(variable, part.name)
                if row:
                    self._held[row][in_long[column]] = name
                    here.add(row)
            self.rows_of[pk] = frozenset(here)
        self._schema = schema_in_copy(part.layout)

    @property
    def wide(self) -> set[str]:
        """The columns of the responses that hold a cell."""
        return {name for held in self._held.values() for name in held.values()}

    def lines(self, table: pa.Table, row: str) -> pa.Table:
        """The cells of one row of the table, under the names of its columns."""
        held = self._held[row]
        names = held | {marks_of(name): marks_of(wide) for name, wide in held.items()}
        columns = [
            table[names[field.name]]
            if names.get(field.name) in table.column_names
            # A column that this row never had was not asked.
            else absent(field, len(table))
            for field in self._schema
        ]
        return pa.Table.from_arrays(columns, schema=self._schema)


def _cell(variable: Variable, table: str) -> tuple[str, str]:
    """Row and column of a variable in a table; blank where it is in another one."""
    holder, _slash, cell = variable.path.partition("/")
    row, _slash, column = cell.partition("/")
    return (row, column) if holder == table else ("", "")


def _grid(
    opened: Sequence[OpenRound], planned: Sequence[Planned], plan: ColumnPlan, cells: _Cells
) -> Iterator[pa.RecordBatch]:
    filling = Filling(planned, plan)
    at_once = max(1, BATCH // max(1, len(cells.rows)))
    for each in opened:
        if cells.rows_of.keys().isdisjoint(each.versions):
            continue
        for rows in each.batches(cells.wide):
            for start in range(0, len(rows), at_once):
                yield from _lines(rows.slice(start, at_once), cells, filling)


def _lines(rows: Rows, cells: _Cells, filling: Filling) -> Iterator[pa.RecordBatch]:
    """The rows of the table that each response was asked, response after response."""
    versions = rows.given[VERSION]
    pieces, holders, numbers = [], [], []
    for number, row in enumerate(cells.rows):
        mine = [place for place, pk in enumerate(versions) if row in cells.rows_of.get(pk, ())]
        if mine:
            pieces.append(cells.lines(rows.table.take(pa.array(mine)), row))
            holders += mine
            numbers += [number] * len(mine)
    if not pieces:
        return
    order = np.lexsort((numbers, holders)).tolist()
    table = pa.concat_tables(pieces).unify_dictionaries().take(pa.array(order))
    given = {name: [rows.given[name][holders[place]] for place in order] for name in KEYS}
    given["row"] = [cells.rows[numbers[place]] for place in order]
    yield filling.batch(table, given)
