"""Files as programs ask for them."""

import pytest

from exporters.models import Export
from surveys.background.runner import run_pending
from surveys.machines.enums import Scope
from tests.answered import answered_round
from tests.factories import AgencyFactory, department_person
from tests.surveys.machines.factories import program

pytestmark = pytest.mark.django_db
EXPORTS = "/api/v1/exports/"


@pytest.fixture
def wish():
    """The workbook of a round."""
    return {"name": "round", "format": "xlsx", "round": answered_round().code}


@pytest.fixture
def designer():
    """A program of somebody who may have rows."""
    return program(department_person("designer"))


def test_a_file_is_asked_for_followed_and_fetched(designer, wish):
    asked = designer.send("POST", EXPORTS, wish)
    run_pending()
    told = designer.get(asked["Location"]).json()
    file = designer.get(told["file"])

    assert (asked.status_code, asked.json()["file"]) == (202, None)
    assert told["status"] == "done"
    assert b"".join(file).startswith(b"PK")
    assert "attachment" in file["Content-Disposition"]


def test_a_file_that_is_not_there_is_not_fetched(designer, wish):
    asked = designer.send("POST", EXPORTS, wish).json()

    answer = designer.get(f"{EXPORTS}{asked['id']}/file/")

    assert (answer.status_code, answer.json()["code"]) == (409, "export_not_ready")


def test_the_making_of_a_file_is_stopped(designer, wish):
    asked = designer.send("POST", EXPORTS, wish)

    stopped = designer.send("DELETE", asked["Location"], {})
    again = designer.send("DELETE", asked["Location"], {})

    assert (stopped.status_code, stopped.json()["status"]) == (200, "cancelled")
    assert (again.status_code, again.json()["code"]) == (409, "job_over")


def test_who_gets_no_such_file_on_the_page_gets_none_here(wish):
    answer = program(department_person("researcher")).send("POST", EXPORTS, wish)

    assert (answer.status_code, Export.objects.count()) == (403, 0)


def test_strangers_find_neither_the_round_nor_the_file(designer, wish):
    stranger = program(department_person("administrator", owner=AgencyFactory()))
    asked = designer.send("POST", EXPORTS, wish).json()

    assert stranger.send("POST", EXPORTS, wish).status_code == 404
    for part in ("", "file/"):
        assert stranger.get(f"{EXPORTS}{asked['id']}/{part}").status_code == 404


def test_who_has_lost_the_right_finds_no_file(wish):
    person = department_person("designer")
    reader = program(person)
    asked = reader.send("POST", EXPORTS, wish).json()
    run_pending()
    person.department_roles.all().delete()

    assert reader.get(f"{EXPORTS}{asked['id']}/file/").status_code == 404


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"name": "nothing"}, 422),
        ({"format": "pdf"}, 422),
        ({"round": "no-such-round"}, 404),
        ({"owner": 1}, 422),
        ({"run": 0}, 422),
        ({"name": "assessment"}, 422),
    ],
)
def test_what_cannot_be_asked_for_is_refused(change, status, designer, wish):
    assert designer.send("POST", EXPORTS, wish | change).status_code == status


def test_a_format_that_the_file_does_not_come_in_is_named(designer, wish):
    answer = designer.send("POST", EXPORTS, wish | {"format": "pdf"}).json()

    assert [each["pointer"] for each in answer["errors"]] == ["/format"]


def test_a_token_without_the_scope_asks_for_nothing(wish):
    reader = program(department_person("designer"), Scope.CATALOGUE)

    assert reader.send("POST", EXPORTS, wish).json()["code"] == "scope_missing"
