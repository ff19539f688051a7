"""JSON lines: an object for each row, read back by two readers."""

import io
import json
import zipfile
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.json
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporters.formats.jsonl import JsonlOptions, write_jsonl
from exporters.tables import Column, ColumnKind, marks_of
from tests.exporters.made import made_batches, made_columns, no_progress, table_of

AT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
COLUMNS = [
    Column(name="t", kind=ColumnKind.TEXT),
    Column(name='a "b"', kind=ColumnKind.CATEGORY),
    Column(name="n", kind=ColumnKind.NUMBER, missing={"-9": "Không áp dụng"}),
    Column(name="i", kind=ColumnKind.INTEGER),
    Column(name="d", kind=ColumnKind.DATE),
    Column(name="m", kind=ColumnKind.MOMENT),
    Column(name="f", kind=ColumnKind.FLAG),
]
ROWS = {
    "t": ["đ\n\x00\\", None],
    'a "b"': ["1", ""],
    "n": [1.5, None],
    marks_of("n"): [None, "-9"],
    "i": [2**63 - 1, None],
    "d": [date(1, 1, 1), None],
    "m": [AT, None],
    "f": [True, None],
}


def archived(table, **options):
    out = io.BytesIO()
    write_jsonl(
        [table], out, title="", as_of=AT, progress=no_progress, options=JsonlOptions(**options)
    )
    return out


def written(table, **options):
    with zipfile.ZipFile(archived(table, **options)) as archive:
        return archive.read("answers.jsonl")


def test_every_row_is_an_object_with_every_key():
    lines = written(table_of(COLUMNS, ROWS), zone="Asia/Ho_Chi_Minh").decode().splitlines()

    assert [json.loads(line) for line in lines] == [
        {
            "t": "đ\n\x00\\",
            'a "b"': "1",
            "n": 1.5,
            "i": 2**63 - 1,
            "d": "0001-01-01",
            "m": "2026-11-22T09:30:00+07:00",
            "f": True,
        },
        {"t": None, 'a "b"': "", "n": "-9", "i": None, "d": None, "m": None, "f": None},
    ]


def test_missing_codes_can_stand_under_a_key_of_their_own():
    last = json.loads(written(table_of(COLUMNS, ROWS), marks_apart=True).splitlines()[-1])

    assert (last["n"], last["n:missing"]) == (None, "-9")


def test_numbers_that_json_lacks_are_texts():
    table = table_of([COLUMNS[2]], {"n": [float("nan"), -float("inf"), 1e308]})

    values = [json.loads(line)["n"] for line in written(table).splitlines()]

    assert values == ["nan", "-inf", 1e308]


@pytest.mark.parametrize(("columns", "content"), [([], b""), (COLUMNS, b"")])
def test_a_table_without_rows_is_empty(columns, content):
    assert written(table_of(columns, {})) == content


def test_equal_tables_give_equal_bytes():
    table = table_of(COLUMNS, ROWS)

    assert archived(table).getvalue() == archived(table).getvalue()


def test_arrow_reads_what_python_reads():
    columns = tuple(column for column in made_columns(14) if not column.missing)
    held = pa.Table.from_batches(made_batches(columns, 500))
    content = written(table_of(columns, held))

    by_python = [json.loads(line) for line in content.splitlines()]

    assert [
        {
            key: value.isoformat()[:10] if isinstance(value, datetime) else value
            for key, value in row.items()
        }
        for row in pyarrow.json.read_json(io.BytesIO(content)).to_pylist()
    ] == by_python


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=9)
)
def test_any_text_is_read_back(values):
    lines = written(table_of([COLUMNS[0]], {"t": values})).decode().split("\n")[:-1]

    assert [json.loads(line)["t"] for line in lines] == values
