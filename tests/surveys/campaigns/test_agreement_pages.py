"""The pages on which more time is asked for and given."""

import pytest
from django.urls import reverse

from surveys.background.runner import run_pending
from surveys.campaigns.enums import AssignmentStatus, Disposition, RoundStatus
from surveys.models import Extension, Notice, Refusal
from surveys.organisations.enums import DepartmentRoleName, MembershipRole
from tests.factories import AgencyFactory, department_person, member
from tests.surveys.campaigns.factories import AssignmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment():
    return AssignmentFactory.create(
        round__status=RoundStatus.OPEN, round__closes_at="2099-11-30T17:00:00Z"
    )


@pytest.fixture
def coordinator(assignment, client):
    client.force_login(member(assignment.agency, MembershipRole.COORDINATOR))
    return client


def as_role(client, assignment, role):
    client.force_login(department_person(role, owner=assignment.round.campaign.owner))
    return client


WISH = {"until": "10/12/2099", "reason": "Bão số 12", "document_number": "45/UBND"}


def test_a_coordinator_asks_and_the_designer_is_told_and_grants(assignment, client, coordinator):
    asked = coordinator.post(reverse("extension_ask", args=[assignment.pk]), WISH)
    designer = as_role(client, assignment, DepartmentRoleName.DESIGNER)
    run_pending()
    page = designer.get(reverse("round_agreements", args=[assignment.round.code]))
    wish = Extension.objects.get()

    designer.post(
        reverse("extension_decide", args=[wish.pk]), {"decision": "grant", "until": "5/12/2099"}
    )
    run_pending()

    wish.refresh_from_db()
    assert asked.url == reverse("assignment_detail", args=[assignment.pk])
    assert "Bão số 12" in page.content.decode()
    assert (wish.status, str(wish.until)) == ("granted", "2099-12-05")
    assert sorted(Notice.objects.values_list("kind", flat=True)) == [
        "extension_asked",
        "extension_granted",
    ]


def test_a_wish_before_the_deadline_comes_back_with_what_was_typed(assignment, coordinator):
    answer = coordinator.post(
        reverse("extension_ask", args=[assignment.pk]), WISH | {"until": "1/11/2099"}
    )

    assert answer.status_code == 422
    assert "Bão số 12" in answer.content.decode()
    assert not Extension.objects.exists()


@pytest.mark.parametrize(("name", "status"), [("extension_ask", 403), ("assignment_detail", 200)])
def test_a_contributor_sees_but_does_not_ask(assignment, client, name, status):
    client.force_login(member(assignment.agency, MembershipRole.CONTRIBUTOR))

    assert client.get(reverse(name, args=[assignment.pk])).status_code == status


def test_a_stranger_finds_no_wish(assignment, client, coordinator):
    coordinator.post(reverse("extension_ask", args=[assignment.pk]), WISH)
    wish = Extension.objects.get()
    client.force_login(department_person(DepartmentRoleName.DESIGNER, owner=AgencyFactory()))

    answer = client.post(
        reverse("extension_decide", args=[wish.pk]), {"decision": "grant", "until": "5/12/2099"}
    )

    assert answer.status_code == 404


def test_all_late_agencies_get_more_time_at_once(assignment, client):
    late = AssignmentFactory.create(round=assignment.round, due_at="2020-01-01T00:00:00Z")
    done = AssignmentFactory.create(
        round=assignment.round, due_at="2020-01-01T00:00:00Z", status=AssignmentStatus.SUBMITTED
    )
    designer = as_role(client, assignment, DepartmentRoleName.DESIGNER)
    address = reverse("round_extend", args=[assignment.round.code]) + "?late=1"

    designer.post(address, {"until": "10/12/2099", "reason": "Mưa lũ"})

    assert list(Extension.objects.values_list("assignment", flat=True)) == [late.pk]
    assert done.extensions.count() == 0


def test_a_refusal_is_noted_with_its_reason(assignment, client):
    designer = as_role(client, assignment, DepartmentRoleName.DESIGNER)

    designer.post(
        reverse("round_refusal", args=[assignment.round.code, assignment.pk]),
        {"reason": "Không có số liệu"},
    )

    assignment.refresh_from_db()
    assert assignment.disposition == Disposition.REFUSED
    assert Refusal.objects.get().reason == "Không có số liệu"


def test_a_researcher_reads_but_does_not_decide(assignment, client):
    researcher = as_role(client, assignment, DepartmentRoleName.RESEARCHER)
    code = assignment.round.code

    assert researcher.get(reverse("round_agreements", args=[code])).status_code == 200
    assert researcher.get(reverse("round_extend", args=[code])).status_code == 403


def test_the_agreements_are_read_in_a_few_queries(
    assignment, client, django_assert_max_num_queries
):
    designer = as_role(client, assignment, DepartmentRoleName.DESIGNER)
    address = reverse("round_agreements", args=[assignment.round.code])
    for _ in range(10):
        other = AssignmentFactory.create(round=assignment.round)
        Extension.objects.create(
            assignment=other,
            status="asked",
            until="2099-12-10",
            reason="Bão",
            asked_at="2026-11-20T00:00:00Z",
        )

    with django_assert_max_num_queries(14):
        designer.get(address)
