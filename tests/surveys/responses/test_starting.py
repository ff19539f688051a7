"""One shared draft for an assignment."""

from datetime import timedelta

import pytest

from surveys.audit.enums import Event
from surveys.campaigns.enums import AssignmentStatus, RoundStatus
from surveys.models import AuditEvent, Response
from surveys.responses.services import RoundClosedForEditing, send_for_signature, sign, start
from tests.factories import UserFactory
from tests.surveys.campaigns.factories import NOW, AssignmentFactory, RoundFactory
from tests.surveys.responses.factories import draft, finished, open_assignment

pytestmark = pytest.mark.django_db


def test_starting_makes_a_draft_with_what_is_known_of_the_agency():
    response = draft()

    assert response.answers["agency_kind"] == "province"


def test_starting_moves_the_assignment_to_draft():
    assignment = open_assignment()

    start(assignment, actor=None, at=NOW)

    assert assignment.status == AssignmentStatus.DRAFT


def test_starting_twice_gives_the_same_draft():
    assignment = open_assignment()

    first = start(assignment, actor=UserFactory.create(), at=NOW)
    second = start(assignment, actor=UserFactory.create(), at=NOW + timedelta(hours=1))

    assert (first.pk, first.started_by) == (second.pk, second.started_by)


def test_starting_twice_is_recorded_once():
    assignment = open_assignment()

    start(assignment, actor=None, at=NOW)
    start(assignment, actor=None, at=NOW)

    assert AuditEvent.objects.filter(kind=Event.RESPONSE_STARTED).count() == 1


def test_nothing_is_started_after_the_deadline():
    assignment = open_assignment()

    with pytest.raises(RoundClosedForEditing):
        start(assignment, actor=None, at=assignment.due_at)

    assert not Response.objects.exists()


def test_the_refusal_names_the_last_day():
    assignment = open_assignment()

    with pytest.raises(RoundClosedForEditing) as refusal:
        start(assignment, actor=None, at=assignment.due_at)

    assert "30/11/2026" in str(refusal.value)


def test_nothing_is_started_in_a_closed_round():
    assignment = open_assignment()
    assignment.round.status = RoundStatus.CLOSED
    assignment.round.save()

    with pytest.raises(RoundClosedForEditing):
        start(assignment, actor=None, at=NOW)


def test_a_default_may_come_from_the_round_before():
    response = finished()
    send_for_signature(response, actor=None, at=NOW)
    sign(response, actor=None, at=NOW)
    before = response.assignment
    following = RoundFactory.create(
        campaign=before.round.campaign,
        version=before.version,
        previous=before.round,
        status=RoundStatus.OPEN,
    )

    started = draft(AssignmentFactory.create(round=following, agency=before.agency))

    assert started.answers["before"] == "10"
