"""What the department does: plans a campaign, lets it run, follows it, closes its round."""

import re
from datetime import date, timedelta
from typing import Final

from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.journey.viewing import Album
from tests.browser.running.people import TITLE

GRACE: Final = 3
ANSWER_DAYS: Final = 20
WHY_CLOSED: Final = "Đủ số liệu để báo cáo Thủ tướng Chính phủ trước ngày 25."


def create_campaign(page: Page, album: Album, *, today: date) -> None:
    """A quarterly campaign on a legal basis; the form shows its rounds and whom it asks."""
    page.get_by_role("link", name="Đợt khảo sát").first.click()
    album.look(page, "campaigns", phone=True)
    page.get_by_role("link", name="Tạo cuộc khảo sát").first.click()
    page.get_by_label("Tên", exact=True).fill(TITLE)
    page.get_by_label("Tên tiếng Anh").fill("Full-time staff of digital transformation")
    page.get_by_label("Mục đích").fill("Làm căn cứ phân bổ chỉ tiêu bồi dưỡng năm sau.")
    page.get_by_label("Căn cứ pháp lý: số, ký hiệu").fill("Quyết định 1690/QĐ-TTg")
    page.get_by_label("Ngày ban hành").fill("26/12/2023")
    page.get_by_label("Cơ quan ban hành").fill("Thủ tướng Chính phủ")
    page.get_by_label("Trích yếu").fill("Nâng cao năng lực đội ngũ chuyển đổi số")
    page.get_by_label("Phiếu hỏi", exact=True).select_option(index=1)
    page.get_by_role("checkbox", name="Tỉnh").first.check()
    expect(page.locator("#targets-total")).to_contain_text("2 cơ quan")
    page.get_by_label("Chu kỳ", exact=True).select_option("quarterly")
    page.get_by_label("Ngày chốt số liệu đầu tiên").fill(f"{today - timedelta(days=1):%d/%m/%Y}")
    page.get_by_label("Số ngày trả lời").fill(str(ANSWER_DAYS))
    page.get_by_label("Số ngày nộp muộn được chấp nhận").fill(str(GRACE))
    rows = page.locator("#plan-preview tbody tr")
    expect(rows.first).to_contain_text(f"{today.day}/{today.month}/{today.year}")
    album.look(page, "campaign-form", phone=True)
    page.get_by_role("button", name="Tạo cuộc khảo sát").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    album.look(page, "campaign", phone=True)


def preview_targets(page: Page, album: Album) -> None:
    """Whom it asks by the rule, before anybody is asked."""
    page.get_by_role("link", name="Xem, sửa đối tượng").click()
    preview = page.locator("#target-preview")
    expect(preview).to_contain_text("2 cơ quan")
    page.get_by_label("Bộ", exact=True).check()
    expect(preview).to_contain_text("3 cơ quan")
    page.get_by_label("Bộ", exact=True).uncheck()
    expect(preview).to_contain_text("2 cơ quan")
    preview.locator("summary").last.click()
    expect(preview).to_contain_text("Tỉnh Tuyên Quang")
    album.look(page, "targets", phone=True)
    page.get_by_role("link", name=TITLE).first.click()


def set_chain(page: Page, album: Album) -> None:
    """The agency's reviewer approves before its signatory signs."""
    page.get_by_role("link", name="Sửa quy trình ký duyệt").click()
    page.get_by_role("button", name="Thêm bước").click()
    page.get_by_label("Tên tiếng Việt").first.fill("Văn phòng rà soát")
    album.look(page, "chain", phone=True)
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.get_by_text("Đã lưu quy trình ký duyệt")).to_be_visible()
    page.get_by_role("link", name=TITLE).first.click()


def start(page: Page, album: Album) -> None:
    """It runs by itself from now on."""
    expect(page.get_by_text("→ Văn phòng rà soát →")).to_be_visible()
    page.get_by_role("button", name="Cho chạy").click()
    expect(page.get_by_text("các đợt tự mở và tự đóng")).to_be_visible()
    album.look(page, "campaign-running")


def follow(page: Page, site: str, code: str, album: Album) -> None:
    """The page of the round, which shows by itself what happens from now on."""
    page.goto(f"{site}{reverse('round_overview', args=[code])}")
    expect(page.locator("[data-live-state=live]")).to_contain_text("Trực tiếp")
    page.evaluate("window.openedOnce = true")
    album.look(page, "overview", phone=True)


def expect_progress(page: Page, agency: str, status: str) -> None:
    """The agency's line, on a page that has not been loaded again."""
    line = page.locator("#t-units tbody tr").filter(has_text=agency)
    expect(line).to_contain_text(status)
    assert page.evaluate("window.openedOnce"), "the overview was loaded again"


def expect_bell(page: Page, count: int) -> None:
    """The bell counts by itself."""
    expect(page.locator("#bell .count")).to_have_text(str(count))


def grant_extension(page: Page, album: Album, *, until: date) -> None:
    """From the bell to the wish, granted to the day that was asked for."""
    page.locator("#bell a").click()
    album.look(page, "inbox", phone=True)
    page.get_by_role("link", name=re.compile("xin gia hạn")).press("Enter")
    expect(page.get_by_text("bão lũ")).to_be_visible()
    album.look(page, "agreements", phone=True)
    page.get_by_role("button", name="Đồng ý", exact=True).click()
    expect(page.get_by_text(f"{until.day}/{until.month}/{until.year}").first).to_be_visible()
    album.look(page, "granted", phone=True)


def close_with_reason(page: Page, album: Album) -> None:
    """Before the deadline, with one agency that has not answered."""
    page.get_by_role("link", name="Đóng đợt").first.click()
    page.get_by_label("Lý do").fill(WHY_CLOSED)
    album.look(page, "closing", phone=True)
    page.get_by_role("button", name="Đóng đợt").click()
    expect(page.get_by_text("Đã đóng").first).to_be_visible()


def read_log(page: Page, album: Album) -> list[str]:
    """What the log says, newest first, each with its reason."""
    page.get_by_role("link", name="Nhật ký", exact=True).first.click()
    lines = page.locator("main table tbody tr")
    expect(lines.first).to_contain_text(WHY_CLOSED)
    album.look(page, "log", phone=True)
    return lines.locator("th").all_inner_texts()


def see_other_sides(page: Page, album: Album) -> None:
    """Every other side of the round, as its designer sees it."""
    for name in ("Tham gia", "Thư và công văn", "Công văn", "Thiết lập"):
        page.locator(".tabbing").get_by_role("link", name=name, exact=True).click()
        album.look(page, f"side-{name}", phone=True)
