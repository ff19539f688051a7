"""A campaign in the browser: from the questionnaire's workbook to that of the figures."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from surveys.models import ResponseRevision, User
from surveys.responses.enums import RevisionKind
from tests.browser.journey import agency, department, figures
from tests.browser.journey.people import Country, settle_country
from tests.browser.journey.viewing import DESK, HEIGHTS, Album
from tests.factories import PASSWORD

Arrive = Callable[[User], Page]


@pytest.fixture
def country(live_site: str) -> Country:
    return settle_country()


@pytest.fixture
def album() -> Album:
    """Pictures that git does not see."""
    return Album(Path(settings.VAR_DIR) / "screenshots")


@pytest.fixture
def arrive(
    live_site: str, country: Country, album: Album, new_context: Callable[..., BrowserContext]
) -> Arrive:
    """Lets a person sign in by the form, in a browser of their own."""

    def sign_in(user: User) -> Page:
        page = new_context(viewport={"width": DESK, "height": HEIGHTS[DESK]}).new_page()
        page.set_default_timeout(10_000)
        album.listen(page)
        page.goto(live_site)
        page.get_by_label("Thư điện tử công vụ").fill(user.email)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        if not album.taken:
            album.look(page, "sign-in", phone=True)
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page.get_by_text(user.full_name).first).to_be_attached()
        return page

    return sign_in


def test_from_the_questionnaire_to_the_workbook(
    country: Country, album: Album, arrive: Arrive, tmp_path: Path
) -> None:
    designer = arrive(country.designer)
    department.import_questionnaire(designer, album)
    department.publish_questionnaire(designer, album)
    department.create_campaign(designer, album)
    department.create_round(designer, album, today=timezone.localdate())
    department.open_round(designer, album)

    coordinator = arrive(country.coordinator)
    agency.start_form(coordinator, album)
    department.expect_count(designer, "Đang nhập", 1)
    agency.fill_first_section(coordinator, album)
    agency.fill_grid(coordinator, album)
    agency.find_gaps(coordinator, album)
    agency.fill_the_rest(country.province, country.contributor)
    agency.explain_check(coordinator, album)
    agency.send_to_signatory(coordinator, album, "first")
    department.expect_count(designer, "Chờ ký", 1)

    signatory = arrive(country.signatory)
    agency.return_form(signatory, album)
    department.expect_progress(designer, country.province.name, "Bị trả lại")
    agency.correct_answer(coordinator, album)
    forgotten = agency.leave_page_open(coordinator)
    agency.send_to_signatory(coordinator, album, "again")
    receipt = agency.sign_form(signatory, album)
    assert receipt == revision_of(country).receipt
    expect(signatory.get_by_text(revision_of(country).sha256)).to_be_visible()
    department.expect_progress(designer, country.province.name, "Đã nộp")
    agency.save_too_late(forgotten, album)
    agency.answer_by_simulator(country.ministry)
    department.expect_count(designer, "Đã nộp", 2)
    album.look(designer, "overview-at-last", phone=True)

    neighbour = arrive(country.neighbour)
    expect_nothing(neighbour, agency.form_address(coordinator), album)

    shown = department.read_figures(designer, album)
    workbook = department.export_round(designer, album, folder=tmp_path)
    assert figures.targets_of(workbook) == shown
    assert all(formula.startswith("=") for formula in figures.formulas_of(workbook))
    assert album.complaints == []


def revision_of(country: Country) -> ResponseRevision:
    """What the province signed."""
    return ResponseRevision.objects.get(
        response__assignment__agency=country.province, kind=RevisionKind.SIGNED
    )


def expect_nothing(page: Page, address: str, album: Album) -> None:
    """To a stranger the form does not exist."""
    for path in ("", "check/", "receipt/", "sections/s1_organisation/"):
        answer = page.goto(address + path)
        assert answer
        assert answer.status == 404, path
    album.look(page, "stranger")
