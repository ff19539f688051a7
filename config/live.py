"""Who may listen to what, and what lower contexts have to say."""

from datetime import datetime
from typing import Final

from surveys.background.models import Job
from surveys.campaigns.models import Assignment, Campaign, Round
from surveys.common.permissions import Permission
from surveys.live import services
from surveys.live.topics import MayListen
from surveys.organisations.models import User
from surveys.questionnaires.models import QuestionnaireVersion


def _sees_round(user: User, round_id: int) -> bool:
    return Round.objects.followed_by(user).filter(pk=round_id).exists()


def _sees_campaign(user: User, campaign_id: int) -> bool:
    return Campaign.objects.visible_to(user).filter(pk=campaign_id).exists()


def _sees_response(user: User, response_id: int) -> bool:
    answered = Assignment.objects.answers_visible_to(user)
    assignment = answered.filter(response=response_id).first()
    return assignment is not None and user.has_perm(Permission.RESPONSE_VIEW, assignment)


def _sees_draft(user: User, version_id: int) -> bool:
    version = QuestionnaireVersion.objects.visible_to(user).filter(pk=version_id).first()
    return version is not None and user.has_perm(Permission.QUESTIONNAIRE_VIEW, version)


def _owns_job(user: User, job_id: int) -> bool:
    return Job.objects.filter(pk=job_id, owner=user).exists()


def _owns_inbox(user: User, user_id: int) -> bool:
    return user.pk == user_id


TOPICS: Final[dict[str, MayListen]] = {
    "draft": _sees_draft,
    "campaign": _sees_campaign,
    "round": _sees_round,
    "response": _sees_response,
    "job": _owns_job,
    "inbox": _owns_inbox,
}


def announce_job(job_id: int, *, at: datetime) -> None:
    """A job's row changed: tell its owner."""
    services.publish(f"job:{job_id}", ["progress"], at=at)
