"""Making campaigns and rounds."""

from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.basis import LegalBasis
from surveys.campaigns.models import Campaign, Round
from surveys.campaigns.targets import TargetRule
from surveys.common.errors import DomainError
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import Agency, User
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.questionnaires.queries import latest_published


class CodeTaken(DomainError):
    """Codes stand in addresses and are given once."""

    code = "code_taken"
    message = _("This code is already in use. Choose another one.")


class LegalBasisMissing(DomainError):
    """Nobody is asked without a legal basis."""

    code = "legal_basis_missing"
    message = _(
        "Say on which legal basis the agencies are asked: number, date, issuer and abstract of the "
        "document."
    )


class TargetTypesMissing(DomainError):
    """A campaign asks at least one type of agency, and only types there are."""

    code = "target_types_missing"
    message = _("Choose at least one type of agency.")


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


class CampaignDetails(TypedDict):
    """What a campaign is made of."""

    code: str
    questionnaire: Questionnaire
    owner: Agency
    title: str
    title_en: NotRequired[str]
    purpose: NotRequired[str]
    basis: LegalBasis
    targets: TargetRule


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


@transaction.atomic
def create_campaign(
    *, actor: User | None, at: datetime, **details: Unpack[CampaignDetails]
) -> Campaign:
    """A new campaign; its agencies are asked when a round of it is opened.

    Raises CodeTaken, LegalBasisMissing or TargetTypesMissing.
    """
    if Campaign.objects.filter(code=details["code"]).exists():
        raise CodeTaken(given=details["code"])
    basis, targets = details["basis"], details["targets"]
    if not basis.is_complete:
        raise LegalBasisMissing
    if not (targets.types or targets.also) or not set(targets.types) <= set(AgencyType.values):
        raise TargetTypesMissing(given=targets.types)
    campaign = Campaign.objects.create(
        code=details["code"],
        questionnaire=details["questionnaire"],
        owner=details["owner"],
        title=details["title"],
        title_en=details.get("title_en", ""),
        purpose=details.get("purpose", ""),
        basis_number=basis.number.strip(),
        basis_on=basis.issued_on,
        basis_issuer=basis.issuer.strip(),
        basis_abstract=basis.abstract.strip(),
        targets=targets.as_json(),
        manager=actor,
        created_at=at,
    )
    data = {
        "code": campaign.code,
        "targets": campaign.targets,
        "legal_basis": campaign.legal_basis,
    }
    audit.record(Event.CAMPAIGN_CREATED, campaign, actor=actor, at=at, data=data)
    return campaign


@transaction.atomic
def create_round(*, actor: User | None, at: datetime, **details: Unpack[RoundDetails]) -> Round:
    """A planned round of a campaign.

    Raises CodeTaken, RoundClosesBeforeOpening, QuestionnaireNotPublished,
    VersionOfAnotherQuestionnaire or PreviousRoundOfAnotherCampaign.
    """
    campaign = details["campaign"]
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
        **{**details, "version": version},
        version_pinned=given is not None,
        grace_days=campaign.grace_days,
        targets=campaign.targets,
        sign_off=campaign.sign_off,
        created_at=at,
    )
    data = {"code": round_.code, "period": round_.period, "version": version.number}
    audit.record(Event.ROUND_CREATED, round_, actor=actor, at=at, data=data)
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
