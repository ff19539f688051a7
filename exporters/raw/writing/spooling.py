"""Repeats, and what was said about answers: read from the frozen texts, once, into files of a moment.

The copy has neither. The texts are gone through in one pass, whatever tables come of them, and each
table lies on the disk until the file is written: memory stays flat, and how many rows there are is known
before the first is written.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from analytics.answers import with_file_names
from analytics.columnar.cells import NOT_ASKED, NUMERIC, readers_of
from analytics.columnar.columns import TEXTS, marks_of
from analytics.columnar.live import LiveText, texts_of
from exporters.raw.columns import Planned, repeat_columns, repeats_in
from exporters.raw.plans import ColumnPlan
from exporters.raw.remarks import REMARKS, remark_columns, remarks_of
from exporters.raw.sources import Part, RawSource
from exporters.raw.units import KEYS
from exporters.raw.words import WORDS, told
from exporters.raw.writing.filling import Filling, schema_in_copy
from exporters.raw.writing.rounds import OpenRound
from exporters.tables import DataTable, Progress

GATHERED: Final = 8_192
"""Rows that gather as Python's objects."""
TOLD_EVERY: Final = 1_000
"""Responses after which progress is told."""


def spooled_tables(
    source: RawSource,
    opened: Sequence[OpenRound],
    plan: ColumnPlan,
    directory: Path,
    progress: Progress,
) -> list[DataTable]:
    """A table for each repeat, and the table of remarks where any was made.

    They are read from files in ``directory``, which stay as long as the tables are read.
    """
    gathering: list[_Gathering] = [
        _RepeatRows(source, plan, part, directory / f"{number}.repeat")
        for number, part in enumerate(repeats_in(source, plan))
    ]
    if plan.remarks:
        gathering.append(_Remarks(source, plan, directory / "remarks"))
    if gathering:
        _gather(source, opened, gathering, progress)
    return [each.table() for each in gathering if each.spool.rows or each.stands_empty]


def _gather(
    source: RawSource,
    opened: Sequence[OpenRound],
    gathering: Sequence["_Gathering"],
    progress: Progress,
) -> None:
    done, total = 0, sum(each.rows for each in opened)
    for each in opened:
        for text in texts_of(each.revisions):
            frozen = _Frozen.read(text, each.round.code, source)
            for one in gathering:
                one.add(frozen)
            done += 1
            if done % TOLD_EVERY == 0:
                progress(done, total, "reading rows and remarks")
    for one in gathering:
        one.finish()


@dataclass(frozen=True, slots=True)
class _Frozen:
    """A frozen response: the keys of its rows, its version, what was answered and said."""

    keys: tuple[Any, ...]
    version: int
    answers: Mapping[str, Any]
    remarks: Mapping[str, Any]

    @classmethod
    def read(cls, text: LiveText, round_: str, source: RawSource) -> "_Frozen":
        """The text's content."""
        document = json.loads(text.canonical)
        number = source.versions[text.version].number
        return cls(
            (round_, number, text.row.response, text.row.key),
            text.version,
            with_file_names(document["answers"], document.get("files", ())),
            document.get("remarks", {}),
        )


class Spool:
    """Batches of one table in a file, read as often as wanted."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._path = path
        self._file = pa.OSFile(str(path), "wb")
        # Blocks are packed each by itself, so a table that is mostly blank takes little room.
        options = pa.ipc.IpcWriteOptions(compression="lz4")
        self._writer = pa.ipc.new_stream(self._file, schema, options=options)
        self.rows = 0

    def write(self, batch: pa.RecordBatch) -> None:
        """Add a batch."""
        self._writer.write_batch(batch)
        self.rows += batch.num_rows

    def close(self) -> None:
        """No more batches come."""
        self._writer.close()
        self._file.close()

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The batches, in the order in which they were written."""
        with pa.OSFile(str(self._path), "rb") as file, pa.ipc.open_stream(file) as reader:
            yield from reader


