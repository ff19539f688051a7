"""The work on a form is divided, done and looked after, in Chromium, with scripts and without."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from surveys.campaigns.deadlines import local_day
from surveys.models import Delegation, Response, User
from surveys.organisations.enums import MembershipRole
from tests.browser.filling import as_coordinator, started, stored
from tests.factories import member
from tests.live import sign_in
from tests.surveys.responses.factories import DEFINITION

PHONE: ViewportSize = {"width": 360, "height": 740}


@pytest.fixture
def response(live_site: str) -> Response:
    """A draft of three sections, due in ten days."""
    return started(DEFINITION)


@pytest.fixture
def address(live_site: str, response: Response) -> str:
    return f"{live_site}/assignments/{response.assignment_id}/"


@pytest.fixture
def bao(response: Response) -> User:
    """A contributor of the agency."""
    person = member(response.assignment.agency, MembershipRole.CONTRIBUTOR)
    person.full_name = "Trần Quốc Bảo"
    person.save()
    return person


@pytest.fixture
def head(page: Page, response: Response, live_site: str) -> Page:
    """The coordinator's browser."""
    return as_coordinator(page, response, live_site)


def give(page: Page, address: str, person: User, *sections: str) -> None:
    """The coordinator gives sections from the front page on."""
    page.goto(address)
    page.get_by_role("link", name="Giao việc").click()
    for section in sections:
        page.get_by_label(section, exact=True).check()
    page.get_by_label("Người", exact=True).select_option(str(person.pk))
    page.get_by_role("button", name="Giao việc này").click()


def test_work_is_given_done_refused_elsewhere_and_late(
    browser: Browser, head: Page, address: str, response: Response, bao: User, live_site: str
) -> None:
    context = browser.new_context(locale="vi-VN", viewport=PHONE)
    sign_in(context, bao, live_site)
    his = context.new_page()
    his.goto(f"{address}sections/people/")
    his.wait_for_load_state("networkidle")

    give(head, address, bao, "Đầu mối", "Kinh phí")

    expect(head.locator("#notices")).to_contain_text("Đã giao cho Trần Quốc Bảo")
    assert Axe().run(head).response["violations"] == []
    his.locator("#c-staff").fill("12")
    his.keyboard.press("Tab")
    expect(his.locator("#notices")).to_contain_text("chưa giao cho ai")
    his.goto(live_site)
    expect(his.locator("main section h2").first).to_have_text("Việc được giao")
    his.goto(address)
    names = [name.strip() for name in his.locator(".task__name").all_inner_texts()]
    assert names == ["Đầu mối", "Kinh phí", "Nhân lực"]
    assert Axe().run(his).response["violations"] == []
    his.get_by_role("link", name="Kinh phí").last.click()
    his.locator("#c-budget--state--planned").fill("5")
    his.keyboard.press("Tab")
    expect(his.locator("#dock-state")).to_contain_text("Đã lưu")
    assert stored(response)["budget"] == {"state": {"planned": "5"}}
    assert "staff" not in stored(response)

    Delegation.objects.update(due_on=local_day(timezone.now()) - timedelta(days=2))
    head.goto(f"{address}division/")
    line = head.get_by_role("row").filter(has_text="Trần Quốc Bảo")
    expect(line).to_contain_text("Chậm 2 ngày")
    expect(line).to_contain_text("1/2")
    context.close()


def test_without_scripts_and_by_keyboard_alone_work_is_given_and_reported_done(
    browser: Browser, address: str, response: Response, bao: User, live_site: str
) -> None:
    head = member(response.assignment.agency, MembershipRole.COORDINATOR)
    page = _plain(browser, head, live_site)
    page.new_page().goto(f"{address}division/")
    form = page.pages[0]
    form.locator("#part-people").focus()
    form.keyboard.press("Space")
    form.locator("#give-person").select_option(str(bao.pk))
    form.locator("#give-due").focus()
    form.keyboard.press("Enter")
    expect(form.locator("#notices")).to_contain_text("Đã giao cho Trần Quốc Bảo")

    context = _plain(browser, bao, live_site)
    his = context.new_page()
    his.goto(address)
    his.get_by_role("button", name="Báo đã xong").press("Enter")

    expect(his.get_by_role("button", name="Chưa xong, làm tiếp")).to_be_visible()
    assert Delegation.objects.get().done_at is not None
    context.close()
    page.close()


def _plain(browser: Browser, person: User, site: str) -> BrowserContext:
    context = browser.new_context(java_script_enabled=False, locale="vi-VN", viewport=PHONE)
    sign_in(context, person, site)
    return context
