"""Publications, tables and runs as programs read them."""

import pytest

from analytics.gate.enums import Identity
from analytics.gate.models import DisclosurePolicy
from analytics.models import IndexRunUnit, Release, Tabulation
from surveys.background.runner import run_pending
from surveys.campaigns.enums import Anonymity
from surveys.models import Campaign
from tests.answered import answered_round
from tests.factories import AgencyFactory, department_person, member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.machines.factories import Program, program
from tests.world import build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """A round with a publication of a run."""
    return build_world()


@pytest.fixture
def round_():
    """A round of which four agencies have signed."""
    return answered_round()


def name_bodies(world):
    """The round's policy lets single public bodies be named."""
    DisclosurePolicy.objects.create(
        round=world.release.round, identity=Identity.PUBLISHED, set_at=NOW
    )


def published(world, part=""):
    release = world.release
    return f"/api/v1/publications/{release.round.code}/{release.number}/{part}"


@pytest.mark.parametrize("part", ["", "codebook/"])
def test_what_was_published_is_there_for_everybody(part, world):
    assert Program().get(published(world, part)).json()["round"] == world.release.round.code


def test_a_proposal_is_there_for_nobody(world):
    Release.objects.update(approved_at=None, approved_by=None, status="proposed")
    reader = program(world.person)

    assert reader.get("/api/v1/publications/").json()["items"] == []
    assert reader.get(published(world)).status_code == 404


def test_results_of_protected_bodies_are_not_told_by_name(world):
    assert Program().get(published(world, "results/")).status_code == 404


def test_results_of_public_bodies_are_told_by_name(world):
    name_bodies(world)
    IndexRunUnit.objects.update(score=61.5, rank=1, data={"nodes": {"a": {"score": 1.5}}})

    told = Program().get(published(world, "results/")).json()["items"][0]

    assert (told["score"], told["rank"]) == (61.5, 1)
    assert told["nodes"] == [{"node": "a", "score": 1.5, "rank": None, "level": None}]


def test_results_that_were_withdrawn_are_told_no_more(world):
    name_bodies(world)
    Release.objects.update(status="withdrawn", withdrawn_at=world.release.approved_at)

    assert Program().get(published(world, "results/")).status_code == 404
    assert Program().get(published(world)).json()["status"] == "withdrawn"


def test_a_table_is_computed_by_a_job_and_told_when_it_is_there(round_):
    reader = program(department_person("researcher"))
    variable = _variable(reader, round_)
    place = f"/api/v1/rounds/{round_.code}/table/?q={variable}&by=type"

    first = reader.get(place)
    run_pending()
    second = reader.get(first["Location"])

    assert (first.status_code, first.json()["status"]) == (202, "computing")
    assert int(first["Retry-After"]) > 0
    assert (second.status_code, second.json()["audience"]) == (200, "researchers")
    assert second.json()["asking"]["by"] == ["type"]


def test_a_table_is_that_of_the_readers_audience(round_):
    researcher = program(department_person("researcher"))
    designer = program(department_person("designer"))
    place = f"/api/v1/rounds/{round_.code}/table/?q={_variable(researcher, round_)}"
    for reader in (researcher, designer):
        reader.get(place)
    run_pending()

    audiences = [reader.get(place).json()["audience"] for reader in (researcher, designer)]

    assert audiences == ["researchers", "department"]


def test_a_body_asks_the_same_as_an_address(round_):
    reader = program(department_person("researcher"))
    variable = _variable(reader, round_)
    reader.get(f"/api/v1/rounds/{round_.code}/table/?q={variable}&in=type:province")

    body = {
        "question": variable,
        "filters": [{"dimension": "type", "values": ["province"]}],
    }
    answer = reader.send("POST", f"/api/v1/rounds/{round_.code}/table/", body)

    assert (answer.status_code, Tabulation.objects.filter(job__isnull=False).count()) == (202, 1)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "q"),
        ("q=nothing", "q"),
        ("q=nothing&share=row", "share"),
        ("q=nothing&pk__in=1", "pk__in"),
        ("q=nothing&by=_connector", "by"),
        ("q=nothing&by=a&by=b&by=c", "by"),
        ("q=nothing&in=type__in:province", "in"),
        ("q=nothing&weighted=2", "weighted"),
    ],
)
def test_a_table_that_means_nothing_is_refused_with_the_name_of_the_parameter(
    query, parameter, round_
):
    reader = program(department_person("researcher"))

    answer = reader.get(f"/api/v1/rounds/{round_.code}/table/?{query}")

    told = {each["parameter"].partition("/")[0] for each in answer.json()["errors"]}
    assert (answer.status_code, parameter in told) == (422, True)


def test_of_confidential_answers_nothing_is_told_while_they_come_in(round_):
    Campaign.objects.update(anonymity=Anonymity.CONFIDENTIAL)
    reader = program(department_person("administrator"))

    table = reader.get(f"/api/v1/rounds/{round_.code}/table/?q={_variable(reader, round_)}")
    rows = reader.get(f"/api/v1/rounds/{round_.code}/answers/")

    assert (table.status_code, table.json()["code"]) == (409, "withheld")
    assert rows.status_code == 403


def test_signed_answers_are_told_to_those_who_hold_answers(round_, django_assert_max_num_queries):
    reader = program(department_person("verifier"))

    with django_assert_max_num_queries(8):
        told = reader.get(f"/api/v1/rounds/{round_.code}/answers/").json()["items"]

    assert [item["kind"] for item in told] == ["signed"] * 4
    assert "answers" in told[0]["document"]


def test_researchers_read_no_single_answers(round_):
    reader = program(department_person("researcher"))

    assert reader.get(f"/api/v1/rounds/{round_.code}/answers/").status_code == 403


def test_runs_are_told_to_those_who_follow_the_index(world):
    follower = program(department_person("researcher"))

    assert follower.get("/api/v1/index-runs/").json()["items"][0]["id"] == world.run.pk
    assert follower.get(f"/api/v1/index-runs/{world.run.pk}/").json()["status"] == "waiting"
    assert follower.get(f"/api/v1/index-runs/{world.run.pk}/results/").status_code == 404


@pytest.mark.parametrize("part", ["", "results/"])
def test_strangers_find_no_run(part, world):
    stranger = program(department_person("administrator", owner=AgencyFactory()))

    assert stranger.get(f"/api/v1/index-runs/{world.run.pk}/{part}").status_code == 404


def test_agencies_follow_no_index(world):
    asked = program(member(world.assignment.agency, "coordinator"))

    assert asked.get("/api/v1/index-runs/").status_code == 403


def _variable(reader, round_):
    told = reader.get(f"/api/v1/rounds/{round_.code}/variables/").json()["variables"]
    return next(each["name"] for each in told if each["kind"] == "choice")
