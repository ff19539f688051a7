"""What an agency does: fill in, check, explain, send, return, sign."""

import random
import re
from datetime import timedelta
from typing import Final

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from surveys.models import Agency, Assignment, Response, User
from surveys.responses import services
from surveys.responses.queries import state_of
from surveys.responses.simulator import Extent, People, Planner, Spell, profile_of, simulate
from tests.browser.journey.viewing import Album

FIRST: Final = "1. Tổ chức và biên chế"
SECOND: Final = "2. Nhân lực theo nhóm công việc"
SEED: Final = 1690
BY_HAND: Final = ("s1_organisation", "s2_people")

WHY_MORE: Final = "Một công chức biệt phái, chưa trừ biên chế."
REASON: Final = "Quyết định giao 28 biên chế, không phải 26. Đề nghị sửa câu A4."

ROWS: Final = (
    ("cds", "6", "2", "0", "1"),
    ("du_lieu", "4", "1", "0", "0"),
    ("phat_trien", "3", "2", "1", "0"),
    ("attt", "3", "1", "0", "0"),
    ("du_an", "2", "1", "0", "0"),
)
COLUMNS: Final = ("a6_civil", "a6_public", "a6_contract", "a6_expert")
"""People by group of work: civil servants, public employees, contracts, experts; 27 in all."""


def start_form(page: Page, album: Album) -> None:
    """From one's work to the task list, and into the form."""
    album.look(page, "my-work", phone=True)
    page.get_by_role("link", name="Năng lực tổ chức").first.click()
    expect(page.get_by_text("Phiếu khảo sát").first).to_be_attached()
    album.look(page, "before-start")
    page.get_by_role("button", name="Bắt đầu").click()
    expect(page.locator("form[data-autosave]")).to_be_visible()


def open_section(page: Page, title: str) -> None:
    """By the task list beside the page, or on the front page of the form."""
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def fill_first_section(page: Page, album: Album) -> None:
    """Section 1 by hand, every change saved by itself; one number is not one at first."""
    open_section(page, FIRST)
    page.get_by_label("Đã ban hành").check()
    type_in(page, "Số, ký hiệu", "1234/QĐ-UBND")
    type_in(page, "Ngày ban hành", "15/3/2024")
    type_in(page, "Cơ quan ban hành", "UBND tỉnh Lào Cai")
    type_in(page, "Trích yếu", "Quy định chức năng, nhiệm vụ của Sở Khoa học và Công nghệ")
    page.get_by_label("Sở Khoa học và Công nghệ", exact=True).check()
    page.get_by_label("Chuyển đổi số", exact=True).check()
    page.get_by_label("Dữ liệu", exact=True).check()
    mistype_number(page, album)
    type_in(page, "Giao kỳ trước", "25")
    type_in(page, "Giao kỳ này", "26")
    type_in(page, "Thực có", "27")
    expect(page.locator("#c-a5_increase")).to_have_text("1")
    album.look(page, "section-1", phone=True)


def mistype_number(page: Page, album: Album) -> None:
    """“2l” is no number: said beside the field and in the summary, kept over a reload, corrected."""
    field = type_in(page, "Giao ngày 31/12/2023", "2l")
    expect(field).to_have_accessible_description(re.compile("phải là số nguyên, đang là “2l”"))
    expect(page.locator("#section-problems")).to_contain_text("2l")
    page.reload()
    expect(field).to_have_value("2l")
    album.look(page, "wrong-number", phone=True)
    page.locator("#section-problems").get_by_role("link").filter(has_text="2l").click()
    expect(field).to_be_focused()
    type_in(page, "Giao ngày 31/12/2023", "21")
    expect(page.locator("#section-problems")).not_to_contain_text("2l")


def type_in(page: Page, label: str, text: str) -> Locator:
    """Fill the field in and leave it; it is saved."""
    field = page.get_by_role("textbox", name=label).first
    with page.expect_response(re.compile("/cells/$")) as answer:
        field.fill(text)
        field.press("Tab")
    assert answer.value.ok
    expect(page.locator("#dock-state")).to_contain_text("Đã lưu")
    return field


def fill_grid(page: Page, album: Album) -> None:
    """The first row by keyboard, the others pasted as a block from a spreadsheet."""
    open_section(page, SECOND)
    first, *others = ROWS
    page.locator(f"#c-a6_people--{first[0]}--a6_civil").focus()
    for number in first[1:]:
        page.keyboard.type(number)
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#sum-a6_people-row-cds")).to_have_text("9")
    page.locator(f"#c-a6_people--{others[0][0]}--a6_civil").focus()
    paste(page, "\r\n".join("\t".join(row[1:]) for row in others))
    expect(page.locator("#sum-a6_people-column-a6_civil")).to_have_text("18")
    expect(page.locator("#sum-a6_people-grand")).to_have_text("27")
    expect(page.locator("#dock-state")).to_contain_text("Đã lưu")
    for row, *numbers in ROWS:
        for column, number in zip(COLUMNS, numbers, strict=True):
            expect(page.locator(f"#c-a6_people--{row}--{column}")).to_have_value(number)
    page.get_by_label("Đã được phê duyệt").check()
    type_in(page, "Số vị trí đã được phê duyệt", "5")
    album.look(page, "grid", phone=True)


