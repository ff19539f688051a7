"""Conditions as sentences and the Rules tab, in Chromium, by keyboard alone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from surveys.models import QuestionnaireVersion
from surveys.organisations.enums import DepartmentRoleName
from surveys.questionnaires.queries import form_of
from tests.factories import department_person
from tests.live import sign_in
from tests.surveys.questionnaires.factories import imported


@pytest.fixture
def draft(live_site: str) -> QuestionnaireVersion:
    return imported()


@pytest.fixture
def designer(page: Page, draft: QuestionnaireVersion, live_site: str) -> Page:
    """A designer's browser on the Rules tab."""
    person = department_person(DepartmentRoleName.DESIGNER, owner=draft.questionnaire.owner)
    sign_in(page.context, person, live_site)
    page.goto(f"{live_site}/questionnaires/to-chuc/draft/rules/")
    return page


def expression(draft: QuestionnaireVersion) -> str:
    draft.refresh_from_db()
    return form_of(draft).question("bien_che").constraint


def test_a_check_is_put_together_by_keyboard_tried_and_taken_back(
    designer: Page, draft: QuestionnaireVersion
) -> None:
    designer.get_by_label("Biên chế được giao", exact=False).fill("-3")
    designer.keyboard.press("Tab")
    expect(designer.locator("#rules tbody")).to_contain_text("Báo")
    assert Axe().run(designer).response["violations"] == []

    designer.locator("[data-condition]").focus()
    designer.keyboard.press("Enter")
    sentence = designer.locator("#condition-sentence")
    expect(sentence).to_contain_text("không nhỏ hơn")
    designer.locator("#condition-add").focus()
    designer.keyboard.press("Enter")
    expect(designer.locator("#c-1-subject")).to_be_focused()
    designer.keyboard.type("de an")
    expect(designer.locator("#c-1-found [role=option]")).to_have_count(1)
    designer.keyboard.press("Enter")
    choice = designer.get_by_role("checkbox", name="Có", exact=True)
    choice.focus()
    designer.keyboard.press("Space")
    expect(sentence).to_contain_text("Đã có đề án chưa?")
    expect(sentence).to_contain_text("Có")
    assert Axe().run(designer).response["violations"] == []
    designer.locator("[data-save-rule]").focus()
    designer.keyboard.press("Enter")

    expect(designer.locator("#rules tbody")).to_contain_text("Đã có đề án chưa?")
    assert expression(draft) == ". >= 0 and ${de_an} = 'co'"
    expect(designer.locator("[data-condition]")).to_be_focused()
    designer.locator("[data-do=undo]").click()
    expect(designer.locator("#rules tbody")).not_to_contain_text("Đã có đề án chưa?")
    assert expression(draft) == ". >= 0"


def test_the_names_of_questions_complete_an_expression_and_the_sentence_follows(
    designer: Page, draft: QuestionnaireVersion
) -> None:
    designer.locator("[data-condition]").click()
    designer.locator("#condition-details summary").click()
    text = designer.locator("#condition-text")
    text.fill("")
    text.press_sequentially("${de")
    expect(designer.locator("#condition-names [role=option]")).to_have_count(1)
    designer.keyboard.press("Enter")
    expect(text).to_have_value("${de_an}")
    text.press_sequentially(" = 'khong'")
    expect(designer.locator("#condition-sentence")).to_contain_text("Không")

    designer.locator("[data-save-rule]").click()

    expect(designer.locator("#rules tbody")).to_contain_text("Đã có đề án chưa?")
    assert expression(draft) == "${de_an} = 'khong'"


@pytest.mark.parametrize("width", [360, 1024])
def test_tab_and_dialog_fit(designer: Page, width: int) -> None:
    designer.set_viewport_size({"width": width, "height": 800})
    designer.locator("[data-condition]").click()
    save = designer.locator("[data-save-rule]")

    expect(save).to_be_in_viewport()
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert designer.evaluate(over) <= 0


def test_who_goes_on_before_the_answer_chooses_among_the_comparisons_of_the_new_question(
    designer: Page, draft: QuestionnaireVersion
) -> None:
    designer.locator("[data-condition]").focus()
    designer.keyboard.press("Enter")
    designer.locator("#condition-add").focus()
    designer.keyboard.press("Enter")
    expect(designer.locator("#c-1-subject")).to_be_focused()
    held: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST" and not released:
            held.append(route)
        else:
            route.continue_()

    released: list[bool] = []
    designer.route("**/conditions/**", hold)
    with designer.expect_request(lambda sent: sent.method == "POST"):
        designer.keyboard.type("de an")
        expect(designer.locator("#c-1-found [role=option]")).to_have_count(1)
        designer.keyboard.press("Enter")
    comparison = designer.locator("#c-1-comparison")
    comparison.focus()
    before = comparison.locator("option").all_inner_texts()

    released.append(True)
    for route in held:
        route.continue_()

    expect(designer.get_by_role("checkbox", name="Có", exact=True)).to_be_visible()
    assert comparison.locator("option").all_inner_texts() != before
    expect(comparison).to_be_focused()
