"""A question is picked, crossed and filtered; the address alone brings the same figures back."""

from collections import Counter

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from analytics.answers import signed_answers, units_asked
from surveys.background.runner import run_pending
from surveys.models import Round
from tests.answered import answered_round
from tests.factories import department_person
from tests.live import sign_in

MODELS = {
    "cuc": "Cục",
    "vu": "Vụ",
    "trung_tam": "Trung tâm",
    "so": "Sở Khoa học và Công nghệ",
    "khac": "Mô hình khác",
}
TYPES = {
    "ministry": "Bộ",
    "government_agency": "Cơ quan thuộc Chính phủ",
    "province": "Tỉnh, thành phố",
}


@pytest.fixture
def round_(live_site: str) -> Round:
    """Six agencies asked and signed, everything computed."""
    made = answered_round(responses=6)
    run_pending()
    return made


@pytest.fixture
def page(browser: Browser, live_site: str, round_: Round) -> Page:
    """A designer's browser in the list of what can be looked into."""
    context = browser.new_context(locale="vi-VN", viewport={"width": 1440, "height": 900})
    sign_in(context, department_person("designer", owner=round_.campaign.owner), live_site)
    opened = context.new_page()
    opened.goto(f"{live_site}/analysis/")
    return opened


def looks_right(page: Page) -> None:
    """Nothing that axe finds, and nothing wider than a phone or a desk."""
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def table_of(page: Page) -> dict[str, dict[str, int]]:
    """The counts of the cross table as the page shows them: type of agency, answer, number."""
    rows = page.locator("#t-a2_model-1 tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))"
    )
    heads = rows[0][1:-1]
    return {
        row[0]: {head: int(n) for head, n in zip(heads, row[1:-1], strict=True) if n != "0"}
        for row in rows[1:-1]
    }


def by_hand(round_: Round, kinds: set[str]) -> dict[str, dict[str, int]]:
    """The same, counted from what was signed."""
    types = {unit["agency_id"]: unit["type"] for unit in units_asked(round_)}
    pairs = Counter(
        (types[item.agency_id], item.answers["a2_model"]) for item in signed_answers(round_)
    )
    return {
        TYPES[kind]: {MODELS[code]: n for (of, code), n in pairs.items() if of == kind}
        for kind in TYPES
        if kind in kinds and any(of == kind for of, _code in pairs)
    }


def computed(page: Page) -> None:
    """Wait until the page asks for a computation, let a worker do it, and wait for its table."""
    expect(page.get_by_text("Đang tính…")).to_be_visible()
    run_pending()
    expect(page.locator("#t-a2_model-1")).to_be_visible()


def test_a_question_is_crossed_filtered_and_found_again_by_its_address(
    page: Page, round_: Round
) -> None:
    looks_right(page)
    page.get_by_role("link", name="Năng lực tổ chức").first.click()
    page.get_by_label("Tìm câu hỏi").fill("mo hinh don vi")
    page.locator("#question-list a").filter(has_text="Mô hình đơn vị chuyên trách").click()
    expect(page.locator("#t-a2_model")).to_be_visible()
    expect(page.locator(".chart__plot svg")).to_be_visible()
    looks_right(page)

    page.get_by_label("Thêm tiêu thức").select_option("type")
    computed(page)
    page.get_by_role("link", name="Số lượng").click()
    expect(page.get_by_role("link", name="Số lượng")).to_have_attribute("aria-current", "true")
    assert table_of(page) == by_hand(round_, set(TYPES))
    looks_right(page)

    page.get_by_label("Thêm điều kiện lọc").select_option("type:province")
    computed(page)
    address = page.url
    assert "in=type%3Aprovince" in address or "in=type:province" in address
    filtered = table_of(page)
    assert filtered == by_hand(round_, {"province"})

    page.reload()
    assert (page.url, table_of(page)) == (address, filtered)
    page.go_back()
    expect(page.locator("#t-a2_model-1 tbody tr")).to_have_count(3)
    assert table_of(page) == by_hand(round_, set(TYPES))


def test_the_report_and_the_themes_can_be_read_by_everybody(page: Page, round_: Round) -> None:
    page.get_by_role("link", name="Báo cáo").first.click()
    expect(page.get_by_role("heading", name="1. Tổ chức và biên chế")).to_be_visible()
    looks_right(page)

    page.goto(f"{page.url.removesuffix('report/')}?q=a19_remarks")
    page.get_by_role("link", name="Đọc ý kiến và xếp chủ đề").click()
    page.get_by_label("Chủ đề mới").fill("Kinh phí")
    page.get_by_role("button", name="Thêm chủ đề").click()
    page.locator("article").first.get_by_label("Kinh phí").check()
    page.locator("article").first.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("1 trong")).to_be_visible()
    looks_right(page)


def test_without_scripts_the_address_is_made_by_a_form(
    browser: Browser, live_site: str, round_: Round
) -> None:
    context = browser.new_context(locale="vi-VN", java_script_enabled=False)
    sign_in(context, department_person("designer", owner=round_.campaign.owner), live_site)
    page = context.new_page()
    page.goto(f"{live_site}/analysis/{round_.code}/?q=a2_model")

    page.get_by_label("Thêm tiêu thức").select_option("type")
    with page.expect_navigation():
        page.get_by_role("button", name="Phân tổ", exact=True).click()
    run_pending()
    page.get_by_role("link", name="Xem lại").click()

    expect(page.locator("#t-a2_model-1")).to_be_visible()
