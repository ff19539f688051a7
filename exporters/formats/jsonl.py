"""Data tables as JSON lines in a zip, streamed: an object for each row."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

import pyarrow as pa

from exporters.archives import SUMS, Archive, Member, archive, checksums, member_name
from exporters.arrow import (
    Part,
    Values,
    by_dictionary,
    bytes_of,
    every,
    joined,
    kernels,
    scalars_as_text,
    slices,
)
from exporters.tables import (
    Column,
    ColumnKind,
    DataTable,
    Progress,
    WrittenColumn,
    WrittenTable,
    marks_of,
)

CONTROLS: Final = bytes(range(32))
STRINGS: Final = (ColumnKind.TEXT, ColumnKind.CATEGORY)
QUOTED: Final = (ColumnKind.DATE, ColumnKind.MOMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonlOptions:
    """``zone``: whose offset moments have. ``marks_apart``: missing codes stand under a key of their own
    instead of in the value's place."""

    zone: str = "UTC"
    marks_apart: bool = False


def write_jsonl(
    tables: Sequence[DataTable],
    out: Path | BinaryIO,
    *,
    title: str,
    as_of: datetime,
    progress: Progress,
    options: JsonlOptions | None = None,
) -> tuple[WrittenTable, ...]:
    """A zip with a file of JSON lines for each table and their SHA256SUMS.

    Equal tables give equal bytes. Memory does not grow with the rows.
    """
    with archive(out, at=as_of) as made:
        written = tuple(_add(made, table, options or JsonlOptions(), progress) for table in tables)
        made.add(SUMS, checksums(made.digests))
    return written


def write_jsonl_table(
    table: DataTable, out: BinaryIO | Member, *, progress: Progress, options: JsonlOptions
) -> None:
    """One table, every key in every row. JSON has no nan and inf: they are texts, as are days and moments
    (ISO 8601). Raises ValueError where the table has other than its ``rows`` rows."""
    done = 0
    for batch in slices(table.batches()):
        done += batch.num_rows
        out.write(_lines(batch, table.columns, options))
        progress(done, table.rows, table.title)
    if done != table.rows:
        raise ValueError(f"{table.name}: {done} rows instead of {table.rows}")


def _add(
    made: Archive, table: DataTable, options: JsonlOptions, progress: Progress
) -> WrittenTable:
    name = member_name(table.name, "jsonl", taken=made.digests)
    with made.member(name) as member:
        write_jsonl_table(table, member, progress=progress, options=options)
    return WrittenTable(
        table=table.name,
        places=(name,),
        rows=table.rows,
        columns=tuple(
            WrittenColumn(column=column.name, name=column.name) for column in table.columns
        ),
    )


def _lines(
    batch: pa.RecordBatch, columns: Sequence[Column], options: JsonlOptions
) -> bytes | memoryview:
    parts: list[Part | str] = []
    for column in columns:
        values = _values(batch.column(column.name), column, options)
        if column.missing:
            marks = by_dictionary(batch.column(marks_of(column.name)), _texts)
            if options.marks_apart:
                parts += [_key(column.name, parts), values]
                parts += [_key(marks_of(column.name), parts), marks]
                continue
            values = kernels.coalesce(values, marks)
        parts += [_key(column.name, parts), values]
    if not parts:
        return b"{}\n" * int(batch.num_rows)
    return bytes_of(
        kernels.binary_join_element_wise(
            *parts, "}\n", "", null_handling="replace", null_replacement="null"
        )
    )


def _key(name: str, before: Sequence[Part | str]) -> str:
    sound = name.encode("utf-8", "replace").decode()
    return ("," if before else "{") + json.dumps(sound, ensure_ascii=False) + ":"


def _values(values: Values, column: Column, options: JsonlOptions) -> Values:
    if column.kind in STRINGS:
        return by_dictionary(values, _texts)
    made = scalars_as_text(column, values, options.zone)
    if column.kind in QUOTED:
        return joined('"', made, '"')
    if column.kind is ColumnKind.NUMBER and not every(finite := kernels.is_finite(values)):
        return kernels.if_else(finite, made, joined('"', made, '"'))
    return made


def _texts(texts: Values) -> Values:
    """Texts in quotes, escaped. Texts with control characters are rare: they go one by one."""
    data = bytes_of(texts).tobytes()
    if len(data.translate(None, CONTROLS)) < len(data):
        one_by_one = map(_text, texts.to_pylist())
        return pa.array(one_by_one, pa.string())
    for sign, written in (("\\", "\\\\"), ('"', '\\"')):
        if sign.encode() in data:
            texts = kernels.replace_substring(texts, sign, written)
    return joined('"', texts, '"')


def _text(text: str | None) -> str | None:
    return None if text is None else json.dumps(text, ensure_ascii=False)
