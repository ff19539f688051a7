import io
import zipfile

import pytest
from openpyxl import Workbook

from surveys.xlsform import read_workbook
from surveys.xlsform.precheck import MAX_FILE_BYTES
from surveys.xlsform.sheet_inspection import MAX_PROBLEMS
from tests.surveys.xlsform.workbooks import SURVEY, as_csv, read, repacked, workbook


def refusal(data: bytes, filename: str = "phieu.xlsx") -> list[tuple[str, str]]:
    result = read_workbook(data, filename, code="phieu")
    assert result.definition is None
    return [(problem.code, problem.at) for problem in result.problems]


@pytest.mark.parametrize(
    ("data", "filename"),
    [
        (b"", "phieu.xlsx"),
        (b"%PDF-1.7", "phieu.xlsx"),
        (b"PK\x03\x04 and nothing else", "phieu.xlsx"),
        (workbook(survey=SURVEY)[:-200], "phieu.xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "phieu.xls"),
        (b'type,name\n"a', "phieu.csv"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(data: bytes, filename: str):
    assert refusal(data, filename) == [("workbook_unreadable", filename)]


def test_a_document_of_another_kind_in_a_zip_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("word/document.xml", "<document/>")

    assert refusal(stream.getvalue()) == [("workbook_unreadable", "phieu.xlsx")]


def test_a_file_over_ten_megabytes_is_refused():
    assert refusal(b"PK\x03\x04" + bytes(MAX_FILE_BYTES)) == [("workbook_too_large", "phieu.xlsx")]


def test_a_zip_bomb_is_refused():
    stream = io.BytesIO(workbook(survey=SURVEY))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/bomb.bin", bytes(125 * 1024 * 1024))

    assert refusal(stream.getvalue()) == [("workbook_too_large", "phieu.xlsx")]


def test_an_index_that_would_fill_the_memory_is_refused():
    bomb = b"<a/>" * 500_000 + b"</workbook>"
    data = repacked(workbook(survey=SURVEY), "xl/workbook.xml", b"</workbook>", bomb)

    assert refusal(data) == [("workbook_unreadable", "phieu.xlsx")]


def test_a_protected_workbook_is_refused():
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")

    assert refusal(data) == [("workbook_encrypted", "phieu.xlsx")]


def test_a_cell_at_the_end_of_the_sheet_is_refused_with_its_place():
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "survey"
    sheet["A1"] = "type"
    sheet["XFD1048576"] = "x"
    stream = io.BytesIO()
    book.save(stream)

    assert refusal(stream.getvalue()) == [("sheet_too_large", "survey!XFD1048576")]


def test_a_workbook_that_kills_the_reader_is_refused():
    data = workbook(survey=[*SURVEY, ["note", "n", "x"]])
    # The place is spelt so that no look from outside sees it.
    hostile = repacked(data, "sheet1.xml", b'r="C3"', b'r="&#88;FD1048576"')

    assert refusal(hostile) == [("workbook_unreadable", "phieu.xlsx")]


def test_a_formula_without_a_value_is_refused_with_its_place():
    data = workbook(survey=[*SURVEY, ["note", "n", '="Số " & "người"']])

    assert refusal(data) == [("formula_without_value", "survey!C3")]


def test_no_more_formulas_are_named_than_one_can_read():
    data = workbook(survey=[*SURVEY, *([["note", "n", "=A1"]] * (MAX_PROBLEMS + 1))])

    assert len(refusal(data)) == MAX_PROBLEMS


def test_a_strict_workbook_is_read():
    data = workbook(survey=SURVEY)
    for old, new in (
        (
            "schemas.openxmlformats.org/spreadsheetml/2006/main",
            "purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        (
            "schemas.openxmlformats.org/officeDocument/2006/relationships",
            "purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    ):
        data = repacked(data, "", old.encode(), new.encode())

    definition = read_workbook(data, "phieu.xlsx", code="phieu").definition

    assert definition is not None
    assert [element.name for element in definition.children] == ["staff"]


def test_a_csv_file_with_sheet_names_in_its_first_column_is_read():
    rows: list[list[object]] = [
        ["survey"],
        ["", "type", "name", "label"],
        ["", "select_one yn", "q", "Có không?"],
        ["choices"],
        ["", "list_name", "name", "label"],
        ["", "yn", "y", "Có"],
    ]

    definition = read_workbook(as_csv(rows), "phieu.csv", code="phieu").definition

    assert definition is not None
    assert definition.lists["yn"].choices[0].label == {"vi": "Có"}


def test_a_csv_file_in_another_encoding_is_refused():
    assert refusal("type,name\ntext,số".encode("utf-16"), "phieu.csv") == [
        ("csv_not_utf8", "phieu.csv")
    ]


@pytest.mark.parametrize(
    "data",
    [b"type,name,label" + b",x" * 2_000, b"type,name,label\n" + b"note,n,x\n" * 50_001],
    ids=["wide", "long"],
)
def test_a_csv_file_larger_than_any_questionnaire_is_refused(data: bytes):
    assert refusal(data, "phieu.csv") == [("sheet_too_large", "phieu.csv")]


def test_a_csv_file_with_nul_characters_is_refused():
    assert refusal(b"type,name\nnote,a\0b\n", "phieu.csv") == [("csv_not_utf8", "phieu.csv")]


def test_problems_of_a_csv_file_keep_the_rows_of_the_file():
    rows: list[list[object]] = [["survey"], ["", "type", "name", "label"], ["", "txt", "q", "?"]]

    result = read_workbook(as_csv(rows), "phieu.csv", code="phieu")

    assert [(p.code, p.at) for p in result.problems if p.severity == "error"] == [
        ("type_unknown", "survey!B3")
    ]


@pytest.mark.parametrize(
    ("sheets", "at", "advice"),
    [
        ({"Survye": SURVEY}, "survey!A1", "Rename the sheet survye to survey."),
        ({"Trang tính 1": SURVEY}, "survey!A1", "The sheets are: Trang tính 1;"),
    ],
)
def test_a_workbook_without_a_survey_sheet_is_refused(sheets, at: str, advice: str):
    problem = read(**sheets).problems[0]

    assert (problem.code, problem.at) == ("sheet_missing", at)
    assert problem.advice.startswith(advice)


def test_a_sheet_that_is_not_read_is_reported():
    result = read(survey=SURVEY, **{"Ghi chú": [["a"]], "choises": [["list_name", "name"]]})

    assert [(p.code, p.name, p.severity) for p in result.problems if p.code == "sheet_unknown"] == [
        ("sheet_unknown", "choises", "warning"),
        ("sheet_unknown", "Ghi chú", "ignored"),
    ]


def test_numbers_and_dates_keep_their_plain_text():
    result = read(
        survey=[
            ["type", "name", "label", "default", "required"],
            ["integer", "a", "A", 3, True],
            ["decimal", "b", "B", 2.5, False],
        ]
    )

    assert result.definition is not None
    defaults = [(e.default, e.required) for e in result.definition.elements()]  # type: ignore[union-attr]
    assert defaults == [("3", "true()"), ("2.5", "")]
