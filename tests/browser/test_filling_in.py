"""Filling in, in Chromium, against the running product."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from surveys.engine import Cell
from surveys.models import Response
from surveys.organisations.enums import MembershipRole
from surveys.responses import services
from surveys.responses.services import CellEdit
from tests.browser.filling import as_coordinator, started, stored
from tests.factories import member
from tests.live import sign_in
from tests.surveys.rendering.factories import DEFINITION

GENERAL = "sections/general/"
LISTS = "sections/lists/"


@pytest.fixture
def response(live_site: str) -> Response:
    """A draft of the questionnaire with every kind of question, due in ten days."""
    return started(DEFINITION)


@pytest.fixture
def address(live_site: str, response: Response) -> str:
    return f"{live_site}/assignments/{response.assignment_id}/"


@pytest.fixture
def filler(page: Page, response: Response, live_site: str) -> Page:
    """A contributor's browser."""
    return as_coordinator(page, response, live_site)


def store(response: Response, edit_id: str, *edits: CellEdit) -> None:
    services.save_cells(response, edit_id=edit_id, edits=edits, actor=None, at=timezone.now())


def test_a_change_is_saved_on_leaving_and_its_consequences_appear(filler, response, address):
    filler.goto(address + GENERAL)

    filler.get_by_label("Biên chế", exact=False).first.fill("24")
    filler.keyboard.press("Tab")

    expect(filler.locator("#c-double")).to_have_text("48")
    expect(filler.locator("#dock-state")).to_contain_text("Đã lưu")
    assert stored(response)["staff"] == "24"


def test_what_is_answered_before_the_scripts_are_there_is_saved(filler, response, address):
    held: list[Route] = []
    filler.route("**/js/autosave*.js", lambda route: held.append(route))  # noqa: PLW0108  (a builtin has no attributes)
    filler.goto(address + GENERAL, wait_until="commit")
    filler.get_by_label("Đã ban hành").first.check()
    filler.locator("#c-staff").fill("24")
    filler.locator("#c-share").focus()

    held[0].continue_()

    expect(filler.locator("#state-c-has_unit")).to_contain_text("Đã lưu")
    expect(filler.locator("#c-double")).to_have_text("48")
    assert stored(response) == {"has_unit": "yes", "staff": "24"}


def test_a_page_that_nobody_has_touched_saves_nothing(filler, response, address):
    store(response, "all", CellEdit("has_unit", "yes"), CellEdit("staff", "24"))
    with filler.expect_websocket(lambda socket: "topic=response" in socket.url):
        filler.goto(address + GENERAL)
    filler.wait_for_timeout(500)

    assert response.changes.count() == 1


def test_a_question_appears_when_it_becomes_relevant(filler, address):
    filler.goto(address + GENERAL)
    expect(filler.locator("#c-paper_no")).to_have_count(0)

    filler.get_by_label("Đã ban hành").first.check()

    expect(filler.locator("#c-paper_no")).to_be_visible()


def test_unreadable_text_is_said_beside_the_field_and_kept(filler, address):
    filler.goto(address + GENERAL)
    filler.locator("#c-staff").fill("2l")
    filler.keyboard.press("Tab")

    expect(filler.locator("#q-staff .msg--bad")).to_contain_text("2l")
    expect(filler.locator("#section-problems")).to_contain_text("2l")
    filler.reload()
    expect(filler.locator("#c-staff")).to_have_value("2l")


def test_the_focus_stays_where_the_person_went(filler, address):
    filler.goto(address + GENERAL)
    filler.locator("#c-staff").fill("24")
    filler.locator("#c-share").click()
    filler.keyboard.type("6")

    expect(filler.locator("#c-double")).to_have_text("48")
    expect(filler.locator("#c-share")).to_be_focused()
    expect(filler.locator("#c-share")).to_have_value("6")


def test_totals_follow_the_cells_of_a_grid(filler, response, address):
    filler.goto(address + LISTS)
    filler.locator("#c-people--dx--official").fill("6")
    filler.keyboard.press("Enter")
    filler.keyboard.type("3")
    filler.keyboard.press("Tab")

    expect(filler.locator("#sum-people-column-official")).to_have_text("9")


