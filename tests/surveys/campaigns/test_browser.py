"""Following a round in a browser: live, filtered, on a phone."""

import re
from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from surveys.campaigns import services
from surveys.campaigns.deadlines import end_of, start_of
from surveys.campaigns.enums import AssignmentStatus, RoundStatus
from surveys.models import Assignment
from tests.factories import AgencyFactory, department_person
from tests.live import sign_in
from tests.surveys.campaigns.factories import AssignmentFactory, RoundFactory


@pytest.fixture
def round_(live_site):
    """An open round that asks Lào Cai, Hà Nội and a ministry."""
    today = date.today()  # noqa: DTZ011  (the site takes the real time)
    round_ = RoundFactory.create(
        status=RoundStatus.OPEN,
        reference_date=today,
        opens_at=start_of(today - timedelta(days=30)),
        closes_at=end_of(today + timedelta(days=9)),
    )
    for code, name in (("15", "Lào Cai"), ("01", "Hà Nội")):
        province = AgencyFactory.create(name=name)
        province.identifiers.create(scheme="nso", value=code, valid_from=date(2025, 7, 1))
        AssignmentFactory.create(round=round_, agency=province)
    AssignmentFactory.create(round=round_, agency__name="Bộ Y tế", agency__type="ministry")
    return round_


@pytest.fixture
def overview(page, context, live_site, round_):
    """The round's page, connected."""
    sign_in(context, department_person(), live_site)
    page.goto(live_site + reverse("round_overview", kwargs={"code": round_.code}))
    expect(page.locator("[data-live-state=live]")).to_be_visible()
    return page


def lines(page):
    return page.locator("#t-units tbody tr")


def shade(page, name):
    return page.locator("#t-provinces tr", has_text=name).locator("td").last


def test_a_submission_shows_in_every_part_of_the_page_without_reloading(overview, round_):
    hanoi = Assignment.objects.get(round=round_, agency__name="Hà Nội")

    services.move(hanoi, AssignmentStatus.SUBMITTED, at=timezone.now())

    expect(overview.locator(".kpi").nth(1).locator("b")).to_contain_text("1")
    expect(lines(overview).filter(has_text="Hà Nội").locator(".status--ok")).to_be_visible()
    expect(overview.locator("#round-types tr", has_text="1 / 2")).to_be_visible()
    expect(shade(overview, "Hà Nội")).to_have_text("4")
    expect(shade(overview, "Lào Cai")).to_have_text("0")


def test_the_table_follows_what_is_typed_and_so_does_the_address(overview):
    overview.locator("#units-q").press_sequentially("ha noi")

    expect(lines(overview)).to_have_count(1)
    expect(overview).to_have_url(re.compile(r"\?q=ha\+noi$"))
    expect(overview.locator("#units-q")).to_be_focused()
    overview.reload()
    expect(lines(overview)).to_have_text([re.compile("Hà Nội")])


def test_what_was_filtered_stays_so_when_something_changes(overview, round_):
    overview.locator("#units-q").press_sequentially("lao cai")
    expect(lines(overview)).to_have_count(1)
    lao_cai = Assignment.objects.get(round=round_, agency__name="Lào Cai")

    services.record_progress(lao_cai, answered=2, total=3, at=timezone.now())

    expect(lines(overview)).to_contain_text(["2/3"])
    expect(overview).to_have_url(re.compile(r"\?q=lao\+cai$"))


def test_a_province_of_the_map_filters_and_a_second_click_shows_all(overview):
    click = """figure => figure.dispatchEvent(
        new CustomEvent("ks:province", {bubbles: true, detail: {code: "15", name: "Lào Cai"}}))"""
    chart = overview.locator("[data-chart=map]")

    chart.evaluate(click)
    expect(lines(overview)).to_have_text([re.compile("Lào Cai")])
    chart.evaluate(click)

    expect(lines(overview)).to_have_count(3)


def test_the_map_is_drawn_with_both_archipelagos(overview):
    expect(overview.locator(".chart__plot svg path").nth(33)).to_be_attached()
    expect(overview.locator(".inset--hs")).to_contain_text("Hoàng Sa")
    expect(overview.locator(".inset--ts")).to_contain_text("Trường Sa")


@pytest.mark.parametrize("width", [1440, 360])
def test_the_pages_pass_axe_and_fit(width, overview, live_site, round_):
    code, campaign = {"code": round_.code}, {"code": round_.campaign.code}
    addresses = [
        reverse("campaign_list"),
        reverse("campaign_list") + "?q=zzz",
        reverse("campaign_create"),
        reverse("round_create", kwargs=campaign),
        reverse("round_overview", kwargs=code),
        reverse("round_overview", kwargs=code) + "?q=zzz",
        reverse("round_close", kwargs=code),
    ]
    overview.set_viewport_size({"width": width, "height": 900})
    complaints: list[str] = []
    overview.on("console", lambda said: complaints.append(said.text) if said.type == "error" else 0)

    for address in addresses:
        overview.goto(live_site + address)
        found = Axe().run(overview)
        assert found.violations_count == 0, f"{address}\n{found.generate_report()}"
        assert overview.evaluate("document.documentElement.scrollWidth") <= width, address

    assert complaints == []


def test_a_refused_form_takes_the_focus_to_what_is_wrong(overview, live_site):
    overview.goto(live_site + reverse("campaign_create"))
    overview.locator("form[method=post] button[type=submit].btn-primary").click()

    expect(overview.locator("#problems")).to_be_focused()
    assert Axe().run(overview).violations_count == 0
    overview.locator("#problems a").first.click()
    expect(overview.locator("#id_title")).to_be_focused()


def test_the_types_that_are_chosen_are_counted(overview, live_site):
    overview.goto(live_site + reverse("campaign_create"))

    overview.locator("input[name=target_types][value=province]").check()

    expect(overview.locator("#targets-total")).to_contain_text("2")


def test_where_sockets_are_blocked_the_figures_are_asked_for_now_and_then(
    page, context, live_site, round_
):
    sign_in(context, department_person(), live_site)
    page.clock.install()
    page.route_web_socket("**/ws/live/**", lambda socket: socket.close(code=1006))
    page.goto(live_site + reverse("round_overview", kwargs={"code": round_.code}))
    hanoi = Assignment.objects.get(round=round_, agency__name="Hà Nội")
    services.move(hanoi, AssignmentStatus.SUBMITTED, at=timezone.now())

    page.clock.run_for(25_000)

    expect(page.locator(".kpi").nth(1).locator("b")).to_contain_text("1")
    expect(page.locator("[data-live-state=polling]")).to_be_visible()
