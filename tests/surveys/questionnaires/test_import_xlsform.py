import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from surveys.models import AuditEvent, Questionnaire, QuestionnaireVersion
from tests.factories import AgencyFactory, DepartmentFactory
from tests.surveys.questionnaires.factories import BAD, GOOD
from tests.surveys.xlsform.workbooks import workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    DepartmentFactory()
    path = tmp_path / "phieu.xlsx"
    path.write_bytes(GOOD)
    return path


def test_a_file_becomes_a_draft_of_the_department(file: Path, capsys):
    call_command("import_xlsform", file, code="to-chuc")

    version = QuestionnaireVersion.objects.get()
    assert (version.status, version.questionnaire.owner.key) == ("draft", "cuc-cds-quoc-gia")
    assert capsys.readouterr().out == "to-chuc, version 1: draft\n"


def test_a_file_can_be_published_at_once_for_another_owner(file: Path):
    AgencyFactory(key="tinh-01")

    call_command("import_xlsform", file, code="to-chuc", owner="tinh-01", publish=True)

    version = QuestionnaireVersion.objects.get()
    assert (version.status, version.questionnaire.owner.key) == ("published", "tinh-01")


def test_errors_are_printed_with_their_cells_and_nothing_is_written(file: Path, capsys):
    file.write_bytes(BAD)

    with pytest.raises(CommandError) as refusal:
        call_command("import_xlsform", file, code="to-chuc")

    assert refusal.value.returncode == 1
    assert capsys.readouterr().out == (
        "survey!A2: error: type_unknown intger: Did you mean integer?\n"
    )
    assert not Questionnaire.objects.exists()
    assert not AuditEvent.objects.exists()


def test_errors_can_be_had_as_json(file: Path, capsys):
    file.write_bytes(BAD)

    with pytest.raises(CommandError):
        call_command("import_xlsform", file, code="to-chuc", json=True)

    assert json.loads(capsys.readouterr().out) == {
        "questionnaire": None,
        "version": None,
        "status": None,
        "problems": [
            {
                "code": "type_unknown",
                "at": "survey!A2",
                "name": "intger",
                "advice": "Did you mean integer?",
                "severity": "error",
            }
        ],
    }


def test_what_was_ignored_is_printed_after_success(file: Path, capsys):
    survey = [["type", "name", "label", "audio"], ["text", "a", "A", "a.mp3"]]
    file.write_bytes(workbook(survey=survey, settings=[["form_title"], ["Phiếu"]]))

    call_command("import_xlsform", file, code="phieu", json=True)

    written = json.loads(capsys.readouterr().out)
    assert (written["version"], [problem["code"] for problem in written["problems"]]) == (
        1,
        ["column_unsupported"],
    )


def test_a_missing_file_is_refused(file: Path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_xlsform", file.with_name("khong-co.xlsx"), code="to-chuc")


def test_an_unknown_owner_is_refused(file: Path):
    with pytest.raises(CommandError, match="no agency with the key"):
        call_command("import_xlsform", file, code="to-chuc", owner="khong-co")


def test_a_code_that_is_no_slug_is_refused(file: Path):
    with pytest.raises(CommandError):
        call_command("import_xlsform", file, code="Tổ chức")
