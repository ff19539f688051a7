"""What the province does: divides the work, asks for time, corrects, approves, signs."""

import re
from datetime import date
from typing import Final

from playwright.sync_api import Page, expect

from tests.browser.journey.viewing import Album

NEWCOMER: Final = "sung.thi.dua@laocai.example.vn"
NAME: Final = "Sùng Thị Dua"
NEW_PASSWORD: Final = "Ruong bac thang 2026"  # noqa: S105  (of a test's person)
WISH: Final = "Ba xã mất liên lạc do bão lũ, chưa gửi được số liệu."
WHY_RETURNED: Final = "Đối chiếu lại với danh sách cán bộ."


def open_form(page: Page, album: Album) -> str:
    """From one's work to the form; its address."""
    album.look(page, "work", phone=True)
    page.get_by_role("link", name="Nhân lực chuyên trách").first.click()
    page.get_by_role("button", name="Bắt đầu").click()
    expect(page.locator("form[data-autosave]")).to_be_visible()
    head, _, tail = page.url.partition("/assignments/")
    return f"{head}/assignments/{tail.split('/')[0]}/"


def divide(page: Page, address: str, album: Album) -> None:
    """The money goes to somebody who has no account yet."""
    page.goto(address)
    page.get_by_role("link", name="Giao việc").click()
    page.get_by_label("Kinh phí", exact=True).check()
    page.get_by_label("Người", exact=True).select_option(label="Người mới, mời qua thư điện tử")
    page.get_by_text("Người mới: mời qua thư điện tử").click()
    page.get_by_label("Thư điện tử").fill(NEWCOMER)
    page.get_by_label("Họ và tên").fill(NAME)
    album.look(page, "dividing", phone=True)
    page.get_by_role("button", name="Giao việc này").click()
    expect(page.locator("#notices")).to_contain_text("Đã giao cho")
    album.look(page, "divided", phone=True)


