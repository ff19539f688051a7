"""Parquet: values, types, what columns mean, and the same bytes however rows were cut."""

import io
import json
import zipfile
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq

from exporters.formats.parquet import write_parquet
from exporters.tables import Column, ColumnKind, marks_of
from tests.exporters.made import made_batches, made_columns, no_progress, table_of

AT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
STAFF = Column(
    name="n",
    kind=ColumnKind.NUMBER,
    label="Số công chức",
    missing={"-9": "Không áp dụng"},
    unit="người",
    decimals=1,
)
CHOICE = Column(name="c", kind=ColumnKind.CATEGORY, labels={"2": "Có", "1": "Không"})


def archived(table):
    out = io.BytesIO()
    write_parquet([table], out, title="Đợt 1", as_of=AT, progress=no_progress)
    return out


def read(table):
    with zipfile.ZipFile(archived(table)) as archive:
        return pq.read_table(io.BytesIO(archive.read("answers.parquet")))


def test_values_of_every_kind_are_read_back():
    columns = [Column(name=kind.value, kind=kind) for kind in ColumnKind]
    rows = {
        "number": [1.5, float("inf"), None],
        "integer": [2**63 - 1, -(2**63), None],
        "text": ["=1\x00", "", None],
        "date": [date(1, 1, 1), date(9999, 12, 31), None],
        "moment": [AT, datetime(1, 1, 1, tzinfo=UTC), None],
        "category": ["1", "", None],
        "flag": [True, False, None],
    }

    assert read(table_of(columns, rows)).to_pydict() == rows


def test_what_columns_mean_stands_in_their_metadata():
    table = read(table_of([STAFF, CHOICE], {"n": [None], marks_of("n"): ["-9"], "c": ["2"]}))

    staff, marks, choice = (
        {key.decode(): value.decode() for key, value in field.metadata.items()}
        for field in table.schema
    )
    assert staff == {
        "kind": "number",
        "label": "Số công chức",
        "unit": "người",
        "decimals": "1",
        "missing": '{"-9": "Không áp dụng"}',
    }
    assert marks == {"kind": "missing", "of": "n", "labels": '{"-9": "Không áp dụng"}'}
    assert list(json.loads(choice["labels"]).items()) == [("2", "Có"), ("1", "Không")]
    assert table.schema.metadata[b"as_of"] == b"2026-11-22T02:30:00+00:00"


def test_missing_codes_stand_in_a_column_of_their_own():
    table = read(table_of([STAFF], {"n": [1.0, None], marks_of("n"): [None, "-9"]}))

    assert table.to_pydict() == {"n": [1.0, None], "n:missing": [None, "-9"]}
    assert table.schema.field("n:missing").type == pa.dictionary(pa.int32(), pa.string())


def test_equal_tables_give_equal_bytes_however_they_are_cut(monkeypatch):
    monkeypatch.setattr("exporters.formats.parquet.ROWS_OF_GROUP", 300)
    columns = made_columns(20)
    held = pa.Table.from_batches(made_batches(columns, 1_000))
    cut = pa.Table.from_batches(held.to_batches(max_chunksize=7))

    whole, parts = (archived(table_of(columns, each)).getvalue() for each in (held, cut))

    assert whole == parts
    assert read(table_of(columns, cut)).to_pylist() == held.to_pylist()


def test_a_table_without_rows_keeps_its_columns():
    assert read(table_of([STAFF], {})).column_names == ["n", "n:missing"]


def test_a_table_without_columns_is_written():
    assert read(table_of([], {})).num_columns == 0
