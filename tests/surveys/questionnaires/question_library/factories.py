"""Items of a library, made through the service, and drafts to take them into."""

from typing import Any
from uuid import uuid4

from surveys.models import LibraryItem, QuestionnaireVersion
from surveys.questionnaires.queries import form_of
from surveys.questionnaires.question_library.services import (
    Description,
    Inserted,
    insert_item,
    save_item,
)
from surveys.questionnaires.services import create_questionnaire
from tests.surveys.questionnaires.factories import NOW


def uid_of(version: QuestionnaireVersion, name: str) -> str:
    """The hidden id of an element or of a section."""
    return form_of(version).parts[name].element.uid


def kept(version: QuestionnaireVersion, name: str = "de_an", **told: Any) -> LibraryItem:
    """The element of the version in the library of its owner."""
    description = Description(**{"title": {"vi": "Đề án chuyển đổi số", "en": "The plan"}} | told)
    return save_item(
        version, uid=uid_of(version, name), description=description, actor=None, at=NOW
    )


def blank(version: QuestionnaireVersion, code: str = "phieu-moi") -> QuestionnaireVersion:
    """An empty draft of the same owner."""
    owner = version.questionnaire.owner
    return create_questionnaire(
        code=code, title={"vi": "Phiếu mới"}, owner=owner, actor=None, at=NOW
    )


def inserted(draft: QuestionnaireVersion, item: LibraryItem, **told: Any) -> Inserted:
    """The item copied into the draft."""
    given: dict[str, Any] = {"after": "", "edit_id": uuid4(), "actor": None, "at": NOW}
    result = insert_item(draft, item=item, **given | told)
    draft.refresh_from_db()
    return result
