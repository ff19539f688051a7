"""Where an agency stands in a round."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.deadlines import late_days
from surveys.campaigns.enums import AssignmentStatus
from surveys.campaigns.models import Assignment, Round
from surveys.live import services as live
from surveys.mailing.services import withdraw
from surveys.organisations.models import User
from surveys.questionnaires.models import QuestionnaireVersion


def move(assignment: Assignment, status: AssignmentStatus, *, at: datetime, step: int = 0) -> None:
    """Set where an agency stands; submitting fixes the day and how late it was, and takes back the
    reminders that were not sent yet.

    ``step`` is the place in the sign-off chain that waits then.

    For the services of responses only: they judge the step, hold the transaction and record it.
    """
    assignment.status, assignment.step = status, step
    assignment.last_activity = at
    match status:
        case AssignmentStatus.SUBMITTED:
            assignment.submitted_at = at
            assignment.late_days = late_days(assignment.due_at, at)
            withdraw(abouts=[f"assignment:{assignment.pk}"], at=at)
        case AssignmentStatus.VERIFIED | AssignmentStatus.PUBLISHED:
            pass
        case _:
            assignment.submitted_at = None
            assignment.late_days = 0
    assignment.save(update_fields=["status", "step", "last_activity", "submitted_at", "late_days"])
    live.publish(topic(assignment.round_id), [f"{assignment.pk}/status"], at=at)


def begin(
    assignment: Assignment, status: AssignmentStatus, *, answered: int, total: int, at: datetime
) -> None:
    """Note that an agency has begun, and how far what is known before asked has brought it; for the
    services of responses only.
    """
    assignment.status, assignment.step, assignment.last_activity = status, 0, at
    assignment.answered, assignment.total = answered, total
    fields = ["status", "step", "last_activity", "answered", "total"]
    assignment.save(update_fields=fields)
    paths = [f"{assignment.pk}/status", f"{assignment.pk}/progress"]
    live.publish(topic(assignment.round_id), paths, at=at)


def publish_round(round_: Round, statuses: Collection[AssignmentStatus], *, at: datetime) -> int:
    """Move every agency of the round that stands in one of ``statuses`` to published; how many.

    For the services of responses only: they judge the step, hold the transaction and the locks of
    ``lock_assignments_and_round``, and record it.
    """
    moved = Assignment.objects.filter(round=round_, status__in=statuses)
    number = moved.update(status=AssignmentStatus.PUBLISHED, last_activity=at)
    live.publish(topic(round_.pk), ["status"], at=at)
    return number


def step_on(assignment: Assignment, *, at: datetime) -> None:
    """Let the next step of the sign-off chain wait; for the services of responses only."""
    assignment.step += 1
    assignment.last_activity = at
    assignment.save(update_fields=["step", "last_activity"])
    live.publish(topic(assignment.round_id), [f"{assignment.pk}/status"], at=at)


def record_progress(assignment: Assignment, *, answered: int, total: int, at: datetime) -> None:
    """Note how far an agency has come; for the services of responses only."""
    assignment.answered, assignment.total, assignment.last_activity = answered, total, at
    assignment.save(update_fields=["answered", "total", "last_activity"])
    live.publish(topic(assignment.round_id), [f"{assignment.pk}/progress"], at=at)


@transaction.atomic
def note_seen(assignment: Assignment, *, actor: User, at: datetime) -> bool:
    """Note that somebody of the agency has opened it; whether this was the first time."""
    unseen = Assignment.objects.filter(pk=assignment.pk, seen_at=None)
    if not unseen.update(seen_at=at):
        return False
    assignment.seen_at = at
    data = {"round": assignment.round_id, "agency": assignment.agency_id}
    audit.record(Event.ASSIGNMENT_SEEN, assignment, actor=actor, at=at, data=data)
    live.publish(topic(assignment.round_id), [f"{assignment.pk}/status"], at=at)
    return True


def take_version(assignment: Assignment, version: QuestionnaireVersion) -> None:
    """Let an agency answer another version than the rest; for the services of responses only."""
    assignment.version = version
    assignment.save(update_fields=["version"])


def topic(round_id: int) -> str:
    """The live topic of a round."""
    return f"round:{round_id}"
