import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.factories import department_person
from tests.surveys.questionnaires.factories import imported
from tests.surveys.xlsform.workbooks import Rows, workbook

pytestmark = pytest.mark.django_db

SETTINGS: Rows = [["form_title"], ["Phiếu"]]
DOUBTFUL = workbook(
    survey=[
        ["type", "name", "label", "relevant", "constraint"],
        ["integer", "so", "Số liệu", "", ""],
        ["text", "ten", "Họ và tên", "${so} > 5 and ${so} < 3", ""],
    ],
    settings=SETTINGS,
)
BLOCKING = workbook(
    survey=[
        ["type", "name", "label", "constraint", "required"],
        ["integer", "so", "Số liệu", ". > 5 and . < 3", "yes"],
    ],
    settings=SETTINGS,
)


def run(*words: str) -> str:
    out = StringIO()
    call_command("check_questionnaire", *words, stdout=out)
    return out.getvalue()


def test_findings_are_printed_as_json():
    imported(DOUBTFUL)

    written = json.loads(run("to-chuc", "--version", "1", "--json"))

    assert (written["questionnaire"], written["version"], written["simulation"]) == (
        "to-chuc",
        1,
        None,
    )
    assert [(each["code"], each["at"], each["severity"]) for each in written["problems"]] == [
        ("never_shown", "ten.relevant", "warning"),
        ("personal_data_unmarked", "ten.personal_data", "warning"),
    ]
    assert written["burden"][0]["minutes"] == 1


def test_the_simulation_says_what_nobody_came_to():
    imported(DOUBTFUL)

    written = json.loads(run("to-chuc", "--simulate", "5", "--seed", "3", "--json"))

    simulation = written["simulation"]
    assert (simulation["respondents"], simulation["seed"], simulation["finished"]) == (5, 3, 5)
    assert simulation["unreached"] == ["ten"]


def test_an_error_is_an_error_of_the_command():
    imported(BLOCKING)

    with pytest.raises(CommandError, match="2 errors in to-chuc, version 1"):
        run("to-chuc", "--simulate", "3")


def test_what_is_printed_for_people_ends_with_the_minutes():
    imported()

    assert run("to-chuc", "--simulate", "2").splitlines()[-3:] == [
        "vi: about 1 minutes, 13 words; longest: de_an (5 words)",
        "en: about 1 minutes, 9 words; longest: de_an (4 words)",
        "2 of 2 simulated respondents finished (seed 1); 0 questions were reached by nobody",
    ]


@pytest.mark.parametrize("words", [["gone"], ["to-chuc", "--version", "9"]])
def test_a_version_that_does_not_exist_is_refused(words):
    imported()

    with pytest.raises(CommandError, match="There is no questionnaire"):
        run(*words)


def test_the_page_of_a_version_shows_its_check_in_vietnamese(client):
    imported(DOUBTFUL)
    client.force_login(department_person("designer"))

    page = client.get(reverse("version_detail", args=["to-chuc", 1])).content.decode()

    words = (
        "Kiểm tra phiếu",
        "“ten” không bao giờ hiện",
        "Ghi yes vào cột personal_data",
        "khoảng 1 phút",
    )
    assert [word for word in words if word not in page] == []
