"""A verification from the plan to its end: planned, judged by two, released, explained, decided, closed."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, FilePayload, Page, expect

from surveys.background.runner import run_pending
from surveys.models import Round, User, VerificationCase, VerificationPlan
from surveys.organisations.enums import MembershipRole
from tests.factories import department_person, member
from tests.live import sign_in
from tests.surveys.files.samples import pdf
from tests.surveys.verification.factories import HIGH, administrator, scored_round, verifier

DECISION: FilePayload = {
    "name": "quyet-dinh.pdf",
    "mimeType": "application/pdf",
    "buffer": pdf(b"1 0 obj<<>>endobj" * 40_000),
}
"""So large that it goes in pieces."""
WRONG: FilePayload = {"name": "anh.exe", "mimeType": "image/png", "buffer": b"MZ"}

Opened = Callable[[User, str], Page]


@pytest.fixture
def round_(live_site: str) -> Round:
    """A closed round of one agency with three scored answers; one of them cites a document."""
    return scored_round({**HIGH, "plan": ("low", "12/KH-UBND")})


@pytest.fixture
def opened(browser: Browser, live_site: str) -> Opened:
    """Opens an address of the site before somebody."""

    def open_page(person: User, address: str) -> Page:
        context = browser.new_context(locale="vi-VN")
        sign_in(context, person, live_site)
        page = context.new_page()
        page.goto(f"{live_site}{address}")
        return page

    return open_page


def looks_right(page: Page) -> None:
    """Nothing that axe finds, and nothing wider than a phone or a desk."""
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def plan_by_form(page: Page) -> None:
    """Three answers, each by both people; the preview counts the verdicts while it is typed."""
    page.get_by_role("link", name="Lập kế hoạch").click()
    for box in page.locator("[name=verifiers]").all():
        box.check()
    page.get_by_label("Tỷ lệ do hai người thẩm định").fill("100")
    preview = page.locator("#verification-preview")
    expect(preview).to_contain_text(re.compile(r"3 / 3.*6", re.DOTALL))
    looks_right(page)
    page.get_by_role("button", name="Lưu kế hoạch").click()
    looks_right(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Bắt đầu và giao việc").click()
    run_pending()
    page.reload()
    looks_right(page)


def judge_by_keys(page: Page, keys: str) -> None:
    """One verdict for each answer, by the keyboard alone; whatever is not accepted has a note."""
    looks_right(page)
    page.get_by_role("link", name="Bắt đầu câu tiếp theo").click()
    for key in keys:
        expect(page).to_have_url(re.compile(r"/verification/\d+/"))
        page.wait_for_load_state()
        before = page.url
        page.keyboard.press(key)
        expect(page.get_by_role("radio").nth(int(key) - 1)).to_be_checked()
        looks_right(page)
        if key != "1":
            page.get_by_label("Lời nhắn cho cơ quan").fill("Chưa có tài liệu kiểm chứng.")
        page.keyboard.press("Control+Enter")
        expect(page).not_to_have_url(before)
    expect(page).to_have_url(re.compile(r"/verification/work/"))


def settle_dispute(page: Page) -> None:
    """The two disagree on one answer: the department finds with the stricter one."""
    page.get_by_role("link", name="Xem xét, quyết định").click()
    looks_right(page)
    page.locator("table").get_by_role("link").click()
    expect(page.get_by_text("Hai người thẩm định khác nhau")).to_be_visible()
    looks_right(page)
    page.get_by_label("Không chấp nhận").check()
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("#id_note_error")).to_be_visible()
    looks_right(page)
    page.get_by_label("Lời nhắn cho cơ quan").fill("Văn bản chưa ban hành trong kỳ.")
    page.get_by_role("button", name="Lưu").click()


def explain(page: Page) -> None:
    """The agency finds its findings on the front page of its form and says one thing, once."""
    page.get_by_role("link", name="Xem kết quả thẩm định").click()
    looks_right(page)
    page.get_by_role("link", name="Giải trình", exact=True).click()
    looks_right(page)
    page.get_by_label("Giải trình", exact=True).fill("Ban hành ngày 2/3/2026.")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Chọn tệp").click()
    chooser.value.set_files([WRONG, DECISION])
    expect(page.locator(".drop .msg[role=alert]")).to_contain_text("anh.exe")
    expect(page.get_by_role("link", name="quyet-dinh.pdf")).to_be_visible()
    page.get_by_label("Số, ký hiệu văn bản").press("Enter")
    expect(page.get_by_role("link", name="quyet-dinh.pdf")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Gửi giải trình").click()
    expect(page.get_by_text("Đã gửi", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Giải trình", exact=True)).to_have_count(0)
    looks_right(page)


def decide(page: Page) -> None:
    """The department takes the explanation and changes its finding."""
    page.locator("table").get_by_role("link").click()
    expect(page.get_by_text("Ban hành ngày 2/3/2026.")).to_be_visible()
    expect(page.get_by_role("link", name="quyet-dinh.pdf")).to_be_visible()
    looks_right(page)
    page.get_by_label("Sửa kết quả thẩm định").check()
    page.get_by_label("Kết luận mới").select_option("accepted")
    page.get_by_label("Lý do").fill("Đã đối chiếu văn bản.")
    page.get_by_role("button", name="Lưu").click()


def confirmed(page: Page, act: str, button: str) -> None:
    """An act that cannot be taken back: it asks first."""
    page.get_by_role("link", name=act).click()
    looks_right(page)
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def test_answers_are_verified_explained_decided_on_and_closed(opened, round_):
    side = f"/rounds/{round_.code}/verification/"
    people = [verifier(), verifier()]
    steering = opened(department_person("designer"), side)
    plan_by_form(steering)
    for person, keys in zip(people, ("111", "131"), strict=True):
        judge_by_keys(opened(person, f"{side}work/"), keys)

    head = opened(administrator(), side)
    expect(head.get_by_text("Kappa của Cohen").first).to_be_visible()
    looks_right(head)
    settle_dispute(head)
    head.goto(f"{steering.url}")
    confirmed(head, "Thông báo kết quả cho mọi cơ quan", "Thông báo kết quả")
    run_pending()
    expect(head.get_by_role("link", name="Chốt kết quả thẩm định")).to_have_count(0)
    looks_right(head)

    agency = VerificationCase.objects.get().assignment
    coordinator = member(agency.agency, MembershipRole.COORDINATOR)
    explain(opened(coordinator, f"/assignments/{agency.pk}/"))
    head.goto(f"{steering.url}decisions/")
    decide(head)

    # The days for explanations have gone by.
    over = timezone.now() - timedelta(minutes=1)
    VerificationCase.objects.update(released_at=over - timedelta(days=10), explain_until=over)
    head.goto(f"{steering.url}")
    confirmed(head, "Chốt kết quả thẩm định", "Chốt kết quả")
    run_pending()

    head.reload()
    looks_right(head)
    final = opened(coordinator, f"/assignments/{agency.pk}/findings/")
    expect(final.get_by_text("Đây là điểm cuối cùng")).to_be_visible()
    looks_right(final)
    plan = VerificationPlan.objects.get()
    assert plan.frozen_at is not None
    assert VerificationCase.objects.exclude(verified=None).count() == 1
