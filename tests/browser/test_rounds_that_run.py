"""A campaign that runs by its plan, from its form to the log of a closed round, in Chromium."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page

from surveys.background.runner import run_pending
from surveys.campaigns.deadlines import end_of, local_day
from surveys.mailing.services import deliver_due
from surveys.models import Assignment, Round, User
from surveys.organisations.enums import AgencyType
from tests.browser.journey.viewing import DESK, HEIGHTS, PHONE, Album
from tests.browser.running import agency, department
from tests.browser.running.people import Cast, settle
from tests.factories import AgencyFactory
from tests.live import sign_in

Arrive = Callable[..., Page]
TOLD: Final = (
    "Đợt được lập kế hoạch",
    "2 cơ quan phải trả lời",
    "bắt đầu trả lời",
    "xin gia hạn đến",
    "được gia hạn đến",
    "trình ký",
    agency.WHY_RETURNED,
    "được duyệt",
    "đã ký và nộp",
    department.WHY_CLOSED,
)
"""What the log says of this round."""


@pytest.fixture
def cast(live_site: str) -> Cast:
    AgencyFactory(name="Bộ Xây dựng", type=AgencyType.MINISTRY)
    return settle()


@pytest.fixture
def album() -> Album:
    """Pictures that git does not see."""
    return Album(Path(settings.VAR_DIR) / "screenshots" / "rounds")


@pytest.fixture
def arrive(live_site: str, album: Album, new_context: Callable[..., BrowserContext]) -> Arrive:
    """A browser of one's own; signed in, or a stranger's."""

    def open_browser(user: User | None, width: int = DESK) -> Page:
        context = new_context(viewport={"width": width, "height": HEIGHTS[width]})
        if user:
            sign_in(context, user, live_site)
        page = context.new_page()
        album.listen(page)
        if user:
            page.goto(live_site)
        return page

    return open_browser


def test_a_campaign_runs_by_its_plan_from_the_form_to_the_log(
    cast: Cast, album: Album, arrive: Arrive, live_site: str
) -> None:
    today = local_day(timezone.now())
    designer = arrive(cast.designer)
    department.create_campaign(designer, album, today=today)
    department.preview_targets(designer, album)
    department.set_chain(designer, album)
    department.start(designer, album)

    assert schedule("open_due_rounds")["done"] == 1
    assert schedule("open_due_rounds")["done"] == 0
    work_in_background()
    opened = Round.objects.get(status="open")
    assert Assignment.objects.filter(round=opened).count() == 2
    department.follow(designer, live_site, opened.code, album)

    coordinator = arrive(cast.coordinator)
    address = agency.open_form(coordinator, album)
    department.expect_progress(designer, cast.province.name, "Đang nhập")
    agency.divide(coordinator, address, album)
    work_in_background()
    newcomer = arrive(None, PHONE)
    agency.accept_invitation(newcomer, link_to(agency.NEWCOMER, live_site), album)
    work_in_background()
    newcomer.reload()
    agency.do_own_part(newcomer, album)

    watching = arrive(cast.designer)
    extend(designer, coordinator, watching, address, album)
    decide(arrive, cast, coordinator, designer, address, album)
    department.see_other_sides(watching, album)
    department.close_with_reason(designer, album)
    said = department.read_log(designer, album)
    unsaid = [words for words in TOLD if not any(words in line for line in said)]
    assert unsaid == [], said
    assert album.complaints == []


def extend(designer: Page, coordinator: Page, watching: Page, address: str, album: Album) -> None:
    """The wish rings on the page that the designer follows, and is granted in another window."""
    until = local_day(timezone.now()) + timedelta(days=40)
    rung = int(designer.locator("#bell .count").inner_text())
    agency.ask_for_time(coordinator, address, album, until=until)
    work_in_background()
    department.expect_bell(designer, rung + 1)
    department.grant_extension(watching, album, until=until)
    number = int(address.rstrip("/").rsplit("/", 1)[1])
    assert Assignment.objects.get(pk=number).due_at == end_of(until)


def decide(
    arrive: Arrive, cast: Cast, coordinator: Page, designer: Page, address: str, album: Album
) -> None:
    """Sent, returned, corrected, approved, signed; the designer's page says so by itself."""
    agency.fill_and_send(coordinator, address, album)
    department.expect_progress(designer, cast.province.name, "Chờ")
    reviewer = arrive(cast.reviewer)
    agency.return_one_question(reviewer, address, album)
    department.expect_progress(designer, cast.province.name, "Bị trả lại")
    agency.correct_cited(coordinator, address, album)
    agency.approve_the_difference(reviewer, address, album)
    agency.sign_as_deputy(arrive(cast.signatory), address, album)
    department.expect_progress(designer, cast.province.name, "Đã nộp")


def schedule(command: str) -> dict[str, Any]:
    """What the schedule's command answers now."""
    out = StringIO()
    call_command(command, json=True, stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def work_in_background() -> None:
    """What a huey worker does: run the jobs that wait, hand over the mails."""
    run_pending()
    deliver_due(at=timezone.now(), limit=100)


def link_to(address: str, site: str) -> str:
    """The secret link in the newest mail to the address, as it stands in the mail."""
    text = next(str(each.body) for each in reversed(mail.outbox) if each.to == [address])
    found = re.search(r"https?://[^/\s]+(/\S+)", text)
    assert found, text
    return f"{site}{found[1]}"
