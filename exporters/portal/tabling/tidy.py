"""The table as data: one row for each cell, with codes, labels and whether it is shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from analytics.explorer.asking import Scope
from exporters.portal.tabling.grid import Grid
from exporters.tables import Column, ColumnKind, DataTable, schema_of

if TYPE_CHECKING:
    import pyarrow as pa

ALL: Final = "all"
"""In the place of a value: all of them together."""


@dataclass(frozen=True, slots=True)
class Record:
    """A cell: where it stands, its value and the number behind it, None where they are hidden."""

    at: dict[str, str]
    value: float | None
    n: int | None
    is_hidden: bool


def records_of(grid: Grid) -> list[Record]:
    """Every cell of the table, row by row."""
    return [
        Record(
            at={code: cell.at.get(code, ALL) for code in grid.wanted.axes},
            value=cell.value.value,
            n=None if cell.n.value is None else round(cell.n.value),
            is_hidden=cell.value.is_hidden,
        )
        for cell in grid.cells
    ]


def columns_of(grid: Grid, scope: Scope) -> tuple[Column, ...]:
    """A category for each dimension, then the figure, the number behind it, and whether it is hidden."""
    dimensions = [scope.dimensions[code] for code in grid.wanted.axes]
    return (
        *(
            Column(
                name=_name(each.code),
                kind=ColumnKind.CATEGORY,
                label=each.label,
                labels={**each.words, ALL: _("All")},
            )
            for each in dimensions
        ),
        Column(name="value", kind=ColumnKind.NUMBER, label=str(grid.wanted.measure.label)),
        Column(name="n", kind=ColumnKind.INTEGER, label=_("Units behind the figure")),
        Column(name="hidden", kind=ColumnKind.FLAG, label=_("Not shown, to protect respondents")),
    )


def data_table(grid: Grid, scope: Scope, *, name: str, title: str) -> DataTable:
    """The table for the data formats."""
    columns, records = columns_of(grid, scope), records_of(grid)
    return DataTable(
        name=name,
        title=title,
        columns=columns,
        batches=lambda: _batches(columns, records, grid),
        rows=len(records),
    )


def _batches(
    columns: tuple[Column, ...], records: list[Record], grid: Grid
) -> "Iterator[pa.RecordBatch]":
    import pyarrow as pa

    schema = schema_of(columns)
    values: list[list[Any]] = [
        *([each.at[code] for each in records] for code in grid.wanted.axes),
        [each.value for each in records],
        [each.n for each in records],
        [each.is_hidden for each in records],
    ]
    arrays = [
        pa.array(column, type=field.type) for column, field in zip(values, schema, strict=True)
    ]
    yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _name(code: str) -> str:
    """The dimension as a column: ``question.a2_model`` is ``a2_model``."""
    return code.partition(".")[2] or code
