"""Rows as Stata stores them: a batch at a time, column by column into one block of memory."""

import struct
from collections.abc import Sequence
from typing import IO, Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from exporters.arrow import Values, bytes_of, kernels, texts_of
from exporters.formats.stata.variables import (
    EPOCH,
    GREATEST,
    MISSING,
    Storage,
    Variable,
)
from exporters.tables import ColumnKind, marks_of

Block = npt.NDArray[Any]

MISSING_DOUBLE: Final = 0x7FE0000000000000
"""``.`` as the bits of a double; each letter adds ``LETTER``."""
LETTER: Final = 0x10000000000
DAY: Final = 86_400_000
LONG_TEXT: Final = 130


class Rows:
    """Packs batches; long texts go to ``beside``, in the order of rows."""

    def __init__(self, variables: Sequence[Variable], beside: IO[bytes], *, is_wide: bool) -> None:
        self._variables = variables
        self._beside = beside
        self._is_wide = is_wide
        self._type = np.dtype(
            [(f"f{place}", _type_of(each)) for place, each in enumerate(variables)]
        )

    def packed(self, batch: pa.RecordBatch, *, first: int) -> bytes:
        """The rows of a batch, the first of which is the file's ``first`` (counted from 1)."""
        if not self._variables:
            return b""
        block = np.zeros(batch.num_rows, dtype=self._type)
        long_texts: list[tuple[int, int, bytes]] = []
        for place, variable in enumerate(self._variables):
            column = variable.column
            values = batch.column(column.name)
            marks = batch.column(marks_of(column.name)) if column.missing else None
            if variable.storage == Storage.LONG_TEXT:
                texts = _texts(variable, values, marks)
                block[f"f{place}"], found = self._long(texts, place + 1, first)
                long_texts += found
            elif variable.is_text:
                block[f"f{place}"] = _padded(_texts(variable, values, marks), variable.storage)
            elif variable.storage == Storage.DOUBLE:
                block[f"f{place}"] = _doubles(variable, values, marks)
            else:
                block[f"f{place}"] = _longs(variable, values, marks)
        for row, number, text in sorted(long_texts):
            self._beside.write(
                b"GSO" + struct.pack("<IQBI", number, row, LONG_TEXT, len(text) + 1) + text + b"\0"
            )
        return block.tobytes()

    def _long(
        self, texts: Values, number: int, first: int
    ) -> tuple[npt.NDArray[np.uint64], list[tuple[int, int, bytes]]]:
        """For each row where its text lies (0 for none), and the texts."""
        found = [
            (first + row, number, text.replace("\0", "\ufffd").encode())
            for row, text in enumerate(texts.to_pylist())
            if text
        ]
        places = np.zeros(len(texts), dtype=np.uint64)
        shift = 24 if self._is_wide else 16
        for row, _, _ in found:
            places[row - first] = number | row << shift
        return places, found


def _type_of(variable: Variable) -> str:
    kinds: dict[int, str] = {Storage.LONG_TEXT: "<u8", Storage.DOUBLE: "<u8", Storage.LONG: "<i4"}
    return kinds.get(variable.storage, f"S{variable.storage}")


def _texts(variable: Variable, values: Values, marks: Values | None) -> Values:
    texts = (
        texts_of(values) if variable.column.kind is ColumnKind.TEXT else values.cast(pa.string())
    )
    if marks is not None:
        texts = kernels.coalesce(texts, texts_of(marks))
    made: Values = kernels.fill_null(texts, "")
    return made


def _padded(texts: Values, size: int) -> Block:
    """Texts as so many bytes each, filled up with NUL."""
    wide = kernels.binary_join_element_wise(texts, pa.scalar("\0" * size), "")
    lengths = kernels.binary_length(texts).to_numpy()
    data = np.frombuffer(bytes_of(wide), dtype=np.uint8)
    starts = np.zeros(len(texts), dtype=np.int64)
    np.cumsum(lengths[:-1] + size, out=starts[1:])
    made: Block = data[starts[:, None] + np.arange(size)].view(f"S{size}").ravel()
    return made


def _doubles(variable: Variable, values: Values, marks: Values | None) -> Block:
    """The bits of doubles, with those of Stata's missing values."""
    if variable.column.kind is ColumnKind.MOMENT:
        wall = kernels.local_timestamp(values.cast(pa.timestamp("us", variable.zone)))
        numbers = _filled(wall.cast(pa.int64()), np.int64) / 1_000 + float(EPOCH * DAY)
    else:
        numbers = _filled(values, np.float64)
    told = np.abs(numbers) <= GREATEST
    if values.null_count:
        told &= ~_nulls(values)
    bits = numbers.astype(np.float64).view(np.uint64).copy()
    bits[~told] = MISSING_DOUBLE
    if marks is not None:
        coded = _coded(variable, marks)
        hit = ~told & (coded >= MISSING)
        bits[hit] = MISSING_DOUBLE + (coded[hit] - MISSING).astype(np.uint64) * np.uint64(LETTER)
    return bits


def _longs(variable: Variable, values: Values, marks: Values | None) -> Block:
    """Longs, with Stata's missing values."""
    kind = variable.column.kind
    if kind is ColumnKind.CATEGORY:
        numbers = _lookup(values, variable.codes)
    elif kind is ColumnKind.DATE:
        numbers = _filled(values.cast(pa.int32()), np.int64) + EPOCH
    else:
        numbers = _filled(values.cast(pa.int64()), np.int64)
    absent = _nulls(values)
    numbers[absent] = MISSING
    if marks is not None:
        coded = _coded(variable, marks)
        hit = absent & (coded >= MISSING)
        numbers[hit] = coded[hit]
    return numbers


def _coded(variable: Variable, marks: Values) -> npt.NDArray[np.int64]:
    return _lookup(marks, variable.marks)


def _lookup(values: Values, numbers: Any) -> npt.NDArray[np.int64]:
    """The number of each code; 0 where there is none."""
    coded = values if isinstance(values, pa.DictionaryArray) else values.dictionary_encode()
    known = [numbers.get(code, 0) for code in coded.dictionary.to_pylist()]
    table = np.array([*known, 0], dtype=np.int64)
    places = kernels.fill_null(coded.indices.cast(pa.int64()), len(known)).to_numpy()
    found: npt.NDArray[np.int64] = table[places]
    return found


def _filled(values: Values, kind: type[np.float64 | np.int64]) -> Block:
    """The values as numbers; anything where there is none."""
    return np.array(kernels.fill_null(values, 0).to_numpy(zero_copy_only=False), dtype=kind)


def _nulls(values: Values) -> npt.NDArray[np.bool_]:
    made: npt.NDArray[np.bool_] = values.is_null().to_numpy(zero_copy_only=False)
    return made
