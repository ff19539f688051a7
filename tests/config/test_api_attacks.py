"""What somebody sends who wants more from the API than is theirs, or wants it to fail."""

import pytest
from django.urls import reverse

from exporters.models import Export
from surveys.models import Campaign, Response
from surveys.organisations.enums import MembershipRole
from tests.factories import AgencyFactory, MembershipFactory, UserFactory, department_person
from tests.surveys.campaigns.factories import NOW, AssignmentFactory
from tests.surveys.machines.factories import Program, program, token_for
from tests.world import build_world

pytestmark = pytest.mark.django_db
HUGE = "9" * 30
LISTS = (
    "units",
    "campaigns",
    "rounds",
    "assignments",
    "publications",
    "index-runs",
    "exports",
)


@pytest.fixture
def world():
    """A person who may do everything."""
    return build_world()


@pytest.fixture
def able(world):
    """Their program."""
    return program(world.person)


def write(caller, world, body, key="attack-0001", query=""):
    """Send edits of the own response."""
    place = reverse("api_response", args=[world.assignment.pk])
    return caller.send("PATCH", place + query, body, **{"Idempotency-Key": key})


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "query",
    ["pk__gte=0", "owner__email__startswith=a", "status__in=a", "format=xml", "_method=DELETE"],
)
def test_no_lookup_is_made_from_what_was_sent(query, name, able):
    answer = able.get(f"/api/v1/{name}/?{query}")

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("cursor", ["a", "a:b:c", "Li4:1vXq:AAAA", ".eJw:1:2", "%F0%9F%98%80"])
def test_no_cursor_is_made_by_hand(cursor, name, able):
    answer = able.get(f"/api/v1/{name}/?cursor={cursor}")

    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (422, "cursor")


@pytest.mark.parametrize(
    "place",
    [
        f"assignments/{HUGE}/",
        f"assignments/{HUGE}/response/",
        f"exports/{HUGE}/",
        f"exports/{HUGE}/file/",
        f"index-runs/{HUGE}/",
        f"publications/a/{HUGE}/",
    ],
)
def test_what_no_key_can_be_is_not_there(place, able):
    assert able.get(f"/api/v1/{place}").status_code == 404


def test_what_is_written_takes_no_parameters(able, world):
    answer = write(able, world, {"edits": []}, query="?force=1")

    assert [each["parameter"] for each in answer.json()["errors"]] == ["force"]


def test_where_nothing_is_there_is_nothing_with_parameters_either(able):
    assert able.send("POST", "/api/v2/?force=1", {}).status_code == 404


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity", "9" * 5000])
def test_numbers_that_are_none_are_not_stored(number, able, world):
    body = '{"edits": [{"path": "cau_1", "value": ' + number + "}]}"

    answer = write(able, world, body)

    assert (answer.status_code, Response.objects.get().answers) == (400, {})


@pytest.mark.parametrize(
    "edit",
    [
        {"path": "_id", "value": "1"},
        {"path": "__class__", "value": "1"},
        {"path": "cau_1/../cau_2", "value": "1"},
        {"path": "/" * 200, "value": "1"},
        {"path": "@x/cau_1", "value": "1"},
        {"path": "cau_1", "missing": "NONE", "reason": "x"},
        {"path": "cau_1", "value": "1", "seen": {"value": {"a": [{"b": {}}]}}},
        {"path": "cau_1", "value": "1", "seen": {"typed": "x"}},
        {"path": "cau_1", "reason": "x" * 100_000},
        {"path": "cau_1", "explanation": "x" * 100_000, "expected": "0001-01-01"},
    ],
)
def test_an_edit_that_means_nothing_stores_nothing(edit, able, world):
    answer = write(able, world, {"edits": [edit]})

    assert answer.status_code in {404, 409, 422}
    assert Response.objects.get().answers == {}


@pytest.mark.parametrize("value", [["a"] * 500, 10**4000, "=1+1", "\uff11\uff12"])
def test_what_cannot_be_read_is_no_answer(value, able, world):
    told = write(able, world, {"edits": [{"path": "cau_1", "value": value}]}).json()

    response = Response.objects.get()
    assert (response.answers, list(response.typed)) == ({}, ["cau_1"])
    assert "cau_1" in {each["path"] for each in told["findings"]}


def test_another_agency_s_response_cannot_be_told_from_none(world):
    stranger = UserFactory.create()
    MembershipFactory.create(user=stranger, role=MembershipRole.COORDINATOR)
    caller = program(stranger)

    there = write(caller, world, {"edits": []})
    nowhere = caller.send(
        "PATCH", "/api/v1/assignments/999999/response/", {}, **{"Idempotency-Key": "attack-0002"}
    )

    assert (there.status_code, there.json()) == (404, nowhere.json())


def test_a_program_for_one_agency_finds_no_files_of_the_others(world):
    agency = AgencyFactory.create()
    MembershipFactory.create(user=world.person, agency=agency, role=MembershipRole.COORDINATOR)
    narrow = program(world.person, agency=agency)
    place = reverse("api_export", args=[Export.objects.get().pk])

    assert narrow.get("/api/v1/exports/").json()["items"] == []
    assert narrow.get(place).status_code == 404
    assert program(world.person).get(place).status_code == 200


def test_a_secret_is_read_from_the_header_only(world):
    _token, secret = token_for(world.person)

    assert Program().get(f"/api/v1/units/?access_token={secret}").status_code == 401
    assert Program().get("/api/v1/units/", Cookie=f"token={secret}").status_code == 401
    assert Program().get("/api/v1/units/", Authorization=f"Token {secret}").status_code == 401


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PUT", "DELETE"])
def test_a_method_that_is_not_there_does_nothing(method, able):
    assert able.send(method, "/api/v1/units/", "").status_code == 405


@pytest.mark.parametrize("name", LISTS)
def test_the_head_of_a_list_is_that_of_its_content(name, able):
    head = able.send("HEAD", f"/api/v1/{name}/", "")

    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == able.get(f"/api/v1/{name}/")["ETag"]


def test_of_a_confidential_round_no_single_answer_is_told_to_the_department(world):
    Campaign.objects.update(anonymity="confidential")
    round_ = world.assignment.round
    caller = program(department_person("administrator", owner=round_.campaign.owner))
    raw = {"name": "raw", "format": "csv", "round": round_.code}

    assert caller.get(f"/api/v1/rounds/{round_.code}/answers/").status_code == 403
    assert caller.send("POST", "/api/v1/exports/", raw).status_code == 403
    table = caller.get(f"/api/v1/rounds/{round_.code}/table/?q=cau_1")
    assert (table.status_code, table.json()["code"]) == (409, "withheld")


def test_a_draft_is_nobody_s_but_its_agency_s(world):
    owner = world.assignment.round.campaign.owner
    follower = program(department_person("administrator", owner=owner))
    other = AssignmentFactory.create(round=world.assignment.round)

    assert follower.get(f"/api/v1/assignments/{other.pk}/response/").status_code == 404


def test_a_file_comes_in_its_type_whatever_is_accepted(able):
    Export.objects.update(finished_at=NOW, expires_at=NOW)
    place = reverse("api_export_file", args=[Export.objects.get().pk])

    assert able.get(place, Accept="text/csv").json()["code"] == "export_not_ready"
