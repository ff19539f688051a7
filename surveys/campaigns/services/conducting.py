"""A campaign in its course: started, changed, paused, ended."""

from datetime import datetime
from typing import Any, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.deadlines import end_of, start_of
from surveys.campaigns.enums import CampaignStatus
from surveys.campaigns.models import Campaign, Round
from surveys.campaigns.planning import PlannedRound
from surveys.campaigns.services.creating import version_to_ask
from surveys.campaigns.services.details import (
    CampaignChanges,
    columns,
    refuse_details,
    set_variants,
)
from surveys.campaigns.services.locking import lock_campaign
from surveys.campaigns.services.planning import (
    drop_rounds,
    plan_rounds,
    relink,
    rounds_wanted,
    untouched,
)
from surveys.campaigns.workflow import CampaignEnded, CampaignStep, next_campaign_status
from surveys.common.errors import DomainError
from surveys.live import services as live
from surveys.organisations.models import User


class PlanMissing(DomainError):
    """What runs by itself needs to know when."""

    code = "plan_missing"
    message = _("The campaign has no plan yet. Say when data are cut off for the first time.")


class QuestionnaireFixed(DomainError):
    """Rounds of a campaign are compared with each other."""

    code = "questionnaire_fixed"
    message = _(
        "A round of this campaign was opened already, so the questionnaire stays. Publish a new "
        "version of it, or create another campaign."
    )


class AnonymityPromised(DomainError):
    """Agencies answered on the word that nobody of the owner sees their answers."""

    code = "anonymity_promised"
    message = _(
        "A round of this campaign was opened as confidential already, and that promise stays. "
        "Create another campaign."
    )


@transaction.atomic
def change_campaign(
    campaign: Campaign, *, actor: User | None, at: datetime, **changes: Unpack[CampaignChanges]
) -> Campaign:
    """Change what is given; rounds not yet opened follow, opened ones keep what they were opened with.

    A changed plan replaces the planned rounds that nobody has touched; while the campaign runs, the
    missing ones are made at once. Raises CampaignEnded, QuestionnaireFixed,
    AnonymityPromised, QuestionnaireNotPublished, or what ``refuse_details`` raises.
    """
    locked = lock_campaign(campaign)
    if locked.status == CampaignStatus.ENDED:
        raise CampaignEnded
    questionnaire = changes.get("questionnaire", locked.questionnaire)
    if questionnaire.pk != locked.questionnaire_id:
        _refuse_opened(locked)
    refuse_details(changes, owner=locked.owner, questionnaire=questionnaire)
    _refuse_breaking_promise(locked, changes)
    changed = _set(locked, columns(changes))
    if "variants" in changes:
        set_variants(locked, changes["variants"])
    dropped = _adapt_rounds(locked, at=at)
    if locked.status == CampaignStatus.RUNNING:
        plan_rounds(locked, actor=actor, at=at)
    campaign.refresh_from_db()
    data = {"code": locked.code, "changed": changed, "dropped": dropped}
    audit.record(Event.CAMPAIGN_CHANGED, campaign, actor=actor, at=at, data=data)
    live.publish(campaign_topic(campaign.pk), ["details"], at=at)
    return campaign


@transaction.atomic
def start_campaign(campaign: Campaign, *, actor: User | None, at: datetime) -> int:
    """Let the campaign run by itself; how many rounds its plan has brought about.

    Raises CampaignAlreadyRunning, CampaignEnded, PlanMissing, QuestionnaireNotPublished or
    RuleInvalid.
    """
    locked = lock_campaign(campaign)
    status = next_campaign_status(CampaignStatus(locked.status), CampaignStep.START)
    if locked.plan is None:
        raise PlanMissing
    version_to_ask(locked, None)
    _move(locked, status)
    made = plan_rounds(locked, actor=actor, at=at)
    data = {"code": locked.code, "rounds": [round_.code for round_ in made]}
    _tell(Event.CAMPAIGN_STARTED, campaign, data, actor=actor, at=at)
    return len(made)


@transaction.atomic
def pause_campaign(campaign: Campaign, *, actor: User | None, at: datetime) -> None:
    """Open no round by itself until it is started again; open rounds go on.

    Raises CampaignNotRunning or CampaignEnded.
    """
    locked = lock_campaign(campaign)
    _move(locked, next_campaign_status(CampaignStatus(locked.status), CampaignStep.PAUSE))
    _tell(Event.CAMPAIGN_PAUSED, campaign, {"code": locked.code}, actor=actor, at=at)


@transaction.atomic
def end_campaign(campaign: Campaign, *, actor: User | None, at: datetime) -> None:
    """Ask nobody any more: planned rounds that nobody has touched go, open ones run to their end.

    Raises CampaignEnded.
    """
    locked = lock_campaign(campaign)
    _move(locked, next_campaign_status(CampaignStatus(locked.status), CampaignStep.END))
    dropped = drop_rounds(list(untouched(locked)))
    data = {"code": locked.code, "dropped": dropped}
    _tell(Event.CAMPAIGN_ENDED, campaign, data, actor=actor, at=at)


def campaign_topic(campaign_id: int) -> str:
    """The live topic of a campaign."""
    return f"campaign:{campaign_id}"


def _refuse_breaking_promise(campaign: Campaign, changes: CampaignChanges) -> None:
    kept = changes.get("anonymity", campaign.anonymity) == campaign.anonymity
    if campaign.is_confidential and not kept and _was_opened(campaign):
        raise AnonymityPromised


def _was_opened(campaign: Campaign) -> bool:
    return campaign.rounds.filter(opened_at__isnull=False).exists()


def _refuse_opened(campaign: Campaign) -> None:
    if _was_opened(campaign):
        raise QuestionnaireFixed


def _set(campaign: Campaign, wanted: dict[str, Any]) -> list[str]:
    """Write the columns; the names of those that had another value."""
    changed = sorted(name for name, value in wanted.items() if getattr(campaign, name) != value)
    for name in changed:
        setattr(campaign, name, wanted[name])
    campaign.save(update_fields=changed)
    return changed


def _adapt_rounds(campaign: Campaign, *, at: datetime) -> list[str]:
    """Let the untouched planned rounds follow what the campaign says now; the codes of those dropped."""
    rounds = list(untouched(campaign).order_by("reference_date"))
    if not rounds:
        return []
    wanted = {each.reference_date: each for each in rounds_wanted(campaign, at=at)}
    version = version_to_ask(campaign, None)
    stale = []
    for round_ in rounds:
        dates = wanted.get(round_.reference_date)
        if dates is None or dates.period != round_.period:
            stale.append(round_)
            continue
        round_.version, round_.grace_days = version, campaign.grace_days
        round_.targets, round_.sign_off = campaign.targets, campaign.sign_off
        round_.signature = campaign.signature
        _take_dates(round_, dates)
        round_.save()
    dropped = drop_rounds(stale)
    relink(campaign)
    return dropped


def _take_dates(round_: Round, dates: PlannedRound) -> None:
    round_.opens_at, round_.closes_at = start_of(dates.opens_on), end_of(dates.last_day)


def _move(campaign: Campaign, status: CampaignStatus) -> None:
    campaign.status = status
    campaign.save(update_fields=["status"])


def _tell(
    event: Event, campaign: Campaign, data: dict[str, Any], *, actor: User | None, at: datetime
) -> None:
    campaign.refresh_from_db(fields=["status"])
    audit.record(event, campaign, actor=actor, at=at, data=data)
    live.publish(campaign_topic(campaign.pk), ["status"], at=at)
