"""The components, the words of the tag library, and the rules that every template keeps."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils import translation

from surveys.campaigns.enums import AssignmentStatus
from surveys.common.errors import DomainError
from surveys.templatetags import ks

TEMPLATES = settings.BASE_DIR / "templates"
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
ALL_TEMPLATES = sorted(TEMPLATES.rglob("*.html"))
ICONS = set((settings.BASE_DIR / "scripts" / "icons.txt").read_text().split())

NOW = datetime(2027, 1, 20, 8, 0, tzinfo=UTC)  # 15:00 in Hà Nội


def component(name, **context):
    return render_to_string(f"components/{name}.html", context)


def by_name(path):
    return str(path.relative_to(TEMPLATES))


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (Decimal("1234567.5"), "1.234.567,5", "1,234,567.5"),
        ("1234", "1.234", "1,234"),
        (-2, f"{ks.MINUS}2", f"{ks.MINUS}2"),
        (0, "0", "0"),
        (None, "", ""),
        ("", "", ""),
        ("2l", "2l", "2l"),
    ],
)
def test_a_number_reads_as_the_language_writes_it(value, vietnamese, english):
    with translation.override("vi"):
        assert ks.vn_number(value) == vietnamese
    with translation.override("en"):
        assert ks.vn_number(value) == english


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [(1234, 2, "1.234,00"), (0.05, 1, "0,0"), (-0.01, 1, "0,0"), (2.25, 1, "2,2")],
)
def test_decimals_can_be_fixed(value, digits, shown):
    with translation.override("vi"):
        assert ks.vn_number(value, digits) == shown


def test_a_percentage_carries_a_space_that_does_not_break_in_vietnamese_and_none_in_english():
    with translation.override("vi"):
        assert ks.vn_percent(69.58) == "69,6\u00a0%"
    with translation.override("en"):
        assert ks.vn_percent(69.58) == "69.6%"


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (date(2027, 1, 31), "11 days left"),
        (date(2027, 1, 21), "1 day left"),
        (date(2027, 1, 20), "last day today"),
        (date(2027, 1, 17), "3 days late"),
        (datetime(2027, 1, 31, 17, 0, tzinfo=UTC), "11 days left"),
        (None, ""),
    ],
)
def test_a_deadline_says_how_far_it_is(deadline, words):
    with translation.override("en"):
        assert ks.relative_day(deadline, NOW) == words


def test_a_deadline_at_midnight_belongs_to_the_day_before():
    assert ks.last_day(datetime(2027, 1, 31, 17, 0, tzinfo=UTC)) == date(2027, 1, 31)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2027, 1, 20, 2, 41, tzinfo=UTC), "09:41"),
        (datetime(2027, 1, 19, 9, 5, tzinfo=UTC), "yesterday, 16:05"),
        (datetime(2027, 1, 3, 10, 2, tzinfo=UTC), "3/1, 17:02"),
        (datetime(2026, 1, 30, 10, 2, tzinfo=UTC), "30/1/2026, 17:02"),
        (None, ""),
    ],
)
def test_a_moment_is_told_as_people_tell_it(moment, words):
    with translation.override("en"):
        assert ks.clock(moment, NOW) == words


def test_a_text_falls_back_to_vietnamese_and_then_to_any():
    with translation.override("en"):
        assert ks.text_in({"vi": "Họ tên", "en": "Name"}) == "Name"
        assert ks.text_in({"vi": "Họ tên", "en": ""}) == "Họ tên"
        assert ks.text_in({"fr": "Nom"}) == "Nom"
        assert ks.text_in({}) == ""


@pytest.mark.parametrize("status", AssignmentStatus)
def test_every_status_of_an_assignment_has_a_look_and_a_word(status):
    html = component("status", status=status.value)

    assert f"status--{ks.LOOKS[status]}" in html
    assert str(status.label) in html


def test_a_stacked_bar_ends_where_its_counts_end():
    bar = ks.stack_parts({"draft": 8, "submitted": 37, "verified": 1, "not_started": 0})

    assert bar == ks.Bar(parts=(ks.Part("ok", 0, 38), ks.Part("active", 38, 8)), total=46)


def test_an_empty_stacked_bar_still_has_a_width():
    assert 'viewBox="0 0 1 1"' in component("stackbar", counts={})


def test_large_counts_stand_in_attributes_without_separators():
    html = component("progress", value=1200, max=3377)

    assert 'value="1200" max="3377"' in html


def test_a_finding_names_its_grade_to_those_who_do_not_see_the_colour():
    with translation.override("en"):
        items = [{"grade": "bad", "href": "#a4", "text": "A4"}]
        html = component("problems", title="One point", items=items)

    assert '<span class="visually-hidden">Must be corrected:</span> <a href="#a4">A4</a>' in html


def test_the_pager_keeps_the_filters_of_the_address():
    request = RequestFactory().get("/agencies/", {"q": "lao cai", "page": "2"})
    page = Paginator(range(100), 25).page(2)

    html = render_to_string("components/pager.html", {"page_obj": page}, request=request)

    assert "?q=lao+cai&amp;page=3" in html
    assert "?q=lao+cai&amp;page=1" in html


def test_a_refusal_of_an_htmx_request_goes_to_the_notices_and_replaces_nothing():
    context = {"refusal": DomainError("Too late."), "request": {"htmx": True}}

    html = render_to_string("refusal.html", context)

    assert html.strip().startswith('<div id="notices" hx-swap-oob="beforeend">')
    assert "Too late." in html


@pytest.mark.parametrize(
    ("template", "words"),
    [("500.html", "Something failed on our side"), ("400.html", "cannot be understood")],
)
def test_the_page_of_a_failure_needs_nothing_of_the_request(template, words):
    with translation.override("en"):
        assert words in render_to_string(template)


@pytest.mark.parametrize("path", ALL_TEMPLATES, ids=by_name)
def test_every_template_compiles(path):
    assert get_template(by_name(path)) is not None


@pytest.mark.parametrize("path", ALL_TEMPLATES, ids=by_name)
def test_no_template_has_inline_script_or_style(path):
    text = path.read_text()

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)[^>]*>", text)


@pytest.mark.parametrize("path", ALL_TEMPLATES, ids=by_name)
def test_every_icon_that_a_template_names_is_in_the_sprite(path):
    named = re.findall(r'icon\.html" with name="([^"]+)"|\sicon="([^"{]+)"', path.read_text())

    assert {one or other for one, other in named} <= ICONS


def test_the_icons_that_the_tag_library_names_are_in_the_sprite():
    named = {*ks.GRADE_ICONS.values(), *ks.FLAG_ICONS.values(), *ks.SAVED_ICONS.values()}

    assert named <= ICONS


@pytest.mark.parametrize("path", COMPONENTS, ids=by_name)
def test_every_component_declares_its_inputs_and_fits_one_screen(path):
    lines = path.read_text().splitlines()

    assert lines[0].startswith("{% comment %}")
    assert len(lines) < 70


def test_no_template_writes_a_key_with_its_digits_grouped():
    # From the thousandth row on a key would stand as 1.000 in addresses, topics and form values.
    bare = re.compile(r"\{\{ [a-z_.]*\.pk \}\}")

    assert [path.name for path in ALL_TEMPLATES if bare.search(path.read_text("utf-8"))] == []
