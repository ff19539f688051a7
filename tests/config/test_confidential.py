"""Of a confidential campaign, the owner's people see who has submitted and totals: door by door."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from config.permissions import MATRIX
from config.places import PLACES
from exporters.models import Export
from exporters.order import Wish
from exporters.orders.services import AnswersConfidential, fetch, request_export
from surveys.campaigns.enums import Anonymity
from surveys.campaigns.services import change_campaign
from surveys.campaigns.services.conducting import AnonymityPromised
from surveys.common.permissions import Permission
from surveys.live.topics import may_listen
from surveys.models import Assignment, Campaign, Response, Round, StoredFile, User
from surveys.organisations.enums import DepartmentRoleName, MembershipRole
from tests.factories import UserFactory, department_person, member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import draft
from tests.world import FILE

pytestmark = pytest.mark.django_db

DOORS = [
    "assignment_detail",
    "check_answers",
    "response_differences",
    "response_papers",
    "response_return",
]


@pytest.fixture
def response() -> Response:
    """A signed response of a confidential campaign."""
    response = draft()
    Assignment.objects.update(status="submitted", submitted_at=NOW)
    Campaign.objects.update(anonymity=Anonymity.CONFIDENTIAL)
    Round.objects.update(opened_at=NOW)
    return Response.objects.get(pk=response.pk)


@pytest.fixture
def owner_person(response: Response) -> User:
    """Somebody with every role within the owner."""
    return department_person(*DepartmentRoleName, owner=response.assignment.round.campaign.owner)


@pytest.mark.parametrize(
    "permission",
    [Permission.ASSIGNMENT_VIEW, Permission.RESPONSE_VIEW, Permission.RESPONSE_RETURN],
)
def test_no_role_of_the_owner_reads_or_judges_an_answer(response, owner_person, permission):
    assert not MATRIX[permission](owner_person, response)
    assert not MATRIX[permission](owner_person, response.assignment)


def test_the_same_roles_may_where_answers_are_identified(response, owner_person):
    Campaign.objects.update(anonymity=Anonymity.IDENTIFIED)
    response = Response.objects.get()

    assert MATRIX[Permission.RESPONSE_VIEW](owner_person, response)
    assert MATRIX[Permission.RESPONSE_RETURN](owner_person, response)


@pytest.mark.parametrize("name", DOORS)
def test_the_pages_of_a_response_are_not_there_for_the_owner(client, response, owner_person, name):
    client.force_login(owner_person)

    assert client.get(reverse(name, args=[response.assignment_id])).status_code == 404


def test_the_agency_reads_its_own_answers_and_the_promise(client, response):
    client.force_login(member(response.assignment.agency, MembershipRole.COORDINATOR))

    page = client.get(reverse("assignment_detail", args=[response.assignment_id]))

    assert "giữ kín câu trả lời" in page.content.decode()


def test_the_files_of_a_response_are_not_there_for_the_owner(client, response, owner_person):
    StoredFile.objects.create(pk=FILE, response=response, kind="pdf", size=1, uploaded_at=NOW)

    assert not StoredFile.objects.visible_to(owner_person).exists()


def test_the_owner_does_not_hear_when_answers_change(response, owner_person):
    assert not may_listen(owner_person, f"response:{response.pk}")


def test_no_notice_leads_the_owner_to_a_response(response, owner_person):
    assert not PLACES["assignment"](owner_person, response.assignment_id)


def test_the_overview_stays_and_leads_to_no_answers(client, response, owner_person):
    client.force_login(owner_person)

    page = client.get(reverse("round_overview", args=[response.assignment.round.code]))

    assert page.status_code == 200
    assert reverse("assignment_detail", args=[response.assignment_id]) not in page.content.decode()


def test_a_workbook_is_not_asked_for(client, response, owner_person):
    round_ = response.assignment.round
    client.force_login(owner_person)

    assert not MATRIX[Permission.EXPORT_CREATE](owner_person, round_)
    assert client.post(reverse("round_export", args=[round_.code])).status_code == 403


def test_the_service_says_why_there_is_no_workbook(response, owner_person):
    with pytest.raises(AnswersConfidential):
        request_export(
            subject=response.assignment.round,
            wish=Wish(name="round", format="xlsx", language="vi"),
            actor=owner_person,
            at=NOW,
        )


def test_a_workbook_made_before_is_not_handed_out(response, owner_person):
    export = Export.objects.create(
        round=response.assignment.round,
        name="round",
        format="xlsx",
        owner=owner_person,
        requested_at=NOW,
    )

    assert not MATRIX[Permission.EXPORT_DOWNLOAD](owner_person, export)
    with pytest.raises(AnswersConfidential):
        fetch(export, actor=owner_person, at=NOW)


def test_the_command_writes_no_workbook(response, tmp_path):
    with pytest.raises(CommandError, match="giữ kín"):
        call_command(
            "export",
            response.assignment.round.code,
            output=tmp_path / "x.xlsx",
            stdout=StringIO(),
        )


def test_the_promise_of_an_opened_round_is_kept(response):
    campaign = Campaign.objects.get()

    with pytest.raises(AnonymityPromised):
        change_campaign(
            campaign, actor=UserFactory.create(), at=NOW, anonymity=Anonymity.IDENTIFIED
        )