def accept_invitation(page: Page, link: str, album: Album) -> None:
    """By the link of the mail, on a phone; opening it twice spends nothing."""
    page.goto(link)
    page.goto(link)
    assert link.rsplit("/", 2)[-2] not in page.url, "the secret stays out of the address"
    expect(page.get_by_role("heading", level=1)).to_have_text("Tỉnh Lào Cai")
    page.get_by_label("Mật khẩu", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("Nhập lại mật khẩu").fill(NEW_PASSWORD)
    album.look(page, "invitation", phone=True)
    page.get_by_role("button", name="Lập tài khoản").click()


def do_own_part(page: Page, album: Album) -> None:
    """Own work stands first, on the front page and in the form; other parts are closed."""
    expect(page.locator("main section h2").first).to_have_text("Việc được giao")
    album.look(page, "given", phone=True)
    page.get_by_role("link", name=re.compile("^Nhập ?: Nhân lực")).click()
    expect(page.get_by_label("Kinh phí đã chi")).to_be_visible()
    album.look(page, "own-part", phone=True)
    type_in(page, "spent", "1250")
    page.goto(re.sub("sections/.*", "", page.url))
    assert page.locator(".task__name").first.inner_text().strip() == "Kinh phí"
    album.look(page, "own-form", phone=True)


def type_in(page: Page, name: str, text: str) -> None:
    """Fill the field in and leave it; it is saved."""
    field = page.locator(f"#c-{name}")
    field.fill(text)
    with page.expect_response(re.compile("/cells/$")) as answer:
        field.press("Tab")
    assert answer.value.ok
    expect(page.locator("#dock-state")).to_contain_text("Đã lưu")


def ask_for_time(page: Page, address: str, album: Album, *, until: date) -> None:
    """The coordinator asks, with the reason."""
    page.goto(address)
    page.get_by_role("link", name="Xin gia hạn").click()
    page.get_by_label("Hạn mới").fill(f"{until:%d/%m/%Y}")
    page.get_by_label("Lý do").fill(WISH)
    album.look(page, "asking", phone=True)
    page.get_by_role("button", name="Gửi đề nghị").click()
    expect(page.get_by_text("Đã xin gia hạn").first).to_be_visible()


def fill_and_send(page: Page, address: str, album: Album) -> None:
    """What is left, and the form goes to the reviewer."""
    page.goto(f"{address}sections/people/")
    type_in(page, "staff", "40")
    type_in(page, "women", "16")
    page.goto(f"{address}sections/courses/")
    type_in(page, "trained", "95")
    send(page, address)
    album.look(page, "sent", phone=True)


def send(page: Page, address: str) -> None:
    """Nothing is missing: the form goes into its chain."""
    page.goto(f"{address}check/")
    page.get_by_role("button", name="Trình ký").click()
    expect(page.get_by_text("Chờ").first).to_be_visible()


def return_one_question(page: Page, address: str, album: Album) -> None:
    """The reviewer cites one question."""
    page.goto(address)
    page.get_by_role("link", name="Xem và duyệt").click()
    album.look(page, "to-approve", phone=True)
    page.get_by_role("button", name="Trả lại").first.click()
    dialog = page.locator("dialog#return")
    dialog.get_by_label("Trong đó: số nữ", exact=True).check()
    dialog.get_by_label("Ý kiến về Trong đó: số nữ").fill("Đếm lại số nữ.")
    dialog.get_by_label("Lý do").fill(WHY_RETURNED)
    album.look(page, "returning", phone=True)
    dialog.get_by_role("button", name="Trả lại").click()
    expect(page.get_by_text("có 1 câu cần sửa")).to_be_visible()


def correct_cited(page: Page, address: str, album: Album) -> None:
    """Only the cited question is open."""
    page.goto(address)
    expect(page.get_by_text(WHY_RETURNED)).to_be_visible()
    album.look(page, "returned", phone=True)
    page.get_by_role("link", name="Trong đó: số nữ", exact=True).click()
    expect(page.locator("#c-staff")).to_have_attribute("readonly", "")
    album.look(page, "cited-alone", phone=True)
    type_in(page, "women", "18")
    send(page, address)


def approve_the_difference(page: Page, address: str, album: Album) -> None:
    """The reviewer sees what was corrected, and approves."""
    page.goto(f"{address}differences/")
    expect(page.locator("del").first).to_have_text("16")
    expect(page.locator("ins").first).to_have_text("18")
    album.look(page, "differences", phone=True)
    page.get_by_role("link", name="Xem xét, quyết định").click()
    page.get_by_label("Ý kiến").first.fill("Đã đối chiếu với danh sách.")
    page.get_by_role("button", name="Duyệt").click()
    expect(page.get_by_text("Phiếu đã được duyệt")).to_be_visible()


def sign_as_deputy(page: Page, address: str, album: Album) -> None:
    """In the head's place, by a document that nobody recorded before."""
    page.goto(address)
    page.get_by_role("link", name="Xem và ký").click()
    page.get_by_text("Với tư cách khác").click()
    page.get_by_label("Theo văn bản chưa được ghi nhận").check()
    page.get_by_label("Tư cách ký").select_option("KT.")
    page.get_by_label("Chức danh ghi trên chữ ký").fill("KT. CHỦ TỊCH")
    page.get_by_label("Ký thay cho").fill("Trịnh Xuân Trường")
    page.get_by_label("Số, ký hiệu văn bản").fill("215/QĐ-UBND")
    page.get_by_label("Ngày ban hành").fill("10/01/2026")
    page.get_by_label("Cơ quan ban hành").fill("UBND tỉnh Lào Cai")
    album.look(page, "signing", phone=True)
    page.get_by_role("button", name="Ký và gửi").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Biên nhận KS-")
    expect(page.get_by_text("KT. CHỦ TỊCH (215/QĐ-UBND)")).to_be_visible()
    album.look(page, "receipt", phone=True)
