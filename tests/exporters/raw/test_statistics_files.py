"""Raw data as SPSS and Stata files, ordered as people order them and read back by pyreadstat."""

import zipfile

import pyreadstat
import pytest
from django.core.management import call_command

from tests.exporters.raw.answered import FULL, Answered

pytestmark = pytest.mark.django_db

MEANINGS = ("Không áp dụng", "Chưa có số liệu", "Hạn chế công bố")
READERS = {"sav": pyreadstat.read_sav, "dta": pyreadstat.read_dta}
FORMATS = sorted(READERS)


@pytest.fixture
def coded():
    """Two agencies: one has given figures, one has said why it has none."""
    world = Answered()
    round_ = world.round("ky-2026")
    world.answer(round_, FULL, key="tinh-a")
    world.answer(
        round_,
        {"kind": "b", "works": [{"_id": "r1", "work": "Đề án"}]},
        remarks={
            "staff": {"missing": "CCSL", "expected": "2026-12-31"},
            "budget/now/plan": {"missing": "HC", "reason": "Mật"},
            "works/r1/days": {"missing": "KAD"},
        },
        key="tinh-b",
    )


def read(folder, file_format, table="responses"):
    """The rows of a table by their columns, and what the file says of them."""
    out = folder / "f"
    call_command("export", "ky-2026", "--book", "raw", "--format", file_format, "-o", out)
    with zipfile.ZipFile(out) as archive:
        file = archive.extract(f"data/{table}.{file_format}", folder)
    frame, meta = READERS[file_format](file, user_missing=True)
    return frame.to_dict("list"), meta


@pytest.mark.parametrize("file_format", FORMATS)
def test_answers_are_read_back(coded, tmp_path, file_format):
    rows, _ = read(tmp_path, file_format)

    assert rows["unit_key"] == ["tinh-a", "tinh-b"]
    assert (rows["staff"][0], rows["budget_now_plan"][0], rows["note"][0]) == (12, 1.5, "!=1+1")
    assert (str(rows["since"][0]), str(rows["submitted_at"][0])) == (
        "2024-05-31",
        "2026-11-20 10:30:00",
    )


@pytest.mark.parametrize("file_format", FORMATS)
def test_columns_have_the_labels_of_the_questions(coded, tmp_path, file_format):
    _, meta = read(tmp_path, file_format)

    labels = meta.column_names_to_labels
    assert (labels["staff"], labels["budget_now_plan"]) == (
        "Câu staff",
        "Kinh phí: Năm nay: Câu plan",
    )


@pytest.mark.parametrize(
    ("file_format", "given", "labels"),
    [
        ("sav", ["a", "b"], {"a": "Loại A", "b": "Loại B"}),
        ("dta", [1, 2], {1: "Loại A", 2: "Loại B"}),
    ],
)
def test_choices_have_their_labels(coded, tmp_path, file_format, given, labels):
    rows, meta = read(tmp_path, file_format)

    assert (rows["kind"], meta.variable_value_labels["kind"]) == (given, labels)


@pytest.mark.parametrize(
    ("file_format", "codes"), [("sav", (-99, -98, -97)), ("dta", ("a", "b", "c"))]
)
def test_a_missing_code_is_missing_with_its_meaning(coded, tmp_path, file_format, codes):
    rows, meta = read(tmp_path, file_format)

    assert (rows["staff"], rows["budget_now_plan"]) == ([12, codes[1]], [1.5, codes[2]])
    assert meta.variable_value_labels["staff"] == dict(zip(codes, MEANINGS, strict=True))


def test_spss_takes_missing_codes_for_missing(coded, tmp_path):
    _, meta = read(tmp_path, "sav")

    assert [each["lo"] for each in meta.missing_ranges["staff"]] == [-99, -98, -97]


@pytest.mark.parametrize(("file_format", "code"), [("sav", -99), ("dta", "a")])
def test_repeats_have_a_file_of_their_own(coded, tmp_path, file_format, code):
    rows, _ = read(tmp_path, file_format, "works")

    assert (rows["unit_key"], rows["row_id"]) == (["tinh-a"] * 2 + ["tinh-b"], ["r1", "r2", "r1"])
    assert (rows["days"][0], rows["days"][2]) == (3, code)
