"""A person decides on what a device had sent and the draft had not taken."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.engine import Cell
from surveys.organisations.models import User
from surveys.responses.devices.lines import LeftLine
from surveys.responses.devices.models import DeviceSubmission
from surveys.responses.devices.refusals import SubmissionSettled
from surveys.responses.enums import Channel
from surveys.responses.services.cells import CellEdit, SaveOutcome
from surveys.responses.services.saving import save_cells


@transaction.atomic
def settle(
    submission: DeviceSubmission, taken: Mapping[int, Cell], *, actor: User, at: datetime
) -> SaveOutcome | None:
    """Take over the chosen lines, by their numbers with the cells as the page had shown them, and leave
    the others as they are; None where nothing was chosen.

    The submission is settled unless a chosen line met another answer, or was refused. Raises
    SubmissionSettled, and what a save raises.
    """
    locked = DeviceSubmission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if locked.settled_at is not None:
        raise SubmissionSettled
    lines = [LeftLine.from_json(line) for line in locked.lines]
    edits = [
        CellEdit(line.path, line.typed, seen=taken[number])
        for number, line in enumerate(lines)
        if number in taken and line.typed is not None
    ]
    outcome = None
    if edits:
        outcome = save_cells(
            locked.response_id,
            edit_id=f"{locked.pk.hex}-{locked.response.edits}"[:40],
            edits=edits,
            actor=actor,
            at=at,
            channel=Channel.OPENROSA,
        )
        if outcome.conflicts or outcome.refused:
            return outcome
    locked.settled_at, locked.settled_by = at, actor
    locked.result = locked.result | {"taken": len(edits)}
    locked.save(update_fields=["settled_at", "settled_by", "result"])
    data = {"submission": str(locked.pk), "taken": len(edits), "left": len(lines) - len(edits)}
    audit.record(Event.SUBMISSION_SETTLED, locked.response, actor=actor, at=at, data=data)
    return outcome
