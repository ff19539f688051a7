"""New questionnaires and new drafts."""

from uuid import uuid4

import pytest

from surveys.definitions.editing import Change
from surveys.questionnaires import services
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.queries import form_of
from tests.factories import DepartmentFactory
from tests.surveys.questionnaires.factories import NOW, imported

pytestmark = pytest.mark.django_db


def created(code: str = "moi", title: str = "Phiếu mới", **more):
    return services.create_questionnaire(
        code=code, title={"vi": title}, owner=DepartmentFactory(), actor=None, at=NOW, **more
    )


def test_a_blank_questionnaire_has_a_title_and_no_question():
    version = created()

    assert (version.title, version.number, form_of(version).definition.children) == (
        "Phiếu mới",
        1,
        (),
    )


def test_a_copy_has_its_own_code_and_title_and_the_same_questions():
    source = imported()
    copy = created(like=source)

    definition = form_of(copy).definition
    assert (definition.code, definition.title, definition.children) == (
        "moi",
        {"vi": "Phiếu mới"},
        form_of(source).definition.children,
    )


@pytest.mark.parametrize(
    ("code", "title", "refusal"),
    [
        ("Không phải mã", "Phiếu", services.CodeInvalid),
        ("to-chuc", "Phiếu", services.CodeTaken),
        ("moi", " ", services.TitleInvalid),
        ("moi", "x" * 301, services.TitleInvalid),
    ],
)
def test_what_cannot_be_created_is_refused(code, title, refusal):
    imported()

    with pytest.raises(refusal):
        created(code, title)


def test_a_new_draft_goes_on_from_the_version_in_force():
    published = services.publish(imported(), actor=None, at=NOW)

    draft = services.start_draft(published.questionnaire, actor=None, at=NOW)

    assert (draft.number, draft.status, draft.definition) == (
        2,
        VersionStatus.DRAFT,
        published.definition,
    )


def test_a_second_draft_is_refused():
    with pytest.raises(services.DraftExists):
        services.start_draft(imported().questionnaire, actor=None, at=NOW)


def test_the_published_version_stays_when_its_new_draft_is_edited():
    published = services.publish(imported(), actor=None, at=NOW)
    draft = services.start_draft(published.questionnaire, actor=None, at=NOW)
    change = Change(form_of(draft).element("bien_che").uid, "label.vi", "Biên chế được giao", "X")

    services.edit_draft(draft, edit_id=uuid4(), operations=[change], actor=None, at=NOW)

    published.refresh_from_db()
    assert form_of(published).question("bien_che").label["vi"] == "Biên chế được giao"
