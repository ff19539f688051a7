"""Autosave in a browser, against an answering endpoint that the test plays."""

import json
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from tests.browser.site import ORIGIN, render, visit

FORM = """{% extends "fill.html" %}
{% block content %}
<form method="post" data-autosave data-save-url="/save/">
  <div data-path="staff" data-seen="s0"><label for="staff">Biên chế</label><input id="staff" name="staff" value="5" /></div>
  <div data-path="staff" data-field="reason" data-seen="s0"><label for="why">Lý do</label><input id="why" name="why" /></div>
  <span data-state-for="staff" id="state-staff"></span>
  <div data-path="duties" data-seen="d0" data-many>
    <label><input type="checkbox" name="duties" value="data" id="duty-data" /> Dữ liệu</label>
    <label><input type="checkbox" name="duties" value="safety" id="duty-safety" /> An toàn</label>
  </div>
  <table class="grid" data-grid><tbody>{% for row in "ab" %}<tr>{% for column in "xy" %}
    <td class="cell" data-path="t/{{ row }}/{{ column }}" data-seen="c0"><input id="{{ row }}{{ column }}" aria-label="{{ row }}{{ column }}" /><small data-state-for="t/{{ row }}/{{ column }}"></small></td>{% endfor %}</tr>{% endfor %}</tbody></table>
  <button type="submit" id="next">Lưu</button>
</form>
{% endblock %}"""

CONFLICT = """<div hx-swap-oob="beforeend:#dialogs"><dialog class="dlg" id="conflict" aria-label="Hai người sửa"
 data-open data-conflict data-path="staff" data-field="value" data-seen="s-theirs" data-theirs='"77"'><form method="dialog">
 <button value="theirs">Lấy số kia</button><button value="mine">Giữ số của bạn</button></form></dialog></div>"""


class Endpoint:
    """Answers with what it was told to, in order, then with 200; keeps the edits it was sent."""

    def __init__(self, page):
        self.edits = []
        self.answers = []
        page.route(f"{ORIGIN}/save/", self)

    def __call__(self, route):
        edit = parse_qs(route.request.post_data, True)
        self.edits.append(edit)
        answer = self.answers.pop(0) if self.answers else {}
        if answer == "lost":
            route.abort("internetdisconnected")
        else:
            seen = {"X-Seen": f"s{len(self.edits)}"}
            kind = "text/html; charset=utf-8"
            route.fulfill(
                **{"status": 200, "body": "", "headers": seen, "content_type": kind, **answer}
            )

    def sent(self, *names):
        return [tuple(edit.get(name, [None])[-1] for name in names) for edit in self.edits]


@pytest.fixture
def form(page):
    visit(page, render(FORM))
    return page


@pytest.fixture
def endpoint(form):
    return Endpoint(form)


def kept(page):
    """The edits that the browser holds beyond the page."""
    stored = page.evaluate("Object.values(localStorage)")
    return [edit for text in stored for edit in json.loads(text)]


def saved(page):
    """Wait until nothing is under way."""
    page.wait_for_function("() => Object.keys(localStorage).length === 0")


def test_a_change_carries_the_signature_that_was_seen_and_takes_the_new_one(form, endpoint):
    form.fill("#staff", "6")
    form.press("#staff", "Enter")
    saved(form)
    form.fill("#staff", "7")
    form.press("#staff", "Tab")
    saved(form)

    assert endpoint.sent("path", "value", "seen") == [("staff", "6", "s0"), ("staff", "7", "s1")]
    assert form.url == f"{ORIGIN}/sample/"


def test_two_fields_of_one_path_share_its_signature(form, endpoint):
    form.fill("#staff", "6")
    form.press("#staff", "Tab")
    form.fill("#why", "chuyển đi")
    form.press("#why", "Tab")
    saved(form)

    fields = [("value", "6", "s0"), ("reason", "chuyển đi", "s1")]
    assert endpoint.sent("field", "value", "seen") == fields


def test_leaving_a_control_as_it_was_sends_nothing(form, endpoint):
    form.focus("#staff")
    form.press("#staff", "Enter")
    form.press("#staff", "Tab")
    form.wait_for_timeout(100)

    assert endpoint.edits == []


def test_several_choices_travel_as_a_list(form, endpoint):
    form.check("#duty-data")
    form.check("#duty-safety")
    saved(form)

    assert endpoint.edits[-1]["value"] == ["data", "safety"]
    assert endpoint.edits[-1]["many"] == ["1"]


