"""Whom a step of a response concerns, and what they are told of it."""

import pytest

from surveys.audit.enums import Event
from surveys.audit.services import record
from surveys.background.runner import run_pending
from surveys.models import Notice, Substitution
from surveys.organisations.enums import MembershipRole
from surveys.responses import services
from tests.factories import UserFactory, member
from tests.surveys.campaigns.factories import NOW, TODAY
from tests.surveys.responses.factories import finished

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """A response and its agency's three people."""
    response = finished()
    agency = response.assignment.agency
    roles = (MembershipRole.COORDINATOR, MembershipRole.CONTRIBUTOR, MembershipRole.SIGNATORY)
    return (response, *(member(agency, role) for role in roles))


def told(kind: str) -> set[int]:
    """Who has a notice of the kind."""
    run_pending()
    return set(Notice.objects.filter(kind=kind).values_list("user", flat=True))


def record_step(event: Event, response, actor, **data: object) -> None:
    """The audit event of a step; what follows from it follows."""
    record(event, response, actor=actor, at=NOW, data=data)


def test_the_signatories_are_told_what_waits_for_them(people):
    response, coordinator, _contributor, signatory = people

    services.send_for_signature(response, actor=coordinator, at=NOW)

    assert told("sent") == {signatory.pk}


def test_who_handed_a_refused_pdf_in_is_told_and_led_to_the_page_that_says_why(people):
    response, _coordinator, _contributor, signatory = people

    record_step(Event.SIGNED_PDF_REFUSED, response, signatory, flaws=["unsigned"])

    assert told("signature_refused") == {signatory.pk}
    assert Notice.objects.get().url == f"/assignments/{response.assignment_id}/sign/"


def test_who_stands_in_for_the_signatory_is_told_what_waits(people):
    response, coordinator, _contributor, signatory = people[:4]
    substitute = UserFactory()
    Substitution.objects.create(
        agency=response.assignment.agency,
        role=MembershipRole.SIGNATORY,
        absent=signatory,
        substitute=substitute,
        from_on=TODAY,
        to_on=TODAY.replace(year=2100),
        document_number="12/QĐ",
        created_at=NOW,
    )

    services.send_for_signature(response, actor=coordinator, at=NOW)

    assert told("sent") == {signatory.pk, substitute.pk}


def test_a_turn_that_is_over_when_the_job_runs_is_not_told(people):
    response, coordinator, _contributor, signatory = people
    services.send_for_signature(response, actor=coordinator, at=NOW)
    services.return_to_draft(response, actor=signatory, at=NOW, reason="Xem lại.")

    assert told("sent") == set()


def test_those_who_wrote_are_told_of_the_signature(people):
    response, coordinator, contributor, signatory = people

    record_step(Event.RESPONSE_SIGNED, response, signatory)

    assert told("signed") == {coordinator.pk, contributor.pk}


def test_who_returns_is_not_told_and_the_others_read_why(people):
    response, coordinator, contributor, signatory = people

    record_step(Event.RESPONSE_RETURNED, response, signatory, reason="Câu 3 chưa khớp.", paths=[])

    assert told("returned") == {coordinator.pk, contributor.pk}
    assert {notice.data["reason"] for notice in Notice.objects.all()} == {"Câu 3 chưa khớp."}


def test_a_moved_draft_is_told_to_those_who_write(people):
    response, coordinator, contributor, _signatory = people

    record_step(Event.RESPONSE_MIGRATED, response, None, **{"from": 1, "to": 2})

    assert told("migrated") == {coordinator.pk, contributor.pk}
    assert {notice.data["version"] for notice in Notice.objects.all()} == {2}


def test_a_return_by_the_service_is_told(people):
    response, coordinator, _contributor, signatory = people
    services.send_for_signature(response, actor=coordinator, at=NOW)

    services.return_to_draft(response, actor=signatory, at=NOW, reason="Xem lại.")

    assert coordinator.pk in told("returned")
