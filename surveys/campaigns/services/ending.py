"""The end of a round: closed, cancelled, or opened once more."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.deadlines import last_day
from surveys.campaigns.enums import AssignmentStatus, RoundStatus
from surveys.campaigns.models import Assignment, Round
from surveys.campaigns.queries.counts import DONE
from surveys.campaigns.services.locking import lock_assignments_and_round, lock_round
from surveys.campaigns.services.standing import topic
from surveys.campaigns.workflow import RoundStep, next_status
from surveys.common.errors import DomainError
from surveys.live import services as live
from surveys.organisations.models import User

LONGEST_REASON: Final = 500


class RoundReasonMissing(DomainError):
    """Whoever departs from what was announced says why."""

    code = "round_reason_missing"
    message = _("Write why; the reason stands in the log of the round.")
    status = 422


class RoundReasonUnfit(DomainError):
    """A reason is a text of limited length."""

    code = "round_reason_unfit"
    message = _("Write the reason in at most 500 characters, without invisible ones.")
    status = 422


class DeadlineNotAhead(DomainError):
    """A new deadline lies ahead."""

    code = "deadline_not_ahead"
    message = _("The new deadline must lie in the future.")
    status = 422


class RoundPublished(DomainError):
    """What was published stays as it is."""

    code = "round_published"
    message = _(
        "The results of this round are published, so its answers stand still. A mistake is put right "
        "by a corrected publication."
    )


def refuse_published(round_: Round) -> None:
    """Raise RoundPublished where answers of the round are published; under its lock only."""
    published = Assignment.objects.filter(round=round_, status=AssignmentStatus.PUBLISHED)
    if published.exists():
        raise RoundPublished


@transaction.atomic
def close_round(round_: Round, *, actor: User | None, at: datetime, reason: str = "") -> None:
    """End the round; nothing is answered in it any more.

    ``closed_at`` is ``at``, or the moment of the last answer that came in while this waited. Before
    the end of the round's grace a reason is needed. Raises RoundNotOpen, RoundAlreadyClosed,
    RoundCancelled, RoundReasonMissing or RoundReasonUnfit.
    """
    locked = lock_round(round_)
    status = next_status(RoundStatus(locked.status), RoundStep.CLOSE)
    said = reason_given(reason) if at < locked.ends_at or reason.strip() else ""
    asked = Assignment.objects.expected().filter(round=locked)
    submitted = asked.filter(status__in=DONE)
    last = submitted.aggregate(last=Max("submitted_at"))["last"]
    change(round_, status=status, closed_at=max(at, last or at), reason=said)
    data = {
        "code": locked.code,
        "reason": said,
        "agencies": asked.count(),
        "submitted": submitted.count(),
    }
    audit.record(Event.ROUND_CLOSED, round_, actor=actor, at=at, data=data)
    live.publish(topic(round_.pk), ["status"], at=at)


@transaction.atomic
def cancel_round(round_: Round, *, actor: User | None, at: datetime, reason: str) -> None:
    """Give the round up; answers that came in stay, but nothing more is taken in.

    A planned round that followed it follows the one before it. Raises RoundReasonMissing,
    RoundAlreadyClosed or RoundCancelled.
    """
    locked = lock_round(round_)
    before = RoundStatus(locked.status)
    status = next_status(before, RoundStep.CANCEL)
    said = reason_given(reason)
    change(round_, status=status, closed_at=at, reason=said)
    round_.followers.filter(status=RoundStatus.PLANNED).update(previous=locked.previous_id)
    data = {
        "code": locked.code,
        "reason": said,
        "was": before.value,
        "agencies": Assignment.objects.expected().filter(round=locked).count(),
    }
    audit.record(Event.ROUND_CANCELLED, round_, actor=actor, at=at, data=data)
    live.publish(topic(round_.pk), ["status"], at=at)


@transaction.atomic
def reopen_round(
    round_: Round, *, closes_at: datetime, actor: User | None, at: datetime, reason: str
) -> int:
    """Take answers in again until ``closes_at``; how many agencies have that deadline now.

    What was signed stays signed and keeps its days. Agencies that owe an answer and have no later
    deadline get the new one. Raises RoundReasonMissing, DeadlineNotAhead, RoundStillRunning,
    RoundCancelled or RoundPublished.
    """
    locked = lock_assignments_and_round(round_)
    status = next_status(RoundStatus(locked.status), RoundStep.REOPEN)
    refuse_published(locked)
    said = reason_given(reason)
    if closes_at <= at:
        raise DeadlineNotAhead
    change(round_, status=status, closed_at=None, closes_at=closes_at, reason=said)
    waiting = Assignment.objects.filter(round=locked).exclude(status__in=DONE)
    number = waiting.filter(due_at__lt=closes_at).update(due_at=closes_at)
    data = {
        "code": locked.code,
        "reason": said,
        "from": last_day(locked.closes_at),
        "to": last_day(closes_at),
        "agencies": number,
    }
    audit.record(Event.ROUND_REOPENED, round_, actor=actor, at=at, data=data)
    live.publish(topic(round_.pk), ["status", "deadline"], at=at)
    return number


def reason_given(reason: str) -> str:
    """The reason without its margins; raises RoundReasonMissing or RoundReasonUnfit."""
    said = reason.strip()
    if not said:
        raise RoundReasonMissing
    if len(said) > LONGEST_REASON or "\0" in said:
        raise RoundReasonUnfit
    return said


def change(round_: Round, **fields: Any) -> None:
    """Write these fields of the round, and of the object at hand; under its lock only."""
    for name, value in fields.items():
        setattr(round_, name, value)
    round_.save(update_fields=list(fields))