def test_an_edit_lost_on_the_way_is_kept_and_sent_again_under_its_id(form, endpoint):
    endpoint.answers = ["lost"]

    form.fill("#staff", "6")
    form.press("#staff", "Enter")
    form.wait_for_function("() => document.querySelector('#dock-state [data-pending=dock-wait]')")
    held = kept(form)
    saved(form)

    assert [edit["value"] for edit in held] == [["6"]]
    first, second = endpoint.sent("edit_id", "value")
    assert first == second


def test_an_edit_outlives_the_page(form, endpoint):
    endpoint.answers = ["lost", "lost"]
    form.fill("#staff", "6")
    form.press("#staff", "Enter")
    form.wait_for_function("() => document.querySelector('#dock-state [data-pending=dock-wait]')")

    form.reload()
    shown = form.input_value("#staff")
    saved(form)

    assert shown == "6"
    assert len({edit["edit_id"][0] for edit in endpoint.edits}) == 1


def test_text_that_nobody_has_left_yet_is_kept_when_the_page_goes(form, endpoint):
    form.fill("#staff", "8")
    form.reload()
    saved(form)

    assert endpoint.sent("path", "value", "seen")[-1] == ("staff", "8", "s0")


def test_one_who_keeps_the_own_value_sends_it_over_the_stored_one(form, endpoint):
    endpoint.answers = [{"status": 409, "body": CONFLICT}]

    form.fill("#staff", "6")
    form.press("#staff", "Tab")
    form.get_by_role("button", name="Giữ số của bạn").click()
    expect(form.locator("dialog[data-conflict]")).to_have_count(0)
    saved(form)

    assert endpoint.sent("value", "seen") == [("6", "s0"), ("6", "s-theirs")]
    assert form.input_value("#staff") == "6"


def test_one_who_takes_the_other_value_sends_nothing_more(form, endpoint):
    endpoint.answers = [{"status": 409, "body": CONFLICT}]

    form.fill("#staff", "6")
    form.press("#staff", "Tab")
    form.get_by_role("button", name="Lấy số kia").click()

    expect(form.locator("#staff")).to_have_value("77")
    assert endpoint.sent("value") == [("6",)]


def test_a_refused_edit_leaves_the_text_and_says_so(form, endpoint):
    notice = '<div id="notices" hx-swap-oob="beforeend"><p data-refusal="x">Đã quá hạn</p></div>'
    endpoint.answers = [{"status": 403, "body": notice}]

    form.fill("#staff", "6")
    form.press("#staff", "Tab")
    form.get_by_text("Đã quá hạn").wait_for()

    assert form.input_value("#staff") == "6"
    assert form.locator("#dock-state [data-pending=dock-bad]").count() == 1


REFUSED = """<div id="notices" hx-swap-oob="true"><div class="msg" role="alert"><div>Đã quá hạn</div></div></div>"""


def test_a_refusal_is_said_below_its_field_until_the_field_changes(form, endpoint):
    endpoint.answers = [{"status": 422, "body": REFUSED}]

    form.fill("#staff", "6")
    form.press("#staff", "Tab")
    beside = form.locator("[data-path=staff]:has(#staff) + .refusal")
    expect(beside).to_have_text("Đã quá hạn")
    form.fill("#staff", "7")
    form.press("#staff", "Tab")
    saved(form)

    expect(form.get_by_text("Đã quá hạn")).to_have_count(0)


def test_a_refused_cell_of_a_grid_is_named_below_the_grid(form, endpoint):
    endpoint.answers = [{"status": 422, "body": REFUSED}]

    form.fill("#ay", "6")
    form.press("#ay", "Enter")

    expect(form.locator("table + .refusal")).to_have_text("ay: Đã quá hạn")
    expect(form.locator("table + .refusal a")).to_have_attribute("href", "#ay")


def test_a_saved_number_is_shown_as_its_reader_writes_it(form, endpoint):
    endpoint.answers = [{"headers": {"X-Seen": "s1", "X-Shown": "1.300"}}]

    form.fill("#staff", "1300")
    form.press("#staff", "Enter")
    expect(form.locator("#staff")).to_have_value("1.300")
    form.press("#staff", "Tab")
    form.wait_for_timeout(100)

    assert endpoint.sent("value") == [("1300",)]


