"""Inviting the agencies of a round by mail."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.enums import CampaignStatus, Disposition, MailKind, RoundStatus
from surveys.campaigns.models import Assignment, Round
from surveys.campaigns.queries.counts import DONE
from surveys.campaigns.queries.recipients import recipients
from surveys.campaigns.services.locking import lock_campaign
from surveys.campaigns.services.writing import Letter, Writer, about, within
from surveys.mailing.models import OutgoingMail
from surveys.mailing.services import queue
from surveys.organisations.enums import MembershipRole
from surveys.organisations.models import User

STEP: Final = "invitation"


@transaction.atomic
def invite(round_: Round, *, actor: User | None, at: datetime) -> int:
    """Queue the invitation of every agency of the open round that has none yet; how many mails.

    Asked again, it invites those added since. A round that is not open any more invites nobody.
    """
    locked = lock(round_)
    if locked.status != RoundStatus.OPEN:
        return 0
    invited = set(
        OutgoingMail.objects.within(within(locked))
        .filter(step=STEP)
        .values_list("about", flat=True)
    )
    waiting = [each for each in asked(locked) if about(each.pk) not in invited]
    people = recipients([each.agency for each in waiting], MembershipRole.COORDINATOR)
    letters = [Letter(each, STEP, MailKind.INVITATION, people[each.agency_id]) for each in waiting]
    number = queue(Writer(locked, at=at).letters(letters), at=at)
    if number:
        data = {"agencies": len(letters), "mails": number}
        audit.record(Event.ROUND_INVITED, locked, actor=actor, at=at, data=data)
    return number


def rounds_to_invite(*, until: datetime) -> list[Round]:
    """Open rounds with an agency that was asked by ``until``, is still expected and has no invitation.

    One query. Rounds of campaigns that are paused are left out.
    """
    invited = OutgoingMail.objects.filter(about=OuterRef("about"), step=STEP)
    forgotten = (
        Assignment.objects.filter(
            round__status=RoundStatus.OPEN, disposition=Disposition.ASKED, asked_at__lte=until
        )
        .exclude(status__in=DONE)
        .exclude(round__campaign__status=CampaignStatus.PAUSED)
        .annotate(about=Concat(Value(about("")), Cast("pk", CharField())))
        .filter(~Exists(invited))
    )
    rounds = Round.objects.filter(pk__in=forgotten.values("round")).order_by("pk")
    return list(rounds.select_related("campaign").defer("version"))


def lock(round_: Round) -> Round:
    """The round as it stands now, its campaign held against other runs until the transaction ends.

    The round itself is not held: who hands something in meanwhile need not wait for the mails.
    """
    lock_campaign(round_.campaign)
    found = Round.objects.select_related("campaign__owner", "campaign__manager")
    return found.get(pk=round_.pk)


def asked(round_: Round) -> list[Assignment]:
    """The assignments of the round that are still expected and not submitted, with what mails say.

    One query.
    """
    rows = (
        Assignment.objects.filter(round=round_, disposition=Disposition.ASKED)
        .exclude(status__in=DONE)
        .select_related("agency__parent")
        .order_by("pk")
    )
    found = list(rows)
    for each in found:
        each.round = round_
    return found
