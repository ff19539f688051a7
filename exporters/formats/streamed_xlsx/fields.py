"""Which fields of a table stand in which column of which sheet."""

from dataclasses import dataclass

from exporters.formats.streamed_xlsx.options import XlsxOptions
from exporters.tables import Column, ColumnKind, DataTable, marks_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column of a sheet: the field of its values, and the field of the marks that share its cells."""

    column: Column
    values: str
    marks: str | None = None


def fields_of_sheets(table: DataTable, options: XlsxOptions) -> list[list[Field]]:
    """The fields for each sheet that the table needs side by side, at most ``most_columns`` in
    each.

    A table with more columns than a sheet goes on in a next one, which begins with the table's first
    column again.
    """
    most = options.most_columns
    fields = [field for column in table.columns for field in _fields(column, options)]
    groups = [fields[:most]]
    rest = fields[most:]
    while rest:
        groups.append([fields[0], *rest[: most - 1]])
        rest = rest[most - 1 :]
    return groups


def _fields(column: Column, options: XlsxOptions) -> list[Field]:
    if not column.missing:
        return [Field(column=column, values=column.name)]
    marks = marks_of(column.name)
    if not options.marks_apart:
        return [Field(column=column, values=column.name, marks=marks)]
    apart = Column(
        name=marks, kind=ColumnKind.CATEGORY, label=column.label, labels=dict(column.missing)
    )
    return [Field(column=column, values=column.name), Field(column=apart, values=marks)]
