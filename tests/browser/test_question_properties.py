"""A question's properties in Chromium, against the running product."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from surveys.engine import Kind, Question
from surveys.models import QuestionnaireVersion
from surveys.organisations.enums import DepartmentRoleName
from surveys.questionnaires.queries import form_of
from tests.factories import department_person
from tests.live import sign_in
from tests.surveys.questionnaires.factories import imported

PASTED = (
    "Mã\tNhãn\tlabel::English (en)\nco\tĐã có\tYes\nkhong\tChưa có\tNo\ndang\tĐang làm\tIn progress"
)


@pytest.fixture
def draft(live_site: str) -> QuestionnaireVersion:
    return imported()


@pytest.fixture
def builder(page: Page, draft: QuestionnaireVersion, live_site: str) -> Page:
    """A designer's browser at the question with choices."""
    person = department_person(DepartmentRoleName.DESIGNER, owner=draft.questionnaire.owner)
    sign_in(page.context, person, live_site)
    node = form_of(draft).element("de_an").uid
    page.goto(f"{live_site}/questionnaires/{draft.questionnaire.code}/draft/?at={node}")
    return page


def stored(draft: QuestionnaireVersion) -> Question:
    return form_of(QuestionnaireVersion.objects.get(pk=draft.pk)).question("de_an")


def choices(draft: QuestionnaireVersion) -> list[tuple[str, str]]:
    definition = form_of(QuestionnaireVersion.objects.get(pk=draft.pk)).definition
    listed = definition.lists[stored(draft).list_name]
    return [(choice.name, choice.label.get("vi", "")) for choice in listed.choices]


def test_a_question_with_choices_is_edited_by_keyboard_and_from_the_clipboard(
    builder: Page, draft: QuestionnaireVersion
) -> None:
    props = builder.locator("#props")
    label = props.locator("[data-field='label.vi']").first
    with builder.expect_response("**/edits/"):
        label.fill("Đề án đã được duyệt chưa?")
        builder.keyboard.press("Tab")
    expect(builder.locator("#canvas")).to_contain_text("Đề án đã được duyệt chưa?")

    props.get_by_role("button", name="Dán từ Excel").click()
    builder.locator("#paste-text").fill(PASTED)
    expect(builder.locator("#pasted")).to_contain_text("3 lựa chọn: 1 mới, 2 đã có")
    assert Axe().run(builder).response["violations"] == []
    with builder.expect_response("**/edits/"):
        builder.locator("#paste-take").click()
    expect(builder.locator("#canvas")).to_contain_text("Đang làm")
    assert choices(draft) == [("co", "Đã có"), ("khong", "Chưa có"), ("dang", "Đang làm")]

    code = props.get_by_label("Mã 3", exact=True)
    with builder.expect_response("**/edits/"):
        code.fill("co")
        builder.keyboard.press("Tab")
    expect(code).to_have_attribute("aria-invalid", "true")
    expect(props.locator("[role=alert]")).to_contain_text("đã có lựa chọn mang mã “co”")
    expect(code).to_have_value("co")
    with builder.expect_response("**/edits/"):
        code.fill("dang_lam")
        builder.keyboard.press("Alt+ArrowUp")
    expect(props.get_by_label("Mã 2", exact=True)).to_have_value("dang_lam")

    with builder.expect_response("**/edits/"):
        props.get_by_label("Mã 3", exact=True).press("Enter")
    expect(props.get_by_label("Nhãn 4, vi")).to_be_focused()
    with builder.expect_response("**/edits/"):
        builder.keyboard.type("Không rõ")
        builder.keyboard.press("Tab")
    assert choices(draft)[3] == ("lc_1", "Không rõ")
    assert Axe().run(builder).response["violations"] == []


def test_a_change_of_kind_says_what_goes_before(builder: Page, draft: QuestionnaireVersion) -> None:
    kind = builder.get_by_label("Kiểu", exact=True)
    kind.select_option("text")
    question = builder.locator("#props-confirm")
    expect(question).to_contain_text("Danh sách")
    question.get_by_role("button", name="Thôi").click()
    expect(kind).to_have_value("select_one")

    kind.select_option("text")
    with builder.expect_response("**/edits/"):
        question.get_by_role("button", name="Tiếp tục").click()
    expect(builder.locator("#props [data-choices]")).to_have_count(0)
    assert stored(draft).kind is Kind.TEXT


def test_a_rule_under_a_condition_appears_when_it_is_wanted(
    builder: Page, draft: QuestionnaireVersion
) -> None:
    builder.locator("summary", has_text="Kiểm tra").click()
    when = builder.get_by_label("Bắt buộc", exact=True)
    with builder.expect_response("**/edits/"):
        when.select_option("yes")
    assert stored(draft).required == "yes"

    when.select_option("if")
    text = builder.get_by_label("Bắt buộc: Khi …")
    place = builder.locator("[data-expression]", has=text)
    expect(place.locator("[data-condition]")).to_be_focused()
    place.locator("[data-show-expression]").click()
    with builder.expect_response("**/edits/"):
        text.fill("${bien_che} > (")
        builder.keyboard.press("Tab")
    expect(builder.locator("#props")).to_contain_text("Không đọc được biểu thức")
    expect(text).to_have_value("${bien_che} > (")
