"""The log of a draft: who changed what, and bringing back what was deleted."""

from collections.abc import Sequence
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from surveys.definitions.editing import (
    MAX_OPERATIONS,
    Add,
    Change,
    Delete,
    Move,
    Operation,
    Place,
    Slot,
)
from surveys.models import QuestionnaireVersion, User
from surveys.organisations.enums import DepartmentRoleName
from surveys.questionnaires import draft_log, services
from surveys.questionnaires.queries import form_of
from tests.factories import UserFactory, department_person
from tests.surveys.questionnaires.factories import NOW, imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> QuestionnaireVersion:
    return imported()


@pytest.fixture
def linh() -> User:
    return UserFactory(full_name="Ngô Thị Linh")


@pytest.fixture
def designer(draft: QuestionnaireVersion, client: Client) -> Client:
    person = department_person(DepartmentRoleName.DESIGNER, owner=draft.questionnaire.owner)
    client.force_login(person)
    return client


def uid(version: QuestionnaireVersion, name: str) -> str:
    return form_of(version).element(name).uid


def edit(version: QuestionnaireVersion, *operations: Operation, actor: User | None) -> None:
    services.edit_draft(version, edit_id=uuid4(), operations=operations, actor=actor, at=NOW)
    version.refresh_from_db()


def relabel(version: QuestionnaireVersion, new: str) -> Change:
    return Change(uid(version, "bien_che"), "label.vi", "Biên chế được giao", new)


def entries(version: QuestionnaireVersion, **given: str) -> Sequence[draft_log.Entry]:
    asked = {"person": "", "node": ""} | given
    return draft_log.entries(version, draft_log.edits_of(version, **asked), "vi")


def test_a_change_is_told_with_both_values(draft, linh):
    edit(draft, relabel(draft, "Biên chế"), actor=linh)

    [entry] = entries(draft)
    [line] = entry.lines

    assert (
        entry.actor,
        str(line.what),
        line.name,
        str(line.field),
        line.entry,
        line.old,
        line.new,
    ) == (
        linh,
        "Sửa",
        "bien_che",
        "Nhãn",
        "vi",
        "Biên chế được giao",
        "Biên chế",
    )


def test_a_move_is_told_with_both_places(draft, linh):
    place = Place(uid(draft, "phan_a"), Slot.CHILDREN, uid(draft, "de_an"))
    edit(draft, Move(uid(draft, "bien_che"), place), actor=linh)

    [line] = entries(draft)[0].lines

    assert (line.old, line.new) == ("Phần A", "Phần A / Đã có đề án chưa?")


def test_what_was_deleted_keeps_its_name_in_the_log(draft, linh):
    edit(draft, relabel(draft, "Biên chế"), actor=linh)
    edit(draft, Delete(uid(draft, "bien_che")), actor=linh)

    assert [(each.lines[0].label, each.lines[0].node) for each in entries(draft)] == [
        ("Biên chế", ""),
        ("Biên chế", ""),
    ]


def test_an_edit_that_was_undone_says_so_until_it_is_done_again(draft, linh):
    edit(draft, relabel(draft, "Biên chế"), actor=linh)
    services.undo(draft, edit_id=uuid4(), actor=linh, at=NOW)
    undone = [each.is_taken_back for each in entries(draft)]

    services.redo(draft, edit_id=uuid4(), actor=linh, at=NOW)

    assert (undone, [each.is_taken_back for each in entries(draft)]) == (
        [False, True],
        [False, True, False],
    )


def test_the_log_is_narrowed_to_a_person_or_an_element(draft, linh):
    edit(draft, relabel(draft, "Biên chế"), actor=linh)
    edit(draft, Change(uid(draft, "de_an"), "number", "A11", "A12"), actor=None)

    by_person = [each.number for each in entries(draft, person=str(linh.pk))]
    by_element = [each.number for each in entries(draft, node=uid(draft, "de_an"))]

    assert (by_person, by_element) == ([1], [2])


def test_what_was_deleted_comes_back_where_it_stood_as_a_new_edit(designer, draft, linh):
    node = uid(draft, "bien_che")
    before = draft.definition
    edit(draft, Delete(node), actor=linh)

    designer.post(reverse("draft_restore", args=["to-chuc", 1, 0]))

    draft.refresh_from_db()
    assert (draft.definition, draft.revision) == (before, 2)


