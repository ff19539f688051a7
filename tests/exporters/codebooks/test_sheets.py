"""The workbook and the JSON of a codebook."""

import io
import json
import zipfile

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from exporters.codebooks.plain import FORMAT, codebook_json
from exporters.codebooks.sheets import codebook_book
from exporters.formats.xlsx import readable, write_xlsx
from tests.exporters.codebooks.hostile import HOSTILE
from tests.exporters.codebooks.made import codebook, hostile, number, of_two_campaigns


def written(made, language="vi"):
    return write_xlsx(codebook_book(made, language))


def rows(content, sheet):
    book = openpyxl.load_workbook(io.BytesIO(content))
    head, *others = book[sheet].iter_rows(values_only=True)
    return [dict(zip(head, each, strict=True)) for each in others]


def test_every_variable_has_a_row_with_its_labels_in_both_languages():
    found = rows(written(codebook(), "en"), "Variables")

    assert [(each["Variable"], each["Label (Vietnamese)"]) for each in found] == [
        ("a1", "Số người"),
        ("a2_model", "Mô hình"),
        ("T1", "Tỷ lệ"),
    ]


def test_every_code_has_a_row_and_a_hidden_count_says_so():
    found = rows(written(codebook(), "en"), "Codes")

    assert [(each["Code"], each["Count"], each["% of answers"]) for each in found] == [
        ("cuc", 3, 75),
        ("vu", "not shown", None),
        ("KAD", 1, None),
    ]


def test_without_figures_there_are_no_columns_for_them():
    plain = codebook(number(counted=None), has_counts=False)

    assert "Answered" not in rows(written(plain, "en"), "Variables")[0]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula_or_a_link(text):
    content = written(hostile(text))

    cells = [
        cell
        for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert [each for each in cells if each.data_type == "f" or each.hyperlink] == []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("text", [each for each in HOSTILE if each.isprintable()])
def test_texts_come_back_as_they_were_by_two_readers(text):
    content = written(hostile(text), "en")

    by_openpyxl = [each["Variable"] for each in rows(content, "Variables")]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Variables")
    by_calamine = [row[1] for row in sheet.to_python()[1:]]
    assert by_openpyxl[1] == by_calamine[1] == readable(text)


def test_the_same_codebook_gives_the_same_workbook():
    assert written(codebook()) == written(codebook())


def test_json_says_its_format_and_leaves_out_what_says_nothing():
    document = json.loads(codebook_json(codebook()))

    file = document["files"][0]
    assert document["format"] == FORMAT
    assert (file["cases"], file["variables"][0]["lowest"]) == (
        4,
        {"value": "0", "is_open": False},
    )
    assert "codes" not in file["variables"][0]


@pytest.mark.parametrize("text", [each for each in HOSTILE if each != "\ud800"])
def test_texts_in_json_come_back_as_they_were(text):
    document = json.loads(codebook_json(hostile(text)))

    assert document["study"]["title"]["vi"] == text


def test_each_campaign_is_described_with_its_own_rounds():
    book = openpyxl.load_workbook(io.BytesIO(written(of_two_campaigns(), "en")))

    told = [row[:2] for row in book["Study"].iter_rows(values_only=True)]
    assert [row[1] for row in told if row[0] == "Identifier"] == ["nang-luc-2026", "dti-2025"]
    assert [row[0] for row in told if row[0] in {"2026", "2025"}] == ["2026", "2025"]
