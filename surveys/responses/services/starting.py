"""Starting a response: one shared draft for an assignment, whoever comes first."""

from datetime import datetime

from django.db import transaction

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns import services as campaigns
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Assignment
from surveys.organisations.models import User
from surveys.responses.enums import Step
from surveys.responses.models import Response
from surveys.responses.queries import starting_answers, state_of
from surveys.responses.services.drafts import round_closed
from surveys.responses.workflow import next_status


@transaction.atomic
def start(assignment: Assignment, *, actor: User | None, at: datetime) -> Response:
    """The assignment's one draft, made with its defaults if there is none yet.

    Two people who start at the same time get the same draft. Raises RoundClosedForEditing when
    there is none and the deadline has passed or the round is closed.
    """
    locked = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("round", "agency", "version")
        .defer("version__definition")
        .get(pk=assignment.pk)
    )
    existing = Response.objects.filter(assignment=locked).first()
    if existing is not None:
        return existing
    if campaigns.hold_round(locked).status != RoundStatus.OPEN or at >= locked.ends_at:
        raise round_closed(locked)
    status = next_status(locked.status, Step.START)
    response = Response.objects.create(
        assignment=locked,
        version=locked.version,
        answers=starting_answers(locked, at=at),
        started_at=at,
        started_by=actor,
    )
    campaigns.move(locked, status, at=at)
    progress = state_of(response, at=at).progress()
    campaigns.record_progress(locked, answered=progress.answered, total=progress.total, at=at)
    data = {"assignment": locked.pk, "round": locked.round_id, "agency": locked.agency_id}
    audit.record(Event.RESPONSE_STARTED, response, actor=actor, at=at, data=data)
    assignment.refresh_from_db(fields=["status", "answered", "total", "last_activity"])
    return response
