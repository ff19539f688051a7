"""Two people at one table, in two browsers, with sockets and without."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from surveys.background.runner import run_pending
from surveys.models import Comment, Response, User
from surveys.organisations.enums import MembershipRole
from tests.browser.filling import as_coordinator, started, stored
from tests.factories import member
from tests.live import sign_in
from tests.surveys.responses.factories import DEFINITION

TABLE = "sections/budget_page/"
PLANNED, LOAN = "budget/oda/planned", "budget/oda/loan"


@pytest.fixture
def response(live_site: str) -> Response:
    """A draft with a table, due in ten days."""
    return started(DEFINITION)


@pytest.fixture
def address(live_site: str, response: Response) -> str:
    return f"{live_site}/assignments/{response.assignment_id}/"


@pytest.fixture
def lan(page: Page, response: Response, live_site: str) -> Page:
    """The coordinator's browser."""
    return as_coordinator(page, response, live_site)


@pytest.fixture
def nam(response: Response) -> User:
    """A contributor of the agency."""
    person = member(response.assignment.agency, MembershipRole.CONTRIBUTOR)
    person.full_name = "Hoàng Văn Nam"
    person.save()
    return person


@pytest.fixture
def his(browser: Browser, nam: User, live_site: str) -> Iterator[Page]:
    """The contributor's browser."""
    context = browser.new_context(locale="vi-VN")
    sign_in(context, nam, live_site)
    yield context.new_page()
    context.close()


def field(page: Page, path: str) -> str:
    return f"#section-form td[data-path='{path}'] input:not([type=hidden])"


def test_two_people_in_one_table_see_each_other_and_lose_nothing(
    lan: Page, his: Page, address: str, response: Response
) -> None:
    lan.goto(address + TABLE)
    his.goto(address + TABLE)

    his.focus(field(his, PLANNED))

    cell = lan.locator(f"td[data-path='{PLANNED}']")
    expect(cell.locator(".here-sign")).to_contain_text("Hoàng Văn Nam")
    expect(lan.locator("[data-here-words]")).to_have_text("Hoàng Văn Nam đang ở phần này")
    expect(lan.locator("[data-here-task=budget_page] .avatar")).to_have_count(1)
    assert Axe().run(lan).response["violations"] == []

    his.keyboard.type("5")
    his.keyboard.press("Tab")
    expect(lan.locator(field(lan, PLANNED))).to_have_value("5")
    expect(lan.locator(f"td[data-path='{LOAN}'] .here-sign")).to_have_count(1)
    expect(cell.locator(".here-sign")).to_have_count(0)

    lan.focus(field(lan, LOAN))
    his.keyboard.type("7")
    his.keyboard.press("Tab")
    expect(his.locator("#dock-state")).to_contain_text("Đã lưu")
    lan.keyboard.type("9")
    lan.keyboard.press("Tab")
    expect(lan.locator("#conflict")).to_contain_text("Hoàng Văn Nam")
    lan.get_by_role("button", name="Giữ").click()
    expect(his.locator(field(his, LOAN))).to_have_value("9")
    assert stored(response)["budget"] == {"oda": {"planned": "5", "loan": "9"}}

    his.close()
    expect(lan.locator("[data-presence]")).to_be_hidden()


def test_a_comment_reaches_a_colleagues_page_and_bell(
    lan: Page, his: Page, address: str, live_site: str
) -> None:
    lan.goto(address + TABLE)
    his.goto(address + TABLE)
    lan.locator("[data-talk=budget]").click()

    lan.locator("#comment-text").press_sequentially("Số này lấy ở đâu? @nam")
    expect(lan.get_by_role("option", selected=True)).to_contain_text("Hoàng Văn Nam")
    assert Axe().run(lan).response["violations"] == []
    lan.keyboard.press("Enter")
    lan.get_by_role("button", name="Gửi bình luận").click()

    expect(lan.locator("#comment-list")).to_contain_text("@Hoàng Văn Nam")
    expect(his.locator("[data-talk=budget]")).to_contain_text("1 bình luận")
    assert [person.full_name for person in Comment.objects.get().mentions.all()] == [
        "Hoàng Văn Nam"
    ]
    lan.keyboard.press("Escape")
    expect(lan.locator("#comments")).to_be_hidden()
    expect(lan.locator("[data-talk=budget]")).to_be_focused()
    run_pending()
    his.goto(f"{live_site}/inbox/")
    his.locator(".inbox__link", has_text="nhắc đến đồng chí").first.press("Enter")
    expect(his.locator("#comment-list")).to_contain_text("Số này lấy ở đâu?")
    assert Axe().run(his).response["violations"] == []


def test_a_cell_is_commented_by_keyboard(lan: Page, address: str) -> None:
    lan.goto(address + TABLE)
    lan.focus(field(lan, PLANNED))
    lan.keyboard.press("Alt+KeyM")
    lan.locator("#comment-text").fill("Ô này?")
    lan.get_by_role("button", name="Gửi bình luận").click()

    expect(lan.locator(f"td[data-path='{PLANNED}'].cell--note")).to_have_count(1)


def test_without_sockets_people_are_seen_by_their_heartbeats(
    lan: Page, his: Page, address: str
) -> None:
    for each in (lan, his):
        each.route_web_socket("**/ws/**", lambda socket: socket.close())
    his.goto(address + TABLE)
    his.wait_for_load_state("networkidle")

    lan.goto(address)

    expect(lan.locator("[data-here-words]")).to_contain_text("Hoàng Văn Nam đang ở phần Kinh phí")


def test_without_scripts_a_colleague_is_mentioned_by_address(
    browser: Browser, response: Response, address: str, nam: User, live_site: str
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    sign_in(context, member(response.assignment.agency), live_site)
    page = context.new_page()
    page.goto(address + TABLE)
    page.locator("[data-talk=budget]").click()
    page.locator("#comment-text").fill(f"@{nam.email} xem giúp")
    page.get_by_role("button", name="Gửi bình luận").click()

    expect(page.locator("#comment-list")).to_contain_text("xem giúp")
    assert list(Comment.objects.get().mentions.all()) == [nam]
    context.close()