def test_two_people_at_one_cell_are_asked(filler, response, address):
    filler.goto(address + GENERAL)
    filler.locator("#c-staff").focus()
    store(response, "colleague", CellEdit("staff", "30"))

    filler.locator("#c-staff").fill("31")
    filler.keyboard.press("Tab")

    dialog = filler.get_by_role("dialog")
    expect(dialog).to_contain_text("30")
    expect(dialog).to_contain_text("31")
    dialog.get_by_role("button", name="Giữ nội dung của bạn").click()
    expect(filler.locator("#state-c-staff")).to_contain_text("Đã lưu")
    assert stored(response)["staff"] == "31"


def test_an_ambiguous_number_is_echoed_beside_the_field(filler, response, address):
    filler.goto(address + GENERAL)

    filler.locator("#c-staff").fill("1,234")
    filler.keyboard.press("Enter")

    expect(filler.locator("#state-c-staff")).to_contain_text("đọc là 1.234")
    expect(filler.locator("#c-staff")).to_have_value("1.234")


def test_tab_goes_from_field_to_field_and_alt_h_opens_the_history(filler, response, address):
    store(response, "first", CellEdit("staff", "30"))
    filler.goto(address + GENERAL)
    filler.locator("#c-staff").focus()

    filler.keyboard.press("Alt+h")
    expect(filler.get_by_role("dialog")).to_contain_text("30")
    filler.keyboard.press("Escape")
    expect(filler.locator("#c-staff")).to_be_focused()

    assert filler.locator("[data-history]:not([tabindex='-1'])").count() == 0


def test_cleared_cookies_end_in_the_session_dialog_and_lose_nothing(filler, response, address):
    filler.goto(address + GENERAL)
    filler.context.clear_cookies()

    filler.locator("#c-staff").fill("24")
    filler.keyboard.press("Tab")
    expect(filler.locator("#session-ended")).to_be_visible()
    contributor = member(response.assignment.agency, MembershipRole.CONTRIBUTOR)
    sign_in(filler.context, contributor, address.split("/assignments")[0])
    filler.locator("#session-ended button[value=retry]").click()

    expect(filler.locator("#session-ended")).to_be_visible()
    assert stored(response) == {}
    assert "24" in filler.evaluate("Object.values(localStorage).join()")


def test_a_colleagues_save_appears_by_itself(filler, response, address):
    filler.goto(address + GENERAL)
    filler.wait_for_timeout(1000)

    store(response, "colleague", CellEdit("staff", "30"))

    expect(filler.locator("#c-staff")).to_have_value("30", timeout=10_000)


