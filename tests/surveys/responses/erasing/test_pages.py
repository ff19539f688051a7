"""When personal data go, as the department and the agency read it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from surveys.campaigns.services import close_round
from surveys.models import Campaign, Response, Round
from surveys.organisations.enums import DepartmentRoleName
from surveys.responses.erasing.services import erase_expired
from tests.factories import department_person, member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def response() -> Response:
    """A response of an open round that keeps personal data for a year."""
    response = draft()
    Campaign.objects.update(retention_months=12)
    return response


def set_up(client, response: Response) -> str:
    """The page of the round's settings, for the department."""
    round_ = response.assignment.round
    client.force_login(department_person(DepartmentRoleName.DESIGNER, owner=round_.campaign.owner))
    page: str = client.get(reverse("round_settings", args=[round_.code])).content.decode()
    return page


def test_an_open_round_says_how_long_they_are_kept(client, response):
    assert "12 tháng" in set_up(client, response)


def test_a_closed_round_says_the_day(client, response):
    close_round(Round.objects.get(), actor=None, at=NOW, reason="Đủ")

    assert "xóa ngày 20/11/2027" in set_up(client, response)


def test_afterwards_it_says_when_they_went(client, response):
    close_round(Round.objects.get(), actor=None, at=NOW, reason="Đủ")
    erase_expired(at=NOW + timedelta(days=370))

    assert "đã xóa ngày 25/11/2027" in set_up(client, response)


def test_the_agency_reads_it_on_its_page(client, response):
    close_round(Round.objects.get(), actor=None, at=NOW, reason="Đủ")
    client.force_login(member(response.assignment.agency))

    page = client.get(reverse("assignment_detail", args=[response.assignment_id]))

    assert "xóa ngày 20/11/2027" in page.content.decode()
