"""The ranking of an index in a browser: sliders that agree with the server, sorting, and how it looks."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from analytics.indices.models import IndexRun
from analytics.indices.ranking.scene import Scene
from analytics.indices.ranking.trial import contenders_of
from analytics.indices.ranking.weighing import weigh
from tests.analytics.indices.factories import document, frozen
from tests.analytics.indices.ranking.factories import ranked_run
from tests.factories import department_person
from tests.live import sign_in

SCORES = [
    (91.3, 12.7),
    (33.3, 88.8),
    (64.0, 64.0),
    (64.0, 64.0),
    (0.0, 99.0),
    (None, 41.0),
    (77.7, None),
    (None, None),
    (55.5, 54.4),
]
METHODS: dict[str, dict[str, Any]] = {
    "arithmetic": {},
    "geometric": {"scale": [1, 100]},
    "power": {"power": 2},
}


def version_with(method: str) -> Any:
    """A frozen version whose pillars come together by the method."""
    changes = METHODS[method]
    tree = document()["tree"]
    tree["aggregation"] = {"method": method} | ({"power": 2} if method == "power" else {})
    scale = {"scale": changes["scale"]} if "scale" in changes else {}
    return frozen(tree=tree, **scale)


def address(run: IndexRun, side: str, site: str) -> str:
    return f"{site}{reverse(side, args=[run.version.index.code])}"


def visited(browser: Browser, site: str, *, script: bool = True) -> Page:
    """A designer's page."""
    context = browser.new_context(locale="vi-VN", java_script_enabled=script)
    sign_in(context, department_person("designer"), site)
    return context.new_page()


def shown(page: Page) -> list[tuple[str, str, str]]:
    """Unit, rank and score of each row as the page has them."""
    rows = page.locator("tr[data-key]").evaluate_all(
        """rows => rows.map(row => [
          row.dataset.key,
          ...["label", "score"].map(name => row.querySelector(`[data-trial=${name}]`).textContent),
        ])"""
    )
    return [(key, label, score) for key, label, score in rows]


def by_server(run: IndexRun, weights: tuple[float, float]) -> dict[str, tuple[str, str]]:
    """Rank and score of each unit as the server computes them, as the page writes them."""
    scene = Scene(run, {}, "vi")
    contenders = contenders_of(scene)
    found = weigh(contenders, weights, scene.definition.tree.aggregation)
    return {
        each.key: (
            own.label or "–",  # noqa: RUF001  (as it is written)
            "–" if own.score is None else f"{own.score:.1f}".replace(".", ","),  # noqa: RUF001
        )
        for each, own in zip(contenders, found, strict=True)
    }


@pytest.mark.parametrize("method", METHODS)
def test_the_sliders_move_ranks_as_the_server_does(browser, live_site, method):
    run = ranked_run(SCORES, version_with(method))
    page = visited(browser, live_site)
    page.goto(address(run, "index_weights", live_site))
    expect(page.locator("input[type=range]").first).to_be_visible()
    computed = by_server(run, (0.6, 0.4))
    assert {key: (label, score) for key, label, score in shown(page)} == computed

    page.get_by_role("spinbutton", name="Tổ chức").fill("15")

    expect(page.get_by_role("spinbutton", name="An toàn")).to_have_value("85.0")
    assert {key: (label, score) for key, label, score in shown(page)} == by_server(
        run, (0.15, 0.85)
    )
    page.get_by_role("link", name="Đặt lại").click()
    assert {key: (label, score) for key, label, score in shown(page)} == computed
    expect(page.locator("[data-weights-told]")).to_have_text("Không thứ hạng nào thay đổi.")


def test_a_slider_answers_to_the_keyboard_and_weights_stay_at_100(browser, live_site):
    run = ranked_run(SCORES)
    page = visited(browser, live_site)
    page.goto(address(run, "index_weights", live_site))
    page.get_by_role("slider", name="Tổ chức").focus()

    for _ in range(30):
        page.keyboard.press("ArrowRight")

    values = page.locator("input[type=number]").evaluate_all("all => all.map(one => one.value)")
    assert values == ["63.0", "37.0"]
    assert shown(page)[0][0] == "unit-6"


def test_without_script_the_form_asks_the_server(browser, live_site):
    run = ranked_run(SCORES)
    page = visited(browser, live_site, script=False)
    page.goto(address(run, "index_weights", live_site))
    page.get_by_role("spinbutton", name="Tổ chức").fill("30")
    page.get_by_role("spinbutton", name="An toàn").fill("90")

    page.get_by_role("button", name="Tính").click()

    assert {key: (label, score) for key, label, score in shown(page)} == by_server(
        run, (0.25, 0.75)
    )
    assert page.get_by_role("spinbutton", name="Tổ chức").input_value() == "25.0"


def test_a_column_is_sorted_in_place_and_by_its_address(browser, live_site):
    run = ranked_run(SCORES, draws=20)
    page = visited(browser, live_site)
    page.goto(address(run, "index_ranking", live_site))
    page.evaluate("window.before = true")

    page.get_by_role("columnheader", name="An toàn").get_by_role("link").click()

    first = page.locator("#ranking tbody tr").first
    expect(first).to_contain_text("Đơn vị 4")
    assert "sort=node" in page.url
    assert page.evaluate("window.before")
    page.reload()
    expect(first).to_contain_text("Đơn vị 4")


@pytest.mark.parametrize("side", ["index_ranking", "index_charts", "index_weights", "index_units"])
def test_every_side_passes_axe_and_fits_a_phone(browser, live_site, side):
    run = ranked_run(SCORES, draws=20)
    page = visited(browser, live_site)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{address(run, side, live_site)}?follow=unit-2&units=unit-0&units=unit-1")
        page.wait_for_load_state("networkidle")
        found = Axe().run(page)

        assert found.violations_count == 0, f"{side} {width}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []
