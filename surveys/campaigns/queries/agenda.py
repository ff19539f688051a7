"""What wants a person's attention among the rounds they follow, and what comes next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.campaigns.deadlines import last_day, local_day, start_of
from surveys.campaigns.enums import (
    CampaignStatus,
    Disposition,
    ExtensionStatus,
    RoundStatus,
)
from surveys.campaigns.models import Assignment, Extension, Round
from surveys.campaigns.queries.counts import is_late
from surveys.campaigns.queries.mails import AGAIN
from surveys.campaigns.reminding import reminders_of
from surveys.mailing.models import OutgoingMail
from surveys.organisations.rules import Person

MOST: Final = 6


@dataclass(frozen=True)
class Wanted:
    """What wants attention in a round: so many agencies are late, so many ask for more time, so many
    mails did not arrive, or it could not open when it was to."""

    round: Round
    late: int = 0
    wishes: int = 0
    mails: int = 0
    stuck: bool = False


@dataclass(frozen=True)
class Coming:
    """What happens to a round next, and when: it opens, reminds who has not submitted, or is due."""

    round: Round
    at: datetime
    opens: bool
    reminds: bool = False


def attention(user: Person, *, at: datetime) -> list[Wanted]:
    """Open rounds with late agencies, wishes for more time or mails that did not arrive, and rounds
    that could not open; the nearest deadline first. Five queries."""
    rounds = list(
        Round.objects.followed_by(user)
        .filter(status__in=[RoundStatus.OPEN, RoundStatus.PLANNED])
        .select_related("campaign")
        .defer("version")
        .order_by("closes_at")
    )
    open_ = [each.pk for each in rounds if each.status == RoundStatus.OPEN]
    asked = Assignment.objects.filter(round__in=open_, disposition=Disposition.ASKED)
    late = _numbers(asked.filter(is_late(at)), "round")
    wishes = _numbers(
        Extension.objects.filter(assignment__round__in=open_, status=ExtensionStatus.ASKED),
        "assignment__round",
    )
    mails = _undelivered(open_)
    stuck = _stuck(rounds, at)
    found = [
        Wanted(
            each,
            late.get(each.pk, 0),
            wishes.get(each.pk, 0),
            mails.get(each.pk, 0),
            each.pk in stuck,
        )
        for each in rounds
    ]
    return [each for each in found if each.late or each.wishes or each.mails or each.stuck][:MOST]


def coming(user: Person, *, at: datetime) -> list[Coming]:
    """The next openings, reminders and deadlines, the nearest first; one query.

    Of each open round the next reminder only, by the common deadline.
    """
    planned = Q(status=RoundStatus.PLANNED, opens_at__gt=at)
    open_ = Q(status=RoundStatus.OPEN, closes_at__gt=at)
    rounds = Round.objects.followed_by(user).filter(planned | open_)
    found = [
        Coming(
            each,
            each.opens_at if each.status == RoundStatus.PLANNED else each.closes_at,
            opens=each.status == RoundStatus.PLANNED,
        )
        for each in rounds.select_related("campaign").defer("version").order_by("opens_at")
    ]
    found += [
        Coming(each.round, day, opens=False, reminds=True)
        for each in found
        if not each.opens and (day := _next_reminder(each.round, at))
    ]
    return sorted(found, key=lambda each: each.at)[:MOST]


def _numbers(rows: QuerySet[Any], by: str) -> dict[Any, int]:
    return dict(rows.order_by().values_list(by).annotate(number=Count("pk")))


def _undelivered(rounds: list[int]) -> dict[int, int]:
    """How many mails of each round failed or came back."""
    names = {f"round:{pk}": pk for pk in rounds}
    rows = _numbers(OutgoingMail.objects.filter(within__in=names, status__in=AGAIN), "within")
    return {names[str(name)]: number for name, number in rows.items()}


def _next_reminder(round_: Round, at: datetime) -> datetime | None:
    """The start of the next day on which the plan reminds."""
    last, today = last_day(round_.closes_at), local_day(at)
    days = [step.day(last) for step in reminders_of(round_.campaign.reminders)]
    return start_of(min(ahead)) if (ahead := [day for day in days if day > today]) else None


def _stuck(rounds: list[Round], at: datetime) -> set[int]:
    """Those that the schedule tried to open and could not; until its next turn a due round only waits."""
    due = {
        str(each.pk): each.pk
        for each in rounds
        if each.campaign.status == CampaignStatus.RUNNING
        and each.status == RoundStatus.PLANNED
        and each.opens_at <= at
    }
    told = AuditEvent.objects.filter(
        kind=Event.ROUND_NOT_OPENED, subject_type=Round._meta.label_lower, subject_id__in=due
    )
    return {due[subject] for subject in told.values_list("subject_id", flat=True)}
