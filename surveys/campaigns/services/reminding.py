"""Reminding the agencies of open rounds by their plan, or now by hand."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.deadlines import last_day, local_day
from surveys.campaigns.enums import CampaignStatus, Disposition, MailKind, RoundStatus
from surveys.campaigns.models import Assignment, Round
from surveys.campaigns.queries.counts import DONE
from surveys.campaigns.queries.recipients import Recipients, recipients
from surveys.campaigns.reminding import Addressee, ReminderStep, due_steps, kind_of, reminders_of
from surveys.campaigns.services.inviting import asked, lock
from surveys.campaigns.services.writing import Letter, Writer, about, about_superior, within
from surveys.common.errors import DomainError
from surveys.mailing.enums import MailStatus
from surveys.mailing.models import OutgoingMail
from surveys.mailing.services import NewMail, queue, withdraw
from surveys.organisations.enums import MembershipRole
from surveys.organisations.models import Agency, User

ROLE_OF: Final = {
    Addressee.COORDINATOR: MembershipRole.COORDINATOR,
    Addressee.SIGNATORY: MembershipRole.SIGNATORY,
    Addressee.SUPERIOR: MembershipRole.COORDINATOR,
}
BY_HAND: Final = "remind-now"
Due = list[tuple[Assignment, ReminderStep]]


class RoundNotReminded(DomainError):
    """Nobody is reminded of a round in which nothing can be answered."""

    code = "round_not_reminded"
    message = _("The round is not open, so nobody is reminded.")


class NobodyLate(DomainError):
    """There is nobody to remind, or all were reminded today."""

    code = "nobody_late"
    message = _("No agency is late, or all were reminded today already.")


def send_due_reminders(*, at: datetime) -> int:
    """Queue what the plans of all open rounds say is due; how many mails.

    Each round is a transaction of its own. Run again or at the same time, nothing is queued twice.
    Campaigns that are paused remind nobody.
    """
    rounds = Round.objects.filter(status=RoundStatus.OPEN).exclude(
        campaign__status=CampaignStatus.PAUSED
    )
    return sum(remind(round_, actor=None, at=at) for round_ in rounds.order_by("pk"))


@transaction.atomic
def remind(round_: Round, *, actor: User | None, at: datetime) -> int:
    """Queue the reminders of one round that are due at the time; how many mails.

    Only the latest day of the plan that has come counts, for each agency by its own deadline. What
    still waits to be sent to agencies that have submitted or are not asked any more is withdrawn.
    """
    locked = lock(round_)
    if locked.status != RoundStatus.OPEN:
        return 0
    withdraw_settled(locked, at=at)
    plan = reminders_of(locked.campaign.reminders)
    sent = _Sent(locked)
    expected = asked(locked)
    due = _due(expected, plan, today=local_day(at))
    writer = Writer(locked, at=at)
    own = [(each, step) for each, step in due if step.to is not Addressee.SUPERIOR]
    waiting = _superiors_waiting(due, locked, sent)
    mails = [
        *writer.letters(list(_letters(own, sent))),
        *_to_superiors(waiting, [each for each in expected if each.due_at <= at], writer, at=at),
    ]
    number = queue(mails, at=at)
    if number:
        steps = sorted({mail.step.split("/")[0] for mail in mails})
        data = {"mails": number, "steps": steps}
        audit.record(Event.REMINDERS_QUEUED, locked, actor=actor, at=at, data=data)
    return number


@transaction.atomic
def remind_late(round_: Round, *, actor: User | None, at: datetime) -> int:
    """Remind the coordinators of every late agency now; how many agencies.

    An agency gets one such mail a day at most. Raises RoundNotReminded or NobodyLate.
    """
    locked = lock(round_)
    if locked.status != RoundStatus.OPEN:
        raise RoundNotReminded
    step = step_of_now(at)
    wanted = late_to_remind(locked, at=at)
    if not wanted:
        raise NobodyLate
    people = recipients([each.agency for each in wanted], MembershipRole.COORDINATOR)
    letters = [Letter(each, step, MailKind.LATE, people[each.agency_id]) for each in wanted]
    number = queue(Writer(locked, at=at).letters(letters), at=at)
    data = {"agencies": len(wanted), "mails": number, "steps": [step]}
    audit.record(Event.REMINDERS_QUEUED, locked, actor=actor, at=at, data=data)
    return len(wanted)


def late_to_remind(round_: Round, *, at: datetime) -> list[Assignment]:
    """Whom ``remind_late`` would remind at the time: the late ones not reminded by hand today."""
    done = set(
        OutgoingMail.objects.within(within(round_))
        .filter(step=step_of_now(at))
        .values_list("about", flat=True)
    )
    return [each for each in asked(round_) if each.due_at <= at and about(each.pk) not in done]


def step_of_now(at: datetime) -> str:
    """The step of reminding by hand: one for each day."""
    return f"{BY_HAND}@{local_day(at).isoformat()}"


def withdraw_settled(round_: Round, *, at: datetime) -> int:
    """Withdraw the waiting mails of agencies that submitted or are not asked any more."""
    settled = Assignment.objects.filter(round=round_)
    settled = settled.filter(status__in=DONE) | settled.exclude(disposition=Disposition.ASKED)
    waiting = OutgoingMail.objects.within(within(round_)).filter(status=MailStatus.WAITING)
    abouts = set(waiting.values_list("about", flat=True))
    gone = [about(pk) for pk in settled.values_list("pk", flat=True) if about(pk) in abouts]
    return withdraw(abouts=gone, at=at) if gone else 0


class _Sent:
    """What was queued in the round before, by what it is about. One query."""

    def __init__(self, round_: Round) -> None:
        self._days: dict[str, dict[str, date]] = {}
        rows = OutgoingMail.objects.within(within(round_)).values_list(
            "about", "step", "created_at"
        )
        for key, step, created_at in rows:
            self._days.setdefault(key, {})[step] = local_day(created_at)

    def name(self, key: str, step: ReminderStep, due_on: date) -> str:
        """The step's name in the outbox, or nothing where it was queued for this deadline.

        A mail older than the step's day belongs to an earlier deadline: the step counts anew then.
        """
        steps = self._days.get(key, {})
        anew = f"{step.key}@{due_on.isoformat()}"
        if step.key not in steps:
            return step.key
        if anew in steps or steps[step.key] >= step.day(due_on):
            return ""
        return anew

    def last_day(self, key: str) -> date:
        """The last day on which something was queued about it."""
        return max(self._days.get(key, {}).values(), default=date.min)


def _due(assignments: Sequence[Assignment], plan: Sequence[ReminderStep], *, today: date) -> Due:
    return [
        (each, step)
        for each in assignments
        for step in due_steps(
            plan,
            last_day=last_day(each.due_at),
            asked_on=local_day(each.asked_at) if each.asked_at else date.min,
            today=today,
        )
    ]


def _letters(due: Due, sent: _Sent) -> Iterator[Letter]:
    people: Mapping[Addressee, Mapping[int, Recipients]] = {
        to: recipients([each.agency for each, step in due if step.to is to], ROLE_OF[to])
        for to in (Addressee.COORDINATOR, Addressee.SIGNATORY)
    }
    for each, step in due:
        name = sent.name(about(each.pk), step, last_day(each.due_at))
        if name:
            yield Letter(each, name, kind_of(step), people[step.to][each.agency_id])


def _superiors_waiting(due: Due, round_: Round, sent: _Sent) -> dict[Agency, ReminderStep]:
    """The superiors with a unit that reached its step after the last mail to them."""
    waiting: dict[Agency, ReminderStep] = {}
    for each, step in due:
        superior = each.agency.parent
        if step.to is not Addressee.SUPERIOR or superior is None:
            continue
        told = sent.last_day(about_superior(superior.pk, round_))
        if step.day(last_day(each.due_at)) > told:
            waiting[superior] = step
    return waiting


def _to_superiors(
    waiting: Mapping[Agency, ReminderStep], late: list[Assignment], writer: Writer, *, at: datetime
) -> Iterator[NewMail]:
    """One mail for each of the superiors, which names every late unit below it."""
    people = recipients(waiting, ROLE_OF[Addressee.SUPERIOR])
    for superior, step in waiting.items():
        units = [each for each in late if each.agency.parent_id == superior.pk]
        name = f"{step.key}@{local_day(at).isoformat()}"
        yield from writer.to_superior(superior, units, people[superior.pk], name)
