"""Other dates for a round, and a new round after the pattern of another."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.codes import round_code
from surveys.campaigns.deadlines import last_day, late_days, local_day
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Assignment, Round
from surveys.campaigns.services.creating import (
    RoundClosesBeforeOpening,
    RoundDetails,
    make_round,
)
from surveys.campaigns.services.ending import DeadlineNotAhead, change, reason_given
from surveys.campaigns.services.locking import lock_assignments_and_round
from surveys.campaigns.services.standing import topic
from surveys.campaigns.workflow import RoundStep, next_status
from surveys.common.errors import DomainError
from surveys.live import services as live
from surveys.organisations.models import User

BATCH = 1000


class OpeningPassed(DomainError):
    """What has been opened was opened on its day."""

    code = "opening_passed"
    message = _("The round is open already, so only its deadline can be postponed.")


class DeadlineNotLater(DomainError):
    """The agencies were told a deadline; it only moves away from them."""

    code = "deadline_not_later"
    message = _("The deadline of an open round is only ever moved to a later day.")
    status = 422


@dataclass(frozen=True, slots=True)
class Dates:
    """When a round opens and when it is due; both as instants, the second one exclusive."""

    opens_at: datetime
    closes_at: datetime


@transaction.atomic
def postpone_round(
    round_: Round, dates: Dates, *, actor: User | None, at: datetime, reason: str
) -> int:
    """Give the round other dates; how many agencies have another deadline now.

    A planned round takes both dates; its cut-off stays, which names its period. Of an open one only
    the deadline moves, to a later day: agencies with an earlier one of their own follow, a later
    one stays, and who has submitted is late only by the new day. Raises RoundReasonMissing,
    RoundAlreadyClosed, RoundCancelled, RoundClosesBeforeOpening, DeadlineNotAhead, OpeningPassed or
    DeadlineNotLater.
    """
    locked = lock_assignments_and_round(round_)
    status = next_status(RoundStatus(locked.status), RoundStep.POSTPONE)
    said = reason_given(reason)
    _refuse_dates(locked, dates, at=at)
    change(round_, opens_at=dates.opens_at, closes_at=dates.closes_at, reason=said)
    number = _follow(round_, dates.closes_at) if status == RoundStatus.OPEN else 0
    data = {
        "code": locked.code,
        "reason": said,
        "from": last_day(locked.closes_at),
        "to": last_day(dates.closes_at),
        "opens_from": local_day(locked.opens_at),
        "opens_to": local_day(dates.opens_at),
        "agencies": number,
    }
    audit.record(Event.ROUND_POSTPONED, round_, actor=actor, at=at, data=data)
    live.publish(topic(round_.pk), ["status", "deadline"], at=at)
    return number


@transaction.atomic
def copy_round(
    round_: Round,
    dates: Dates,
    *,
    period: str,
    reference_date: date,
    actor: User | None,
    at: datetime,
) -> Round:
    """A new planned round of the campaign for another period, following this one.

    It asks what this one asks: its very version where that was chosen by hand. Raises what
    ``create_round`` raises.
    """
    campaign = round_.campaign
    details = RoundDetails(
        campaign=campaign,
        code=free_code(campaign.code, period),
        period=period,
        reference_date=reference_date,
        opens_at=dates.opens_at,
        closes_at=dates.closes_at,
        version=round_.version if round_.version_pinned else None,
        previous=round_ if round_.status != RoundStatus.CANCELLED else round_.previous,
        grace_days=round_.grace_days,
    )
    return make_round(details, from_plan=False, actor=actor, at=at, copied_from=round_.code)


def free_code(campaign: str, period: str) -> str:
    """A code for a round that no other has."""
    number = 1
    while Round.objects.filter(code=round_code(campaign, period, number=number)).exists():
        number += 1
    return round_code(campaign, period, number=number)


def _refuse_dates(locked: Round, dates: Dates, *, at: datetime) -> None:
    if dates.closes_at <= dates.opens_at:
        raise RoundClosesBeforeOpening
    if dates.closes_at <= at:
        raise DeadlineNotAhead
    if locked.status != RoundStatus.OPEN:
        return
    if dates.opens_at != locked.opens_at:
        raise OpeningPassed
    if dates.closes_at <= locked.closes_at:
        raise DeadlineNotLater


def _follow(round_: Round, closes_at: datetime) -> int:
    """Move the deadlines of the round's agencies that are earlier; how many they are."""
    earlier = Assignment.objects.filter(round=round_, due_at__lt=closes_at)
    late = list(earlier.filter(late_days__gt=0).only("submitted_at", "late_days"))
    for each in late:
        each.late_days = late_days(closes_at, each.submitted_at) if each.submitted_at else 0
    Assignment.objects.bulk_update(late, ["late_days"], batch_size=BATCH)
    return earlier.update(due_at=closes_at)