def test_a_number_kept_over_a_colleagues_is_shown_as_its_reader_writes_it(form, endpoint):
    shown = {"headers": {"X-Seen": "s2", "X-Shown": "1.300"}}
    endpoint.answers = [{"status": 409, "body": CONFLICT}, shown]

    form.fill("#staff", "1300")
    form.press("#staff", "Tab")
    form.get_by_role("button", name="Giữ số của bạn").click()

    expect(form.locator("#staff")).to_have_value("1.300")


def test_what_is_typed_meanwhile_is_not_replaced_by_the_reading(form, endpoint):
    release = []
    # A lambda: Playwright marks what it is given, and a built-in method cannot be marked.
    form.route(f"{ORIGIN}/save/", lambda route: release.append(route))  # noqa: PLW0108
    form.fill("#staff", "1300")
    form.press("#staff", "Enter")
    form.locator("#staff").press("End")
    form.locator("#staff").press_sequentially("5")
    form.wait_for_function("() => document.querySelector('#staff').value === '13005'")
    release[0].fulfill(status=200, body="", headers={"X-Seen": "s1", "X-Shown": "1.300"})
    form.wait_for_timeout(200)

    assert form.input_value("#staff") == "13005"


def test_the_tick_of_a_saved_cell_goes_after_three_seconds(form, endpoint):
    form.fill("#ax", "1")
    form.press("#ax", "Enter")

    tick = form.locator("[data-path='t/a/x'] [data-pending=cell-ok]")
    expect(tick).to_have_count(1)
    expect(tick).to_have_count(0, timeout=4000)


@pytest.mark.parametrize(
    "answer",
    [{"status": 401}, {"status": 403, "body": "<!doctype html><html><body>CSRF</body></html>"}],
)
def test_without_its_cookies_a_page_waits_for_the_sign_in(form, endpoint, answer):
    endpoint.answers = [answer]

    form.fill("#staff", "6")
    form.press("#staff", "Tab")
    expect(form.locator("#session-ended")).to_be_visible()
    held = kept(form)
    form.locator("#session-ended button[value=retry]").click()
    saved(form)

    assert [edit["value"] for edit in held] == [["6"]]
    assert endpoint.sent("value", "user") == [("6", "7"), ("6", "7")]


def test_edits_of_one_account_are_not_taken_over_by_the_page_of_another(form, endpoint):
    edit = {"edit_id": "x", "path": "staff", "field": "value", "value": ["9"], "seen": "s0"}
    form.evaluate("text => localStorage.setItem('ks:edits:8:/save/:a', text)", json.dumps([edit]))

    form.reload()
    form.wait_for_timeout(200)

    assert (endpoint.edits, form.input_value("#staff")) == ([], "5")


def test_an_ended_session_keeps_the_edit_until_the_person_is_back(form, endpoint):
    endpoint.answers = [{"status": 401}]

    form.fill("#staff", "6")
    form.press("#staff", "Tab")
    form.locator("#session-ended").wait_for()
    held = kept(form)
    form.locator("#session-ended button[value=retry]").click()
    saved(form)

    assert [edit["value"] for edit in held] == [["6"]]
    assert endpoint.sent("value") == [("6",), ("6",)]


def test_a_block_from_a_spreadsheet_fills_cells_to_the_right_and_below(form, endpoint):
    form.focus("#ax")
    form.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/plain", "1\\t2\\r\\n3\\t4\\r\\n");
          const paste = { clipboardData: data, bubbles: true, cancelable: true };
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", paste));
        }"""
    )
    saved(form)

    expected = [("t/a/x", "1"), ("t/a/y", "2"), ("t/b/x", "3"), ("t/b/y", "4")]
    assert endpoint.sent("path", "value") == expected


def test_the_page_goes_on_only_after_everything_is_saved(form, endpoint):
    form.fill("#staff", "6")

    with form.expect_navigation():
        form.click("#next")

    assert endpoint.sent("value") == [("6",)]


def test_a_fragment_keeps_the_text_that_is_being_typed(form, endpoint):
    endpoint.answers = [
        {
            "body": '<td class="cell" id="q-ay" hx-swap-oob="morph:#unused"></td>'
            '<div id="dock-state" hx-swap-oob="innerHTML">Đã lưu 09:41</div>'
        }
    ]

    form.fill("#staff", "6")
    form.press("#staff", "Enter")
    form.locator("#staff").press_sequentially("7")
    form.get_by_text("Đã lưu 09:41").wait_for()

    assert form.input_value("#staff") == "67"
    assert form.evaluate("document.activeElement.id") == "staff"
