"""Arrow where the types of columns are known at run time only: names for types, and what formats share.

pyarrow has no types of its own; columns of a table that is read at run time could not satisfy them.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

import pyarrow as pa
import pyarrow.compute

from exporters.tables import Column, ColumnKind

Values: TypeAlias = Any
"""A ``pyarrow.Array``."""

Part: TypeAlias = Any
"""A ``pyarrow.Array`` or ``pyarrow.Scalar``."""

kernels: Final[Any] = pyarrow.compute

CELLS_AT_ONCE: Final = 1_000_000
ROWS_AT_ONCE: Final = 8_192
BYTES_AT_ONCE: Final = 64 << 20
FEWEST_ROWS: Final = 16


def slices(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same rows in batches that need little memory as text; none of them is empty."""
    for batch in batches:
        by_bytes = BYTES_AT_ONCE * batch.num_rows // max(batch.nbytes, 1)
        by_cells = CELLS_AT_ONCE // max(batch.num_columns, 1)
        step = max(FEWEST_ROWS, min(ROWS_AT_ONCE, by_cells, by_bytes))
        for start in range(0, batch.num_rows, step):
            yield batch.slice(start, step)


def texts_of(values: Values) -> Values:
    """Texts that may be a dictionary, as plain texts."""
    if isinstance(values, pa.DictionaryArray):
        values = values.dictionary_decode()
    return values if pa.types.is_string(values.type) else values.cast(pa.string())


def joined(*parts: Part | str) -> Values:
    """The parts of each row one after the other; null where one of them is null."""
    if len(parts) == 1 and isinstance(parts[0], pa.Array):
        return parts[0]
    made: Values = kernels.binary_join_element_wise(*parts, "")
    return made


def bytes_of(texts: Values) -> memoryview:
    """All texts as they lie in memory, one after the other (UTF-8)."""
    _, offsets, data = texts.buffers()
    if data is None or offsets is None or not len(texts):
        return memoryview(b"")
    places = memoryview(offsets).cast("i")
    return memoryview(data)[places[texts.offset] : places[texts.offset + len(texts)]]


def longest(texts: Values) -> int:
    """The length in bytes of the longest text; 0 where there is none."""
    found: int | None = kernels.max(kernels.binary_length(texts)).as_py()
    return found or 0


def every(told: Values) -> bool:
    """Whether all are true that are not null."""
    return kernels.all(told).as_py() is not False


def scalars_as_text(column: Column, values: Values, zone: str) -> Values:
    """What a column of no texts holds, as text: numbers with a point, days and moments by ISO 8601 (moments
    with the offset of ``zone``), ``true`` and ``false``."""
    if column.kind is not ColumnKind.MOMENT:
        return values.cast(pa.string())
    told = kernels.strftime(values.cast(pa.timestamp("us", zone)), "%Y-%m-%dT%H:%M:%S%z")
    short = kernels.replace_substring(told, ".000000", "")
    made: Values = kernels.replace_substring_regex(short, r"([+-]\d\d)(\d\d)$", r"\1:\2")
    return made


def by_dictionary(values: Values, made_of: Callable[[Values], Values]) -> Values:
    """``made_of`` the texts; of a dictionary each of its texts is made once."""
    if not isinstance(values, pa.DictionaryArray):
        return made_of(texts_of(values))
    return made_of(texts_of(values.dictionary)).take(values.indices)
