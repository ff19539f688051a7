"""Campaigns and rounds: everything that changes them or an agency's standing in them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.deadlines import late_days
from surveys.campaigns.enums import AssignmentStatus, RoundStatus
from surveys.campaigns.models import Assignment, Campaign, Round
from surveys.campaigns.queries import agencies_to_ask, questions_at_start
from surveys.campaigns.workflow import RoundStep, next_status
from surveys.common.errors import DomainError
from surveys.live import services as live
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import Agency, User
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.questionnaires.queries import latest_published

BATCH = 1000


class CodeTaken(DomainError):
    """Codes stand in addresses and are given once."""

    code = "code_taken"
    message = _("This code is already in use. Choose another one.")


class LegalBasisMissing(DomainError):
    """Nobody is asked without a legal basis."""

    code = "legal_basis_missing"
    message = _("Say on which legal basis the agencies are asked.")


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


class RoundDeadlinePassed(DomainError):
    """Opening would make everybody late at once."""

    code = "round_deadline_passed"
    message = _("The deadline has passed, so the round cannot be opened.")


class NobodyToAsk(DomainError):
    """A round without a single agency is a mistake."""

    code = "nobody_to_ask"
    message = _("No agency of the chosen types is valid on this day.")


class CampaignDetails(TypedDict):
    """What a campaign is made of."""

    code: str
    questionnaire: Questionnaire
    owner: Agency
    title: str
    title_en: NotRequired[str]
    legal_basis: str
    target_types: Sequence[str]


class RoundDetails(TypedDict):
    """What a round is made of; without a version it asks the latest published one."""

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
    if not details["legal_basis"].strip():
        raise LegalBasisMissing
    types = list(dict.fromkeys(details["target_types"]))
    if not types or not set(types) <= set(AgencyType.values):
        raise TargetTypesMissing(given=types)
    campaign = Campaign.objects.create(**{**details, "target_types": types}, created_at=at)
    data = {"code": campaign.code, "target_types": types, "legal_basis": campaign.legal_basis}
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
    version = _version_to_ask(campaign, details.get("version"))
    round_ = Round.objects.create(**{**details, "version": version}, created_at=at)
    data = {"code": round_.code, "period": round_.period, "version": version.number}
    audit.record(Event.ROUND_CREATED, round_, actor=actor, at=at, data=data)
    return round_


@transaction.atomic
def open_round(round_: Round, *, actor: User | None, at: datetime) -> int:
    """Ask every agency of the campaign's types that is valid on the day; how many they are.

    Raises RoundAlreadyOpen, RoundNotPlanned, RoundDeadlinePassed, QuestionnaireNotPublished or
    NobodyToAsk. The number of queries does not grow with the agencies, but for batches of inserts.
    """
    locked = _lock(round_)
    status = next_status(RoundStatus(locked.status), RoundStep.OPEN)
    if at >= locked.closes_at:
        raise RoundDeadlinePassed
    if locked.version.status == VersionStatus.DRAFT:
        raise QuestionnaireNotPublished
    agencies = list(agencies_to_ask(locked.campaign.target_types, at=at).only("pk", "type", "name"))
    if not agencies:
        raise NobodyToAsk
    totals = questions_at_start(locked.version, agencies, at=at)
    Assignment.objects.bulk_create(
        [
            Assignment(
                round=locked,
                agency=agency,
                version_id=locked.version_id,
                total=totals[agency.type],
                due_at=locked.closes_at,
            )
            for agency in agencies
        ],
        batch_size=BATCH,
    )
    round_.status, round_.opened_at = status, at
    round_.save(update_fields=["status", "opened_at"])
    audit.record(Event.ROUND_OPENED, round_, actor=actor, at=at, data={"agencies": len(agencies)})
    live.publish(topic(round_.pk), ["status"], at=at)
    return len(agencies)


@transaction.atomic
def close_round(round_: Round, *, actor: User | None, at: datetime) -> None:
    """End the round; nothing is answered in it any more.

    Raises RoundNotOpen or RoundAlreadyClosed.
    """
    status = next_status(RoundStatus(_lock(round_).status), RoundStep.CLOSE)
    round_.status, round_.closed_at = status, at
    round_.save(update_fields=["status", "closed_at"])
    audit.record(Event.ROUND_CLOSED, round_, actor=actor, at=at, data={"code": round_.code})
    live.publish(topic(round_.pk), ["status"], at=at)


def move(assignment: Assignment, status: AssignmentStatus, *, at: datetime) -> None:
    """Set where an agency stands; submitting fixes the day and how late it was.

    For the services of responses only: they judge the step, hold the transaction and record it.
    """
    assignment.status = status
    assignment.last_activity = at
    match status:
        case AssignmentStatus.SUBMITTED:
            assignment.submitted_at = at
            assignment.late_days = late_days(assignment.due_at, at)
        case AssignmentStatus.VERIFIED | AssignmentStatus.PUBLISHED:
            pass
        case _:
            assignment.submitted_at = None
            assignment.late_days = 0
    assignment.save(update_fields=["status", "last_activity", "submitted_at", "late_days"])
    live.publish(topic(assignment.round_id), [f"{assignment.pk}/status"], at=at)


def record_progress(assignment: Assignment, *, answered: int, total: int, at: datetime) -> None:
    """Note how far an agency has come; for the services of responses only."""
    assignment.answered, assignment.total, assignment.last_activity = answered, total, at
    assignment.save(update_fields=["answered", "total", "last_activity"])
    live.publish(topic(assignment.round_id), [f"{assignment.pk}/progress"], at=at)


def take_version(assignment: Assignment, version: QuestionnaireVersion) -> None:
    """Let an agency answer another version than the rest; for the services of responses only."""
    assignment.version = version
    assignment.save(update_fields=["version"])


def topic(round_id: int) -> str:
    """The live topic of a round."""
    return f"round:{round_id}"


def _lock(round_: Round) -> Round:
    rounds = Round.objects.select_for_update(of=("self",))
    found = rounds.select_related("campaign", "version").defer("version__definition")
    return found.get(pk=round_.pk)


def _version_to_ask(
    campaign: Campaign, version: QuestionnaireVersion | None
) -> QuestionnaireVersion:
    if version is None:
        version = latest_published(campaign.questionnaire)
    if version is None:
        raise QuestionnaireNotPublished
    if version.questionnaire_id != campaign.questionnaire_id:
        raise VersionOfAnotherQuestionnaire
    if version.status != VersionStatus.PUBLISHED:
        raise QuestionnaireNotPublished
    return version
