"""Drafts as they are written and held."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.definitions.editing import with_uids
from surveys.organisations.models import User
from surveys.questionnaires.enums import DraftEditKind, VersionStatus
from surveys.questionnaires.models import DraftEdit, Questionnaire, QuestionnaireVersion
from surveys.questionnaires.queries import next_number
from surveys.questionnaires.uids import new_uid


class NotADraft(DomainError):
    """Published versions never change."""

    code = "not_a_draft"
    message = _("This version is published and never changes. Start a new draft.")


def blank_document(code: str, title: dict[str, str]) -> dict[str, Any]:
    """The JSON of a questionnaire in Vietnamese and English without a question."""
    return {"schema": 1, "code": code, "title": title, "languages": ["vi", "en"]}


def held_draft(version: QuestionnaireVersion) -> QuestionnaireVersion:
    """The draft, held until the transaction ends. Raises NotADraft."""
    draft = QuestionnaireVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if draft.status != VersionStatus.DRAFT:
        raise NotADraft
    return draft


def write_draft(
    questionnaire: Questionnaire, document: dict[str, Any], *, actor: User | None, at: datetime
) -> QuestionnaireVersion:
    """A new draft of the document; every node has a hidden id.

    The caller holds the questionnaire and records the event.
    """
    draft = QuestionnaireVersion(
        questionnaire=questionnaire,
        number=next_number(questionnaire),
        definition=with_uids({**document, "code": questionnaire.code}, new_uid),
        created_at=at,
        created_by=actor,
    )
    take_titles(draft)
    draft.save(force_insert=True)
    return draft


def replace_draft(
    draft: QuestionnaireVersion, document: dict[str, Any], *, actor: User | None, at: datetime
) -> QuestionnaireVersion:
    """The draft with another document; nodes of the same name keep their ids, nobody can undo it.

    The caller holds the questionnaire and records the event.
    """
    draft.definition = with_uids(document, new_uid, like=draft.definition)
    draft.created_at, draft.created_by = at, actor
    draft.revision += 1
    take_titles(draft)
    draft.save()
    DraftEdit.objects.create(
        version=draft,
        number=draft.revision,
        edit_id=uuid4(),
        kind=DraftEditKind.REPLACED,
        actor=actor,
        at=at,
    )
    return draft


def take_titles(draft: QuestionnaireVersion) -> None:
    """Give the version the titles of its definition, for lists."""
    title: Mapping[str, str] = draft.definition["title"]
    language = draft.definition.get("default_language", "vi")
    draft.title = title.get("vi") or title.get(language) or draft.definition["code"]
    draft.title_en = title.get("en", "")
