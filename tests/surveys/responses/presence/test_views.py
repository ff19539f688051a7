"""The heartbeat of the pages of a response."""

import pytest
from django.urls import reverse

from surveys.models import ResponseVisit
from surveys.organisations.enums import DepartmentRoleName, MembershipRole
from tests.factories import department_person, member
from tests.surveys.responses.factories import draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def response():
    return draft()


@pytest.fixture
def beat(response, client):
    def beat(person, **said):
        client.force_login(person)
        address = reverse("response_here", args=[response.assignment_id])
        return client.post(address, {"tab": "a1", "section": "people", "path": "staff", **said})

    return beat


def writer(response):
    return member(response.assignment.agency, MembershipRole.CONTRIBUTOR)


def test_a_heartbeat_is_answered_by_the_others(response, beat):
    linh, me = writer(response), writer(response)
    beat(linh)

    told = beat(me).json()["people"]

    assert [(each["id"], each["section"], each["path"]) for each in told] == [
        (linh.pk, "people", "staff")
    ]


@pytest.mark.parametrize("role", [MembershipRole.SIGNATORY, MembershipRole.REVIEWER])
def test_who_only_reads_is_neither_shown_nor_told(response, beat, role):
    assert beat(member(response.assignment.agency, role)).status_code == 403
    assert not ResponseVisit.objects.exists()


def test_a_verifier_who_reads_is_neither_shown_nor_told(response, beat):
    owner = response.assignment.round.campaign.owner

    assert beat(department_person(DepartmentRoleName.VERIFIER, owner=owner)).status_code == 403


def test_a_stranger_finds_nothing(beat):
    assert beat(writer(draft())).status_code == 404


@pytest.mark.parametrize("said", [{"path": "nothing"}, {"section": "x"}, {"tab": "<b>"}])
def test_what_names_no_place_is_refused(response, beat, said):
    answer = beat(writer(response), **said)

    assert (answer.status_code, answer.json()["code"]) == (400, "place_unknown")


def test_a_page_that_is_left_says_so(response, beat):
    linh = writer(response)
    beat(linh)

    assert beat(linh, gone="1").status_code == 204
    assert not ResponseVisit.objects.exists()


def test_pages_tell_of_themselves_where_one_may_edit(response, client):
    page = reverse("section", args=[response.assignment_id, "people"])
    client.force_login(writer(response))
    assert f'data-response="{response.pk}"' in client.get(page).content.decode()
    client.force_login(member(response.assignment.agency, MembershipRole.SIGNATORY))
    assert "data-presence" not in client.get(page).content.decode()
