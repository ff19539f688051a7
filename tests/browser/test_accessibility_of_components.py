"""Every component in a browser: axe finds nothing, the policy is kept, nothing runs over at 360 px."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.paginator import Paginator

from tests.browser.site import render, visit

SHEET = """{% extends "base.html" %}{% load ks %}
{% block scripts %}{% include "components/chart_scripts.html" with map=True only %}{% endblock %}
{% block crumbs %}{% include "components/crumbs.html" with items=crumbs only %}{% endblock %}
{% block content %}
{% include "components/page_head.html" with title="Bảng thành phần" lede="Mọi thành phần" only %}
{% include "components/tabs.html" with items=tabs label="Các mặt" only %}
<div class="stack">
<p>{% for status in statuses %}{% include "components/status.html" with status=status only %} {% endfor %}</p>
<p>{% for state in states %}{% include "components/saved.html" with state=state only %} {% endfor %}{% include "components/live_state.html" only %}</p>
<p>{% include "components/person.html" with user=user only %} {% include "components/person.html" with user=None only %} {% include "components/avatar.html" with user=user named=True only %} {% include "components/presence.html" with user=user text="đang nhập" only %}</p>
<p>{% include "components/flag.html" with grade="bad" text="1 phải sửa" only %} {% include "components/flag.html" with grade="note" text="2" only %} {% include "components/change.html" with value=2.3 only %} {% include "components/change.html" with value=-1.8 only %}</p>
{% for grade in grades %}{% include "components/msg.html" with grade=grade title="Phải sửa:" text="tổng 27" only %}{% endfor %}
{% include "components/problems.html" with title="Phần này có 3 điểm cần xem" items=problems only %}
<div class="kpis">{% include "components/kpi.html" with label="Phải trả lời" value="56" url="#" current=True hint="đang chọn" only %}{% include "components/kpi.html" with label="Đã nộp" value="38" small="67,9 %" dot="ok" only %}</div>
{% include "components/stackbar.html" with counts=counts only %}
{% include "components/progress.html" with value=16 max=25 only %}
{% include "components/chain.html" with steps=steps only %}
<h2>Danh sách</h2>
<div class="panel">{% include "components/empty.html" with title="Chưa có đợt nào" text="Tạo đợt đầu tiên" action="Tạo đợt" url="#" only %}</div>
<div class="panel">{% include "components/pager.html" %}</div>
<div class="panel">{% for state in jobs %}{% include "components/job.html" with title="Năng lực 2026" sub="Excel" state=state value=63 message="Bảng A13" url="#" action="Tải về" only %}{% endfor %}</div>
{% include "components/chart.html" with kind="bars" statement="Ba chỉ tiêu đạt" table="figures" size="s" unit="%" only %}
<table class="list" id="figures"><thead><tr><th scope="col">Chỉ tiêu</th><th scope="col">Kỳ này</th></tr></thead><tbody><tr><th scope="row">T1a</th><td data-v="67.9">67,9</td></tr></tbody></table>
{% include "components/map.html" with table="units" column=1 classes="Chưa bắt đầu|Đang nhập|Đã nộp" label="Bản đồ 34 tỉnh" only %}
<table class="list" id="units"><thead><tr><th scope="col">Tỉnh</th><th scope="col">Trạng thái</th></tr></thead><tbody><tr data-code="15"><th scope="row">Lào Cai</th><td data-v="2">Đã nộp</td></tr></tbody></table>
</div>
<dialog class="dlg" id="sample" aria-labelledby="sample-title"><form method="dialog">{% include "components/dialog_head.html" with id="sample" title="Trả lại để sửa" only %}<div class="dlg__body"><p>Lý do</p></div></form></dialog>
<p><button class="btn btn-plain" type="button" data-dialog="sample">Trả lại</button></p>
{% endblock %}"""

CONTEXT = {
    "crumbs": [("Việc của tôi", "/"), ("Phiếu", "")],
    "tabs": [{"label": "Tiến độ", "url": "#", "current": True}, {"label": "Kết quả", "url": "#"}],
    "statuses": ["not_started", "draft", "awaiting_signature", "submitted", "returned", "verified"],
    "states": ["none", "busy", "ok", "wait", "bad"],
    "grades": ["ok", "info", "warn", "bad"],
    "jobs": ["waiting", "running", "done", "failed", "expired"],
    "problems": [
        {"grade": "bad", "href": "#a", "text": "A4. Số thực có phải là số nguyên"},
        {"grade": "warn", "href": "#b", "text": "A5. Cần giải trình"},
        {"grade": "info", "href": "#c", "text": "A3. Nên ghi điều, khoản"},
    ],
    "counts": {"submitted": 38, "draft": 8},
    "steps": [{"label": "Nhập", "sub": "26/1", "state": "done"}, {"label": "Ký", "state": "now"}],
    "page_obj": Paginator(range(3377), 25).page(2),
}


@pytest.mark.parametrize("density", ["", "compact", "reading"])
@pytest.mark.parametrize("width", [1440, 360])
def test_the_components_pass_axe_keep_the_policy_and_fit(page, width, density):
    page.set_viewport_size({"width": width, "height": 900})
    source = SHEET + "{% block body_class %}" + density + "{% endblock %}"

    complaints = visit(page, render(source, **CONTEXT))

    assert complaints == []
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_an_open_dialog_passes_axe_and_gives_the_focus_back(page):
    visit(page, render(SHEET, **CONTEXT))

    page.get_by_role("button", name="Trả lại").click()
    found = Axe().run(page).response["violations"]
    page.keyboard.press("Escape")

    assert found == []
    assert page.evaluate("document.activeElement.dataset.dialog") == "sample"


def test_the_charts_are_drawn_and_named(page):
    visit(page, render(SHEET, **CONTEXT))

    assert page.locator("[data-chart] svg path").count() > 34
    assert (
        page.locator("[data-chart=bars] .chart__plot")
        .get_attribute("aria-label")
        .startswith("Ba chỉ tiêu đạt")
    )


def test_the_narrow_navigation_opens_by_keyboard(page):
    page.set_viewport_size({"width": 360, "height": 700})
    visit(page, render(SHEET, **CONTEXT))

    page.locator("[data-toggle=nav]").press("Enter")

    assert page.locator("#nav").is_visible()
    assert page.locator("[data-toggle=nav]").get_attribute("aria-expanded") == "true"
