"""Packages of raw data: the codebook in them says what became of each column in the file."""

import csv
import io
import zipfile

import pyreadstat
import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from analytics.releases.enums import Licence, ReleaseStatus
from analytics.releases.models import Release
from surveys.campaigns.models import Round
from tests.exporters.codebooks.ddi_schema import NS, parsed, problems_of
from tests.exporters.raw.answered import FULL, Answered
from tests.factories import UserFactory
from tests.surveys.campaigns.factories import NOW

pytestmark = pytest.mark.django_db
READERS = {"sav": pyreadstat.read_sav, "dta": pyreadstat.read_dta}
FORMATS = ("csv", "dta", "jsonl", "parquet", "sav")


@pytest.fixture
def package(tmp_path):
    """Writes the package of two agencies, one of which has said why it has no figure."""
    world = Answered()
    round_ = world.round("ky-2026")
    world.answer(round_, FULL, key="tinh-a")
    world.answer(round_, {"kind": "b"}, remarks={"staff": {"missing": "CCSL"}}, key="tinh-b")

    def written(file_format, *arguments):
        out = tmp_path / f"{file_format}.zip"
        call_command(
            *("export", "ky-2026", "--book", "raw", "--format", file_format, "-o", out),
            *arguments,
        )
        with zipfile.ZipFile(out) as made:
            return {name: made.read(name) for name in made.namelist()}

    return written


def variables(members):
    """The variables of the table of responses in the codebook, by their questions' names."""
    root = parsed(members["codebook.xml"])
    assert problems_of(root) == []
    found = {}
    for each in root.iter(f"{NS}var"):
        if each.get("files") == "F1":
            named = [n.text for n in each.findall(f"{NS}notes") if n.get("type") == "name"]
            found[named[0] if named else each.get("name")] = each
    return found


def values(variable, missing=None):
    return [
        each.findtext(f"{NS}catValu")
        for each in variable.findall(f"{NS}catgry")
        if each.get("missing") == missing
    ]


def read(members, file_format, tmp_path):
    file = tmp_path / f"responses.{file_format}"
    file.write_bytes(members[f"data/responses.{file_format}"])
    return READERS[file_format](file, user_missing=True)


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_data_format_comes_with_what_explains_it(package, file_format):
    assert set(package(file_format)) >= {
        f"data/responses.{file_format}",
        "README.txt",
        "LICENCE.txt",
        "codebook.xml",
        "codebook.html",
        "codebook.xlsx",
        "SHA256SUMS",
    }


@pytest.mark.parametrize("file_format", sorted(READERS))
def test_the_codebook_names_the_columns_as_the_file_does(package, file_format, tmp_path):
    members = package(file_format)

    frame, _meta = read(members, file_format, tmp_path)

    assert [each.get("name") for each in variables(members).values()] == list(frame.columns)
    assert variables(members)["budget.now.plan"].get("name") == "budget_now_plan"


@pytest.mark.parametrize("file_format", sorted(READERS))
def test_the_codebook_has_the_codes_that_stand_in_the_file(package, file_format, tmp_path):
    members = package(file_format)

    _frame, meta = read(members, file_format, tmp_path)

    told = variables(members)["kind"]
    assert values(told) == [str(each) for each in meta.variable_value_labels["kind"]]


@pytest.mark.parametrize(("file_format", "code"), [("sav", "-98"), ("dta", ".b")])
def test_the_codebook_has_what_stands_for_a_missing_figure(package, file_format, code):
    told = variables(package(file_format))["staff"]

    noted = {
        n.get("subject"): n.text for n in told.findall(f"{NS}notes") if n.get("type") == "code"
    }
    assert code in values(told, "Y")
    assert noted[code] == "CCSL"


def test_the_numbers_of_codes_stand_beside_them_on_the_page(package):
    page = package("dta")["codebook.html"].decode()

    assert "Trong tệp" in page
    assert '<th scope="row"><code>a</code></th><td><code>1</code></td>' in page


def test_the_workbook_of_the_codebook_has_a_column_for_the_file(package):
    book = load_workbook(io.BytesIO(package("dta")["codebook.xlsx"]))

    sheets = {sheet.title: [list(row) for row in sheet.values] for sheet in book.worksheets}
    heads = {title: rows[0] for title, rows in sheets.items()}
    assert [title for title, row in heads.items() if "Trong tệp" in row] == [
        "Các biến",
        "Mã trả lời",
    ]


def test_the_readme_names_what_is_called_otherwise(package):
    readme = package("dta")["README.txt"].decode("utf-8-sig")

    assert "budget.now.plan = budget_now_plan" in " ".join(readme.split())
    assert "Mã được thay bằng số trong tệp này" in readme


def test_where_nothing_is_called_otherwise_nothing_is_said_of_it(package):
    members = package("parquet")

    assert b"Trong t" not in members["codebook.html"]
    assert "Tên cột khác" not in members["README.txt"].decode("utf-8-sig")


def test_heads_of_a_csv_by_labels_stand_in_the_codebook(package, tmp_path):
    plan = tmp_path / "plan.json"
    plan.write_text('{"header": "label"}')
    members = package("csv", "--plan", str(plan))

    heads = next(csv.reader(io.StringIO(members["data/responses.csv"].decode("utf-8-sig"))))

    assert [each.get("name") for each in variables(members).values()] == heads


def test_the_licence_of_published_figures_is_none_for_single_answers(package):
    Release.objects.create(
        round=Round.objects.get(code="ky-2026"),
        number=1,
        status=ReleaseStatus.APPROVED,
        approved_at=NOW,
        approved_by=UserFactory.create(),
        title={"vi": "Kết quả"},
        licence=Licence.CC_BY,
        released_on=NOW.date(),
        manifest={},
        manifest_sha256="a" * 64,
        proposed_at=NOW,
        proposed_by=UserFactory.create(),
    )

    members = package("csv")

    assert "chỉ dùng trong cơ quan thực hiện" in members["LICENCE.txt"].decode("utf-8-sig").lower()
    assert b"creativecommons" not in b"".join(
        members[name] for name in ("LICENCE.txt", "README.txt", "codebook.xml", "codebook.html")
    )
