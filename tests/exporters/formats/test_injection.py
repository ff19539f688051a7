"""Thirty payloads in every place that holds text, in every format: no formula, no link, the same text.

Two readers for each format read back what was given. A reader that only knows values is held against the
file's own XML or bytes, so that a formula that it would hide is found.
"""

import csv
import io
import json
import re
import zipfile
from datetime import UTC, datetime

import openpyxl
import pandas as pd
import pyarrow.csv
import pyarrow.json
import pyarrow.parquet as pq
import pyreadstat
import pytest
from python_calamine import CalamineWorkbook

from exporters.archives import member_name
from exporters.formats.csv import CsvOptions, Formulas, unguarded, write_csv
from exporters.formats.jsonl import write_jsonl
from exporters.formats.parquet import write_parquet
from exporters.formats.spss import write_spss
from exporters.formats.stata import write_stata
from exporters.formats.streamed_xlsx import Heads, XlsxOptions, write_xlsx
from exporters.tables import Column, ColumnKind, DataTable, marks_of
from tests.exporters.made import no_progress, table_of
from tests.exporters.payloads import PAYLOADS
from tests.exporters.workbook_parts import problems_of

AT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
TEXTS = list(PAYLOADS.values())
EACH = pytest.mark.parametrize("payload", TEXTS, ids=PAYLOADS)


def poisoned(payload: str) -> DataTable:
    """The payload as an answer, a code, a missing code, in labels, heads, titles and names."""
    columns = (
        Column(name="k", kind=ColumnKind.INTEGER),
        Column(name=payload, kind=ColumnKind.TEXT, label=payload, unit=payload),
        Column(
            name="c",
            kind=ColumnKind.CATEGORY,
            label=payload,
            labels={payload: payload},
            missing={f"{payload}?": payload},
        ),
    )
    rows = {
        "k": [1, 2],
        payload: [payload, None],
        "c": [payload, None],
        marks_of("c"): [None, f"{payload}?"],
    }
    return table_of(columns, rows, name=payload, title=payload)


def written(write, payload, **options):
    out = io.BytesIO()
    write([poisoned(payload)], out, title=payload, as_of=AT, progress=no_progress, **options)
    return out


def member(write, payload, **options):
    """The one file of a package, whose name is safe."""
    with zipfile.ZipFile(written(write, payload, **options)) as archive:
        name, sums = archive.namelist()
        assert re.fullmatch(r"\w[\w.-]*\.\w+", name)
        assert sums == "SHA256SUMS"
        return archive.read(name)


@EACH
def test_workbooks(payload):
    options = XlsxOptions(heads=Heads.BOTH, creator=payload)

    content = written(write_xlsx, payload, options=options)

    assert problems_of(content) == []
    expected = [
        ["k", payload, "c"],
        ["k", payload, payload],
        [1, payload, payload],
        [2, None, f"{payload}?"],
    ]
    book = openpyxl.load_workbook(content)
    assert [list(row) for row in book.worksheets[0].values] == expected
    assert {cell.data_type for row in book.worksheets[0] for cell in row} <= {"s", "n"}
    assert not any(cell.hyperlink for row in book.worksheets[0] for cell in row)
    calamine = CalamineWorkbook.from_filelike(io.BytesIO(content.getvalue()))
    rows = calamine.get_sheet_by_index(0).to_python()
    assert [[cell or None for cell in row] for row in rows] == expected


@EACH
def test_csv_for_programs(payload):
    content = member(write_csv, payload, options=CsvOptions(formulas=Formulas.EXACT, bom=False))

    rows = list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))
    assert rows == [["k", payload, "c"], ["1", payload, payload], ["2", "", f"{payload}?"]]
    read = pyarrow.csv.read_csv(
        io.BytesIO(content), parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True)
    )
    assert read.column_names == ["k", payload, "c"]
    assert read["c"].to_pylist() == [payload, f"{payload}?"]


@EACH
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_for_spreadsheets(payload, separator):
    content = member(write_csv, payload, options=CsvOptions(separator=separator)).decode(
        "utf-8-sig"
    )

    rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=separator, strict=True))
    assert [[unguarded(cell) for cell in row] for row in rows] == [
        ["k", payload, "c"],
        ["1", payload, payload],
        ["2", "", f"{payload}?"],
    ]
    again = pd.read_csv(io.StringIO(content), sep=separator, keep_default_na=False, dtype=str)
    assert [unguarded(cell) for cell in again["c"]] == [payload, f"{payload}?"]
    # However a program separates fields: it takes none of them for a formula.
    for other in (separator, ",", ";", "\t"):
        lenient = csv.reader(io.StringIO(content, newline=""), delimiter=other)
        cells = [cell for row in lenient for cell in row]
        assert [cell for cell in cells if computed(cell)] == []
    torn = re.split(r"[,;\t\r\n]", content.replace('"', ""))
    assert [cell for cell in torn if computed(cell)] == []


def computed(cell):
    """Whether a spreadsheet would compute the text: it begins with a sign and is no plain number."""
    bare = cell.strip("\u00a0\u200b\ufeff \t\r\n")
    return bare[:1] in {*"=+-@|%\uff1d\uff0b\uff0d\uff20"} - {""} and not re.fullmatch(
        r"[+-]?\d+([.,]\d+)*%?", bare
    )


@EACH
def test_json_lines(payload):
    content = member(write_jsonl, payload)

    expected = [
        {"k": 1, payload: payload, "c": payload},
        {"k": 2, payload: None, "c": f"{payload}?"},
    ]
    assert [json.loads(line) for line in content.decode().split("\n")[:-1]] == expected
    assert pyarrow.json.read_json(io.BytesIO(content)).to_pylist() == expected


@EACH
def test_parquet(payload):
    content = member(write_parquet, payload)

    table = pq.read_table(io.BytesIO(content))
    expected = {
        "k": [1, 2],
        payload: [payload, None],
        "c": [payload, None],
        "c:missing": [None, f"{payload}?"],
    }
    assert table.to_pydict() == expected
    assert (table.schema.field("c").metadata or {})[b"label"].decode() == payload
    frame = pd.read_parquet(io.BytesIO(content))
    assert frame[payload].tolist()[0] == payload


@EACH
def test_spss(payload, tmp_path):
    (tmp_path / "a.sav").write_bytes(member(write_spss, payload))

    frame, meta = pyreadstat.read_sav(tmp_path / "a.sav", user_missing=True)

    assert frame.iloc[0].tolist() == [1, payload, payload]
    assert meta.column_labels[1:] == [payload, payload]
    assert set(meta.variable_value_labels["c"].values()) == {payload}
    assert all(name.isidentifier() for name in frame.columns)


@EACH
def test_stata(payload, tmp_path):
    (tmp_path / "a.dta").write_bytes(member(write_stata, payload))

    frame, meta = pyreadstat.read_dta(tmp_path / "a.dta", user_missing=True)

    assert frame.iloc[0].tolist() == [1, payload, 1]
    assert meta.column_labels[1:] == [payload, payload]
    assert meta.variable_value_labels["c"] == {1: payload, "a": payload}
    again = pd.read_stata(tmp_path / "a.dta", convert_categoricals=False)
    assert again.iloc[0, 1] == payload
    assert all(name.isidentifier() for name in frame.columns)


@EACH
def test_names_of_files(payload):
    assert re.fullmatch(r"\w[\w.-]*\.csv", member_name(payload, "csv"))
