"""Finding a choice in a long list, in Chromium, against the running product."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from surveys.models import Response
from surveys.organisations.enums import MembershipRole
from tests.browser.filling import as_coordinator, started, stored
from tests.factories import member
from tests.live import sign_in
from tests.surveys.responses.communes import PLACE


@pytest.fixture
def response(live_site: str) -> Response:
    return started(PLACE)


@pytest.fixture
def filler(page: Page, response: Response, live_site: str) -> Page:
    """A contributor's browser on the section."""
    as_coordinator(page, response, live_site)
    page.goto(f"{live_site}/assignments/{response.assignment_id}/sections/place/")
    return page


def test_a_province_brings_its_communes_one_is_found_by_keyboard_and_fills_in_its_figure(
    filler: Page, response: Response
) -> None:
    province = filler.get_by_label("Tỉnh", exact=False).first
    commune = filler.locator("#c-commune")
    province.select_option("p5")
    expect(commune).to_have_attribute("placeholder", "Tìm trong 98 lựa chọn")

    commune.click()
    expect(filler.locator("#c-commune-list [role=option]")).to_have_count(40)
    filler.keyboard.type("dong so 39")
    expect(filler.locator("#c-commune-list [role=option]")).to_have_count(3)
    assert Axe().run(filler).response["violations"] == []
    filler.keyboard.press("Enter")

    expect(filler.locator("#q-people")).to_contain_text("1.039")
    assert stored(response)["commune"] == "c39"
    expect(commune).to_have_value("Xã Đồng số 39")

    province.select_option("p6")
    expect(filler.locator("#q-commune")).to_contain_text("không còn trong danh sách")
    commune.click()
    filler.keyboard.type("tan lap")
    filler.locator("#c-commune-list [role=option]").first.click()
    expect(filler.locator("#q-commune")).not_to_contain_text("không còn trong danh sách")
    expect(filler.locator("#q-people")).to_contain_text("1.006")
    assert stored(response)["commune"] == "c6"


def test_a_text_that_is_no_choice_is_kept_and_said(filler: Page, response: Response) -> None:
    filler.locator("#c-commune").fill("Xã không có")
    filler.keyboard.press("Tab")

    expect(filler.locator("#q-commune")).to_contain_text("“Xã không có”")
    response.refresh_from_db()
    assert response.typed == {"commune": "Xã không có"}


def test_several_communes_are_taken_one_after_another(filler: Page, response: Response) -> None:
    field = filler.locator("#c-visited-find")
    for number in (41, 40):
        field.click()
        filler.keyboard.type(f"dong so {number}")
        expect(filler.locator("#c-visited-list [role=option]").first).to_have_text(
            f"Xã Đồng số {number}"
        )
        with filler.expect_response("**/cells/"):
            filler.keyboard.press("Enter")
        expect(filler.get_by_label(f"Xã Đồng số {number}")).to_be_checked()

    assert stored(response)["visited"] == ["c40", "c41"]


def test_without_javascript_the_name_is_typed(
    response: Response, filler: Page, live_site: str, new_context
) -> None:
    context = new_context(java_script_enabled=False)
    sign_in(context, member(response.assignment.agency, MembershipRole.COORDINATOR), live_site)
    page = context.new_page()
    page.goto(f"{live_site}/assignments/{response.assignment_id}/sections/place/")

    page.locator("select[name=province]").select_option("p5")
    page.locator("#c-commune").fill("Xã Tân Lập")
    page.locator(".dock button[type=submit]").click()

    assert stored(response)["commune"] == "c5"
