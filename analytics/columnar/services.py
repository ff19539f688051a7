"""Writing the copy of a round: appending, compacting, building anew. Loads pyarrow: tasks only.

Nothing is locked while a file is written. A writer reads the copy's number first and the live tables
after it; its segment enters only while that number still stands, else it begins anew. So a later
segment never rests on an older state of the live tables than an earlier one.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final, TypeVar

import numpy as np
import pyarrow as pa
from django.db import transaction

from analytics.columnar import files
from analytics.columnar.columns import schema_of
from analytics.columnar.files import CopyDamaged, Written
from analytics.columnar.layout import Layout
from analytics.columnar.live import LiveRound
from analytics.columnar.models import ColumnarCopy, ColumnarSegment
from analytics.columnar.queries import copy_of
from analytics.columnar.rows import tables_of, tombstones_of
from analytics.columnar.snapshots import Keys, Snapshot, checksum_of, keys_of, tables_in
from surveys.campaigns.models import Round

MOST_AT_ONCE: Final = 1_000
"""Responses that one append takes in."""

MOST_SEGMENTS: Final = 8
"""More than these are compacted."""

MOST_ATTEMPTS: Final = 20
Outcome = TypeVar("Outcome")


class CopyContended(Exception):
    """Others have changed the copy again and again while this one tried to."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What the rows that hold amount to."""

    rows: int
    checksum: str
    newest_revision: int


@dataclass(frozen=True, slots=True)
class Change:
    """Where a file enters a copy: at a position, in the place of everything from ``first`` to there."""

    first: int
    position: int
    layout: Layout | None = None


def append(round_: Round, responses: Collection[int], *, at: datetime) -> int:
    """Bring some responses of the copy up to the live tables, and others with newer revisions.

    The number of rows written; 0 where the copy had them all. Without a copy, or where it is damaged
    or its columns are no longer those of the versions, it is built anew.
    """
    return _retried(lambda: _appended(round_, responses, at=at))


def synchronise(round_: Round, *, at: datetime) -> int:
    """Bring the whole copy up to the live tables; the number of rows written."""
    return _retried(lambda: _synchronised(round_, at=at))


def rebuild(round_: Round, *, at: datetime) -> int:
    """Build the copy anew from the live tables; the number of rows written.

    Segments that are appended meanwhile stay behind it.
    """
    copy, _ = ColumnarCopy.objects.get_or_create(round=round_, defaults={"changed_at": at})
    live = LiveRound(round_)
    schema = schema_of(live.layout.columns)
    written = files.write(round_.pk, schema, tables_of(live, live.texts()))
    replaces = copy.number
    _retried(lambda: _rebuilt(round_, written, live.layout, replaces=replaces, at=at))
    return written.rows


def compact(round_: Round, *, at: datetime, most: int = MOST_SEGMENTS) -> int:
    """Write small segments together where there are more than ``most``; the number of those.

    A segment is taken in while it is no more than twice as large as what comes after it, so that each
    row is written anew only as often as the copy doubles.
    """
    copy = copy_of(round_)
    if copy is None or copy.segments.count() <= most:
        return 0
    snapshot = Snapshot(copy, list(copy.segments.all()))
    first = _first_of_tail(snapshot.segments)
    tail = snapshot.segments[first:]
    if len(tail) == 1:
        return 0
    written = _merged(snapshot, first, LiveRound(round_).layout)
    if _retried(lambda: _compacted(round_, tail, written, at=at)):
        return len(tail)
    files.discard(written.file)
    return 0


def _appended(round_: Round, responses: Collection[int], *, at: datetime) -> int | None:
    copy, live = copy_of(round_), LiveRound(round_)
    if copy is None or not live.layout.fits(copy.layout):
        return rebuild(round_, at=at)
    try:
        snapshot = Snapshot(copy, list(copy.segments.all()))
        pending = live.newer_than(copy.newest_revision, most=MOST_AT_ONCE)
        return _written(snapshot, live, {*responses, *pending}, at=at)
    except CopyDamaged:
        return rebuild(round_, at=at)


def _synchronised(round_: Round, *, at: datetime) -> int | None:
    copy, live = copy_of(round_), LiveRound(round_)
    if copy is None or not live.layout.fits(copy.layout):
        return rebuild(round_, at=at)
    try:
        snapshot = Snapshot(copy, list(copy.segments.all()))
        differing = different(snapshot.holding, live)
    except CopyDamaged:
        return rebuild(round_, at=at)
    if len(differing) > MOST_AT_ONCE and 2 * len(differing) > snapshot.rows:
        return rebuild(round_, at=at)
    written = 0
    for start in range(0, len(differing), MOST_AT_ONCE):
        written += append(round_, differing[start : start + MOST_AT_ONCE], at=at)
    return written


def different(holding: Keys, live: LiveRound) -> list[int]:
    """Responses whose row in the copy is not what the live tables say, in order."""
    stood = dict(zip(holding.response.tolist(), holding.digest.tolist(), strict=True))
    found = [
        row.response for row in live.rows() if stood.pop(row.response, None) != live.digest(row)
    ]
    return sorted([*found, *stood])


