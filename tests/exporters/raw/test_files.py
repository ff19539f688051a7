"""Raw data as files: what is read back is what was signed; equal data give equal bytes."""

import csv
import io
import json
import zipfile

import openpyxl
import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError, call_command

from exporters.registry import EXPORTERS
from tests.exporters.raw.answered import FULL, Answered

pytestmark = pytest.mark.django_db
FORMATS = next(each.formats for each in EXPORTERS if each.name == "raw")


@pytest.fixture
def rounds():
    world = Answered()
    found = [world.round(f"ky-{year}", year=year) for year in (2025, 2026)]
    for round_ in found:
        world.answer(round_, FULL, key=f"tinh-{round_.code}")
    return found


def exported(tmp_path, file_format, *arguments, name="f"):
    out = tmp_path / name
    call_command(
        "export", "ky-2026", "--book", "raw", "--format", file_format, "-o", out, *arguments
    )
    return out


def plan(tmp_path, **told):
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(told))
    return "--plan", str(path)


def csv_rows(path, table="responses"):
    with zipfile.ZipFile(path) as archive:
        text = archive.read(f"data/{table}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("file_format", FORMATS)
def test_two_writes_are_the_same_bytes(rounds, tmp_path, file_format):
    first, second = (exported(tmp_path, file_format, name=name) for name in "ab")

    assert first.read_bytes() == second.read_bytes()


def test_a_workbook_has_a_sheet_for_each_table(rounds, tmp_path):
    out = exported(tmp_path, "xlsx").rename(tmp_path / "f.xlsx")

    book = openpyxl.load_workbook(out)
    assert len(book.sheetnames) == 4
    heads = [cell.value for cell in book.worksheets[0][1]]
    row = dict(zip(heads, (cell.value for cell in book.worksheets[0][2]), strict=True))
    assert (row["kind"], row["staff"], row["note"]) == ("a", 12, "!=1+1")


def test_csv_has_the_answers(rounds, tmp_path):
    [row] = csv_rows(exported(tmp_path, "csv"))

    assert (row["staff"], row["tools.web"], row["budget.now.plan"]) == ("12", "1", "1.5")


def test_parquet_has_the_answers(rounds, tmp_path):
    with zipfile.ZipFile(exported(tmp_path, "parquet")) as archive:
        table = pq.read_table(io.BytesIO(archive.read("data/responses.parquet")))

    [row] = table.to_pylist()
    assert (row["staff"], row["tools.web"], row["budget.now.plan"]) == (12, 1, 1.5)


def test_json_lines_have_the_answers(rounds, tmp_path):
    with zipfile.ZipFile(exported(tmp_path, "jsonl")) as archive:
        [line] = archive.read("data/works.jsonl").decode().splitlines()[:1]

    assert (json.loads(line)["row_id"], json.loads(line)["days"]) == ("r1", 3)


def test_several_rounds_go_into_one_file(rounds, tmp_path):
    rows = csv_rows(exported(tmp_path, "csv", "--rounds", "ky-2025"))

    assert [row["round"] for row in rows] == ["ky-2025", "ky-2026"]


def test_the_plan_is_read_from_a_file(rounds, tmp_path):
    out = exported(tmp_path, "csv", *plan(tmp_path, values="labels", questions=["kind"]))

    [row] = csv_rows(out)
    assert (row["kind"], "staff" in row) == ("Loại A", False)


@pytest.mark.parametrize(("header", "head"), [("label", "Câu staff"), ("both", "staff: Câu staff")])
def test_csv_is_headed_as_the_plan_says(rounds, tmp_path, header, head):
    [row] = csv_rows(exported(tmp_path, "csv", *plan(tmp_path, header=header)))

    assert row[head] == "12"


def test_a_plan_that_cannot_be_read_is_refused_with_all_problems(rounds, tmp_path):
    with pytest.raises(CommandError, match=r"values.*scores"):
        exported(tmp_path, "csv", *plan(tmp_path, values="x", scores="y"))


def test_a_confidential_round_is_refused_wherever_it_is_named(rounds, tmp_path):
    other = Answered().round("ky-mat")
    other.campaign.anonymity = "confidential"
    other.campaign.save()

    with pytest.raises(CommandError, match="giữ kín"):
        exported(tmp_path, "csv", "--rounds", "ky-mat")
