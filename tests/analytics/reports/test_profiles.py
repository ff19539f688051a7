"""Profiles of units: for the department at a run, for agencies once it is published."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from analytics.gate.enums import Identity
from analytics.gate.models import DisclosurePolicy
from analytics.indices.models import IndexRun
from analytics.releases import services
from analytics.reports.models import ProfilePaper
from analytics.reports.profile import Reading, profile_of
from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.background.runner import run_pending
from surveys.models import Assignment
from tests.analytics.indices.factories import computed, frozen
from tests.analytics.releases.factories import (
    AT,
    approved,
    closed_library_round,
    person,
    proposed,
    published,
)
from tests.factories import AgencyFactory, UserFactory, department_person, member

pytestmark = pytest.mark.django_db

LEVELS = [
    {
        "nodes": ["index"],
        "bands": [
            {"level": 1, "name": {"vi": "Khởi đầu"}, "from": 0},
            {"level": 2, "name": {"vi": "Nâng cao"}, "from": 101},
        ],
    }
]


@pytest.fixture
def round_():
    return closed_library_round()


@pytest.fixture
def run(round_):
    return computed(round_)


def assignment_of(unit):
    return Assignment.objects.get(round=unit.run.round_id, agency=unit.agency_id)


def scored(run: IndexRun):
    return run.units.filter(score__isnull=False).order_by("position")[0]


def opened(client, user, address):
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client.get(address)


def profile_page(run, unit):
    return reverse("index_unit_profile", args=[run.version.index.code, run.pk, unit.key])


def report(release, unit):
    return reverse("own_report", args=[release.pk, assignment_of(unit).pk])


def test_a_profile_says_what_the_run_keeps(run):
    unit = scored(run)

    profile = profile_of(run, unit, Reading("vi"))

    assert profile.coverage.asked == 3
    assert [row.score for row in profile.pillars] == [
        unit.data["nodes"][code]["score"] for code in ("organisation", "safety")
    ]
    assert profile.ranked == 4


def test_no_quantile_of_three_provinces_is_told(run):
    profile = profile_of(run, scored(run), Reading("vi"))

    assert {row.peers.median for row in profile.pillars} == {None}
    assert {row.median for row in profile.indicators} == {""}
    assert (profile.strengths, profile.weaknesses) == ((), ())


def test_a_unit_without_a_score_says_why(run):
    silent = run.units.filter(score=None)[0]

    profile = profile_of(run, silent, Reading("en"))

    assert profile.why != ""
    assert profile.pillar_statement != ""


def test_what_the_next_level_takes_stands_there_with_what_is_met(round_):
    run = computed(round_, frozen(levels=LEVELS))

    profile = profile_of(run, scored(run), Reading("vi"))

    assert profile.next_level is not None
    assert (profile.next_level.name, profile.next_level.missing) == ("Nâng cao", 1)


def test_researchers_read_no_values_as_measured(run):
    profile = profile_of(run, scored(run), Reading("vi", with_values=False))

    assert profile.indicators == ()


@pytest.mark.parametrize("role", ["administrator", "designer", "verifier"])
def test_the_department_reads_a_profile_before_publication(client, run, round_, role):
    assert opened(client, person(round_, role), profile_page(run, scored(run))).status_code == 200


def test_protected_units_are_not_shown_to_researchers(client, run, round_):
    researcher = person(round_, "researcher")
    before = opened(client, researcher, profile_page(run, scored(run))).status_code
    DisclosurePolicy.objects.create(round=round_, identity=Identity.PUBLISHED, set_at=AT)

    after = opened(client, researcher, profile_page(run, scored(run))).status_code

    assert (before, after) == (404, 200)


def test_a_stranger_and_an_unknown_unit_are_not_found(client, run, round_):
    stranger = department_person("administrator", owner=AgencyFactory.create())

    assert opened(client, stranger, profile_page(run, scored(run))).status_code == 404
    unknown = reverse("index_unit_profile", args=[run.version.index.code, run.pk, "none"])
    assert opened(client, person(round_), unknown).status_code == 404


def test_an_agency_reads_its_report_once_it_is_published(client, run, round_):
    unit = scored(run)
    user = member(unit.agency, "contributor")
    release = proposed(round_, run=run)
    before = opened(client, user, report(release, unit)).status_code
    approved(release)

    page = opened(client, user, report(release, unit))

    assert (before, page.status_code) == (404, 200)
    assert unit.name in page.content.decode()


def test_another_agency_does_not_find_it(client, run, round_):
    unit, other = run.units.filter(score__isnull=False).order_by("position")[:2]
    release = published(round_, run=run)

    for stranger in (member(other.agency, "coordinator"), UserFactory.create()):
        assert opened(client, stranger, report(release, unit)).status_code == 404


def test_other_units_are_not_named_in_a_report(client, run, round_):
    unit = scored(run)
    release = published(round_, run=run)

    page = opened(client, member(unit.agency, "contributor"), report(release, unit))

    text = page.content.decode()
    assert [each.name for each in run.units.exclude(pk=unit.pk) if each.name in text] == []


def test_a_publication_without_an_index_has_no_reports(client, run, round_):
    unit = scored(run)
    release = published(round_)

    page = opened(client, member(unit.agency, "contributor"), report(release, unit))

    assert page.status_code == 404


def test_a_corrected_report_is_marked_and_a_withdrawn_one_is_gone(client, run, round_):
    unit = scored(run)
    user = member(unit.agency, "contributor")
    first = published(round_, run=run)
    second = approved(proposed(round_, run=run, corrects=first))
    marked = opened(client, user, report(first, unit)).content.decode()
    services.withdraw(second, reason="Sai.", actor=person(round_), at=AT)

    gone = opened(client, user, report(second, unit)).status_code

    assert reverse("release_detail", args=[second.pk]) in marked
    assert gone == 404


def test_the_catalogue_leads_an_agency_to_its_report(client, run, round_):
    unit = scored(run)
    release = published(round_, run=run)
    detail = reverse("release_detail", args=[release.pk])

    own = opened(client, member(unit.agency, "contributor"), detail).content.decode()
    others = opened(client, UserFactory.create(), detail).content.decode()

    assert report(release, unit) in own
    assert report(release, unit) not in others


def test_the_page_asks_no_more_for_more_indicators(client, run, round_):
    unit = scored(run)
    client.force_login(person(round_))
    client.get(profile_page(run, unit))
    with CaptureQueriesContext(connection) as queries:
        client.get(profile_page(run, unit))

    assert len(queries) <= 25


def test_the_report_is_printed_once_by_a_job(client, run, round_):
    unit = scored(run)
    user = member(unit.agency, "contributor")
    release = published(round_, run=run)
    address = reverse("own_report_paper", args=[release.pk, assignment_of(unit).pk])
    client.force_login(user)
    for _again in range(2):
        client.post(address, HTTP_ACCEPT_LANGUAGE="vi")
    run_pending()

    answer = client.get(address, HTTP_ACCEPT_LANGUAGE="vi")

    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert (answer["Content-Type"], ProfilePaper.objects.count()) == ("application/pdf", 1)
    assert AuditEvent.objects.filter(kind=Event.PROFILE_PAPER_REQUESTED).count() == 1
    assert unit.name in " ".join(text.split())
    assert "HỒ SƠ NĂNG LỰC" in text
    assert [each.name for each in run.units.exclude(pk=unit.pk) if each.name in text] == []


def test_a_pdf_that_nobody_asked_for_is_not_there(client, run, round_):
    unit = scored(run)
    client.force_login(person(round_))
    address = reverse("index_unit_paper", args=[run.version.index.code, run.pk, unit.key])

    answer = client.get(address)

    assert (answer.status_code, ProfilePaper.objects.count()) == (302, 0)
