"""What stands in a table's columns: read once over all rows before formats that must know it first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pyarrow as pa

from exporters.arrow import Values, bytes_of, kernels, longest, slices, texts_of
from exporters.tables import Column, ColumnKind, DataTable, marks_of

WHOLE: Final = (ColumnKind.INTEGER,)
STRINGS: Final = (ColumnKind.TEXT, ColumnKind.CATEGORY)


@dataclass(slots=True)
class Scanned:
    """What was found in a column: the longest text in bytes, whether one holds a NUL, the least and the
    greatest number, whether all of them are finite, the codes and missing codes in the order in which
    they were declared, those that were not declared after them."""

    longest: int = 0
    has_nul: bool = False
    least: float | None = None
    greatest: float | None = None
    is_finite: bool = True
    codes: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)


def scanned(table: DataTable) -> dict[str, Scanned]:
    """The table's columns by name. Raises ValueError where it has other than its ``rows`` rows."""
    found = {
        column.name: Scanned(codes=list(column.labels), marks=list(column.missing))
        for column in table.columns
    }
    rows = 0
    for batch in slices(table.batches()):
        rows += batch.num_rows
        for column in table.columns:
            values = batch.column(column.name)
            _look_at(found[column.name], column, values)
            if column.missing:
                marks = batch.column(marks_of(column.name))
                _add(found[column.name].marks, marks)
    if rows != table.rows:
        raise ValueError(f"{table.name}: {rows} rows instead of {table.rows}")
    return found


def whole_numbers(codes: Sequence[str], *, least: int, greatest: int) -> bool:
    """Whether each code is a whole number in its plain form, within these bounds."""
    return all(
        each.lstrip("-").isascii()
        and each.lstrip("-").isdigit()
        and str(int(each)) == each
        and least <= int(each) <= greatest
        for each in codes
    )


def _look_at(found: Scanned, column: Column, values: Values) -> None:
    if column.kind is ColumnKind.TEXT:
        texts = texts_of(values.dictionary if isinstance(values, pa.DictionaryArray) else values)
        found.longest = max(found.longest, longest(texts))
        found.has_nul = found.has_nul or b"\0" in bytes_of(texts).tobytes()
    elif column.kind is ColumnKind.CATEGORY:
        _add(found.codes, values)
    elif column.kind in {ColumnKind.INTEGER, ColumnKind.NUMBER}:
        _measure(found, column, values)


def _measure(found: Scanned, column: Column, values: Values) -> None:
    if column.kind is ColumnKind.NUMBER:
        finite = kernels.is_finite(values)
        if kernels.all(finite).as_py() is False:
            found.is_finite = False
            values = values.filter(finite)
    bounds: dict[str, Any] = kernels.min_max(values).as_py()
    if bounds["min"] is None:
        return
    found.least = bounds["min"] if found.least is None else min(found.least, bounds["min"])
    found.greatest = bounds["max"] if found.greatest is None else max(found.greatest, bounds["max"])


def _add(known: list[str], values: Values) -> None:
    """Put the texts that stand in the values and are not known yet behind the others."""
    here = texts_of(values).unique().to_pylist() if len(values) else []
    known += sorted({each for each in here if each is not None} - set(known))
