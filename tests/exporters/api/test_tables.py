"""Tables of data sets as programs ask for them, and files of such tables."""

import json

import pytest

from analytics.gate.enums import Audience
from analytics.gate.models import ReleasedTable
from analytics.releases import services as releases
from exporters.models import Export
from surveys.background.runner import run_pending
from tests.analytics.releases.factories import AT, person
from tests.factories import UserFactory
from tests.surveys.machines.factories import Program, program

pytestmark = pytest.mark.django_db
EXPORTS = "/api/v1/exports/"
CROSS = {"rows": ["type"], "cols": "question.a1_reorganised"}


@pytest.fixture
def place(release):
    """The address of tables of the publication."""
    return f"/api/v1/publications/{release.round.code}/{release.number}/table/"


@pytest.fixture
def caller(accepted):
    """A program of somebody with an account and no role."""
    return program(accepted(UserFactory.create()))


def shown(caller, place, wish):
    """The table when it is computed."""
    caller.send("POST", place, wish)
    run_pending()
    return caller.send("POST", place, wish)


def file_wish(release, **options):
    told = {"name": "table", "format": "json", "round": release.round.code, "publication": 1}
    return told | ({"options": options} if options else {})


def test_a_table_is_asked_for_and_then_read(caller, place):
    first = caller.send("POST", place, CROSS)
    run_pending()
    then = caller.send("POST", place, CROSS)

    assert (first.status_code, first.json()) == (202, {"status": "computing"})
    assert (then.status_code, then.json()["audience"]) == (200, Audience.AGENCIES)
    assert ReleasedTable.objects.get().audience == Audience.AGENCIES


def test_no_cell_of_few_units_is_told(caller, place):
    rows = shown(caller, place, {"rows": ["question.a2_model"], "cols": "type"}).json()["rows"]

    assert any(row["hidden"] for row in rows)
    assert all(row["value"] is None for row in rows if row["hidden"])
    assert all(not row["n"] or row["n"] >= 5 for row in rows)


def test_what_tables_can_be_made_of_is_told(caller, place):
    told = caller.get(place).json()

    assert "type" in {each["code"] for each in told["dimensions"]}
    assert "a4_current" in told["numbers"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_has_not_accepted_the_terms_gets_no_table(method, place):
    caller = program(UserFactory.create())

    answer = caller.send(method, place, CROSS)

    assert (answer.status_code, answer.json()["code"]) == (403, "terms_not_accepted")


def test_nobody_gets_a_table_without_a_token(place):
    assert Program().send("POST", place, CROSS).status_code == 401


def test_of_what_is_not_in_force_no_table_is_told(caller, place, release):
    releases.withdraw(release, reason="Sai.", actor=person(release.round), at=AT)

    assert caller.send("POST", place, CROSS).status_code == 403


@pytest.mark.parametrize(
    ("wish", "pointer"),
    [
        ({"rows": ["colour"]}, "/rows"),
        ({"rows": ["type"], "cols": "type"}, "/rows"),
        ({"rows": ["type"], "measure": "mean"}, "/of"),
        ({"rows": ["type"], "filters": [{"dimension": "type", "values": ["moon"]}]}, "/filters"),
        ({"rows": ["type"], "colour": "red"}, "/colour"),
        ({}, "/rows"),
    ],
)
def test_what_cannot_be_followed_is_told_with_its_place(wish, pointer, caller, place):
    answer = caller.send("POST", place, wish)

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


def test_a_table_that_was_shown_is_taken_along_as_a_file(caller, place, release):
    told = shown(caller, place, CROSS).json()

    asked = caller.send("POST", EXPORTS, file_wish(release, table=CROSS))
    run_pending()
    file = caller.get(caller.get(asked["Location"]).json()["file"])

    assert asked.status_code == 202
    assert [row["value"] for row in told["rows"]] == [
        row["value"] for row in read_json(file)["rows"]
    ]


def read_json(file):
    return json.loads(b"".join(file))


def test_a_file_of_a_table_that_was_not_shown_is_not_made(caller, release):
    answer = caller.send("POST", EXPORTS, file_wish(release, table=CROSS))

    assert (answer.status_code, answer.json()["code"]) == (409, "table_not_shown")
    assert Export.objects.count() == 0


def test_a_file_of_a_table_says_of_which(caller, release):
    answer = caller.send("POST", EXPORTS, file_wish(release))

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == ["/options/table"]


@pytest.mark.parametrize("name", ["data_set_codebook", "data_set_frequencies", "table"])
def test_who_has_not_accepted_the_terms_gets_no_file_of_a_data_set(name, release):
    caller = program(UserFactory.create())

    answer = caller.send("POST", EXPORTS, file_wish(release) | {"name": name})

    assert (answer.status_code, answer.json()["code"]) == (403, "terms_not_accepted")
