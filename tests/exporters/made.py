"""Data tables made for tests and benchmarks."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from exporters.arrow import kernels
from exporters.tables import Column, ColumnKind, DataTable, schema_of

WORDS = "thủ tục hành chính công trực tuyến dữ liệu số <Sở> & ban ngành".split()  # noqa: SIM905


def table_of(
    columns: Sequence[Column],
    rows: dict[str, Any] | pa.Table,
    *,
    name: str = "answers",
    title: str = "Trả lời",
) -> DataTable:
    """A table of values by field; a field that is not given is null everywhere."""
    if isinstance(rows, pa.Table):
        held = rows
    else:
        count = max((len(values) for values in rows.values()), default=0)
        schema = schema_of(tuple(columns))
        arrays = [
            pa.array(rows.get(field.name, [None] * count), _plain(field.type)).cast(field.type)
            for field in schema
        ]
        held = pa.Table.from_arrays(arrays, schema=schema)
    return DataTable(
        name=name,
        title=title,
        columns=tuple(columns),
        batches=lambda: iter(held.to_batches()),
        rows=held.num_rows,
    )


def no_progress(done: int, total: int, message: str) -> None:
    """For those who do not watch."""


def made_columns(count: int = 120) -> tuple[Column, ...]:
    """The columns of ``made_batches``: half of them choices, then whole numbers, decimals, texts, days,
    yes and no."""
    codes = {str(number): f"Phương án số {number}" for number in range(1, 7)}
    kinds = [
        ColumnKind.CATEGORY,
        ColumnKind.INTEGER,
        ColumnKind.CATEGORY,
        ColumnKind.NUMBER,
        ColumnKind.CATEGORY,
        ColumnKind.INTEGER,
        ColumnKind.CATEGORY,
        ColumnKind.TEXT,
        ColumnKind.CATEGORY,
        ColumnKind.NUMBER,
        ColumnKind.CATEGORY,
        ColumnKind.DATE,
        ColumnKind.INTEGER,
        ColumnKind.FLAG,
    ]
    return tuple(
        Column(
            name=f"q{number:03}",
            kind=kind,
            label=f"Câu hỏi số {number} của phiếu",
            labels=codes if kind is ColumnKind.CATEGORY else {},
            missing={"-9": "Không áp dụng"} if kind is ColumnKind.INTEGER else {},
        )
        for number, kind in ((number, kinds[number % len(kinds)]) for number in range(count))
    )


def made_batches(
    columns: Sequence[Column], rows: int, *, at_once: int = 10_000, seed: int = 8
) -> Iterator[pa.RecordBatch]:
    """So many rows of chance, the same for the same seed; one value in twenty is missing."""
    rng = np.random.default_rng(seed)
    schema = schema_of(tuple(columns))
    kinds = {column.name: column for column in columns}
    for start in range(0, rows, at_once):
        count = min(at_once, rows - start)
        arrays: list[Any] = []
        absent = np.zeros(count, dtype=bool)
        for field in schema:
            if field.name in kinds:
                absent = rng.random(count) < 0.05
                arrays.append(_made(kinds[field.name], rng, absent).cast(field.type))
            else:
                marks = pa.array(["-9"] * count, pa.string(), mask=~absent)
                arrays.append(marks.cast(field.type))
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _made(column: Column, rng: np.random.Generator, absent: np.ndarray[Any, Any]) -> Any:
    count = len(absent)
    match column.kind:
        case ColumnKind.CATEGORY:
            codes = pa.array(rng.integers(0, len(column.labels), count, np.int32), mask=absent)
            return pa.DictionaryArray.from_arrays(codes, pa.array(list(column.labels)))
        case ColumnKind.TEXT:
            chosen = rng.integers(0, len(WORDS), (count, 6), np.int32)
            words = [pa.array(WORDS).take(pa.array(column)) for column in chosen.T]
            texts = kernels.binary_join_element_wise(*words, " ")
            return kernels.if_else(pa.array(absent), None, texts)
        case ColumnKind.NUMBER:
            return pa.array(np.round(rng.random(count) * 1000, 2), mask=absent)
        case ColumnKind.FLAG:
            return pa.array(rng.random(count) < 0.5, mask=absent)
        case _:
            return pa.array(rng.integers(0, 30_000, count, np.int32), pa.int32(), mask=absent)


def _plain(kind: pa.DataType) -> pa.DataType:
    return pa.string() if pa.types.is_dictionary(kind) else kind
