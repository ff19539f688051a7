"""The check of a draft and the page on which it is published."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from surveys.definitions.editing import Change, Operation
from surveys.models import Assignment, QuestionnaireVersion, User
from surveys.organisations.enums import DepartmentRoleName
from surveys.questionnaires import services
from surveys.questionnaires.queries import form_of
from tests.factories import AgencyFactory, department_person
from tests.surveys.campaigns.factories import CampaignFactory, RoundFactory
from tests.surveys.questionnaires.factories import NOW, imported, survey_of
from tests.surveys.responses.factories import draft as response_draft

pytestmark = pytest.mark.django_db

OLD = survey_of(
    ["integer", "bien_che", "Biên chế được giao", "Posts"],
    ["text", "so_phien", "Số phiên họp", "Meetings"],
)
CHECK = reverse("draft_check", args=["to-chuc"])
PUBLISH = reverse("draft_publish", args=["to-chuc"])


@pytest.fixture
def designer(client: Client, db: None) -> User:
    person = department_person(DepartmentRoleName.DESIGNER)
    client.force_login(person)
    return person


def change(version: QuestionnaireVersion, name: str, field: str, old: object, new: object) -> None:
    operations: list[Operation] = [Change(form_of(version).element(name).uid, field, old, new)]
    services.edit_draft(version, edit_id=uuid4(), operations=operations, actor=None, at=NOW)
    version.refresh_from_db()


def second() -> QuestionnaireVersion:
    """The next draft of a published questionnaire."""
    first = services.publish(imported(OLD), actor=None, at=NOW)
    return services.start_draft(first.questionnaire, actor=None, at=NOW)


def test_a_finding_leads_to_its_field_in_the_builder(client, designer):
    draft = imported(OLD)
    change(draft, "so_phien", "relevant", None, "${bien_che_} > 1")

    page = client.get(CHECK).content.decode()

    node = form_of(draft).element("so_phien").uid
    assert f"?at={node}&amp;field=relevant" in page


def test_a_finding_is_mended_by_one_edit(client, designer):
    draft = imported(OLD)
    change(draft, "so_phien", "relevant", None, "${bien_che_} > 1")
    finding = {"code": "reference_unknown", "at": "phan_a/so_phien.relevant", "name": "bien_che_"}

    client.post(reverse("draft_mend", args=["to-chuc"]), finding)

    draft.refresh_from_db()
    assert (form_of(draft).question("so_phien").relevant, draft.revision) == ("${bien_che} > 1", 2)


def test_what_cannot_be_mended_is_refused_in_words(client, designer):
    imported(OLD)

    answer = client.post(reverse("draft_mend", args=["to-chuc"]), {"code": "cycle"}, follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_missing_translations_stand_in_one_line(client, designer):
    draft = imported(OLD)
    change(draft, "so_phien", "label.en", "Meetings", None)
    change(draft, "bien_che", "label.en", "Posts", None)

    page = client.get(CHECK).content.decode()

    assert page.count("<summary><b>2 đoạn chưa dịch</b></summary>") == 1


def test_the_tab_counts_the_findings(client, designer):
    draft = imported(OLD)
    before = client.get(reverse("draft_check_count", args=["to-chuc"])).content.decode()
    change(draft, "so_phien", "label.vi", "Số phiên họp", "Họ và tên người lập")

    after = client.get(reverse("draft_check_count", args=["to-chuc"])).content.decode()

    assert before != after


def test_a_first_draft_is_published_with_its_note(client, designer):
    draft = imported(OLD)

    answer = client.post(PUBLISH, {"note": "Bản đầu"})

    draft.refresh_from_db()
    assert (draft.status, draft.published_by, draft.note) == ("published", designer, "Bản đầu")
    assert answer.url == reverse("version_published", args=["to-chuc", 1])


@pytest.mark.parametrize("note", ["a\0b", "x" * 2_001])
def test_a_note_that_cannot_be_stored_is_refused_and_kept(note, client, designer):
    draft = imported(OLD)

    answer = client.post(PUBLISH, {"note": note})

    draft.refresh_from_db()
    assert (draft.status, answer.status_code) == ("draft", 422)


def test_a_draft_with_errors_is_not_published(client, designer):
    draft = imported(OLD)
    change(draft, "so_phien", "relevant", None, "${nobody} > 1")

    answer = client.post(PUBLISH, {"note": "Ghi chú"})

    draft.refresh_from_db()
    assert (draft.status, answer.status_code) == ("draft", 422)
    assert "Ghi chú" in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "to-chu", "TO-CHUC"])
def test_a_change_that_breaks_answers_wants_the_code_typed(typed, client, designer):
    draft = second()
    change(draft, "bien_che", "kind", "integer", "text")

    answer = client.post(PUBLISH, {"confirmation": typed})

    draft.refresh_from_db()
    assert (draft.status, answer.status_code) == ("draft", 422)


def test_with_the_code_typed_it_is_published(client, designer):
    draft = second()
    change(draft, "bien_che", "kind", "integer", "text")

    client.post(PUBLISH, {"confirmation": "to-chuc"})

    draft.refresh_from_db()
    assert draft.status == "published"


def test_a_change_of_words_wants_no_code(client, designer):
    draft = second()
    change(draft, "bien_che", "label.vi", "Biên chế được giao", "Biên chế")

    client.post(PUBLISH)

    draft.refresh_from_db()
    assert draft.status == "published"


def test_the_drafts_that_a_change_touches_are_counted(client, designer):
    draft = second()
    first = QuestionnaireVersion.objects.get(number=1)
    campaign = CampaignFactory.create(questionnaire=first.questionnaire)
    round_ = RoundFactory.create(campaign=campaign, version=first, status="open")
    for answers in ({"bien_che": "5"}, {}):
        assignment = Assignment.objects.create(
            round=round_, agency=AgencyFactory(), version=first, due_at=round_.closes_at
        )
        response = response_draft(assignment)
        response.answers = answers
        response.save()
    change(draft, "bien_che", "kind", "integer", "text")
    change(draft, "so_phien", "label.vi", "Số phiên họp", "Số cuộc họp")

    since = client.get(PUBLISH).context["since"]

    assert [line["drafts"] for line in since["lines"]] == [1, 0]
    assert since["use"].drafts == 2


def test_a_name_that_changed_its_meaning_gets_a_successor(client, designer):
    draft = second()
    node = form_of(draft).element("so_phien").uid
    change(draft, "so_phien", "kind", "text", "note")
    page = client.get(PUBLISH).content.decode()

    client.post(reverse("draft_mend", args=["to-chuc"]), {"node": node, "page": "publish"})

    draft.refresh_from_db()
    assert f'value="{node}"' in page
    assert form_of(draft).question("so_phien_2").successor_of == "so_phien"


def test_after_publishing_the_next_steps_are_shown(client, designer):
    draft = second()
    services.publish(draft, actor=None, at=NOW)

    page = client.get(reverse("version_published", args=["to-chuc", 2])).content.decode()

    assert reverse("campaign_list") in page
    assert reverse("version_rounds", args=["to-chuc", 1]) in page


@pytest.mark.parametrize("role", ["verifier", "researcher"])
@pytest.mark.parametrize("address", [CHECK, PUBLISH])
def test_who_only_follows_neither_checks_nor_publishes(role, address, client, db):
    imported(OLD)
    client.force_login(department_person(role))

    assert [client.get(address).status_code, client.post(PUBLISH).status_code] == [403, 403]
