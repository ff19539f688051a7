"""Starting a response: one shared draft for an assignment, whoever comes first."""

from datetime import datetime
from typing import Final

from django.db import transaction

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns import services as campaigns
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Assignment
from surveys.engine import Cell, FormState, Origin
from surveys.organisations.models import User
from surveys.responses.enums import Channel, Step
from surveys.responses.models import AnswerChange, Response
from surveys.responses.prefilled.queries import values_for
from surveys.responses.queries import start_of, state_of
from surveys.responses.services.cells import SaveOutcome, cell_json
from surveys.responses.services.drafts import round_closed
from surveys.responses.workflow import next_status

START_EDIT: Final = "start"
"""The edit id of what is filled in before anybody types; browsers make longer ones."""


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
    begun = start_of(locked, at=at)
    response = Response.objects.create(
        assignment=locked,
        version=locked.version,
        answers=begun.answers,
        remarks=begun.remarks,
        started_at=at,
        started_by=actor,
    )
    state = state_of(response, at=at)
    _note_prefilled(response, state, at=at)
    progress = state.progress()
    answered, total = progress.answered, progress.total
    campaigns.begin(locked, status, answered=answered, total=total, at=at)
    data = {"assignment": locked.pk, "round": locked.round_id, "agency": locked.agency_id}
    audit.record(Event.RESPONSE_STARTED, response, actor=actor, at=at, data=data)
    for name in ("status", "answered", "total", "last_activity"):
        setattr(assignment, name, getattr(locked, name))
    return response


def _note_prefilled(response: Response, state: FormState, *, at: datetime) -> None:
    """The history of what stands in the draft before anybody has typed: one save of nobody's."""
    origins = {path: each["origin"] for path, each in response.remarks.items() if "origin" in each}
    if not origins:
        return
    sources = values_for(response.assignment) if Origin.UPLOAD in origins.values() else {}
    changes = [
        [
            path,
            cell_json(Cell()),
            cell_json(state.cell(path))
            | ({"source": sources[path].filename} if origin == Origin.UPLOAD else {}),
        ]
        for path, origin in origins.items()
    ]
    AnswerChange.objects.create(
        response=response,
        edit_id=START_EDIT,
        number=1,
        at=at,
        channel=Channel.PREFILL,
        changes=changes,
        outcome=SaveOutcome(number=1, state=state).as_json(),
    )
    response.edits = 1
    response.save(update_fields=["edits"])
