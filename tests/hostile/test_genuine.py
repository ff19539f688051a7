"""Workbooks that programs write are accepted, whatever they hold beside the questionnaire."""

import shutil
import subprocess
from pathlib import Path

import pytest

from surveys.xlsform import read_workbook
from tests.hostile.genuine import NAMES, WRITTEN, book, saved


def defaults(data: bytes, filename: str) -> list[tuple[str, str]]:
    definition = read_workbook(data, filename, code="phieu").definition
    assert definition is not None
    return [(element.name, getattr(element, "default", "")) for element in definition.elements()]


@pytest.mark.parametrize("name", WRITTEN)
def test_a_genuine_workbook_is_accepted(name: str):
    assert defaults(WRITTEN[name](), "phieu.xlsx") == [
        ("so_nguoi", "3"),
        ("ngay", "2026-12-31"),
        ("ten", ""),
    ]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbooks as LibreOffice saves them: one start of the program for each kind."""
    soffice = shutil.which("soffice")
    assert soffice, "LibreOffice is missing: install libreoffice-calc-nogui"
    given, made = tmp_path_factory.mktemp("given"), tmp_path_factory.mktemp("made")
    names = ("plain", "formatted_at_row_65536", "hidden_sheets", "filter_with_hidden_rows")
    for name in names:
        (given / f"{name}.xlsx").write_bytes(WRITTEN[name]())
    (given / "formula.xlsx").write_bytes(with_formulas())
    profile = f"-env:UserInstallation=file://{tmp_path_factory.mktemp('profile')}"
    for kind in ("xlsx", "xls"):
        subprocess.run(
            [
                soffice,
                profile,
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                made,
                *given.iterdir(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    return made


def with_formulas() -> bytes:
    """A label and an empty text that are calculated in the workbook."""
    made = book()
    made.worksheets[0]["C2"] = '="Số " & "người"'
    made.worksheets[0]["E2"] = '=""'
    return saved(made)


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
@pytest.mark.parametrize(
    "name",
    ["plain", "formatted_at_row_65536", "hidden_sheets", "filter_with_hidden_rows", "formula"],
)
def test_what_libreoffice_saves_is_accepted(office: Path, name: str, kind: str):
    file = office / f"{name}.{kind}"

    assert [each for each, _default in defaults(file.read_bytes(), file.name)] == NAMES
