"""The builder's page and what it is sent after an edit."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from surveys.definitions.editing import MAX_OPERATIONS, ROOT, Add, Change, Place, Slot
from surveys.models import QuestionnaireVersion, User
from surveys.organisations.enums import DepartmentRoleName
from surveys.questionnaires import queries, services
from surveys.questionnaires.queries import form_of
from tests.factories import DepartmentFactory, UserFactory, department_person
from tests.surveys.questionnaires.factories import NOW, imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> QuestionnaireVersion:
    return imported()


@pytest.fixture
def designer(draft: QuestionnaireVersion, client: Client) -> Client:
    person = department_person(DepartmentRoleName.DESIGNER, owner=draft.questionnaire.owner)
    client.force_login(person)
    return client


def uid(draft: QuestionnaireVersion, name: str) -> str:
    return form_of(draft).element(name).uid


def post(client: Client, name: str, body: dict[str, Any]):
    return client.post(
        reverse(name, args=["to-chuc"]),
        json.dumps({"edit_id": str(uuid4()), "since": 0} | body),
        content_type="application/json",
    )


def relabel(
    draft: QuestionnaireVersion, new: str, old: str = "Biên chế được giao"
) -> dict[str, Any]:
    change = {"op": "change", "node": uid(draft, "bien_che"), "field": "label.vi"}
    return {"operations": [change | {"old": old, "new": new}]}


def ids(answer) -> list[str]:
    """The ids of the fragments at the top."""
    return re.findall(r'id="((?:r|k|e|o)-\w+|canvas|props|builder-state)"', answer.content.decode())


def test_the_builder_shows_outline_section_and_properties(designer, draft):
    page = designer.get(reverse("draft_builder", args=["to-chuc"]) + f"?at={uid(draft, 'de_an')}")

    content = page.content.decode()
    assert f'id="o-{uid(draft, "bien_che")}"' in content
    assert f'id="e-{uid(draft, "de_an")}"' in content
    assert f'data-node="{uid(draft, "de_an")}"' in content


@pytest.mark.parametrize("role", [DepartmentRoleName.RESEARCHER, DepartmentRoleName.VERIFIER])
def test_who_only_follows_does_not_build(client, draft, role):
    client.force_login(department_person(role, owner=draft.questionnaire.owner))

    assert client.get(reverse("draft_builder", args=["to-chuc"])).status_code == 403


def test_a_stranger_finds_no_draft(client, draft):
    client.force_login(UserFactory())

    assert client.get(reverse("draft_builder", args=["to-chuc"])).status_code == 404


def test_the_draft_of_another_owner_is_not_found(client, draft):
    other = department_person(DepartmentRoleName.DESIGNER, owner=DepartmentFactory(key="tinh"))
    client.force_login(other)

    assert post(client, "draft_edit", relabel(draft, "X")).status_code == 404


def test_a_published_questionnaire_has_no_builder(designer, draft):
    services.publish(draft, actor=None, at=NOW)

    assert designer.get(reverse("draft_builder", args=["to-chuc"])).status_code == 404


def test_an_edit_is_answered_by_what_changed(designer, draft):
    node = uid(draft, "bien_che")
    shown = {"section": uid(draft, "phan_a"), "at": node}

    answer = post(designer, "draft_edit", relabel(draft, "Biên chế") | shown)

    assert (answer.status_code, answer["X-Revision"], sorted(set(ids(answer)))) == (
        200,
        "1",
        sorted(["builder-state", f"r-{node}", f"e-{node}", "props"]),
    )


def test_a_conflict_tells_both_values_and_the_author(designer, draft):
    services.edit_draft(
        draft,
        edit_id=uuid4(),
        operations=[_change(draft, "Của Linh")],
        actor=UserFactory(full_name="Ngô Thị Linh"),
        at=NOW,
    )

    answer = post(designer, "draft_edit", relabel(draft, "Của tôi"))

    told = answer.json()
    assert (answer.status_code, told["current"], told["wanted"], told["who"]) == (
        409,
        "Của Linh",
        "Của tôi",
        "Ngô Thị Linh",
    )


def _change(draft: QuestionnaireVersion, new: str):
    return Change(uid(draft, "bien_che"), "label.vi", "Biên chế được giao", new)


def test_an_added_question_is_selected(designer, draft):
    after = uid(draft, "bien_che")
    answer = post(designer, "draft_edit", {"do": "add", "with": {"kind": "date", "after": after}})

    selected = re.search(r'data-select="(\w+)"', answer.content.decode())
    stored = QuestionnaireVersion.objects.get(pk=draft.pk)
    assert selected is not None
    assert selected[1] == form_of(stored).element("cau_1").uid


@pytest.mark.parametrize(
    "body",
    [
        {"edit_id": "none"},
        {"operations": []},
        {"operations": [{"op": "explode"}]},
        {"do": "explode"},
        {"do": "add", "with": {"kind": "riddle"}},
        {"do": "delete", "with": {"nodes": ["nobody"]}},
        {"do": "delete", "with": {"nodes": "nobody"}},
        {"do": "rename", "with": {"node": 3}},
    ],
)
def test_what_is_no_edit_is_refused_in_words(designer, draft, body):
    answer = post(designer, "draft_edit", body)

    assert (answer.status_code in {400, 422}, bool(answer.json()["message"])) == (True, True)


@pytest.mark.parametrize("body", ["", "[", "[]", "null", "[" * 5000])
def test_a_body_that_is_no_object_is_refused(designer, draft, body):
    answer = designer.post(
        reverse("draft_edit", args=["to-chuc"]), body, content_type="application/json"
    )

    assert answer.status_code == 400


def test_undo_draws_what_it_changed(designer, draft):
    post(designer, "draft_edit", relabel(draft, "Biên chế"))

    answer = post(designer, "draft_undo", {"since": 1})

    assert "Biên chế được giao" in answer.content.decode()


def test_a_browser_is_told_what_others_changed(designer, draft):
    services.edit_draft(
        draft, edit_id=uuid4(), operations=[_change(draft, "Mới")], actor=None, at=NOW
    )

    answer = designer.get(reverse("draft_changes", args=["to-chuc"]) + "?since=0")

    assert f'id="r-{uid(draft, "bien_che")}"' in answer.content.decode()


def test_after_an_import_the_page_is_loaded_anew(designer, draft):
    imported(owner=draft.questionnaire.owner)

    answer = designer.get(reverse("draft_changes", args=["to-chuc"]) + "?since=0")

    assert answer["X-Reload"] == "1"


def test_an_edit_costs_a_bounded_number_of_queries(designer, draft, django_assert_max_num_queries):
    body = relabel(draft, "Biên chế")

    with django_assert_max_num_queries(26):
        post(designer, "draft_edit", body)


def test_undo_selects_what_came_back(designer, draft):
    node = uid(draft, "bien_che")
    post(designer, "draft_edit", {"do": "delete", "with": {"nodes": [node]}})

    answer = post(designer, "draft_undo", {"since": 1, "at": "root"})

    assert f'data-select="{node}"' in answer.content.decode()


def test_undoing_an_addition_selects_what_stood_before_it(designer, draft):
    node = uid(draft, "bien_che")
    post(designer, "draft_edit", {"do": "add", "with": {"kind": "date", "after": node}})

    answer = post(designer, "draft_undo", {"since": 1})

    assert f'data-select="{node}"' in answer.content.decode()


def test_a_command_that_comes_again_does_nothing_twice(designer, draft):
    body = {
        "edit_id": str(uuid4()),
        "do": "delete",
        "with": {"nodes": [uid(draft, "bien_che")]},
    }
    first, again = post(designer, "draft_edit", body), post(designer, "draft_edit", body)

    assert (first.status_code, again.status_code, again["X-Revision"]) == (200, 200, "1")


def test_what_was_typed_by_another_account_is_not_stored(designer, draft):
    answer = post(designer, "draft_edit", relabel(draft, "X") | {"user": "0"})

    assert (answer.status_code, draft.edits.count()) == (403, 0)


def test_a_refusal_says_that_the_node_is_gone(designer, draft):
    body = relabel(draft, "X")
    post(designer, "draft_edit", {"do": "delete", "with": {"nodes": [uid(draft, "bien_che")]}})

    assert post(designer, "draft_edit", body).json()["is_gone"] is True


def test_a_moved_question_is_put_in_order_and_not_the_others_drawn(designer, draft):
    section, first, second = (uid(draft, name) for name in ("phan_a", "bien_che", "de_an"))
    shown = {"section": section, "at": first}
    move = {"do": "move_down", "with": {"nodes": [first]}}

    content = post(designer, "draft_edit", move | shown).content.decode()

    for list_of in (f'"k-{section}" data-of="o-"', f'"i-{section}" data-of="e-"'):
        assert f'data-order={list_of} data-uids="{second} {first}"' in content
    assert (f'id="e-{first}"' in content, f'id="e-{second}"' in content) == (True, False)


def test_a_moved_section_is_put_in_order(designer, draft):
    section = uid(draft, "phan_a")
    added = post(designer, "draft_edit", {"do": "add", "with": {"kind": "section", "after": ""}})
    new = re.search(r'data-select="(\w+)"', added.content.decode())
    assert new is not None

    move = {"do": "move_up", "with": {"nodes": [new[1]]}, "since": 1, "section": section}
    content = post(designer, "draft_edit", move).content.decode()

    assert f'data-order="k-root" data-of="o-" data-uids="{new[1]} {section}"' in content


def test_a_copy_is_told_with_the_lists_it_needs(designer, draft):
    address = reverse("draft_copy", args=["to-chuc"])

    told = designer.get(address, {"uid": [uid(draft, "de_an"), "nobody"]}).json()

    assert ([each["name"] for each in told["elements"]], list(told["lists"])) == (
        ["de_an"],
        ["co_khong"],
    )


def test_a_copy_of_nothing_is_not_found(designer, draft):
    assert designer.get(reverse("draft_copy", args=["to-chuc"]), {"uid": "x"}).status_code == 404


def test_the_form_of_an_earlier_state_is_not_kept(designer, draft):
    for number in range(5):
        post(
            designer,
            "draft_edit",
            relabel(draft, f"{number + 1}", f"{number}" if number else "Biên chế được giao"),
        )

    states = [key for key in queries._FORMS._entries if key[0] == draft.pk]
    assert len(states) == 2


def test_an_undo_that_was_given_up_draws_the_bar(designer, draft):
    post(designer, "draft_edit", relabel(draft, "Biên chế"))

    answer = post(designer, "draft_give_up", {"since": 1})

    assert (answer.status_code, answer["X-Revision"]) == (200, "2")


def test_undoing_more_than_an_edit_may_send_is_answered(designer, draft):
    person = User.objects.get(pk=designer.session["_auth_user_id"])
    place = Place(ROOT, Slot.LISTS)
    lists = tuple(
        Add(place, ({"name": f"l{n}", "choices": []},)) for n in range(MAX_OPERATIONS + 1)
    )
    services.edit_draft(draft, edit_id=uuid4(), operations=lists, actor=person, at=NOW)

    answer = post(designer, "draft_undo", {"since": 1})

    assert (answer.status_code, answer["X-Revision"]) == (200, "2")


def test_a_node_that_is_no_text_at_all_is_refused(designer, draft):
    answer = post(designer, "draft_edit", {"operations": [{"op": "delete", "node": "\ud800"}]})

    assert answer.status_code == 422


def test_the_text_behind_other_is_drawn_in_the_frame_of_its_question(designer, draft):
    before = designer.get(reverse("draft_builder", args=["to-chuc"])).content.decode()
    change = {"op": "change", "node": uid(draft, "de_an"), "field": "or_other"}

    answer = post(
        designer,
        "draft_edit",
        {
            "operations": [change | {"old": False, "new": True}],
            "section": uid(draft, "phan_a"),
            "at": uid(draft, "de_an"),
        },
    )

    page = designer.get(reverse("draft_builder", args=["to-chuc"])).content.decode()
    frames = ids(answer)
    assert f"e-{uid(draft, 'de_an')}" in frames
    assert "Khác (ghi rõ)" in answer.content.decode()
    assert "Khác (ghi rõ)" in page
    assert page.count('role="treeitem"') == before.count('role="treeitem"')
