"""The right pane as it is sent, and what it asks for."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from surveys.models import QuestionnaireVersion
from surveys.organisations.enums import DepartmentRoleName
from surveys.questionnaires.queries import form_of
from tests.factories import DepartmentFactory, department_person
from tests.surveys.questionnaires.factories import imported
from tests.surveys.questionnaires.test_builder_pages import post, uid
from tests.surveys.xlsform.workbooks import workbook

pytestmark = pytest.mark.django_db

MOST_BYTES = 30_000


@pytest.fixture
def draft() -> QuestionnaireVersion:
    return imported()


@pytest.fixture
def designer(draft: QuestionnaireVersion, client: Client) -> Client:
    person = department_person(DepartmentRoleName.DESIGNER, owner=draft.questionnaire.owner)
    client.force_login(person)
    return client


def list_uid(draft: QuestionnaireVersion) -> str:
    return form_of(draft).definition.lists["co_khong"].uid


def node(client: Client, selected: str, section: str = "", page: int = 1) -> str:
    address = reverse("draft_node", args=["to-chuc", selected])
    return client.get(f"{address}?section={section}&page={page}").content.decode()


def preview(client: Client, selected: str, body: Any):
    return client.post(
        reverse("draft_pasted", args=["to-chuc", selected]),
        body if isinstance(body, str) else json.dumps(body),
        content_type="application/json",
    )


def test_what_stands_in_no_section_leaves_the_shown_one(designer, draft):
    section = uid(draft, "phan_a")

    content = node(designer, "root", section)

    assert ('data-node="root"' in content, 'id="canvas"' in content) == (True, False)


@pytest.mark.parametrize("selected", ["root", "list", "choice"])
def test_what_is_no_element_is_selected_on_the_page_too(designer, draft, selected):
    choices = form_of(draft).definition.lists["co_khong"].choices
    wanted = {"root": "root", "list": list_uid(draft), "choice": choices[0].uid}[selected]

    page = designer.get(reverse("draft_builder", args=["to-chuc"]) + f"?at={wanted}")

    assert f'id="props" data-node="{wanted}"' in page.content.decode()


def test_an_edit_of_the_questionnaire_itself_draws_its_pane(designer, draft):
    change = {
        "op": "change",
        "node": "root",
        "field": "title.vi",
        "old": "Phiếu tổ chức",
        "new": "P",
    }
    shown = {"section": uid(draft, "phan_a"), "at": "root"}

    answer = post(designer, "draft_edit", {"operations": [change]} | shown).content.decode()

    assert ('data-node="root"' in answer, 'id="canvas"' in answer) == (True, False)


def test_a_changed_choice_draws_the_pane_of_its_list(designer, draft):
    choice = form_of(draft).definition.lists["co_khong"].choices[0].uid
    change = {"op": "change", "node": choice, "field": "label.vi", "old": "Có", "new": "Rồi"}
    shown = {"section": uid(draft, "phan_a"), "at": list_uid(draft)}

    answer = post(designer, "draft_edit", {"operations": [change]} | shown).content.decode()

    assert f'data-node="{list_uid(draft)}"' in answer


def test_pasting_draws_the_question_that_uses_the_list(designer, draft):
    pasted = {"list": list_uid(draft), "text": "a\tMới tinh", "replace": True}
    shown = {"section": uid(draft, "phan_a"), "at": uid(draft, "bien_che")}

    answer = post(designer, "draft_edit", {"do": "paste_choices", "with": pasted} | shown)

    content = answer.content.decode()
    assert (f'id="e-{uid(draft, "de_an")}"' in content, "Mới tinh" in content) == (True, True)


def test_a_refusal_is_told_in_the_reader_s_words(designer, draft):
    renamed = {"node": uid(draft, "bien_che"), "name": "de_an"}

    answer = post(designer, "draft_edit", {"do": "rename", "with": renamed})

    assert (answer.status_code, answer.json()["reason"]) == (422, "Đã có mục khác tên “de_an”.")


def test_a_block_is_previewed_and_nothing_changed(designer, draft):
    answer = preview(designer, list_uid(draft), {"text": "Có\nMới", "replace": True})

    content = answer.content.decode()
    draft.refresh_from_db()
    assert ("1 mới, 1 đã có" in content, 'data-fit="yes"' in content, draft.revision) == (
        True,
        True,
        0,
    )


def test_mistakes_of_a_block_are_said_with_their_rows(designer, draft):
    content = preview(designer, list_uid(draft), {"text": "a\tA\na\tB"}).content.decode()

    assert ("Dòng 2: mã “a” đã có." in content, 'data-fit=""' in content) == (True, True)


@pytest.mark.parametrize(
    ("body", "status"), [("[", 400), ("[]", 400), ({}, 200), ({"text": 7, "replace": "x"}, 200)]
)
def test_what_is_no_block_is_refused(designer, draft, body, status):
    assert preview(designer, list_uid(draft), body).status_code == status


@pytest.mark.parametrize("selected", ["root", "nobody"])
def test_only_lists_are_pasted_into(designer, draft, selected):
    assert preview(designer, selected, {"text": "a"}).status_code == 404


def test_a_stranger_previews_nothing(client, draft):
    stranger = department_person(DepartmentRoleName.DESIGNER, owner=DepartmentFactory(key="khac"))
    client.force_login(stranger)

    assert preview(client, list_uid(draft), {"text": "a"}).status_code == 404


def large(choices: int) -> bytes:
    survey = [["type", "name", "label", "label::English (en)", "hint", "hint::English (en)"]]
    survey += [["begin_group", "phan_a", "Phần A", "Part A"]]
    survey += [["select_one xa", "xa", "Xã", "Commune", "Chọn xã", "Choose the commune"]]
    survey += [["end_group"]]
    rows = [["list_name", "name", "label", "label::English (en)"]]
    rows += [["xa", f"c{n}", f"Xã số {n}", f"Commune {n}"] for n in range(choices)]
    return workbook(survey=survey, choices=rows, settings=[["form_title"], ["Phiếu"]])


@pytest.mark.parametrize("page", [1, 500])
def test_a_list_of_ten_thousand_is_never_sent_whole(client, page):
    draft = imported(large(10_000))
    person = department_person(DepartmentRoleName.DESIGNER, owner=draft.questionnaire.owner)
    client.force_login(person)

    content = node(client, uid(draft, "xa"), uid(draft, "phan_a"), page)

    rows = len(re.findall(r'<tr id="c-', content))
    assert (rows, len(content.encode()) < MOST_BYTES) == (12, True)


def test_every_text_comes_back_as_it_was_typed(designer, draft):
    typed = "\n</textarea><script>alert(1)</script> \" ' & =1+1 ${x}"
    change = {"op": "change", "node": uid(draft, "bien_che"), "field": "hint.vi", "new": typed}
    post(designer, "draft_edit", {"operations": [change]})

    content = node(designer, uid(draft, "bien_che"))

    assert ("<script>alert" in content, "&lt;/textarea&gt;&lt;script&gt;" in content) == (
        False,
        True,
    )
