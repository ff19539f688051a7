"""Whom a campaign asks, and who is asked later or no longer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.enums import Disposition, RoundStatus
from surveys.campaigns.models import Assignment, Campaign, Round
from surveys.campaigns.queries.counts import DONE
from surveys.campaigns.services.agreeing import AgreementReasonMissing, RoundNotRunning
from surveys.campaigns.services.details import TargetTypesMissing
from surveys.campaigns.services.running import assign
from surveys.campaigns.services.standing import topic
from surveys.campaigns.targets import TargetRule
from surveys.common.errors import DomainError
from surveys.live import services as live
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import Agency, User

MOST_SAMPLED: Final = 1_000_000


class SampleImpossible(DomainError):
    """A sample has at least one agency."""

    code = "sample_impossible"
    message = _("Say how many agencies are drawn: at least one.")
    status = 422


class AgenciesAskedAlready(DomainError):
    """Nobody is asked twice in a round."""

    code = "agencies_asked_already"
    message = _("These agencies are asked in this round already.")


class AgenciesHaveSubmitted(DomainError):
    """Who has answered stays in the round."""

    code = "agencies_have_submitted"

    def __init__(self, agencies: Sequence[str]) -> None:
        text = ngettext(
            "%(agencies)s has submitted and stays in the round.",
            "%(agencies)s have submitted and stay in the round.",
            len(agencies),
        ) % {"agencies": ", ".join(agencies)}
        super().__init__(text, agencies=list(agencies))


@transaction.atomic
def change_targets(campaign: Campaign, rule: TargetRule, *, actor: User, at: datetime) -> None:
    """Ask others from the next opening on; rounds that are open keep whom they ask.

    Raises TargetTypesMissing or SampleImpossible.
    """
    if not (rule.types or rule.also) or not set(rule.types) <= set(AgencyType.values):
        raise TargetTypesMissing(given=rule.types)
    if rule.sample is not None and not 0 < rule.sample.size <= MOST_SAMPLED:
        raise SampleImpossible(size=rule.sample.size)
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    before, locked.targets = locked.targets, rule.as_json()
    locked.save(update_fields=["targets"])
    campaign.targets = locked.targets
    data = {"from": before, "to": locked.targets}
    audit.record(Event.CAMPAIGN_TARGETS_CHANGED, campaign, actor=actor, at=at, data=data)


@transaction.atomic
def add_agencies(
    round_: Round, agencies: Sequence[Agency], *, reason: str, actor: User, at: datetime
) -> list[Assignment]:
    """Ask further agencies in an open round; those that were taken out are asked again.

    Raises RoundNotRunning, AgreementReasonMissing, or AgenciesAskedAlready where all are asked.
    """
    locked, why = _lock(round_), _given(reason)
    wanted = {agency.pk: agency for agency in agencies}
    standing = {
        each.agency_id: each
        for each in locked.assignments.select_for_update(of=("self",)).filter(agency__in=wanted)
    }
    again = [each for each in standing.values() if each.disposition == Disposition.INELIGIBLE]
    new = [agency for pk, agency in wanted.items() if pk not in standing]
    if not again and not new:
        raise AgenciesAskedAlready
    Assignment.objects.filter(pk__in=[each.pk for each in again]).update(
        disposition=Disposition.ASKED
    )
    added = again + assign(locked, new, at=at)
    _record(Event.ROUND_AGENCIES_ADDED, locked, added, why, actor=actor, at=at)
    return added


@transaction.atomic
def remove_agencies(
    round_: Round, agencies: Sequence[Agency], *, reason: str, actor: User, at: datetime
) -> list[Assignment]:
    """Ask agencies of an open round no longer; what they have answered is kept.

    Those that are not asked are passed over. Raises RoundNotRunning, AgreementReasonMissing or
    AgenciesHaveSubmitted.
    """
    locked, why = _lock(round_), _given(reason)
    asked = (
        locked.assignments.select_for_update(of=("self",))
        .select_related("agency")
        .filter(agency__in=[agency.pk for agency in agencies])
        .exclude(disposition=Disposition.INELIGIBLE)
    )
    leaving = list(asked.order_by("pk"))
    if done := [str(each.agency) for each in leaving if each.status in DONE]:
        raise AgenciesHaveSubmitted(done)
    Assignment.objects.filter(pk__in=[each.pk for each in leaving]).update(
        disposition=Disposition.INELIGIBLE
    )
    if leaving:
        _record(Event.ROUND_AGENCIES_REMOVED, locked, leaving, why, actor=actor, at=at)
    return leaving


def _lock(round_: Round) -> Round:
    found = Round.objects.select_for_update(of=("self",)).select_related("campaign", "version")
    locked = found.get(pk=round_.pk)
    if locked.status != RoundStatus.OPEN:
        raise RoundNotRunning
    return locked


def _given(reason: str) -> str:
    if not reason.strip():
        raise AgreementReasonMissing
    return reason.strip()


def _record(
    kind: Event,
    round_: Round,
    assignments: Sequence[Assignment],
    reason: str,
    *,
    actor: User,
    at: datetime,
) -> None:
    data: dict[str, Any] = {
        "reason": reason,
        "assignments": [each.pk for each in assignments],
        "agencies": [each.agency_id for each in assignments],
    }
    audit.record(kind, round_, actor=actor, at=at, data=data)
    live.publish(topic(round_.pk), ["status"], at=at)
