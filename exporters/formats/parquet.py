"""Data tables as Parquet in a zip, with what the columns mean in their metadata."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from exporters.archives import SUMS, Archive, archive, checksums, member_name
from exporters.arrow import texts_of
from exporters.tables import (
    Column,
    ColumnKind,
    DataTable,
    Progress,
    WrittenColumn,
    WrittenTable,
    marks_of,
    schema_of,
)

ROWS_OF_GROUP: Final = 65_536
CELLS_OF_GROUP: Final = 8_000_000


def write_parquet(
    tables: Sequence[DataTable],
    out: Path | BinaryIO,
    *,
    title: str,
    as_of: datetime,
    progress: Progress,
) -> tuple[WrittenTable, ...]:
    """A zip with a Parquet file for each table and their SHA256SUMS.

    Categories and missing codes are dictionaries; missing codes stand in a column of their own behind
    the values. Each field's metadata has ``kind``, ``label``, ``unit``, ``decimals``, ``labels`` and
    ``missing`` (JSON), the file's has ``name``, ``title``, ``data_set`` and ``as_of``. Equal tables give
    equal bytes, however their rows are cut into batches.
    """
    with archive(out, at=as_of) as made:
        written = tuple(_add(made, table, (title, as_of), progress) for table in tables)
        made.add(SUMS, checksums(made.digests))
    return written


def write_parquet_table(
    table: DataTable, out: Path, *, title: str, as_of: datetime, progress: Progress
) -> None:
    """One table. Raises ValueError where it has other than its ``rows`` rows."""
    schema = described_schema(table).with_metadata(
        {
            "name": table.name,
            "title": table.title,
            "data_set": title,
            "as_of": as_of.astimezone(UTC).isoformat(),
        }
    )
    done = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for group in _groups(table.batches(), schema):
            done += group.num_rows
            writer.write_table(group, row_group_size=max(group.num_rows, 1))
            progress(done, table.rows, table.title)
    if done != table.rows:
        raise ValueError(f"{table.name}: {done} rows instead of {table.rows}")


def described_schema(table: DataTable) -> pa.Schema:
    """The schema of the file: texts plain, categories and marks as dictionaries, columns described."""
    plain = schema_of(table.columns)
    fields: list[pa.Field[pa.DataType]] = []
    for column in table.columns:
        field = plain.field(column.name).with_metadata(_described(column))
        fields.append(field.with_type(pa.string()) if column.kind is ColumnKind.TEXT else field)
        if column.missing:
            marks = plain.field(marks_of(column.name))
            fields.append(marks.with_metadata(_marks_described(column)))
    return pa.schema(fields)


def _add(
    made: Archive, table: DataTable, about: tuple[str, datetime], progress: Progress
) -> WrittenTable:
    name = member_name(table.name, "parquet", taken=made.digests)
    title, as_of = about
    with TemporaryDirectory() as folder:
        file = Path(folder) / "table.parquet"
        write_parquet_table(table, file, title=title, as_of=as_of, progress=progress)
        made.add(name, file)
    return WrittenTable(
        table=table.name,
        places=(name,),
        rows=table.rows,
        columns=tuple(
            WrittenColumn(column=column.name, name=column.name) for column in table.columns
        ),
    )


def _groups(batches: Iterator[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.Table]:
    """The same rows in groups whose size does not hang on the batches."""
    size = max(1, min(ROWS_OF_GROUP, CELLS_OF_GROUP // max(len(schema), 1)))
    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        left = batch
        while rows + left.num_rows >= size:
            taken = size - rows
            yield _group([*held, left.slice(0, taken)], schema)
            held, rows, left = [], 0, left.slice(taken)
        if left.num_rows:
            held.append(left)
            rows += left.num_rows
    if held:
        yield _group(held, schema)


def _group(batches: Sequence[pa.RecordBatch], schema: pa.Schema) -> pa.Table:
    arrays = []
    for field in schema:
        values = [batch.column(field.name) for batch in batches]
        if pa.types.is_string(field.type) or pa.types.is_dictionary(field.type):
            values = [texts_of(each) for each in values]
        whole = pa.concat_arrays(values)
        # Encoded anew: a dictionary then holds what stands in the group, in the order of its rows.
        arrays.append(whole.dictionary_encode() if pa.types.is_dictionary(field.type) else whole)
    return pa.Table.from_arrays(arrays, schema=schema)


def _described(column: Column) -> dict[bytes | str, bytes | str]:
    described = {
        "kind": column.kind.value,
        "label": column.label,
        "unit": column.unit,
        "decimals": "" if column.decimals is None else str(column.decimals),
        "labels": _json(column.labels) if column.labels else "",
        "missing": _json(column.missing) if column.missing else "",
    }
    return {name: text for name, text in described.items() if text}


def _marks_described(column: Column) -> dict[bytes | str, bytes | str]:
    return {"kind": "missing", "of": column.name, "labels": _json(column.missing)}


def _json(labels: Mapping[str, str]) -> str:
    return json.dumps(dict(labels), ensure_ascii=False)
