"""The rows of a round's copy in the order of the responses, a batch at a time, with who gave them."""

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analytics.columnar import units
from analytics.columnar.columns import BATCH, group_of, marks_of, schema_of
from analytics.columnar.reading import dataset_of
from analytics.columnar.snapshots import Snapshot
from exporters.raw.sources import RawSource
from surveys.campaigns.models import Round
from surveys.responses.models import Response, ResponseRevision
from surveys.verification.models import VerificationItem

KEYS: Final = (units.RESPONSE, units.REVISION, units.VERSION, units.PROVINCE)
AT_ONCE: Final = 16_384
"""Rows of which the facts are held as Python's objects."""
PARTS_AT_HAND: Final = 2
"""Row groups kept while rows are put in order: neighbours in order are mostly neighbours in a file."""

FACTS: Final = {
    "unit_key": "assignment__agency__key",
    "name_then": "assignment__agency_name",
    "name_now": "assignment__agency__name",
    "name_en_then": "assignment__agency_name_en",
    "name_en_now": "assignment__agency__name_en",
    "unit_type": "assignment__agency__type",
    "unit_parent": "assignment__agency__parent__key",
    "status": "assignment__status",
    "submitted_at": "assignment__submitted_at",
    "late_days": "assignment__late_days",
}


RESPONSE: Final = "response"
VERSION: Final = units.VERSION
"""The fact that is the key of the version, which no file has."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows: columns of the copy under the file's names, and facts about who gave them."""

    table: pa.Table
    given: Mapping[Any, Any]

    def __len__(self) -> int:
        return len(self.given[RESPONSE])

    def slice(self, start: int, length: int) -> "Rows":
        """Some of them."""
        given = {name: values[start : start + length] for name, values in self.given.items()}
        return Rows(self.table.slice(start, length), given)


class OpenRound:
    """The copy of a round, opened once: it reads the same whatever is signed meanwhile."""

    def __init__(self, round_: Round, source: RawSource) -> None:
        self.round = round_
        self._source = source
        # The dataset brings the copy up to date; which columns are read is said at each reading.
        self._snapshot: Snapshot = dataset_of(round_, columns=()).snapshot

    @property
    def rows(self) -> int:
        """How many responses there are."""
        return self._snapshot.rows

    @cached_property
    def versions(self) -> Mapping[int, int]:
        """How many responses were given in each version, by its key."""
        found: dict[int, int] = {}
        for table in self._snapshot.tables(pa.schema([(units.VERSION, pa.int64())])):
            keys, counts = np.unique(table[units.VERSION].to_numpy(), return_counts=True)
            for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
                found[key] = found.get(key, 0) + count
        return found

    @property
    def revisions(self) -> Sequence[int]:
        """The revisions that count, in the order of the responses."""
        keys = self._snapshot.holding
        ordered = keys.revision[np.argsort(keys.response, kind="stable")]
        # As a list, each would be an object of its own.
        return array("q", ordered.astype(np.int64).tobytes())

    def total(self, column: str) -> int:
        """The sum of a column of numbers of rows; 0 where the round has none of that name."""
        names = {name: mine for mine, name in self._source.renamed(self.round).items()}
        if column not in names:
            return 0
        schema = pa.schema([(names[column], pa.float64())])
        tables = self._snapshot.tables(schema)
        return sum(int(np.nansum(table[0].to_numpy())) for table in tables)

    def batches(self, columns: Iterable[str], *, full: bool = False) -> Iterator[Rows]:
        """All rows in the order of the responses, at most 16,384 at a time, with the named columns as far
        as the round has them.

        Facts are the keys of a response; ``full`` adds everything about the unit and its scores.
        """
        layout = self._source.live[self.round.pk].layout
        whole = schema_of(layout.columns)
        wanted, names = set(columns), {}
        for mine, name in self._source.renamed(self.round).items():
            if name in wanted:
                names[mine] = name
                if marks_of(mine) in whole.names:
                    names[marks_of(mine)] = marks_of(name)
        schema = pa.schema([whole.field(name) for name in (*KEYS, *names)])
        for table in in_order(self._snapshot, schema):
            for start in range(0, len(table), AT_ONCE):
                piece = _by_itself(table.slice(start, AT_ONCE))
                cells = piece.select(list(names)).rename_columns(list(names.values()))
                yield Rows(cells, self._given(piece, full=full))

    def _given(self, table: pa.Table, *, full: bool) -> dict[Any, Any]:
        responses = _numbers(table, units.RESPONSE)
        versions = [self._source.versions[pk] for pk in _numbers(table, units.VERSION)]
        known = self._facts(responses)
        given: dict[Any, Any] = {
            "round": [self.round.code] * len(responses),
            "version": [each.number for each in versions],
            "questionnaire": [each.questionnaire.code for each in versions],
            RESPONSE: responses,
            VERSION: [each.pk for each in versions],
            "unit_key": [known[each]["unit_key"] for each in responses],
        }
        if not full:
            return given
        revisions = _numbers(table, units.REVISION)
        full_given: dict[Any, Any] = (
            given
            | _about_units([known[each] for each in responses])
            | {"unit_province": table[units.PROVINCE].combine_chunks()}
            | self._about_revisions(responses, revisions)
            | self._scores(responses)
        )
        return full_given

    def _facts(self, responses: Sequence[int]) -> dict[int, dict[str, Any]]:
        found = Response.objects.filter(
            assignment__round=self.round, pk__range=(responses[0], responses[-1])
        )
        lines = found.values_list("pk", *FACTS.values()).iterator()
        return {line[0]: dict(zip(FACTS, line[1:], strict=True)) for line in lines}

    def _about_revisions(
        self, responses: Sequence[int], revisions: Sequence[int]
    ) -> dict[str, list[Any]]:
        found = ResponseRevision.objects.filter(
            response__assignment__round=self.round,
            response__gte=responses[0],
            response__lte=responses[-1],
        )
        known = {
            pk: (number, sha256)
            for pk, number, sha256 in found.values_list("pk", "number", "sha256")
        }
        return {
            "revision": [known[each][0] for each in revisions],
            "revision_sha256": [known[each][1] for each in revisions],
        }

    def _scores(self, responses: Sequence[int]) -> dict[tuple[str, str], list[Any]]:
        items = VerificationItem.objects.filter(
            case__assignment__round=self.round,
            case__assignment__response__pk__range=(responses[0], responses[-1]),
        )
        parts = ("claimed", "verified", "verdict")
        given: dict[tuple[str, str], list[Any]] = {
            (each.code, part): [None] * len(responses)
            for each in self._source.judged
            for part in parts
        }
        places = {response: place for place, response in enumerate(responses)}
        fields = ("case__assignment__response", "code", *parts)
        for response, code, claimed, verified, verdict in items.values_list(*fields).iterator():
            place = places.get(response)
            if place is None or (code, "claimed") not in given:
                continue
            given[code, "claimed"][place] = None if claimed is None else float(claimed)
            given[code, "verified"][place] = None if verified is None else float(verified)
            given[code, "verdict"][place] = verdict or None
        return given