class _Gathering:
    """Rows of one table as they gather; every so many go to the disk."""

    stands_empty = True
    """Whether the table is there without a row."""

    def __init__(
        self, name: str, title: str, planned: Sequence[Planned], plan: ColumnPlan, path: Path
    ) -> None:
        self._name, self._title, self._planned = name, title, planned
        self._filling = Filling(planned, plan)
        self.spool = Spool(path, self._filling.schema)
        self._start()

    def add(self, frozen: _Frozen) -> None:
        """What a response has for the table."""
        raise NotImplementedError

    def finish(self) -> None:
        """No more responses come."""
        self._flush()
        self.spool.close()

    def table(self) -> DataTable:
        """What has gathered."""
        return DataTable(
            name=self._name,
            title=self._title,
            columns=tuple(each.column for each in self._planned),
            batches=self.spool.batches,
            rows=self.spool.rows,
        )

    def _start(self) -> None:
        given = (each.source for each in self._planned if each.variable is None)
        self._given: dict[str, list[Any]] = {name: [] for name in given}

    def _cells(self) -> pa.Table:
        """The gathered answers as a copy has them."""
        raise NotImplementedError

    def _row(self, facts: Mapping[str, Any]) -> None:
        for name, values in self._given.items():
            values.append(facts[name])
        if len(self._given["response"]) == GATHERED:
            self._flush()

    def _flush(self) -> None:
        if self._given["response"]:
            self.spool.write(self._filling.batch(self._cells(), self._given))
        self._start()


class _RepeatRows(_Gathering):
    """The rows of a repeat."""

    def __init__(self, source: RawSource, plan: ColumnPlan, part: Part, path: Path) -> None:
        self._schema = schema_in_copy(part.layout)
        self._readers = {
            pk: dict(
                zip(
                    (name for name, _variable in filled),
                    readers_of([variable for _name, variable in filled]),
                    strict=True,
                )
            )
            for pk, filled in part.layout.by_version.items()
        }
        self._numbers = {
            name for name, each in part.layout.columns.items() if each.measure in NUMERIC
        }
        self._names = tuple(part.layout.columns)
        planned = repeat_columns(source, plan, part)
        super().__init__(part.name, told(part.label, plan.languages), planned, plan, path)

    def add(self, frozen: _Frozen) -> None:
        """The rows that were entered, in their order."""
        readers = self._readers.get(frozen.version)
        if readers is None:
            return
        keys = dict(zip(KEYS, frozen.keys, strict=True))
        for number, row in enumerate(frozen.answers.get(self._name, ()), start=1):
            start = f"{self._name}/{row['_id']}/"
            codes = {
                path.removeprefix(start): said["missing"]
                for path, said in frozen.remarks.items()
                if path.startswith(start) and said.get("missing")
            }
            for name in self._names:
                value, mark = (
                    # Whether a row's question was shown is not known here: it counts as asked.
                    readers[name].written(row, codes, lambda _variable: True)
                    if name in readers
                    else ((None, NOT_ASKED) if name in self._numbers else (NOT_ASKED, None))
                )
                self._held[name].append(value)
                if name in self._numbers:
                    self._held[marks_of(name)].append(mark)
            self._row(keys | {"row_id": row["_id"], "row_number": number})

    def _start(self) -> None:
        super()._start()
        self._held: dict[str, list[Any]] = {name: [] for name in self._schema.names}

    def _cells(self) -> pa.Table:
        arrays = [
            pa.array(self._held[field.name], pa.string()).dictionary_encode()
            if field.type == TEXTS
            else pa.array(self._held[field.name], field.type)
            for field in self._schema
        ]
        return pa.Table.from_arrays(arrays, schema=self._schema)


class _Remarks(_Gathering):
    """What was said about answers."""

    stands_empty = False

    def __init__(self, source: RawSource, plan: ColumnPlan, path: Path) -> None:
        self._plan = plan
        self._forms = {pk: version.form for pk, version in source.forms.items()}
        title = told(WORDS[REMARKS], plan.languages)
        super().__init__(REMARKS, title, remark_columns(source, plan), plan, path)

    def add(self, frozen: _Frozen) -> None:
        """The remarks of a response."""
        keys = dict(zip(KEYS, frozen.keys, strict=True))
        for said in remarks_of(self._forms[frozen.version], frozen.remarks, self._plan):
            self._row(keys | said)

    def _cells(self) -> pa.Table:
        return pa.table({})
