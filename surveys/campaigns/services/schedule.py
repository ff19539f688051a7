"""What is due by itself: rounds that open, rounds that close.

Each round is done in a transaction of its own and under its lock, so that one that is refused holds
up no other, and two runs at the same time do each thing once.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.campaigns.enums import CampaignStatus, Disposition, RoundStatus
from surveys.campaigns.models import Assignment, Campaign, Round
from surveys.campaigns.queries.counts import DONE
from surveys.campaigns.services.ending import close_round
from surveys.campaigns.services.inviting import invite, rounds_to_invite
from surveys.campaigns.services.locking import lock_round
from surveys.campaigns.services.planning import plan_rounds
from surveys.campaigns.services.running import open_round
from surveys.common.errors import DomainError

PATIENCE: Final = timedelta(minutes=10)
"""How long after a round's opening its job has time to invite."""

UNEXPECTED: Final = _("Something unexpected went wrong; the administrators find it in the log.")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Due:
    """What became of one round (or campaign, when planning it failed) that was due.

    ``refusal`` is the code of what was in the way, ``reason`` its words; empty where it was done.
    """

    code: str
    agencies: int = 0
    refusal: str = ""
    reason: str = ""

    @property
    def is_done(self) -> bool:
        """Whether it was done."""
        return not self.refusal


def open_due_rounds(*, at: datetime) -> list[Due]:
    """Keep the plans of running campaigns filled, then open their rounds whose opening has come.

    What was opened, and what could not be and why: the latter is recorded and told once for each
    reason, and tried again the next time. Agencies of open rounds whose invitation was lost with its
    job are invited.
    """
    running = Campaign.objects.filter(status=CampaignStatus.RUNNING).order_by("pk")
    filled = [_fill(campaign, at=at) for campaign in running]
    due = Round.objects.filter(
        status=RoundStatus.PLANNED, campaign__status=CampaignStatus.RUNNING, opens_at__lte=at
    ).order_by("opens_at", "pk")
    opened = [
        _attempt(round_, _open, at=at) for round_ in due.select_related("campaign").defer("version")
    ]
    invited = [_attempt(round_, _invite, at=at) for round_ in rounds_to_invite(until=at - PATIENCE)]
    return [each for each in filled + opened + invited if each is not None]


def close_due_rounds(*, at: datetime) -> list[Due]:
    """Close the open rounds whose deadline and grace are over, and those of every agency that has a
    later deadline of its own and still owes an answer."""
    due = Round.objects.filter(status=RoundStatus.OPEN, closes_at__lte=at).order_by(
        "closes_at", "pk"
    )
    closed = [
        _attempt(round_, _close, at=at)
        for round_ in due.select_related("campaign").defer("version")
    ]
    return [each for each in closed if each is not None]


def _fill(campaign: Campaign, *, at: datetime) -> Due | None:
    """Make the plan's missing rounds; what was in the way, if anything."""
    try:
        plan_rounds(campaign, actor=None, at=at)
    except DomainError as refusal:
        return _refused(campaign, campaign.code, refusal, at=at)
    except Exception:
        logger.exception("The rounds of campaign %s could not be planned", campaign.code)
        return Due(campaign.code, refusal="unexpected", reason=str(UNEXPECTED))
    return None


def _attempt(round_: Round, act: Callable[..., Due | None], *, at: datetime) -> Due | None:
    """Do it in a transaction; what became of it, or nothing where somebody else did it before."""
    try:
        with transaction.atomic():
            return act(round_, at=at)
    except DomainError as refusal:
        return _refused(round_, round_.code, refusal, at=at)
    except Exception:
        logger.exception("The schedule failed at round %s", round_.code)
        return Due(round_.code, refusal="unexpected", reason=str(UNEXPECTED))


def _open(round_: Round, *, at: datetime) -> Due | None:
    locked = lock_round(round_)
    is_due = locked.status == RoundStatus.PLANNED and locked.opens_at <= at
    if not is_due or locked.campaign.status != CampaignStatus.RUNNING:
        return None
    return Due(locked.code, agencies=open_round(locked, actor=None, at=at))


def _invite(round_: Round, *, at: datetime) -> None:
    invite(round_, actor=None, at=at)


def _close(round_: Round, *, at: datetime) -> Due | None:
    locked = lock_round(round_)
    if locked.status != RoundStatus.OPEN or at < locked.ends_at:
        return None
    owing = Assignment.objects.filter(round=locked, disposition=Disposition.ASKED)
    later = at - timedelta(days=locked.grace_days)
    if owing.exclude(status__in=DONE).filter(due_at__gt=later).exists():
        return None
    close_round(locked, actor=None, at=at)
    return Due(locked.code, agencies=Assignment.objects.expected().filter(round=locked).count())


def _refused(subject: Round | Campaign, code: str, refusal: DomainError, *, at: datetime) -> Due:
    """Record what was in the way, once for each reason; the event tells people."""
    data: Mapping[str, Any] = {"code": code, "refusal": refusal.code, "reason": str(refusal)}
    with transaction.atomic():
        said = AuditEvent.objects.of(subject).filter(kind=Event.ROUND_NOT_OPENED)
        if not said.filter(data__refusal=refusal.code).exists():
            audit.record(Event.ROUND_NOT_OPENED, subject, actor=None, at=at, data=data)
    return Due(code, refusal=refusal.code, reason=str(refusal))