def _by_itself(table: pa.Table) -> pa.Table:
    """The rows with dictionaries of their own: a piece of a table keeps all words of the whole."""
    columns = [
        pc.dictionary_encode(column.cast(pa.string()))
        if pa.types.is_dictionary(column.type)
        else column
        for column in table.columns
    ]
    return pa.table(columns, schema=table.schema).unify_dictionaries()


def _numbers(table: pa.Table, name: str) -> list[int]:
    found: list[int] = table[name].to_numpy().tolist()
    return found


def _about_units(known: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """The columns about the units; names are those of the asking."""
    plain = ("unit_type", "unit_parent", "status", "submitted_at", "late_days")
    return {name: [each[name] for each in known] for name in plain} | {
        "unit_name": [each["name_then"] or each["name_now"] for each in known],
        "unit_name_en": [each["name_en_then"] or each["name_en_now"] or None for each in known],
    }


def in_order(snapshot: Snapshot, schema: pa.Schema) -> Iterator[pa.Table]:
    """The rows that hold in the order of their responses, at most 65,536 at a time.

    Rows that were appended later, or in another version, lie elsewhere in the files: of each part
    only what a batch needs is taken.
    """
    responses = snapshot.holding.response
    if bool(np.all(responses[1:] > responses[:-1])):
        yield from (table for table in snapshot.tables(schema) if len(table))
        return
    parts = _parts_of(snapshot)
    ends = np.cumsum([each.rows for each in parts])
    starts = ends - [each.rows for each in parts]
    reader = _Reader(parts, schema)
    order = np.argsort(responses, kind="stable")
    for start in range(0, len(order), BATCH):
        wanted = order[start : start + BATCH]
        holders = np.searchsorted(ends, wanted, side="right")
        pieces, places = [], []
        for part in np.unique(holders).tolist():
            mine = np.flatnonzero(holders == part)
            pieces.append(reader.read(part).take(wanted[mine] - starts[part]))
            places.append(mine)
        joined = pa.concat_tables(pieces).unify_dictionaries()
        yield joined.take(np.argsort(np.concatenate(places), kind="stable"))


@dataclass(frozen=True, slots=True)
class _Part:
    """A row group of an opened file, and which of its rows hold (None: all)."""

    file: pq.ParquetFile
    group: int
    rows: int
    mask: np.ndarray | None


def _parts_of(snapshot: Snapshot) -> list[_Part]:
    found = []
    for file, mask in zip(snapshot.files, snapshot.masks, strict=True):
        start = 0
        for group in range(file.num_row_groups):
            rows = file.metadata.row_group(group).num_rows
            part = None if mask is None else mask[start : start + rows]
            start += rows
            found.append(_Part(file, group, rows if part is None else int(part.sum()), part))
    return found


class _Reader:
    """Parts of a copy as tables, the last ones kept at hand."""

    def __init__(self, parts: Sequence[_Part], schema: pa.Schema) -> None:
        self._parts = parts
        self._schema = schema
        self._known: OrderedDict[int, pa.Table] = OrderedDict()

    def read(self, number: int) -> pa.Table:
        """The rows of a part that hold."""
        if number not in self._known:
            part = self._parts[number]
            self._known[number] = group_of(part.file, part.group, part.mask, self._schema)
        self._known.move_to_end(number)
        while len(self._known) > PARTS_AT_HAND:
            self._known.popitem(last=False)
        return self._known[number]