def test_what_is_there_is_not_brought_back_twice(designer, draft, linh):
    edit(draft, Delete(uid(draft, "bien_che")), actor=linh)
    designer.post(reverse("draft_restore", args=["to-chuc", 1, 0]), follow=True)

    answer = designer.post(reverse("draft_restore", args=["to-chuc", 1, 0]), follow=True)

    draft.refresh_from_db()
    assert [message.level_tag for message in answer.context["messages"]][-1] == "error"
    assert draft.revision == 2


def test_a_question_whose_section_is_gone_comes_back_at_the_end(designer, draft, linh):
    node = uid(draft, "bien_che")
    edit(draft, Delete(node), actor=linh)
    edit(draft, Delete(uid(draft, "phan_a")), actor=linh)

    designer.post(reverse("draft_restore", args=["to-chuc", 1, 0]))

    draft.refresh_from_db()
    assert [each["uid"] for each in draft.definition["children"]] == [node]


def test_an_edit_that_deleted_nothing_brings_nothing_back(designer, draft, linh):
    edit(draft, relabel(draft, "Biên chế"), actor=linh)

    assert designer.post(reverse("draft_restore", args=["to-chuc", 1, 0])).status_code == 404


def test_the_page_of_the_versions_shows_the_log_and_offers_to_restore(designer, draft, linh):
    edit(draft, Delete(uid(draft, "bien_che")), actor=linh)

    page = designer.get(reverse("version_list", args=["to-chuc"])).content.decode()

    assert "Ngô Thị Linh" in page
    assert reverse("draft_restore", args=["to-chuc", 1, 0]) in page


def test_a_draft_is_started_from_an_older_version(designer, draft, linh):
    edit(draft, relabel(draft, "Bản một"), actor=linh)
    services.publish(draft, actor=None, at=NOW)
    second = services.start_draft(draft.questionnaire, actor=linh, at=NOW)
    edit(second, Change(uid(second, "bien_che"), "label.vi", "Bản một", "Bản hai"), actor=linh)
    services.publish(second, actor=None, at=NOW)

    designer.post(reverse("draft_start", args=["to-chuc"]), {"like": "1"})

    third = QuestionnaireVersion.objects.get(number=3)
    assert form_of(third).question("bien_che").label["vi"] == "Bản một"


@pytest.mark.parametrize("like", ["9", "a", "99999999999999999999"])
def test_a_version_that_is_not_there_starts_no_draft(designer, draft, like):
    services.publish(draft, actor=None, at=NOW)

    answer = designer.post(reverse("draft_start", args=["to-chuc"]), {"like": like})

    assert (answer.status_code, QuestionnaireVersion.objects.count()) == (404, 1)


@pytest.mark.parametrize("query", ["?log=9", "?log=x", "?log=99999999999"])
def test_the_log_of_no_version_is_not_found(designer, draft, query):
    assert designer.get(reverse("version_list", args=["to-chuc"]) + query).status_code == 404


def test_a_reader_sees_the_versions_but_restores_nothing(client, draft, linh):
    edit(draft, Delete(uid(draft, "bien_che")), actor=linh)
    client.force_login(department_person("researcher", owner=draft.questionnaire.owner))

    page = client.get(reverse("version_list", args=["to-chuc"]))

    assert page.status_code == 200
    assert reverse("draft_restore", args=["to-chuc", 1, 0]) not in page.content.decode()


def test_an_edit_of_more_operations_than_may_be_sent_is_told(draft, linh):
    lists = [
        Add(Place("root", Slot.LISTS), ({"name": f"l{n}", "choices": []},))
        for n in range(MAX_OPERATIONS + 1)
    ]

    edit(draft, *lists, actor=linh)

    [entry] = entries(draft)
    assert len(entry.lines) == MAX_OPERATIONS + 1


def test_an_edit_that_was_given_up_brings_nothing_back(designer, draft, linh):
    edit(draft, relabel(draft, "Biên chế"), actor=linh)
    services.give_up_undo(draft, edit_id=uuid4(), actor=linh, at=NOW)

    assert designer.post(reverse("draft_restore", args=["to-chuc", 2, 0])).status_code == 404
