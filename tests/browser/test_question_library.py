"""A questionnaire is started blank and takes an item of the library, in Chromium, against the running product."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from surveys.models import LibraryItem, QuestionnaireVersion
from surveys.organisations.enums import DepartmentRoleName
from tests.factories import department_person
from tests.live import sign_in
from tests.surveys.questionnaires.factories import imported
from tests.surveys.questionnaires.question_library.factories import kept


@pytest.fixture
def item(live_site: str) -> LibraryItem:
    source = imported()
    kept(source, "bien_che", title={"vi": "Biên chế được giao"})
    return kept(source, title={"vi": "Đề án chuyển đổi số"}, topic="Chiến lược")


@pytest.fixture
def designer(page: Page, item: LibraryItem, live_site: str) -> Page:
    person = department_person(DepartmentRoleName.DESIGNER, owner=item.owner)
    sign_in(page.context, person, live_site)
    page.goto(f"{live_site}/questionnaires/new/")
    return page


def lists_of_the_draft() -> list[str]:
    draft = QuestionnaireVersion.objects.get(questionnaire__code="phieu-dau-moi")
    return list(draft.definition.get("lists", {}))


def test_a_blank_questionnaire_takes_an_item_and_gives_it_back_by_keyboard(designer: Page) -> None:
    designer.get_by_label("Tên tiếng Việt").fill("Phiếu đầu mối")
    expect(designer.get_by_label("Mã", exact=True)).to_have_value("phieu-dau-moi")
    designer.keyboard.press("Enter")
    expect(designer).to_have_url(re.compile("/phieu-dau-moi/draft/"))

    designer.wait_for_load_state()
    designer.get_by_role("button", name="Lấy từ thư viện").last.click()
    dialog = designer.get_by_role("dialog", name="Lấy từ thư viện")
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    designer.keyboard.type("de an")
    expect(dialog.get_by_role("radio", name="Biên chế")).to_have_count(0)
    expect(dialog).to_contain_text("Đã có đề án chưa?")
    assert Axe().run(designer).response["violations"] == []
    with designer.expect_response("**/library/insert/"):
        designer.keyboard.press("Enter")
    expect(designer.locator("#canvas")).to_contain_text("Đã có đề án chưa?")
    expect(designer.locator("#props-library")).to_contain_text("Đề án chuyển đổi số, lần sửa 1")
    assert lists_of_the_draft() == ["co_khong"]

    with designer.expect_response("**/undo/"):
        designer.keyboard.press("Control+z")
    expect(designer.locator("#canvas")).not_to_contain_text("Đã có đề án chưa?")
    assert lists_of_the_draft() == []


def test_who_starts_from_the_library_finds_it_open(designer: Page) -> None:
    designer.get_by_label("Thư viện câu hỏi").check()
    designer.get_by_label("Tên tiếng Việt").fill("Phiếu đầu mối")
    designer.keyboard.press("Enter")

    dialog = designer.get_by_role("dialog", name="Lấy từ thư viện")
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    expect(designer).to_have_url(re.compile(r"/phieu-dau-moi/draft/(\?at=)?$"))
