"""A copy as it stood at one moment, and which of its rows hold. Loads pyarrow: tasks only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.columnar import units
from analytics.columnar.columns import group_of
from analytics.columnar.files import CopyDamaged, opened, path_of
from analytics.columnar.models import ColumnarCopy, ColumnarSegment
from analytics.columnar.partitions import Partition, partition

KEY_COLUMNS: Final = (units.RESPONSE, units.REVISION, units.TOMBSTONE, units.DIGEST)
MODULUS: Final = 1 << 64


@dataclass(frozen=True, slots=True)
class Keys:
    """What tells rows apart, in the order of the segments: int64, int64, bool, uint64."""

    response: np.ndarray
    revision: np.ndarray
    tombstone: np.ndarray
    digest: np.ndarray

    @property
    def newest(self) -> np.ndarray:
        """Which rows are the last of their response (a boolean mask): those win."""
        mask = np.zeros(len(self.response), dtype=bool)
        if len(mask):
            _, first = np.unique(self.response[::-1], return_index=True)
            mask[len(mask) - 1 - first] = True
        return mask

    def where(self, mask: np.ndarray) -> "Keys":
        """The keys of some rows."""
        return Keys(
            self.response[mask], self.revision[mask], self.tombstone[mask], self.digest[mask]
        )

    def holding(self) -> "Keys":
        """The keys of the rows that hold: the newest of each response unless it takes it out."""
        return self.where(self.newest & ~self.tombstone)

    @property
    def checksum(self) -> str:
        """The sum of the digests modulo 2**64, in hexadecimal digits; the order does not matter."""
        return checksum_of(self.total)

    @property
    def total(self) -> int:
        """The sum of the digests modulo 2**64."""
        return int(np.add.reduce(self.digest, dtype=np.uint64))


def checksum_of(total: int) -> str:
    """A sum of digests as it is stored and compared."""
    return f"{total % MODULUS:016x}"


class Snapshot:
    """The segments of a copy at one moment, opened: they can be read whatever replaces them."""

    def __init__(self, copy: ColumnarCopy, segments: Sequence[ColumnarSegment]) -> None:
        """Raises CopyDamaged."""
        self.number = copy.number
        self.copy = copy
        self.segments = tuple(segments)
        self.files: tuple[pq.ParquetFile, ...] = tuple(opened(segment) for segment in segments)

    @cached_property
    def keys(self) -> Keys:
        """The keys of all rows, superseded ones and tombstones among them."""
        return keys_of(self.files)

    @cached_property
    def masks(self) -> tuple[np.ndarray | None, ...]:
        """For each segment which of its rows hold; None: all of them."""
        if self._all_hold:
            return (None,) * len(self.files)
        mask = self.keys.newest & ~self.keys.tombstone
        ends = np.cumsum([segment.rows for segment in self.segments])
        return tuple(np.split(mask, ends[:-1])) if self.files else ()

    @property
    def _all_hold(self) -> bool:
        """One segment has each response once; tombstones are the only rows of it that do not hold."""
        return len(self.segments) == 1 and not self.segments[0].tombstones

    @cached_property
    def holding(self) -> Keys:
        """The keys of the rows that hold."""
        return self.keys if self._all_hold else self.keys.holding()

    @property
    def rows(self) -> int:
        """How many rows hold."""
        if self._all_hold:
            return int(self.segments[0].rows)
        return sum(int(mask.sum()) for mask in self.masks if mask is not None)

    def partitions(self) -> list[Partition]:
        """The row groups with rows that hold, in the order of the segments."""
        found = []
        for segment, file, mask in zip(self.segments, self.files, self.masks, strict=True):
            start = 0
            for group in range(file.num_row_groups):
                rows = file.metadata.row_group(group).num_rows
                part = None if mask is None else mask[start : start + rows]
                start += rows
                if part is None or part.any():
                    found.append(partition(str(path_of(segment.file)), group, rows, part))
        return found

    def tables(self, schema: pa.Schema) -> Iterator[pa.Table]:
        """The rows that hold, in tables of at most ``BATCH`` rows, with the fields of ``schema``."""
        for file, mask in zip(self.files, self.masks, strict=True):
            yield from tables_in(file, mask, schema)


def keys_of(files: Sequence[pq.ParquetFile]) -> Keys:
    """The keys of the files' rows, one file after the other. Raises CopyDamaged."""
    found = [_read(file, list(KEY_COLUMNS)) for file in files]
    if not found:
        empty = np.array([], dtype=np.int64)
        return Keys(empty, empty, empty.astype(bool), empty.astype(np.uint64))
    table = pa.concat_tables(found)
    return Keys(*(table[name].to_numpy() for name in KEY_COLUMNS))


def tables_in(
    file: pq.ParquetFile, mask: np.ndarray | None, schema: pa.Schema
) -> Iterator[pa.Table]:
    """Some rows of a file, a row group at a time; columns that it lacks were not asked."""
    start = 0
    for group in range(file.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        part = None if mask is None else mask[start : start + rows]
        start += rows
        if part is None or part.any():
            yield _group(file, group, part, schema)


def _read(file: pq.ParquetFile, columns: list[str]) -> pa.Table:
    try:
        return file.read(columns=columns, use_threads=False)
    except (OSError, pa.ArrowInvalid) as failure:
        raise CopyDamaged(str(failure)) from failure


def _group(
    file: pq.ParquetFile, group: int, mask: np.ndarray | None, schema: pa.Schema
) -> pa.Table:
    try:
        return group_of(file, group, mask, schema)
    except (OSError, pa.ArrowInvalid) as failure:
        raise CopyDamaged(str(failure)) from failure
