"""The Rules tab and the values tried on it."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from surveys.definitions.editing import Change
from surveys.models import QuestionnaireVersion
from surveys.organisations.enums import DepartmentRoleName
from surveys.questionnaires import services
from surveys.questionnaires.queries import form_of
from tests.factories import department_person
from tests.surveys.questionnaires.factories import CHOICES, NOW, SETTINGS, imported
from tests.surveys.xlsform.workbooks import workbook

pytestmark = pytest.mark.django_db

HEAD = ["type", "name", "label", "relevant", "constraint", "calculation", "number"]
RULES = workbook(
    survey=[
        HEAD,
        ["begin_group", "phan_a", "Phần A"],
        ["select_one co_khong", "de_an", "Đã có đề án chưa?", "", "", "", "A1"],
        ["integer", "bien_che", "Biên chế", "${de_an} = 'co'", ". >= 0", "", "A2"],
        ["calculate", "gap", "Còn lại", "", "", "10 - ${bien_che}", "A3"],
        ["text", "ten", "Tên", "${bien_che} > 1", "", "", "A4"],
        ["end_group"],
    ],
    choices=CHOICES,
    settings=SETTINGS,
)


@pytest.fixture
def draft() -> QuestionnaireVersion:
    version = imported(RULES)
    node = uid(version, "ten")
    change = Change(node, "relevant", "${bien_che} > 1", "${bein_che} > 1")
    services.edit_draft(version, edit_id=uuid4(), operations=[change], actor=None, at=NOW)
    return version


@pytest.fixture
def designer(draft: QuestionnaireVersion, client: Client) -> Client:
    person = department_person(DepartmentRoleName.DESIGNER, owner=draft.questionnaire.owner)
    client.force_login(person)
    return client


def uid(draft: QuestionnaireVersion, name: str) -> str:
    return form_of(draft).element(name).uid


def address(query: str = "") -> str:
    return reverse("draft_rules", args=["to-chuc"]) + query


def outcomes(content: str) -> list[str]:
    """The fourth cell of each row, in words."""
    rows = re.findall(r'<tr id="rule-.*?</tr>', content, re.DOTALL)
    cells = [re.findall(r"<td.*?</td>", row, re.DOTALL)[2] for row in rows]
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]


def test_every_rule_is_listed_with_what_comes_of_it(designer):
    content = designer.get(address()).content.decode()

    assert outcomes(content) == [
        "Ẩn",
        "Chưa có giá trị",
        "Trống",
        "Không thử được Có tham chiếu đến “bein_che” nhưng không có câu này",
    ]


def test_a_kind_is_shown_alone(designer):
    content = designer.get(address("?kind=calculation")).content.decode()

    assert outcomes(content) == ["Trống"]


@pytest.mark.parametrize(
    ("words", "found"), [("con lai", 1), ("A2", 2), ("BIEN_CHE", 3), ("không có gì", 0)]
)
def test_rules_are_found_by_question_and_expression(designer, words, found):
    content = designer.get(address(), {"q": words}).content.decode()

    assert len(outcomes(content)) == found


def test_values_are_tried_and_kept(designer):
    designer.post(
        address(), {"path": ["de_an", "bien_che"], "value:de_an": "co", "value:bien_che": "-4"}
    )

    assert outcomes(designer.get(address()).content.decode())[:3] == ["Hiện", "Báo", "14"]


def test_htmx_gets_the_part_alone(designer):
    answer = designer.post(
        address("?kind=relevant"),
        {"path": "de_an", "value:de_an": "co"},
        headers={"HX-Request": "true"},
    )

    content = answer.content.decode()
    assert content.lstrip().startswith('<div class="cols cols-aside" id="rules">')
    assert outcomes(content)[0] == "Hiện"


def test_values_are_forgotten_together(designer):
    designer.post(address(), {"path": "de_an", "value:de_an": "co"})
    designer.post(address(), {"reset": "1"})

    assert outcomes(designer.get(address()).content.decode())[0] == "Ẩn"


def test_a_value_that_cannot_be_read_is_said(designer):
    content = designer.post(
        address(), {"path": "bien_che", "value:bien_che": "nhiều"}
    ).content.decode()

    assert "Đây không phải số nguyên." in content
    assert 'value="nhiều"' in content


def test_the_expression_of_the_chosen_rule_is_shown(designer, draft):
    content = designer.get(address(f"?rule={uid(draft, 'gap')}.calculation")).content.decode()

    assert "10 - ${bien_che}</pre>" in content


def test_who_only_follows_sees_no_rules_of_a_draft(client, draft):
    client.force_login(
        department_person(DepartmentRoleName.RESEARCHER, owner=draft.questionnaire.owner)
    )

    assert client.get(address()).status_code == 403


def test_each_cell_of_a_table_is_tried(client):
    rows = [
        [*HEAD, "row_list"],
        ["begin_repeat", "bang", "Bảng", "", "", "", "A5", "co_khong"],
        ["integer", "nam", "Nam"],
        ["end_repeat"],
        ["calculate", "tong", "Tổng", "", "", "sum(${nam})", "A6"],
    ]
    version = imported(workbook(survey=rows, choices=CHOICES, settings=SETTINGS))
    owner = version.questionnaire.owner
    client.force_login(department_person(DepartmentRoleName.DESIGNER, owner=owner))

    typed = {"value:bang/co/nam": "2", "value:bang/khong/nam": "3"}
    content = client.post(
        address(), {"path": ["bang/co/nam", "bang/khong/nam"], **typed}
    ).content.decode()

    assert outcomes(content) == ["5"]
    assert 'name="value:bang/co/nam" value="2"' in content


def test_a_rule_that_a_circle_leaves_out_is_shown(designer, draft):
    circle = [
        Change(uid(draft, "ten"), "relevant", "${bein_che} > 1", "${bien_che} > 1"),
        Change(uid(draft, "bien_che"), "relevant", "${de_an} = 'co'", "${ten} = 'a'"),
    ]
    services.edit_draft(draft, edit_id=uuid4(), operations=circle, actor=None, at=NOW)

    page = designer.get(address())

    assert (page.status_code, len(outcomes(page.content.decode()))) == (200, 4)
