"""Who may listen to what, and what lower contexts have to say."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from surveys.background.models import Job
from surveys.campaigns.models import Assignment, Campaign, Round
from surveys.common.permissions import Permission
from surveys.live import services
from surveys.live.topics import Listeners
from surveys.organisations.models import DepartmentRole, User
from surveys.organisations.rules import know
from surveys.questionnaires.models import QuestionnaireVersion

WRITES_FILE: Final = "exporters.orders.tasks.write_export"


def _sees_round(people: Sequence[User], round_id: int) -> set[int]:
    followed = Round.objects.filter(pk=round_id).values_list("campaign__owner", flat=True).first()
    return _of_owner(people, followed)


def _sees_campaign(people: Sequence[User], campaign_id: int) -> set[int]:
    owner = Campaign.objects.filter(pk=campaign_id).values_list("owner", flat=True).first()
    return _of_owner(people, owner)


def _of_owner(people: Sequence[User], owner: int | None) -> set[int]:
    """Those with a role within the owner: they follow its campaigns and rounds."""
    roles = DepartmentRole.objects.filter(owner=owner, user__in=[person.pk for person in people])
    return set(roles.values_list("user", flat=True)) if owner is not None else set()


def _sees_response(people: Sequence[User], response_id: int) -> set[int]:
    def sees(person: User) -> bool:
        answered = Assignment.objects.answers_visible_to(person)
        assignment = answered.filter(response=response_id).first()
        return assignment is not None and person.has_perm(Permission.RESPONSE_VIEW, assignment)

    return {person.pk for person in people if sees(person)}


def _edits_response(people: Sequence[User], response_id: int) -> set[int]:
    """Those who fill in the response: they are shown to one another."""
    assignment = Assignment.objects.filter(response=response_id).select_related("agency").first()
    if assignment is None:
        return set()
    know(people)
    return {each.pk for each in people if each.has_perm(Permission.RESPONSE_EDIT, assignment)}


def _sees_draft(people: Sequence[User], version_id: int) -> set[int]:
    def sees(person: User) -> bool:
        version = QuestionnaireVersion.objects.visible_to(person).filter(pk=version_id).first()
        return version is not None and person.has_perm(Permission.QUESTIONNAIRE_VIEW, version)

    return {person.pk for person in people if sees(person)}


def _owns_job(people: Sequence[User], job_id: int) -> set[int]:
    return set(Job.objects.filter(pk=job_id, owner__in=people).values_list("owner", flat=True))


def _is_oneself(people: Sequence[User], user_id: int) -> set[int]:
    return {person.pk for person in people} & {user_id}


TOPICS: Final[dict[str, Listeners]] = {
    "draft": _sees_draft,
    "campaign": _sees_campaign,
    "round": _sees_round,
    "response": _sees_response,
    "presence": _edits_response,
    "job": _owns_job,
    "inbox": _is_oneself,
    "exports": _is_oneself,
}


def announce_job(job_id: int, *, at: datetime) -> None:
    """A job's row changed: tell its owner; of a file also on the topic of all of the owner's files, so
    that the page of many needs one socket."""
    owner = Job.objects.filter(pk=job_id, task=WRITES_FILE).values_list("owner", flat=True).first()
    files = [f"exports:{owner}"] if owner is not None else []
    services.publish_all([f"job:{job_id}", *files], ["progress"], at=at)
