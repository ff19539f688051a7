"""Making campaigns and rounds."""

from datetime import date, datetime
from typing import Any, NotRequired, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.enums import CampaignStatus
from surveys.campaigns.models import Campaign, Round
from surveys.campaigns.services.details import (
    CampaignDetails,
    columns,
    refuse_details,
    set_variants,
)
from surveys.campaigns.workflow import CampaignEnded
from surveys.common.errors import DomainError
from surveys.organisations.models import User
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import latest_published


class CodeTaken(DomainError):
    """Codes stand in addresses and are given once."""

    code = "code_taken"
    message = _("This code is already in use. Choose another one.")


class QuestionnaireNotPublished(DomainError):
    """Only what is published can be asked."""

    code = "questionnaire_not_published"
    message = _("The questionnaire has no published version yet. Publish it first.")


class VersionOfAnotherQuestionnaire(DomainError):
    """A round asks a version of its campaign's questionnaire."""

    code = "version_of_another_questionnaire"
    message = _("This version belongs to another questionnaire.")


class PreviousRoundOfAnotherCampaign(DomainError):
    """The round before is one of the same campaign."""

    code = "previous_round_of_another_campaign"
    message = _("The previous round belongs to another campaign.")


class RoundClosesBeforeOpening(DomainError):
    """The deadline lies after the opening."""

    code = "round_closes_before_opening"
    message = _("The deadline must not be before the opening day.")


class RoundDetails(TypedDict):
    """What a round is made of; without a version it asks the one in force when it opens."""

    campaign: Campaign
    code: str
    period: str
    reference_date: date
    opens_at: datetime
    closes_at: datetime
    version: NotRequired[QuestionnaireVersion | None]
    previous: NotRequired[Round | None]
    grace_days: NotRequired[int]


@transaction.atomic
def create_campaign(
    *, actor: User | None, at: datetime, **details: Unpack[CampaignDetails]
) -> Campaign:
    """A new campaign, in preparation; its agencies are asked when a round of it is opened.

    Raises CodeTaken, or what ``refuse_details`` raises.
    """
    if Campaign.objects.filter(code=details["code"]).exists():
        raise CodeTaken(given=details["code"])
    owner = details["owner"]
    refuse_details(details, owner=owner, questionnaire=details["questionnaire"])
    wanted = {"manager": actor, **columns(details)}
    campaign = Campaign.objects.create(code=details["code"], owner=owner, created_at=at, **wanted)
    set_variants(campaign, details.get("variants", ()))
    data = {
        "code": campaign.code,
        "targets": campaign.targets,
        "legal_basis": campaign.legal_basis,
    }
    audit.record(Event.CAMPAIGN_CREATED, campaign, actor=actor, at=at, data=data)
    return campaign


@transaction.atomic
def create_round(*, actor: User | None, at: datetime, **details: Unpack[RoundDetails]) -> Round:
    """A planned round of a campaign, made by hand.

    Raises CampaignEnded, CodeTaken, RoundClosesBeforeOpening, QuestionnaireNotPublished,
    VersionOfAnotherQuestionnaire or PreviousRoundOfAnotherCampaign.
    """
    return make_round({**details}, from_plan=False, actor=actor, at=at)


def make_round(
    details: RoundDetails, *, from_plan: bool, actor: User | None, at: datetime, **data: Any
) -> Round:
    """The planned round and its event, with further ``data``; for the services of campaigns only."""
    campaign = details["campaign"]
    if campaign.status == CampaignStatus.ENDED:
        raise CampaignEnded
    if Round.objects.filter(code=details["code"]).exists():
        raise CodeTaken(given=details["code"])
    if details["closes_at"] <= details["opens_at"]:
        raise RoundClosesBeforeOpening
    previous = details.get("previous")
    if previous is not None and previous.campaign_id != campaign.pk:
        raise PreviousRoundOfAnotherCampaign
    given = details.get("version")
    version = version_to_ask(campaign, given)
    round_ = Round.objects.create(
        **{"grace_days": campaign.grace_days, **details, "version": version},
        version_pinned=given is not None,
        from_plan=from_plan,
        targets=campaign.targets,
        sign_off=campaign.sign_off,
        signature=campaign.signature,
        created_at=at,
    )
    said = {"code": round_.code, "period": round_.period, "version": version.number, **data}
    audit.record(Event.ROUND_CREATED, round_, actor=actor, at=at, data=said)
    return round_


def version_to_ask(
    campaign: Campaign, version: QuestionnaireVersion | None
) -> QuestionnaireVersion:
    """The version, else the latest published one.

    Raises QuestionnaireNotPublished or VersionOfAnotherQuestionnaire.
    """
    if version is None:
        version = latest_published(campaign.questionnaire)
    if version is None:
        raise QuestionnaireNotPublished
    if version.questionnaire_id != campaign.questionnaire_id:
        raise VersionOfAnotherQuestionnaire
    if version.status != VersionStatus.PUBLISHED:
        raise QuestionnaireNotPublished
    return version