def _written(
    snapshot: Snapshot, live: LiveRound, responses: Collection[int], *, at: datetime
) -> int | None:
    """Append what differs of the responses; None where another has changed the copy meanwhile."""
    asked = snapshot.holding.where(np.isin(snapshot.holding.response, list(responses)))
    stood = dict(zip(asked.response.tolist(), asked.digest.tolist(), strict=True))
    had = dict(zip(asked.response.tolist(), asked.revision.tolist(), strict=True))
    counted = {row.response: live.digest(row) for row in live.rows(responses)}
    changed = {response for response, digest in counted.items() if stood.get(response) != digest}
    gone = {response: had[response] for response in had if response not in counted}
    if not changed and not gone:
        return 0
    written = files.write(
        live.round.pk, schema_of(live.layout.columns), _new_rows(live, changed, gone)
    )
    if not written.rows:
        files.discard(written.file)
        return 0
    sums = _sums_after(snapshot, asked, written)
    position = snapshot.number + 1
    change = Change(position, position, live.layout)
    if _enter(snapshot, written, change, sums, at=at):
        return written.rows
    files.discard(written.file)
    return None


def _new_rows(
    live: LiveRound, changed: Collection[int], gone: Mapping[int, int]
) -> Iterator[pa.Table]:
    if changed:
        yield from tables_of(live, live.texts(changed))
    if gone:
        yield tombstones_of(live.layout, gone)


def _sums_after(snapshot: Snapshot, asked: Keys, written: Written) -> Sums:
    """What the copy amounts to with new rows, ``asked`` being those that may be superseded."""
    new = keys_of([files.reader(written.file)])
    superseded = asked.where(np.isin(asked.response, new.response))
    holds = new.where(~new.tombstone)
    total = int(snapshot.copy.checksum, 16) + holds.total - superseded.total
    return Sums(
        snapshot.copy.rows + len(holds.response) - len(superseded.response),
        checksum_of(total),
        max(snapshot.copy.newest_revision, written.newest_revision),
    )


def _rebuilt(
    round_: Round, written: Written, layout: Layout, *, replaces: int, at: datetime
) -> int | None:
    """Enter a copy that was built anew in the place of everything up to a position."""
    copy = ColumnarCopy.objects.get(round=round_)
    later = list(copy.segments.filter(position__gt=replaces))
    snapshot = Snapshot(copy, later)
    keys = keys_of([files.reader(written.file), *snapshot.files]).holding()
    newest = max([written.newest_revision, *(each.newest_revision for each in later)])
    sums = Sums(len(keys.response), keys.checksum, newest)
    entered = _enter(snapshot, written, Change(0, replaces, layout), sums, at=at)
    return written.rows if entered else None


def _compacted(
    round_: Round, tail: Sequence[ColumnarSegment], written: Written, *, at: datetime
) -> bool | None:
    """Enter the segment that others were written into; False where those are gone already."""
    copy = ColumnarCopy.objects.get(round=round_)
    snapshot = Snapshot(copy, list(copy.segments.all()))
    if not {each.pk for each in tail} <= {each.pk for each in snapshot.segments}:
        return False
    sums = Sums(copy.rows, copy.checksum, copy.newest_revision)
    change = Change(tail[0].position, tail[-1].position)
    entered = _enter(snapshot, written, change, sums, at=at)
    return True if entered else None


@transaction.atomic
def _enter(
    snapshot: Snapshot, written: Written, change: Change, sums: Sums, *, at: datetime
) -> bool:
    """Let a file be a segment of the copy, unless another has changed the copy meanwhile."""
    fields = asdict(sums) | {"number": snapshot.number + 1, "changed_at": at}
    if change.layout is not None:
        fields["layout"] = change.layout.hashes()
    standing = ColumnarCopy.objects.filter(pk=snapshot.copy.pk, number=snapshot.number)
    if not standing.update(**fields):
        return False
    segments = ColumnarSegment.objects.filter(copy=snapshot.copy)
    former = segments.filter(position__gte=change.first, position__lte=change.position)
    files.replaced(former.values_list("file", flat=True))
    former.delete()
    if written.rows:
        ColumnarSegment.objects.create(
            copy=snapshot.copy, position=change.position, written_at=at, **asdict(written)
        )
    files.clear(
        snapshot.copy.round_id, named=[*segments.values_list("file", flat=True), written.file]
    )
    return True


def _merged(snapshot: Snapshot, first: int, layout: Layout) -> Written:
    """The segments from the first on as one file. Tombstones stay as long as a row lies below them."""
    keys = keys_of(snapshot.files[first:])
    mask = keys.newest if first else keys.newest & ~keys.tombstone
    ends = np.cumsum([segment.rows for segment in snapshot.segments[first:]])
    schema = schema_of(layout.columns)
    tables = (
        table
        for file, part in zip(snapshot.files[first:], np.split(mask, ends[:-1]), strict=True)
        for table in tables_in(file, part, schema)
    )
    return files.write(snapshot.copy.round_id, schema, tables)


def _first_of_tail(segments: Sequence[ColumnarSegment]) -> int:
    rows = [segment.rows for segment in segments]
    first, behind = len(rows) - 1, rows[-1]
    while first and rows[first - 1] <= 2 * behind:
        first -= 1
        behind += rows[first]
    return first


def _retried(attempt: Callable[[], Outcome | None]) -> Outcome:
    """What an attempt gives once nobody was in between. Raises CopyContended."""
    for _ in range(MOST_ATTEMPTS):
        outcome = attempt()
        if outcome is not None:
            return outcome
    raise CopyContended