def paste(page: Page, text: str) -> None:
    """Paste from the clipboard into the cell that has the focus."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")


def find_gaps(page: Page, album: Album) -> None:
    """The page names what is missing, place by place; the button to send says why it is off."""
    open_check(page)
    send = page.get_by_role("button", name="Trình ký")
    send.press("Enter")
    expect(send).to_be_focused()
    expect(send).to_have_accessible_description(re.compile(r"Để trình được: .*còn thiếu"))
    problems = page.locator("#problems")
    expect(problems).to_contain_text("G2. Họ và tên người lập")
    expect(problems).to_contain_text("Số thực có lớn hơn biên chế được giao kỳ này.")
    album.look(page, "gaps", phone=True)


def open_check(page: Page) -> None:
    """The page on which answers are checked and sent."""
    page.goto(f"{form_address(page)}check/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiểm tra và trình ký")


def form_address(page: Page) -> str:
    """Where the form of the page begins: ``…/assignments/7/``."""
    head, _, tail = page.url.partition("/assignments/")
    return f"{head}/assignments/{tail.split('/')[0]}/"


def fill_the_rest(agency: Agency, colleague: User) -> None:
    """What a colleague answers meanwhile: every section but those filled in by hand."""
    response = Response.objects.get(assignment__agency=agency)
    at = timezone.now()
    dice = random.Random(SEED)  # noqa: S311  (figures for a test)
    pages = Planner(state_of(response, at=at), profile_of(agency, dice), dice).plan()
    for page in pages:
        if page.section.name in BY_HAND:
            continue
        for repeat, edit_id in page.rows:
            services.add_row(response, repeat=repeat, edit_id=edit_id, actor=colleague, at=at)
        services.save_cells(
            response, edit_id=page.edit_id, edits=page.edits, actor=colleague, at=at
        )


def explain_check(page: Page, album: Album) -> None:
    """One finding is left, a soft one: it is explained beside its field."""
    open_check(page)
    expect(page.locator("#problems li")).to_have_count(1)
    page.locator("#problems").get_by_role("link").click()
    explanation = page.get_by_label("Giải trình cho A4. Thực có")
    explanation.fill(WHY_MORE)
    explanation.press("Tab")
    expect(page.locator("#dock-state")).to_contain_text("Đã lưu")
    expect(page.locator("#section-problems")).to_be_empty()
    album.look(page, "explained")


def send_to_signatory(page: Page, album: Album, name: str) -> None:
    """Nothing is missing any more: the form goes to the signatory."""
    open_check(page)
    expect(page.locator("#problems")).to_have_count(0)
    expect(page.get_by_text("Vũ Đức Long").first).to_be_visible()
    album.look(page, f"check-{name}", phone=True)
    page.get_by_role("button", name="Trình ký").click()
    expect(page.get_by_text("Chờ ký").first).to_be_visible()
    album.look(page, f"sent-{name}")


def return_form(page: Page, album: Album) -> None:
    """The signatory looks at the figures and gives the form back with a reason."""
    page.get_by_role("link", name=re.compile("^Ký")).click()
    expect(page.get_by_text(WHY_MORE)).to_be_visible()
    album.look(page, "to-sign", phone=True)
    page.get_by_role("button", name="Trả lại").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Lý do").fill(REASON)
    dialog.get_by_role("checkbox", name="A4. Giao kỳ này").check()
    album.look(page, "returning")
    dialog.get_by_role("button", name="Trả lại").click()
    expect(page.get_by_text(REASON)).to_be_visible()


def correct_answer(page: Page, album: Album) -> None:
    """The coordinator reads the reason and corrects the number; the soft check falls silent."""
    page.goto(form_address(page))
    expect(page.get_by_text(REASON)).to_be_visible()
    album.look(page, "returned", phone=True)
    open_section(page, FIRST)
    type_in(page, "Giao kỳ này", "28")
    expect(page.locator("#c-a5_increase")).to_have_text("3")
    expect(page.get_by_label("Giải trình cho A4. Thực có")).to_have_count(0)


def sign_form(page: Page, album: Album) -> str:
    """The signatory signs; the receipt's number."""
    page.goto(f"{form_address(page)}sign/")
    page.get_by_role("button", name="Ký và gửi").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Biên nhận KS-")
    album.look(page, "receipt", phone=True)
    return page.get_by_role("heading", level=1).inner_text().removeprefix("Biên nhận ")


def leave_page_open(page: Page) -> Page:
    """Section 1 in another window of the same person, forgotten there."""
    forgotten = page.context.new_page()
    forgotten.goto(f"{form_address(page)}sections/{BY_HAND[0]}/")
    return forgotten


def save_too_late(page: Page, album: Album) -> None:
    """A page left open takes no change after the signature, says so, and keeps the text."""
    field = page.get_by_role("textbox", name="Giao kỳ này").first
    field.fill("99")
    field.press("Tab")
    expect(page.locator("#notices")).to_contain_text("đã ký")
    expect(page.locator("#dock-state")).to_contain_text("Chưa lưu")
    expect(field).to_have_value("99")
    album.look(page, "too-late", phone=True)


def answer_by_simulator(agency: Agency) -> None:
    """Another agency answers and signs meanwhile."""
    assignment = Assignment.objects.select_related("agency", "round__campaign", "version").get(
        agency=agency
    )
    now = timezone.now()
    simulate(
        assignment,
        seed=SEED,
        extent=Extent.SIGNED,
        spell=Spell(now - timedelta(minutes=5), now),
        people=People(),
    )
