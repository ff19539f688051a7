"""A form goes through its chain, comes back and goes on, in Chromium, with scripts and without."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from surveys.models import Response, SignOff
from surveys.responses import services
from surveys.responses.services import CellEdit
from tests.browser.filling import started
from tests.factories import member
from tests.live import sign_in
from tests.surveys.responses.factories import DEFINITION
from tests.surveys.responses.signoff.chains import REVIEW, SIGN


@pytest.fixture
def response(live_site: str) -> Response:
    """A response that a reviewer has to approve before it is signed."""
    response = started(DEFINITION)
    round_ = response.assignment.round
    round_.sign_off = [REVIEW.as_json(), SIGN.as_json()]
    round_.save()
    now = timezone.now()
    edits = [
        CellEdit("staff", "10"),
        CellEdit("women", "4"),
        CellEdit("budget/oda/planned", "12,5"),
    ]
    services.save_cells(response, edit_id="all", edits=edits, actor=None, at=now)
    services.send_for_signature(response, actor=None, at=now)
    return response


def opened(browser: Browser, response: Response, role: str, site: str, *, scripts: bool) -> Page:
    """The form's front page, before somebody of the agency."""
    context = browser.new_context(java_script_enabled=scripts, locale="vi-VN")
    sign_in(context, member(response.assignment.agency, role), site)
    page = context.new_page()
    page.goto(f"{site}/assignments/{response.assignment_id}/")
    return page


def looks_right(page: Page) -> None:
    """Nothing that axe finds, and nothing wider than a phone or a desk."""
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def test_a_form_is_returned_corrected_compared_and_signed(browser, response, live_site):
    reviewer = opened(browser, response, "reviewer", live_site, scripts=True)
    reviewer.get_by_role("link", name="Xem và duyệt").click()
    looks_right(reviewer)
    reviewer.get_by_role("button", name="Trả lại").first.click()
    dialog = reviewer.locator("dialog#return")
    dialog.get_by_label("Số nữ", exact=True).check()
    dialog.get_by_label("Ý kiến về Số nữ").fill("Đếm lại số nữ")
    dialog.get_by_label("Lý do").fill("Đối chiếu với danh sách")
    dialog.get_by_role("button", name="Trả lại").click()
    expect(reviewer.get_by_text("có 1 câu cần sửa")).to_be_visible()

    coordinator = opened(browser, response, "coordinator", live_site, scripts=True)
    expect(coordinator.get_by_text("Đếm lại số nữ")).to_be_visible()
    looks_right(coordinator)
    coordinator.get_by_role("link", name="Số nữ", exact=True).click()
    expect(coordinator.locator("#c-staff")).to_have_attribute("readonly", "")
    looks_right(coordinator)
    coordinator.locator("#c-women").fill("3")
    coordinator.keyboard.press("Tab")
    expect(coordinator.locator("#dock-state")).to_contain_text("Đã lưu")
    coordinator.goto(f"{live_site}/assignments/{response.assignment_id}/check/")
    coordinator.get_by_role("button", name="Trình ký").click()
    expect(coordinator.get_by_text("Nội dung đã sửa")).to_be_visible()

    reviewer.goto(f"{live_site}/assignments/{response.assignment_id}/differences/")
    expect(reviewer.locator("del")).to_have_text(["4", "6"])
    expect(reviewer.locator("ins")).to_have_text(["3", "7"])
    looks_right(reviewer)
    reviewer.get_by_role("link", name="Xem xét, quyết định").click()
    reviewer.get_by_label("Ý kiến").first.fill("Đã đối chiếu")
    reviewer.get_by_role("button", name="Duyệt").click()
    expect(reviewer.get_by_text("Phiếu đã được duyệt")).to_be_visible()

    signatory = opened(browser, response, "signatory", live_site, scripts=False)
    expect(signatory.get_by_text("Đã đối chiếu")).to_be_visible()
    signatory.get_by_role("link", name="Xem và ký").click()
    signatory.get_by_role("button", name="Ký và gửi").click()

    expect(signatory.get_by_role("heading", level=1)).to_contain_text("Biên nhận")
    acts = SignOff.objects.order_by("pk").values_list("step", "act")
    assert list(acts) == [("review", "return"), ("review", "approve"), ("sign", "sign")]
