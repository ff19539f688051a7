"""Units, campaigns and rounds as programs read them."""

import pytest

from tests.factories import AgencyFactory, UserFactory, department_person, member
from tests.surveys.campaigns.factories import AssignmentFactory, CampaignFactory, RoundFactory
from tests.surveys.machines.factories import Program, program

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    """An open round that asks two provinces."""
    found = RoundFactory.create(status="open")
    AssignmentFactory.create_batch(2, round=found)
    return found


@pytest.fixture
def follower(round_):
    """A program of somebody who follows the round."""
    return program(department_person("researcher"))


def keys(answer, name="key"):
    return [item[name] for item in answer.json()["items"]]


def test_units_are_filtered_and_found_without_tone_marks():
    parent = AgencyFactory(name="Tỉnh Lào Cai")
    AgencyFactory(name="Xã Mường Khương", type="commune", parent=parent)

    reader = program()

    assert keys(reader.get("/api/v1/units/?q=muong+khuong")) == keys(
        reader.get(f"/api/v1/units/?parent={parent.key}&type=commune")
    )
    assert len(keys(reader.get("/api/v1/units/"))) == 2


def test_units_are_not_for_nobody():
    assert Program().get("/api/v1/units/").status_code == 401


def test_one_unit_is_told_with_its_parent():
    parent = AgencyFactory()
    unit = AgencyFactory(parent=parent)

    assert program().get(f"/api/v1/units/{unit.key}/").json()["parent"] == parent.key


def test_a_page_of_units_makes_a_bounded_number_of_queries(django_assert_max_num_queries):
    for _number in range(30):
        AgencyFactory(parent=AgencyFactory())
    reader = program()

    with django_assert_max_num_queries(6):
        reader.get("/api/v1/units/?limit=60")


def test_campaigns_are_those_of_ones_owners(follower, round_):
    assert keys(follower.get("/api/v1/campaigns/"), "code") == [round_.campaign.code]
    assert (
        keys(
            program(department_person("researcher", owner=AgencyFactory())).get(
                "/api/v1/campaigns/"
            )
        )
        == []
    )


@pytest.mark.parametrize("place", ["campaigns", "rounds"])
def test_nobody_without_a_part_in_the_department_follows_anything(place, round_):
    assert program(UserFactory()).get(f"/api/v1/{place}/").status_code == 403


def test_rounds_are_filtered(follower, round_):
    RoundFactory.create(status="closed")

    assert keys(follower.get("/api/v1/rounds/?status=open"), "code") == [round_.code]
    found = follower.get(f"/api/v1/rounds/?campaign={round_.campaign.code}")
    assert keys(found, "code") == [round_.code]


def test_one_round_and_one_campaign_are_told(follower, round_):
    told = follower.get(f"/api/v1/rounds/{round_.code}/").json()
    campaign = follower.get(f"/api/v1/campaigns/{round_.campaign.code}/").json()

    assert (told["campaign"], campaign["code"]) == (round_.campaign.code, round_.campaign.code)


@pytest.mark.parametrize("part", ["", "assignments/", "variables/", "table/?q=a", "answers/"])
def test_strangers_find_no_round(part, round_):
    stranger = program(department_person("administrator", owner=AgencyFactory()))

    assert stranger.get(f"/api/v1/rounds/{round_.code}/{part}").status_code == 404


@pytest.mark.parametrize("part", ["", "assignments/", "variables/", "table/?q=a", "answers/"])
def test_who_is_asked_does_not_see_how_the_others_are_getting_on(part, round_):
    asked = program(member(round_.assignments.first().agency, "coordinator"))

    assert asked.get(f"/api/v1/rounds/{round_.code}/{part}").status_code == 403


def test_the_units_of_a_round_are_told_with_their_status(follower, round_):
    place = f"/api/v1/rounds/{round_.code}/assignments/"

    assert keys(follower.get(f"{place}?status=not_started&type=province"), "status") == [
        "not_started",
        "not_started",
    ]
    assert keys(follower.get(f"{place}?status=draft"), "status") == []


def test_the_units_of_a_round_make_a_bounded_number_of_queries(
    follower, round_, django_assert_max_num_queries
):
    AssignmentFactory.create_batch(30, round=round_)

    with django_assert_max_num_queries(9):
        follower.get(f"/api/v1/rounds/{round_.code}/assignments/")


def test_lists_of_rounds_and_campaigns_make_a_bounded_number_of_queries(
    follower, django_assert_max_num_queries
):
    for _number in range(10):
        RoundFactory.create(campaign=CampaignFactory.create())

    with django_assert_max_num_queries(6):
        follower.get("/api/v1/rounds/")
    with django_assert_max_num_queries(6):
        follower.get("/api/v1/campaigns/")
