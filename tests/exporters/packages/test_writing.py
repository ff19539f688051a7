"""Packages: the tables with all that explains them, equal bytes for equal data."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa
import pyreadstat
import pytest
from openpyxl import load_workbook

from exporters.codebooks.dcat import Record
from exporters.packages import PackageDetails, write_package
from exporters.tables import Column, ColumnKind, DataTable, schema_of
from tests.exporters.codebooks.ddi_schema import NS, parsed, problems_of
from tests.exporters.codebooks.hostile import HOSTILE
from tests.exporters.codebooks.made import AS_OF, both, codebook, hostile, study

RECORD = Record(
    address="https://khaosat.example.vn/data/nang-luc-2026/1/",
    identifier="nang-luc-2026-1",
    title=both("Năng lực"),
    description=both("Để biết"),
    publisher=both("Cục"),
    publisher_address="https://khaosat.example.vn/",
    issued=date(2027, 1, 5),
    modified=date(2027, 1, 5),
    version="1",
    version_notes={},
    starts=date(2026, 11, 2),
    ends=date(2026, 12, 11),
    frequency="yearly",
    licence="https://creativecommons.org/licenses/by/4.0/",
    rights={},
)
COLUMNS = (
    Column(name="agency_key", kind=ColumnKind.TEXT, label="Mã cơ quan"),
    Column(name="a1", kind=ColumnKind.INTEGER, label="Số người", missing={"KAD": "Không áp dụng"}),
    Column(
        name="a2_model",
        kind=ColumnKind.CATEGORY,
        label="Mô hình",
        labels={"cuc": "Cục", "vu": "Vụ"},
    ),
    Column(name="a2_model__vu", kind=ColumnKind.FLAG, label="Mô hình: Vụ"),
)


def table(text="bo-khcn", name="responses", title="Câu trả lời"):
    schema = schema_of(COLUMNS)
    rows = {
        "agency_key": [text, "tinh-01"],
        "a1": [3, None],
        "a1:missing": [None, "KAD"],
        "a2_model": ["cuc", "vu"],
        "a2_model__vu": [False, True],
    }
    arrays = [pa.array(rows[field.name]).cast(field.type) for field in schema]
    batch = pa.RecordBatch.from_arrays(arrays, schema=schema)
    return DataTable(name=name, title=title, columns=COLUMNS, batches=lambda: iter([batch]), rows=2)


def details(**changes: Any) -> PackageDetails:
    told: dict[str, Any] = {"title": both("Năng lực"), "language": "vi", "as_of": AS_OF}
    return PackageDetails(**(told | changes))


def written(tmp_path, file_format="csv", *, of=None, about=None, name="out.zip", tables=None):
    out = tmp_path / name
    write_package(
        out, tables or [table()], of or codebook(), file_format, about or details(), nothing
    )
    return out


def nothing(_done, _total, _message):
    """Progress that nobody reads."""


def members(out):
    with zipfile.ZipFile(out) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize(
    ("file_format", "data"),
    [
        ("csv", "data/responses.csv"),
        ("jsonl", "data/responses.jsonl"),
        ("parquet", "data/responses.parquet"),
        ("sav", "data/responses.sav"),
        ("dta", "data/responses.dta"),
        ("xlsx", "data/Năng_lực.xlsx"),
    ],
)
def test_a_package_has_its_data_and_what_explains_them(tmp_path, file_format, data):
    assert set(members(written(tmp_path, file_format))) == {
        data,
        "README.txt",
        "LICENCE.txt",
        "codebook.xml",
        "codebook.html",
        "codebook.xlsx",
        "SHA256SUMS",
    }


def test_every_file_has_its_checksum(tmp_path):
    found = members(written(tmp_path))

    sums = dict(
        reversed(line.split("  ")) for line in found.pop("SHA256SUMS").decode().splitlines()
    )
    assert sums == {name: hashlib.sha256(body).hexdigest() for name, body in found.items()}


@pytest.mark.parametrize("file_format", ["csv", "jsonl", "parquet", "sav", "dta", "xlsx"])
def test_equal_data_give_equal_bytes(tmp_path, file_format):
    one = written(tmp_path, file_format, name="one.zip", about=details(record=RECORD))
    other = written(tmp_path, file_format, name="other.zip", about=details(record=RECORD))

    assert one.read_bytes() == other.read_bytes()


def test_the_codebook_is_that_of_the_tables(tmp_path):
    root = parsed(members(written(tmp_path))["codebook.xml"])

    assert problems_of(root) == []
    assert [each.get("name") for each in root.iter(f"{NS}var")] == [each.name for each in COLUMNS]


def test_a_column_made_of_a_question_has_its_words_and_none_of_its_figures(tmp_path):
    root = parsed(members(written(tmp_path))["codebook.xml"])
    own, made = list(root.iter(f"{NS}var"))[2:]

    assert made.findtext(f"{NS}qstn/{NS}qstnLit") == own.findtext(f"{NS}qstn/{NS}qstnLit")
    assert made.findtext(f"{NS}labl") == "Mô hình: Vụ"
    assert [own.find(f"{NS}TotlResp") is None, made.find(f"{NS}TotlResp") is None] == [False, True]


def test_codes_keep_their_words_in_both_languages(tmp_path):
    root = parsed(members(written(tmp_path))["codebook.xml"])
    category = list(root.iter(f"{NS}var"))[2].findall(f"{NS}catgry")[1]

    assert [each.text for each in category.findall(f"{NS}labl")] == ["Vụ", "Vụ (en)"]


def test_the_readme_tells_everything_in_both_languages(tmp_path):
    text = members(written(tmp_path))["README.txt"].decode("utf-8-sig")

    vietnamese, english = text.split("=" * 92)
    for half, words in (
        (vietnamese, ("TRÍCH DẪN", "Cục (2026).", "2 dòng, 4 cột", "Dưới 5 không hiển thị")),
        (english, ("HOW TO CITE", "Cục (2026). (en)", "2 rows, 4 columns", "(en)")),
    ):
        assert [each for each in words if each not in half] == []
        assert "data/responses.csv" in half
        assert "KAD: Không áp dụng" in half


def test_unpublished_data_say_that_they_are_not_passed_on(tmp_path):
    found = members(written(tmp_path, of=codebook(study=study(licence=None))))

    assert "chưa công bố" in found["LICENCE.txt"].decode("utf-8-sig")
    assert "not published" in found["README.txt"].decode("utf-8-sig")


def test_published_data_have_a_record_with_the_hash_of_each_file(tmp_path):
    found = members(written(tmp_path, about=details(record=RECORD)))

    (file,) = json.loads(found["dcat.jsonld"])["@graph"][1:]
    data = found["data/responses.csv"]
    assert file["dcat:byteSize"][0]["@value"] == str(len(data))
    value = file["spdx:checksum"][0]["spdx:checksumValue"][0]["@value"]
    assert value == hashlib.sha256(data).hexdigest()


def test_tables_of_one_name_get_files_of_their_own(tmp_path):
    out = written(tmp_path, tables=[table(name="a/b"), table(name="a:b")])

    assert {"data/a_b.csv", "data/a_b_2.csv"} <= set(members(out))


@pytest.mark.parametrize(
    ("file_format", "read", "models", "codes"),
    [
        ("sav", pyreadstat.read_sav, ["cuc", "vu"], [3, -99]),
        ("dta", pyreadstat.read_dta, [1, 2], [3, "a"]),
    ],
)
def test_statistics_programs_read_labels_and_missing_values(
    tmp_path, file_format, read, models, codes
):
    with zipfile.ZipFile(written(tmp_path, file_format)) as package:
        file = package.extract(f"data/responses.{file_format}", tmp_path)

    frame, meta = read(file, user_missing=True)
    assert (frame["a2_model"].tolist(), frame["a1"].tolist()) == (models, codes)
    labels = meta.variable_value_labels
    assert labels["a2_model"] == dict(zip(models, ["Cục", "Vụ"], strict=True))
    assert labels["a1"] == {codes[1]: "Không áp dụng"}


@pytest.mark.parametrize(("file_format", "stands"), [("sav", "-99"), ("dta", ".a")])
def test_the_readme_says_what_stands_for_a_missing_code(tmp_path, file_format, stands):
    text = members(written(tmp_path, file_format))["README.txt"].decode("utf-8-sig")

    assert f"KAD ({stands}): Không áp dụng" in text


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_makes_a_formula_or_leaves_the_package(tmp_path, text):
    about = details(
        title={"vi": text}, notes=(both(text),), record=replace(RECORD, title={"vi": text})
    )
    out = written(tmp_path, "xlsx", of=hostile(text), about=about, tables=[table(title=text)])

    found = members(out)
    assert not any(name.startswith(("/", ".")) or ".." in name for name in found)
    workbooks = [body for name, body in found.items() if name.endswith(".xlsx")]
    cells = [
        cell
        for body in workbooks
        for sheet in load_workbook(io.BytesIO(body)).worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert len(workbooks) == 2
    assert [each for each in cells if each.data_type == "f"] == []
