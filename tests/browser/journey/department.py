"""What the department does: import, publish, create, open, follow, read, export."""

from datetime import date, timedelta
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, expect

from surveys.background.runner import run_pending
from tests.browser.journey.viewing import Album

WORKBOOK: Final = Path("surveys/questionnaires/library/tochuc_1690.xlsx")
TITLE: Final = "Năng lực tổ chức về chuyển đổi số"


def import_questionnaire(page: Page, album: Album) -> None:
    """From the list of questionnaires to the draft of the library's workbook."""
    page.get_by_role("link", name="Phiếu hỏi").first.click()
    page.get_by_role("link", name="Nhập từ tệp").first.click()
    page.get_by_label("Tệp bảng tính").set_input_files(WORKBOOK)
    page.get_by_label("Mã", exact=True).fill("tochuc-1690")
    album.look(page, "import")
    page.get_by_role("button", name="Nhập", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Năng lực tổ chức")
    album.look(page, "draft", phone=True)


def publish_questionnaire(page: Page, album: Album) -> None:
    """The draft becomes the version that rounds use."""
    page.get_by_role("link", name="Công bố", exact=True).click()
    album.look(page, "publish")
    page.get_by_role("button", name="Công bố", exact=True).click()
    expect(page.get_by_role("button", name="Công bố", exact=True)).to_have_count(0)
    album.look(page, "published")


def create_campaign(page: Page, album: Album) -> None:
    """A campaign that asks ministries and provinces."""
    page.get_by_role("link", name="Đợt khảo sát").first.click()
    page.get_by_role("link", name="Tạo cuộc khảo sát").first.click()
    page.get_by_label("Tên", exact=True).fill(TITLE)
    page.get_by_label("Tên tiếng Anh").fill("Organisational capacity 2026")
    page.get_by_label("Căn cứ pháp lý: số, ký hiệu").fill("Quyết định 1690/QĐ-TTg")
    page.get_by_label("Ngày ban hành").fill("26/12/2023")
    page.get_by_label("Cơ quan ban hành").fill("Thủ tướng Chính phủ")
    page.get_by_label("Trích yếu").fill("Phát triển mạng lưới chuyển đổi số quốc gia")
    page.get_by_label("Phiếu hỏi", exact=True).select_option(index=1)
    page.get_by_role("checkbox", name="Bộ", exact=False).first.check()
    page.get_by_role("checkbox", name="Tỉnh", exact=False).first.check()
    expect(page.locator("#targets-total")).to_contain_text("3 cơ quan")
    album.look(page, "campaign", phone=True)
    page.get_by_role("button", name="Tạo cuộc khảo sát").click()


def create_round(page: Page, album: Album, *, today: date) -> None:
    """The campaign's first round: open from today on, due in thirty days."""
    page.get_by_label("Kỳ", exact=True).fill("năm 2026")
    page.get_by_label("Ngày chốt số liệu").fill(f"{today:%d/%m/%Y}")
    page.get_by_label("Ngày mở").fill(f"{today:%d/%m/%Y}")
    page.get_by_label("Hạn nộp").fill(f"{today + timedelta(days=30):%d/%m/%Y}")
    album.look(page, "round")
    page.get_by_role("button", name="Tạo đợt").click()


def open_round(page: Page, album: Album) -> None:
    """One action asks the three agencies; the page of the round then follows them."""
    page.get_by_role("link", name="Mở đợt").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("3 cơ quan")
    album.look(page, "open")
    page.get_by_role("button", name="Mở đợt").click()
    expect(page.locator("[data-live-state=live]")).to_contain_text("Trực tiếp")
    page.evaluate("window.openedOnce = true")
    expect_count(page, "Chưa bắt đầu", 3)
    album.look(page, "overview-at-first", phone=True)


def expect_count(page: Page, label: str, number: int) -> None:
    """The figure under the label on the overview, on a page that has not been loaded again."""
    figure = page.locator("#round-figures .kpi").filter(has_text=label)
    expect(figure.locator("b")).to_contain_text(str(number), timeout=15_000)
    assert page.evaluate("window.openedOnce"), "the overview was loaded again"


def expect_progress(page: Page, agency: str, status: str) -> None:
    """The agency's line on the overview, on a page that has not been loaded again."""
    line = page.locator("#t-units tbody tr").filter(has_text=agency)
    expect(line).to_contain_text(status, timeout=15_000)
    assert page.evaluate("window.openedOnce"), "the overview was loaded again"


def work_in_background() -> None:
    """What a huey worker does: run the jobs that wait."""
    assert run_pending() > 0, "no job waited"


def read_figures(page: Page, album: Album) -> dict[str, tuple[str, ...]]:
    """Numerator, denominator and value of each indicator, as the page of results shows them."""
    page.locator(".tabs").get_by_role("link", name="Phân tích").click()
    expect(page.get_by_text("Chưa có kết quả")).to_be_visible()
    work_in_background()
    table = page.locator("#t-indicators tbody tr")
    expect(table.first).to_be_visible(timeout=15_000)
    expect(page.locator("#results svg").first).to_be_visible()
    album.look(page, "results", phone=True)
    rows = [row.locator("td, th").all_inner_texts() for row in table.all()]
    return {row[0].split(".")[0]: tuple(row[1:4]) for row in rows if len(row) > 3}


def export_round(page: Page, album: Album, *, folder: Path) -> Path:
    """Ask for the workbook, see it waiting, have it made, download it."""
    page.locator(".page__actions").get_by_role("link", name="Xuất dữ liệu").click()
    album.look(page, "export-menu", phone=True)
    offer = page.locator("form.offer").filter(has_text="Cả đợt thành sổ Excel")
    offer.get_by_role("button", name="Lập tệp").click()
    listed = page.locator("#exports")
    expect(listed).to_contain_text("Đang chờ")
    album.look(page, "export-waiting")
    work_in_background()
    fetch = listed.get_by_role("link", name="Tải về")
    expect(fetch).to_be_visible(timeout=15_000)
    album.look(page, "export-ready", phone=True)
    with page.expect_download() as download:
        fetch.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path
