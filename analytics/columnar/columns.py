"""The columns of a copy as Arrow has them, and a row group of a file as a table.

Knows no Django: workers of a cluster read with it. Loads pyarrow: tasks only.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.columnar import units
from analytics.columnar.cells import MARK, NOT_ASKED, NUMERIC
from analytics.dataset import Variable

BATCH: Final = 65_536
"""Rows of a batch and of a row group; also the unit in which everything is read and counted."""

TEXTS: Final = pa.dictionary(pa.int32(), pa.string())
UNIT_COLUMNS: Final = {
    units.RESPONSE: pa.int64(),
    units.REVISION: pa.int64(),
    units.VERSION: pa.int64(),
    units.TOMBSTONE: pa.bool_(),
    units.DIGEST: pa.uint64(),
    units.AGENCY: pa.int64(),
    units.KEY: TEXTS,
    units.TYPE: TEXTS,
    units.PROVINCE: TEXTS,
    units.PARENT: TEXTS,
    units.STATUS: TEXTS,
    units.LATE_DAYS: pa.float64(),
    units.WEIGHT: pa.float64(),
}


def is_number(variable: Variable) -> bool:
    """Whether the variable lies in a column of numbers, with another of marks beside it."""
    return variable.measure in NUMERIC


def marks_of(name: str) -> str:
    """The name of the column of marks beside a column of numbers."""
    return f"{name}{MARK}"


def schema_of(variables: Mapping[str, Variable]) -> pa.Schema:
    """The fields of a copy with these variables."""
    fields = [pa.field(name, kind) for name, kind in UNIT_COLUMNS.items()]
    for name, variable in variables.items():
        if is_number(variable):
            fields += [pa.field(name, pa.float64()), pa.field(marks_of(name), TEXTS)]
        else:
            fields.append(pa.field(name, TEXTS))
    return pa.schema(fields)


def absent(field: Any, rows: int) -> Any:
    """A column of which no row was asked anything."""
    if field.type == TEXTS:
        return constant(NOT_ASKED, rows)
    return pa.nulls(rows, field.type)


def constant(text: str, rows: int) -> Any:
    """One text, many times."""
    zeros = pa.repeat(pa.scalar(0, pa.int32()), rows)
    return pa.DictionaryArray.from_arrays(zeros, pa.array([text]))


def group_of(
    file: pq.ParquetFile, group: int, mask: np.ndarray | None, schema: pa.Schema
) -> pa.Table:
    """Some rows of one row group; columns that the file lacks were not asked.

    Raises OSError or ArrowInvalid for a file that cannot be read.
    """
    known = set(file.schema_arrow.names)
    present = [name for name in schema.names if name in known]
    read = file.read_row_group(group, columns=present, use_threads=False)
    rows = file.metadata.row_group(group).num_rows
    columns = [read[field.name] if field.name in known else absent(field, rows) for field in schema]
    table = pa.Table.from_arrays(columns, schema=schema)
    return table if mask is None or mask.all() else table.filter(pa.array(mask))


def parquet_file(path: str) -> pq.ParquetFile:
    """A file for reading by one thread; what stands at its end is read once for all of them."""
    return pq.ParquetFile(path, memory_map=True, metadata=_metadata(path))


@lru_cache(maxsize=64)
def _metadata(path: str) -> Any:
    """Files never change, so their descriptions can be kept."""
    return pq.read_metadata(path, memory_map=True)
