"""New questionnaires and new drafts."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.organisations.models import Agency, User
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.questionnaires.queries import latest_published
from surveys.questionnaires.services.codes import CodeTaken, check_code
from surveys.questionnaires.services.drafts import blank_document, write_draft

TITLE_LENGTH = 300


class DraftExists(DomainError):
    """A questionnaire has one draft at a time."""

    code = "draft_exists"
    message = _("This questionnaire has a draft already.")


class TitleInvalid(DomainError):
    """A questionnaire has a title of at most 300 characters."""

    code = "title_invalid"
    message = _("The title is a text of at most 300 characters.")
    status = 422


@transaction.atomic
def create_questionnaire(
    *,
    code: str,
    title: dict[str, str],
    owner: Agency,
    actor: User | None,
    at: datetime,
    like: QuestionnaireVersion | None = None,
) -> QuestionnaireVersion:
    """The first draft of a new questionnaire: blank, or a copy of ``like``.

    Raises CodeInvalid, CodeTaken and TitleInvalid; nothing is written then.
    """
    check_code(code)
    texts = checked_title(title)
    if Questionnaire.objects.filter(code=code).exists():
        raise CodeTaken
    questionnaire = Questionnaire.objects.create(code=code, owner=owner, created_at=at)
    document = blank_document(code, texts) if like is None else like.definition
    version = write_draft(
        questionnaire, {**document, "code": code, "title": texts}, actor=actor, at=at
    )
    audit.record(
        Event.QUESTIONNAIRE_CREATED,
        version,
        actor=actor,
        at=at,
        data={"questionnaire": code, "like": like.pk if like else None},
    )
    return version


def checked_title(title: Mapping[str, str]) -> dict[str, str]:
    """The texts of a title by language without blanks around them. Raises TitleInvalid."""
    texts = {language: text.strip() for language, text in title.items() if text.strip()}
    if not texts or any(len(text) > TITLE_LENGTH or "\0" in text for text in texts.values()):
        raise TitleInvalid
    return texts


@transaction.atomic
def start_draft(
    questionnaire: Questionnaire,
    *,
    actor: User | None,
    at: datetime,
    like: QuestionnaireVersion | None = None,
) -> QuestionnaireVersion:
    """A draft of the next version: a copy of ``like``, else of the version in force.

    Raises DraftExists.
    """
    held = Questionnaire.objects.select_for_update(of=("self",)).get(pk=questionnaire.pk)
    if held.versions.filter(status=VersionStatus.DRAFT).exists():
        raise DraftExists
    source = like or latest_published(held)
    document = blank_document(held.code, {"vi": held.code}) if source is None else source.definition
    version = write_draft(held, document, actor=actor, at=at)
    audit.record(
        Event.QUESTIONNAIRE_DRAFTED,
        version,
        actor=actor,
        at=at,
        data={
            "questionnaire": held.code,
            "number": version.number,
            "like": source.number if source else None,
        },
    )
    return version
