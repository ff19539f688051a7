"""The Parquet files of the copies: written, opened, cleared away. Loads pyarrow: tasks only.

A file is written under a name of its own and never changed. One that a compaction has replaced stays
for an hour, because somebody may be reading it.
"""

import hashlib
import os
import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from analytics.columnar import units
from analytics.columnar.columns import BATCH
from analytics.columnar.models import ColumnarSegment
from surveys.common.errors import DomainError

KEPT_FOR: Final = 3_600
"""Seconds for which a replaced file stays."""

CHUNK: Final = 1 << 20


class CopyDamaged(DomainError):
    """A file of the copy is missing or is not what was written."""

    code = "columnar_copy_damaged"

    def __init__(self, file: str) -> None:
        super().__init__(f"The columnar copy is damaged: {file}", file=file)


@dataclass(frozen=True, slots=True)
class Written:
    """A file that no copy names yet."""

    file: str
    size: int
    sha256: str
    rows: int
    tombstones: int
    newest_revision: int


def path_of(file: str) -> Path:
    """Where a file lies."""
    return Path(settings.COLUMNAR_ROOT) / file


def write(round_id: int, schema: pa.Schema, tables: Iterable[pa.Table]) -> Written:
    """Write tables as one file, in row groups of ``BATCH`` rows; they need not have as many."""
    file = f"{round_id}/{uuid.uuid4().hex}.parquet"
    path = path_of(file)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    rows = tombstones = newest = 0
    with path.open("xb") as sink:
        os.fchmod(sink.fileno(), 0o600)
        with pq.ParquetWriter(sink, schema, compression="zstd", write_statistics=False) as writer:
            for table in regrouped(tables):
                rows += table.num_rows
                tombstones += pa.compute.sum(table[units.TOMBSTONE]).as_py() or 0
                newest = max(newest, pa.compute.max(table[units.REVISION]).as_py() or 0)
                writer.write_table(table, row_group_size=BATCH)
        sink.flush()
        os.fsync(sink.fileno())
    return Written(file, path.stat().st_size, sha256_of(path), rows, tombstones, newest)


def regrouped(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The same rows in tables of ``BATCH`` rows, the last one smaller."""
    waiting: list[pa.Table] = []
    rows = 0
    for table in tables:
        waiting.append(table)
        rows += table.num_rows
        while rows >= BATCH:
            whole = pa.concat_tables(waiting)
            yield whole.slice(0, BATCH).unify_dictionaries().combine_chunks()
            rows -= BATCH
            waiting = [whole.slice(BATCH)] if rows else []
    if rows:
        yield pa.concat_tables(waiting).unify_dictionaries().combine_chunks()


def opened(segment: ColumnarSegment) -> pq.ParquetFile:
    """The file of a segment for reading; raises CopyDamaged where it is not what was written."""
    path = path_of(segment.file)
    try:
        if path.stat().st_size != segment.size:
            raise CopyDamaged(segment.file)
        found = pq.ParquetFile(path, memory_map=True)
    except (OSError, pa.ArrowInvalid) as failure:
        raise CopyDamaged(segment.file) from failure
    if found.metadata.num_rows != segment.rows:
        raise CopyDamaged(segment.file)
    return found


def reader(file: str) -> pq.ParquetFile:
    """A file that was just written, for reading."""
    return pq.ParquetFile(path_of(file), memory_map=True)


def is_intact(segment: ColumnarSegment) -> bool:
    """Whether the file has the hash it was written with."""
    path = path_of(segment.file)
    return path.is_file() and sha256_of(path) == segment.sha256


def sha256_of(path: Path) -> str:
    """The hash of a file, in hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def discard(file: str) -> None:
    """Delete a file that nobody has read."""
    path_of(file).unlink(missing_ok=True)


def replaced(files: Iterable[str]) -> None:
    """Let the hour begin after which files are cleared away."""
    for file in files:
        path = path_of(file)
        if path.exists():
            os.utime(path)


def clear(round_id: int, *, named: Iterable[str]) -> None:
    """Delete the files of a round that no copy has named for an hour."""
    kept = {path_of(file) for file in named}
    until = time.time() - KEPT_FOR
    for path in path_of(str(round_id)).glob("*.parquet"):
        if path not in kept and path.stat().st_mtime < until:
            path.unlink(missing_ok=True)
