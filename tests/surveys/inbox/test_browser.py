"""The bell in a browser: what others do is told where one is."""

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from surveys.inbox.enums import NoticeKind
from surveys.inbox.services import mark_all_read
from tests.factories import UserFactory
from tests.live import sign_in
from tests.surveys.inbox.factories import NOW, told

pytestmark = pytest.mark.live


@pytest.fixture
def person(live_site, context):
    """Somebody signed in to the running site."""
    user = UserFactory()
    sign_in(context, user, live_site)
    return user


def open_page(context, url: str) -> Page:
    """A page whose bell is listening."""
    page: Page = context.new_page()
    with page.expect_websocket(lambda socket: "inbox" in socket.url) as waiting:
        page.goto(url)
    page.wait_for_function("() => document.querySelector('#bell')")
    assert not waiting.value.is_closed()
    page.wait_for_timeout(500)  # the server's side of the handshake shows nowhere on the page
    return page


def test_two_open_pages_hear_of_a_notice_and_of_its_being_read(live_site, context, person):
    pages = [open_page(context, f"{live_site}{path}") for path in ("/agencies/", "/inbox/")]

    notice = told(person, NoticeKind.ASSIGNED)

    for page in pages:
        expect(page.locator("#bell .count")).to_have_text("1")
    expect(pages[1].locator(f"#notice-{notice.pk}")).to_contain_text("Tỉnh Lào Cai được đề nghị")

    mark_all_read(actor=person, at=NOW)

    for page in pages:
        expect(page.locator("#bell .count")).to_have_count(0)


def test_a_notice_is_marked_read_and_unread_on_the_page(live_site, context, person):
    notice = told(person)
    page = open_page(context, f"{live_site}/inbox/")
    row = page.locator(f"#notice-{notice.pk}")

    row.get_by_role("button", name="Đánh dấu đã đọc").click()
    expect(row.get_by_role("button", name="Đánh dấu chưa đọc")).to_be_visible()
    expect(page.locator("#bell .count")).to_have_count(0)

    row.get_by_role("button", name="Đánh dấu chưa đọc").click()
    expect(page.locator("#bell .count")).to_have_text("1")


def test_where_sockets_are_blocked_the_page_asks_now_and_then(live_site, context, page, person):
    def block(socket: WebSocketRoute) -> None:
        socket.close(code=1006)

    page.clock.install()
    page.route_web_socket("**/ws/live/**", block)
    page.goto(f"{live_site}/agencies/")
    told(person)

    page.clock.run_for(25_000)

    expect(page.locator("#bell .count")).to_have_text("1")


def test_the_bell_is_a_link_without_scripts(live_site, browser, person):
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, person, live_site)
    told(person)
    page = context.new_page()
    page.goto(f"{live_site}/agencies/")

    page.locator("#bell a").click()

    expect(page).to_have_url(f"{live_site}/inbox/")
    expect(page.locator(".inbox__row")).to_have_count(1)
    context.close()
