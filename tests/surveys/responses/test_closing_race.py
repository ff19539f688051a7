"""A round is closed while agencies hand in: who is accepted is inside, who is refused is outside."""

import time

import pytest

from surveys.audit.enums import Event
from surveys.campaigns import services as campaigns
from surveys.campaigns.enums import AssignmentStatus
from surveys.models import Assignment, AuditEvent, ResponseRevision, Round
from surveys.responses import services
from surveys.responses.enums import RevisionKind
from surveys.responses.services import RoundEnded
from tests.surveys.campaigns.factories import NOW, AssignmentFactory
from tests.surveys.responses.factories import draft, finished, open_assignment
from tests.surveys.responses.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)

SUBMISSIONS = 8


@pytest.mark.parametrize("delay", [0, 0.02, 0.06])
def test_closing_parts_the_accepted_from_the_refused(delay):
    first = open_assignment()
    rest = [AssignmentFactory.create(round=first.round) for _ in range(SUBMISSIONS - 1)]
    responses = [finished(draft(each)) for each in (first, *rest)]
    for response in responses:
        services.send_for_signature(response, actor=None, at=NOW)

    def close():
        time.sleep(delay)
        campaigns.close_round(Round.objects.get(), actor=None, at=NOW, reason="Đã đủ")

    def sign(response):
        return lambda: services.sign(response, actor=None, at=NOW)

    *handed_in, closed = at_once(*(sign(each) for each in responses), close)

    accepted = {each.response_id for each in handed_in if isinstance(each, ResponseRevision)}
    refused = [each for each in handed_in if isinstance(each, RoundEnded)]
    submitted = Assignment.objects.filter(status=AssignmentStatus.SUBMITTED)
    signed = ResponseRevision.objects.filter(kind=RevisionKind.SIGNED)
    event = AuditEvent.objects.get(kind=Event.ROUND_CLOSED)
    assert closed is None
    assert len(accepted) + len(refused) == SUBMISSIONS
    assert set(signed.values_list("response", flat=True)) == accepted
    assert set(submitted.values_list("response", flat=True)) == accepted
    assert event.data["submitted"] == len(accepted)


def test_after_the_closing_nothing_is_started_saved_sent_or_signed():
    assignment = open_assignment()
    waiting = AssignmentFactory.create(round=assignment.round)
    response = finished(draft(assignment))
    campaigns.close_round(assignment.round, actor=None, at=NOW, reason="Đã đủ")

    with pytest.raises(services.RoundClosedForEditing):
        services.start(waiting, actor=None, at=NOW)
    with pytest.raises(services.RoundClosedForEditing):
        services.save_cells(response, edit_id="late", edits=[], actor=None, at=NOW)
    with pytest.raises(RoundEnded):
        services.send_for_signature(response, actor=None, at=NOW)
