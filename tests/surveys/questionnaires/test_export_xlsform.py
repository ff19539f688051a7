from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from surveys.definitions import load
from surveys.questionnaires.exports import VersionUnknown, version_of
from surveys.questionnaires.services import publish
from surveys.xlsform import read_workbook
from tests.surveys.questionnaires.factories import NOW, imported

pytestmark = pytest.mark.django_db


def test_the_workbook_holds_what_was_imported(tmp_path: Path):
    version, file = imported(), tmp_path / "a.xlsx"

    call_command("export_xlsform", "to-chuc", "-o", str(file))

    found = read_workbook(file.read_bytes(), file.name, code="to-chuc").definition
    assert found == load(version.definition)


def test_a_version_is_chosen_by_its_number(tmp_path: Path, capsys):
    publish(imported(), actor=None, at=NOW)
    imported()
    file = tmp_path / "a.xlsx"

    call_command("export_xlsform", "to-chuc", "--version", "2", "-o", str(file))

    assert capsys.readouterr().out == f"to-chuc, version 2: {file}\n"


def test_without_a_number_the_published_version_is_meant():
    publish(imported(), actor=None, at=NOW)
    imported()

    assert version_of("to-chuc").number == 1


@pytest.mark.parametrize(("code", "number"), [("khac", 1), ("to-chuc", 9)])
def test_what_does_not_exist_is_refused(tmp_path: Path, code: str, number: int):
    imported()

    with pytest.raises(CommandError) as refusal:
        call_command("export_xlsform", code, number=number, output=tmp_path / "a.xlsx")

    assert isinstance(refusal.value.__cause__, VersionUnknown)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path):
    imported()

    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_xlsform", "to-chuc", output=tmp_path / "none" / "a.xlsx")
