"""The dialog of a condition: sentence, parts and expression in step."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from surveys.models import QuestionnaireVersion
from surveys.organisations.enums import DepartmentRoleName
from surveys.questionnaires.queries import form_of
from tests.factories import department_person
from tests.surveys.questionnaires.factories import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> QuestionnaireVersion:
    return imported()


@pytest.fixture
def designer(draft: QuestionnaireVersion, client: Client) -> Client:
    person = department_person(DepartmentRoleName.DESIGNER, owner=draft.questionnaire.owner)
    client.force_login(person)
    return client


def address(
    draft: QuestionnaireVersion, name: str, field: str, view: str = "draft_condition"
) -> str:
    return reverse(view, args=["to-chuc", form_of(draft).element(name).uid, field])


def post(client: Client, url: str, body: Any):
    return client.post(url, json.dumps(body), content_type="application/json")


def shown(answer) -> tuple[str, str]:
    """The sentence and the expression."""
    content = answer.content.decode()
    found = re.search(r'id="condition-sentence" role="status">(.*?)</p>', content, re.DOTALL)
    text = re.search(r'<textarea class="form-control code".*?>(.*?)</textarea>', content, re.DOTALL)
    assert found
    assert text
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()), text[1]


def test_the_dialog_opens_with_sentence_and_expression(designer, draft):
    answer = designer.get(address(draft, "bien_che", "constraint"))

    assert shown(answer) == ("Phải sửa trừ khi câu trả lời này không nhỏ hơn 0", ". &gt;= 0")


def test_the_sentence_follows_the_expression(designer, draft):
    answer = post(designer, address(draft, "bien_che", "relevant"), {"text": "${de_an} = 'co'"})

    assert shown(answer) == ("Hiện khi A11 Đã có đề án chưa? là Có", "${de_an} = &#x27;co&#x27;")


def test_the_expression_follows_the_sentence(designer, draft):
    part = {"subject": "${de_an}", "comparison": "is", "values": ["co", "khong"]}
    body = {"condition": {"kind": "all", "parts": [part]}}

    answer = post(designer, address(draft, "bien_che", "relevant"), body)

    assert shown(answer)[1] == "${de_an} = &#x27;co&#x27; or ${de_an} = &#x27;khong&#x27;"


def test_a_comparison_is_added_and_takes_the_focus(designer, draft):
    body = {"condition": {"kind": "all", "parts": []}, "do": "add_term", "at": ""}

    content = post(designer, address(draft, "bien_che", "relevant"), body).content.decode()

    assert 'data-focus="c-0-subject"' in content
    assert 'data-save-rule aria-disabled="true"' in content


def test_what_is_wrong_with_the_expression_is_said(designer, draft):
    answer = post(designer, address(draft, "bien_che", "relevant"), {"text": "${de_ann} = 'co'"})

    said = answer.content.decode().partition('role="alert"')[2]
    assert "${de_an}" in said


def test_what_no_sentence_says_is_edited_as_text(designer, draft):
    text = "pulldata('t', 'a', 'b', ${de_an}) = '1'"

    answer = post(designer, address(draft, "bien_che", "relevant"), {"text": text})

    assert shown(answer)[0] == "Không nói được thành câu; sửa ở biểu thức."
    assert "data-group" not in answer.content.decode()


@pytest.mark.parametrize(
    "body", [[], "x", {"condition": 1}, {"text": 1}, {"do": "add_term", "at": "9.9"}]
)
def test_a_body_that_is_none_is_no_error(designer, draft, body):
    assert post(designer, address(draft, "bien_che", "relevant"), body).status_code in {200, 400}


def test_names_are_searched(designer, draft):
    answer = designer.get(address(draft, "bien_che", "relevant", "draft_names"), {"q": "đề án"})

    assert answer.json() == {
        "found": [{"expression": "${de_an}", "name": "de_an", "label": "A11 Đã có đề án chưa?"}]
    }


def test_a_field_that_the_element_lacks_is_not_found(designer, draft):
    assert designer.get(address(draft, "bien_che", "closed")).status_code == 404
    assert designer.get(address(draft, "bien_che", "label")).status_code == 404


def test_the_sentences_of_an_element_come_together(designer, draft):
    uid = form_of(draft).element("bien_che").uid

    content = designer.get(reverse("draft_sentences", args=["to-chuc", uid])).content.decode()

    assert re.findall(r'data-said="(\w+)"', content) == [
        "relevant",
        "constraint",
        "warning",
        "calculation",
        "choice_filter",
        "required",
        "read_only",
    ]


def test_who_only_follows_edits_no_condition(client, draft):
    client.force_login(
        department_person(DepartmentRoleName.RESEARCHER, owner=draft.questionnaire.owner)
    )

    assert client.get(address(draft, "bien_che", "relevant")).status_code == 403
