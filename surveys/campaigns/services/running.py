"""Opening rounds, and what they ask."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.campaigns.enums import AssignmentStatus, CampaignStatus, RoundStatus
from surveys.campaigns.models import Assignment, Round, RoundVariant
from surveys.campaigns.queries import agencies_to_ask, questions_at_start, versions_by_type
from surveys.campaigns.services.creating import (
    QuestionnaireNotPublished,
    VersionOfAnotherQuestionnaire,
    version_to_ask,
)
from surveys.campaigns.services.locking import lock_assignments_and_round, lock_round
from surveys.campaigns.services.standing import topic
from surveys.campaigns.targets import TargetRule
from surveys.campaigns.workflow import CampaignEnded, RoundStep, next_status
from surveys.common.errors import DomainError
from surveys.live import services as live
from surveys.organisations.models import Agency, User
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import latest_published

BATCH = 1000


class RoundDeadlinePassed(DomainError):
    """Opening would make everybody late at once."""

    code = "round_deadline_passed"
    message = _("The deadline has passed, so the round cannot be opened.")


class NobodyToAsk(DomainError):
    """A round without a single agency is a mistake."""

    code = "nobody_to_ask"
    message = _("No agency of the chosen types is valid on this day.")


class VersionRetired(DomainError):
    """What was retired is not asked any more."""

    code = "version_retired"
    message = _("This version of the questionnaire was retired. Choose another one.")


class VersionOlder(DomainError):
    """A round goes on to newer versions only."""

    code = "version_older"
    message = _("The round already asks a newer version of the questionnaire.")


@transaction.atomic
def open_round(round_: Round, *, actor: User | None, at: datetime) -> int:
    """Ask every agency that the campaign's rule fits on the day; how many they are.

    The version, the variants, the targets and the sign-off chain are those in force now. Raises
    RoundAlreadyOpen, RoundNotPlanned, RoundCancelled, CampaignEnded,
    RoundDeadlinePassed, QuestionnaireNotPublished, VersionRetired or NobodyToAsk. The number of queries does not grow
    with the agencies, but for batches of inserts.
    """
    locked = lock_round(round_)
    status = next_status(RoundStatus(locked.status), RoundStep.OPEN)
    if locked.campaign.status == CampaignStatus.ENDED:
        raise CampaignEnded
    if at >= locked.closes_at:
        raise RoundDeadlinePassed
    if locked.version.status == VersionStatus.DRAFT:
        raise QuestionnaireNotPublished
    rule = TargetRule.read(locked.campaign.targets)
    agencies = list(agencies_to_ask(rule, at=at).only("pk", "type", "name", "name_en"))
    if not agencies:
        raise NobodyToAsk
    _take_rules_in_force(locked)
    assign(locked, agencies, at=at)
    locked.status, locked.opened_at = status, at
    locked.save()
    round_.refresh_from_db()
    audit.record(Event.ROUND_OPENED, round_, actor=actor, at=at, data={"agencies": len(agencies)})
    live.publish(topic(round_.pk), ["status"], at=at)
    return len(agencies)


def assign(round_: Round, agencies: Sequence[Agency], *, at: datetime) -> list[Assignment]:
    """Give each agency its duty in the round: the version for its type, its name as of now.

    For the services of campaigns only: they hold the transaction and record it.
    """
    versions = versions_by_type(round_)
    wanted = {version.pk: version for version in versions.values()} | {
        round_.version_id: round_.version
    }
    totals = {key: questions_at_start(version, agencies, at=at) for key, version in wanted.items()}
    rows = []
    for agency in agencies:
        version = versions.get(agency.type, round_.version)
        rows.append(
            Assignment(
                round=round_,
                agency=agency,
                agency_name=agency.name,
                agency_name_en=agency.name_en,
                version=version,
                total=totals[version.pk][agency.type],
                due_at=round_.closes_at,
                asked_at=at,
            )
        )
    return Assignment.objects.bulk_create(rows, batch_size=BATCH)


def _take_rules_in_force(round_: Round) -> None:
    """Freeze whom the round asks, what, who signs and how, as the campaign says at this moment.

    Raises QuestionnaireNotPublished or VersionRetired.
    """
    campaign = round_.campaign
    round_.targets, round_.sign_off = campaign.targets, campaign.sign_off
    round_.signature = campaign.signature
    if not round_.version_pinned:
        round_.version = version_to_ask(campaign, None)
    elif round_.version.status == VersionStatus.RETIRED:
        raise VersionRetired(number=round_.version.number)
    for variant in campaign.variants.select_related("questionnaire"):
        version = latest_published(variant.questionnaire)
        if version is None:
            raise QuestionnaireNotPublished
        RoundVariant.objects.update_or_create(
            round=round_, version=version, defaults={"types": variant.types}
        )


@transaction.atomic
def change_version(
    round_: Round, version: QuestionnaireVersion, *, actor: User | None, at: datetime
) -> AuditEvent:
    """Ask a newer version from now on: agencies that have not begun will begin with it.

    It is a version of the round's own questionnaire or of one of its variants; who is asked another
    questionnaire is not touched. What was sent or signed keeps its version; drafts follow in the
    background, each by itself. With the version that the round has already, those that were left
    behind follow. Returns the event, to which the work is tied. Raises RoundNotOpen or
    RoundAlreadyClosed, VersionOfAnotherQuestionnaire, QuestionnaireNotPublished or VersionOlder.
    """
    locked = lock_assignments_and_round(round_)
    next_status(RoundStatus(locked.status), RoundStep.CHANGE_VERSION)
    asking = _asking(locked, version)
    if version.status != VersionStatus.PUBLISHED:
        raise QuestionnaireNotPublished
    if version.number < asking.version.number:
        raise VersionOlder(number=version.number)
    data = {"code": locked.code, "from": asking.version.number, "to": version.number}
    asking.version = version
    asking.save(update_fields=["version"])
    waiting = _give_to_those_not_started(locked, version, at=at)
    if isinstance(asking, Round):
        round_.version = version
    event = audit.record(
        Event.ROUND_VERSION_CHANGED,
        round_,
        actor=actor,
        at=at,
        data={**data, "version": version.pk, "not_started": waiting},
    )
    live.publish(topic(round_.pk), ["status"], at=at)
    return event


def _asking(round_: Round, version: QuestionnaireVersion) -> Round | RoundVariant:
    """What asks the version's questionnaire: the round itself or one of its variants."""
    wanted = version.questionnaire_id
    if round_.version.questionnaire_id == wanted:
        return round_
    variants = round_.variants.select_related("version").defer("version__definition")
    found = variants.filter(version__questionnaire=wanted).first()
    if found is None:
        raise VersionOfAnotherQuestionnaire
    return found


def _give_to_those_not_started(
    round_: Round, version: QuestionnaireVersion, *, at: datetime
) -> int:
    """Let agencies without a draft begin with the version; how many they are."""
    waiting = Assignment.objects.filter(
        round=round_,
        status=AssignmentStatus.NOT_STARTED,
        version__questionnaire=version.questionnaire_id,
        version__number__lt=version.number,
    )
    agencies = Agency.ever.filter(pk__in=waiting.values("agency")).only("pk", "type", "name")
    totals = questions_at_start(version, agencies, at=at)
    return sum(
        waiting.filter(agency__type=kind).update(version=version, total=total)
        for kind, total in totals.items()
    )
