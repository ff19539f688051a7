"""From frozen responses to Arrow tables, a batch at a time. Loads pyarrow: tasks only."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pyarrow as pa

from analytics.answers import with_file_names
from analytics.columnar import units
from analytics.columnar.asked import Responded, conditions_of
from analytics.columnar.cells import MARK, readers_of
from analytics.columnar.columns import (
    TEXTS,
    UNIT_COLUMNS,
    absent,
    marks_of,
    schema_of,
)
from analytics.columnar.layout import Layout, VersionForm
from analytics.columnar.live import LiveRound, LiveText
from analytics.dataset import Variable

GATHERED: Final = 8_192
"""Rows that gather as Python's objects, which take eight times the memory of Arrow's, and more."""


def tables_of(live: LiveRound, found: Iterator[LiveText]) -> Iterator[pa.Table]:
    """The rows of frozen responses, in tables of at most ``GATHERED``, each of one version."""
    schema = schema_of(live.layout.columns)
    started: dict[int, VersionRows] = {}
    for text in found:
        version = started.get(text.version)
        if version is None:
            version = started[text.version] = VersionRows(live, live.forms[text.version], schema)
        version.add(text)
        if version.rows == GATHERED:
            yield version.taken()
    for version in started.values():
        if version.rows:
            yield version.taken()


def tombstones_of(layout: Layout, gone: Mapping[int, int]) -> pa.Table:
    """Rows that take responses out, each with the revision that had counted."""
    schema = schema_of(layout.columns)
    given: dict[str, Any] = {
        units.RESPONSE: pa.array(gone.keys(), pa.int64()),
        units.REVISION: pa.array(gone.values(), pa.int64()),
        units.TOMBSTONE: pa.array([True] * len(gone)),
        units.DIGEST: pa.array([0] * len(gone), pa.uint64()),
    }
    columns = [given.get(field.name, absent(field, len(gone))) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


class VersionRows:
    """Rows of one version as they gather, column by column."""

    def __init__(self, live: LiveRound, version: VersionForm, schema: pa.Schema) -> None:
        self._live = live
        self._version = version
        self._schema = schema
        filled = live.layout.by_version[version.pk]
        self._readers = readers_of([variable for _name, variable in filled])
        self._names = [name for name, _variable in filled]
        self._conditions = conditions_of(version.form, [variable for _name, variable in filled])
        self._start()

    def _start(self) -> None:
        self.rows = 0
        self._units: list[tuple[Any, ...]] = []
        self._values: list[list[float | str | None]] = [[] for _ in self._names]
        self._marks: list[list[str | None]] = [[] for _ in self._names]
        self._plan = [
            (reader.variable.path, reader.is_number, reader, values, marks)
            for reader, values, marks in zip(self._readers, self._values, self._marks, strict=True)
        ]

    def add(self, text: LiveText) -> None:
        """One more frozen response."""
        document = json.loads(text.canonical)
        answers = with_file_names(document["answers"], document.get("files", ()))
        remarks = document.get("remarks", {})
        codes = {path: each["missing"] for path, each in remarks.items() if each.get("missing")}
        response = Responded(self._version.form, answers, remarks, text.at)
        verdicts: dict[int, bool] = {}

        def is_asked(variable: Variable) -> bool:
            condition = self._conditions.get(variable.name)
            if condition is None:
                return True
            if id(condition) not in verdicts:
                verdicts[id(condition)] = condition.holds(answers, codes, response)
            return verdicts[id(condition)]

        for name, is_number, reader, values, marks in self._plan:
            # Most cells are a plain text at the top: those do not pay for what others need.
            stored = answers.get(name)
            if type(stored) is str and stored and name not in codes:
                if not is_number and stored[0] != MARK:
                    values.append(stored)
                    continue
                if is_number and stored.isdecimal():
                    values.append(float(stored))
                    marks.append(None)
                    continue
            value, mark = reader.written(answers, codes, is_asked)
            values.append(value)
            if is_number:
                marks.append(mark)
        self._units.append(self._unit(text))
        self.rows += 1

    def taken(self) -> pa.Table:
        """What has gathered, as a table; the next row begins another."""
        columns = dict(zip(self._names, self._values, strict=True))
        marks = dict(zip(map(marks_of, self._names), self._marks, strict=True))
        told = dict(zip(UNIT_COLUMNS, zip(*self._units, strict=True), strict=True))
        given = columns | {name: found for name, found in marks.items() if found} | told
        arrays = [
            _array(given[field.name], field.type)
            if field.name in given
            else absent(field, self.rows)
            for field in self._schema
        ]
        self._start()
        return pa.Table.from_arrays(arrays, schema=self._schema)

    def _unit(self, text: LiveText) -> tuple[Any, ...]:
        row = text.row
        return (
            row.response,
            row.revision,
            text.version,
            False,
            self._live.digest(row),
            row.agency,
            row.key,
            row.type,
            self._live.province(row) or None,
            row.parent,
            row.status,
            float(row.late_days),
            1.0,
        )


def _array(values: Any, kind: pa.DataType) -> Any:
    if kind == TEXTS:
        return pa.array(values, pa.string()).dictionary_encode()
    return pa.array(values, kind)