def test_an_update_overtaken_by_an_own_save_puts_no_old_value_back(filler, response, address):
    with filler.expect_websocket(lambda socket: "topic=response" in socket.url):
        filler.goto(address + GENERAL)
    filler.wait_for_timeout(500)  # the handshake; what happens before it goes by unheard
    held: list[Route] = []

    def hold(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    filler.route("**/changes/**", hold)
    with filler.expect_request("**/changes/**"):
        store(response, "colleague", CellEdit("share", "6"))
    filler.evaluate("window")
    overtaken = held[0].fetch()

    filler.locator("#c-staff").fill("24")
    filler.keyboard.press("Tab")
    expect(filler.locator("#c-double")).to_have_text("48")
    filler.wait_for_timeout(1000)  # the live message of the own save has come and gone
    held[0].fulfill(response=overtaken)

    expect(filler.locator("#c-share")).to_have_value("6")
    expect(filler.locator("#c-staff")).to_have_value("24")
    expect(filler.locator("#c-double")).to_have_text("48")


def test_an_own_save_does_not_hide_what_a_colleague_saved_just_before(filler, response, address):
    filler.route_web_socket("**/ws/live/**", lambda _socket: None)
    filler.goto(address + GENERAL)
    store(response, "colleague", CellEdit("share", "6"))

    filler.locator("#c-staff").fill("24")
    filler.keyboard.press("Tab")

    expect(filler.locator("#c-double")).to_have_text("48")
    expect(filler.locator("#c-share")).to_have_value("6")


def test_rows_are_added_deleted_and_restored(filler, response, address):
    filler.goto(address + LISTS)
    filler.get_by_role("button", name="Thêm dòng").click()
    filler.get_by_label("Họ và tên").fill("Lò Thị Mai")
    filler.get_by_role("button", name="Xóa").click()
    expect(filler.get_by_label("Họ và tên")).to_have_count(0)

    filler.get_by_role("button", name="Khôi phục").click()

    expect(filler.get_by_label("Họ và tên")).to_have_value("Lò Thị Mai")
    assert stored(response)["contacts"][0]["person"] == "Lò Thị Mai"  # type: ignore[index]  # JSON


def test_a_section_is_filled_in_without_javascript(browser, response, live_site, address):
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    sign_in(context, member(response.assignment.agency), live_site)
    page = context.new_page()
    page.goto(address + GENERAL)

    page.locator("#c-has_unit").check()
    page.locator("#c-staff").fill("1.024")
    page.get_by_role("button", name="Lưu và sang phần sau").click()

    expect(page).to_have_url(address + LISTS)
    answers = stored(response)
    assert (answers["has_unit"], answers["staff"]) == ("yes", "1024")
    context.close()


def test_from_the_first_answer_to_the_receipt(browser, filler, response, live_site, address):
    store(response, "staff", CellEdit("staff", "24"))
    filler.goto(address + "check/")
    # The button is off, keeps the focus and says why.
    sending = filler.get_by_role("button", name="Trình ký")
    sending.press("Enter")
    expect(sending).to_be_focused()
    expect(sending).to_have_accessible_description("Để trình được: trả lời 1 câu còn thiếu.")

    filler.get_by_role("link", name="A1. Đã có đơn vị chuyên trách chưa?").click()
    filler.get_by_label("Đã ban hành").first.check()
    expect(filler.locator("#state-c-has_unit")).to_contain_text("Đã lưu")
    filler.goto(address + "check/")
    filler.get_by_role("button", name="Trình ký").click()
    expect(filler.get_by_text("Chờ ký").first).to_be_visible()

    context = browser.new_context(locale="vi-VN")
    sign_in(context, member(response.assignment.agency, MembershipRole.SIGNATORY), live_site)
    signing = context.new_page()
    signing.goto(address + "sign/")
    signing.get_by_role("button", name="Ký và gửi").click()
    expect(signing.get_by_role("heading", level=1)).to_contain_text("Biên nhận KS-")
    context.close()


def test_the_summary_takes_the_focus_after_an_attempt_to_send(filler, response, address):
    filler.goto(f"{address}check/?attempt=1")

    expect(filler.locator("#problems")).to_be_focused()


@pytest.mark.parametrize("width", [1440, 360])
def test_the_pages_pass_axe_and_fit(filler, response, address, width):
    store(
        response,
        "mixed",
        CellEdit("has_unit", "yes"),
        CellEdit("staff", "2l"),
        CellEdit("people/dx/official", "6"),
        CellEdit("people/dx/hired", "1o"),
    )
    services.add_row(response, repeat="contacts", edit_id="row", actor=None, at=timezone.now())
    filler.set_viewport_size({"width": width, "height": 900})
    complaints: list[str] = []
    filler.on(
        "console", lambda said: complaints.append(said.text) if said.type == "error" else None
    )

    for path in ("", GENERAL, LISTS, "check/", GENERAL + "?check=1"):
        filler.goto(address + path)
        found = Axe().run(filler)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        assert filler.evaluate("document.documentElement.scrollWidth") <= width, path

    assert complaints == []


@pytest.mark.parametrize("width", [1440, 360])
def test_the_signatorys_pages_pass_axe_and_fit(page, response, live_site, address, width):
    store(response, "ready", CellEdit("has_unit", "yes"), CellEdit("staff", "24"))
    services.send_for_signature(response, actor=None, at=timezone.now())
    signatory = member(response.assignment.agency, MembershipRole.SIGNATORY)
    sign_in(page.context, signatory, live_site)
    page.set_viewport_size({"width": width, "height": 900})
    home = address.split("assignments/")[0]

    for path in (home, address + "sign/", address + "return/"):
        page.goto(path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path

    services.sign(response, actor=signatory, at=timezone.now())
    page.goto(address + "receipt/")
    assert Axe().run(page).violations_count == 0


def test_what_a_colleague_typed_is_not_undone_by_a_whole_page(
    browser, response, live_site, address
):
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    sign_in(context, member(response.assignment.agency), live_site)
    page = context.new_page()
    page.goto(address + GENERAL)
    store(response, "colleague", CellEdit("staff", "30", seen=Cell()))

    page.locator("#c-share").fill("6,5")
    page.get_by_role("button", name="Lưu và sang phần sau").click()

    expect(page).to_have_url(address + LISTS)
    answers = stored(response)
    assert (answers["staff"], answers["share"]) == ("30", "6.5")
    context.close()
