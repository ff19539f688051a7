"""The rounds that a campaign's plan brings about."""

from datetime import date, datetime
from typing import Final

from dateutil.relativedelta import relativedelta
from django.db import transaction

from surveys.campaigns.deadlines import end_of, local_day, start_of
from surveys.campaigns.enums import CampaignStatus, RoundStatus
from surveys.campaigns.models import Campaign, Round, RoundQuerySet
from surveys.campaigns.planning import PlannedRound, planned_rounds
from surveys.campaigns.services.creating import RoundDetails, make_round
from surveys.campaigns.services.locking import lock_campaign
from surveys.campaigns.services.rescheduling import free_code
from surveys.campaigns.workflow import CampaignEnded
from surveys.organisations.models import User

AHEAD: Final = relativedelta(months=12)


@transaction.atomic
def plan_rounds(
    campaign: Campaign, *, actor: User | None, at: datetime, ahead: relativedelta = AHEAD
) -> list[Round]:
    """Make the rounds of the plan that are still missing: those that are not yet over and open
    within ``ahead``. The new ones, in order.

    Done twice it makes nothing more, and a round that was cancelled is not made again; one made by
    hand for the same cut-off counts. Each follows the round before it. Without a plan there is
    nothing to make. Raises CampaignEnded, QuestionnaireNotPublished or RuleInvalid.
    """
    locked = lock_campaign(campaign)
    if locked.status == CampaignStatus.ENDED:
        raise CampaignEnded
    known = set(locked.rounds.values_list("reference_date", flat=True))
    wanted = rounds_wanted(locked, at=at, ahead=ahead)
    missing = [each for each in wanted if each.reference_date not in known]
    made = [_make(locked, each, actor=actor, at=at) for each in missing]
    if made:
        relink(locked)
    return made


def rounds_wanted(
    campaign: Campaign, *, at: datetime, ahead: relativedelta = AHEAD
) -> list[PlannedRound]:
    """What the plan asks for as of now; raises RuleInvalid or PlanImpossible."""
    plan, today = campaign.plan, local_day(at)
    if plan is None:
        return []
    opening_to: date = today + ahead
    return planned_rounds(plan, due_from=today, opening_to=opening_to)


def untouched(campaign: Campaign) -> RoundQuerySet:
    """Rounds that the plan made and that nobody has changed or opened since."""
    rounds: RoundQuerySet = Round.objects.filter(
        campaign=campaign,
        from_plan=True,
        status=RoundStatus.PLANNED,
        reason="",
        version_pinned=False,
    )
    return rounds


def drop_rounds(rounds: list[Round]) -> list[str]:
    """Delete untouched rounds, so that what followed one follows the round before it; their codes.

    For the services of campaigns only: they hold the campaign and record it.
    """
    for round_ in sorted(rounds, key=lambda each: each.reference_date, reverse=True):
        round_.followers.update(previous=round_.previous_id)
        round_.delete()
    return [round_.code for round_ in rounds]


def relink(campaign: Campaign) -> None:
    """Let each planned round of the plan follow the round before it that was not cancelled."""
    before: Round | None = None
    rounds = campaign.rounds.exclude(status=RoundStatus.CANCELLED).defer("targets", "sign_off")
    for round_ in rounds.order_by("reference_date", "pk"):
        previous = before.pk if before else None
        planned = round_.from_plan and round_.status == RoundStatus.PLANNED
        if planned and round_.previous_id != previous:
            Round.objects.filter(pk=round_.pk).update(previous=previous)
        before = round_


def _make(campaign: Campaign, dates: PlannedRound, *, actor: User | None, at: datetime) -> Round:
    details = RoundDetails(
        campaign=campaign,
        code=free_code(campaign.code, dates.period),
        period=dates.period,
        reference_date=dates.reference_date,
        opens_at=start_of(dates.opens_on),
        closes_at=end_of(dates.last_day),
        grace_days=campaign.grace_days,
    )
    return make_round(details, from_plan=True, actor=actor, at=at)
