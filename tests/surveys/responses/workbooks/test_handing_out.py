"""Handing out the Excel questionnaire of an assignment."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.models import Assignment, Response
from surveys.organisations.enums import MembershipRole
from surveys.responses.services import CellEdit
from surveys.responses.workbooks.handing_out import hand_out
from tests.factories import MembershipFactory, UserFactory
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import draft, save

pytestmark = pytest.mark.django_db

PAGE = "https://khaosat.example/assignments/1/"


@pytest.fixture
def response():
    """A draft with one answer."""
    response = draft()
    save(response, "first", CellEdit("staff", "1234"))
    return response


@pytest.fixture
def coordinator(response):
    """Who fills it in."""
    agency = response.assignment.agency
    return MembershipFactory(agency=agency, role=MembershipRole.COORDINATOR).user


def taken(assignment, language="vi"):
    return hand_out(assignment, actor=UserFactory(), at=NOW, language=language, address=PAGE)


def opened(content):
    return load_workbook(BytesIO(content))


def texts(book):
    return {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}


def test_the_workbook_holds_what_is_answered_so_far(response):
    book = opened(taken(response.assignment).content)

    assert 1234 in {cell.value for row in book.worksheets[1].iter_rows() for cell in row}


def test_the_workbook_says_until_when_and_where_it_is_handed_in(response):
    found = texts(opened(taken(response.assignment).content))

    assert PAGE in found
    assert any(text.startswith("hết ngày ") for text in found)


def test_its_hidden_sheet_names_the_version_that_is_filled_in(response):
    sheet = opened(taken(response.assignment).content)["_ks"]
    found = {row[0].value: row[1].value for row in sheet.iter_rows()}

    version = response.version
    assert (found["questionnaire"], found["version"]) == (
        version.questionnaire.code,
        str(version.number),
    )


def test_it_is_named_after_the_agency_and_the_period(response):
    assignment = response.assignment

    name = taken(assignment).name

    assert name.startswith(f"Phieu-{assignment.agency.key}-")
    assert name.isascii()


def test_that_it_was_taken_is_on_record(response):
    taken(response.assignment)

    event = AuditEvent.objects.get(kind=Event.WORKBOOK_DOWNLOADED)
    assert event.subject_id == str(response.assignment_id)
    assert set(event.data) == {"sha256", "size", "language"}


def test_before_anybody_has_started_nothing_is_started_by_it(response):
    assignment = Assignment.objects.get(pk=response.assignment_id)
    response.delete()

    book = opened(taken(assignment).content)

    assert book.worksheets[0].title == "Hướng dẫn"
    assert not Response.objects.exists()


def test_the_page_hands_it_out_to_be_saved(client, response, coordinator):
    client.force_login(coordinator)

    answer = client.get(reverse("workbook_download", args=[response.assignment_id]))

    assert answer["Content-Disposition"].startswith('attachment; filename="Phieu-')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert opened(answer.content).worksheets[0].title == "Hướng dẫn"


def test_a_stranger_finds_no_workbook(client, response):
    client.force_login(UserFactory())

    answer = client.get(reverse("workbook_download", args=[response.assignment_id]))

    assert answer.status_code == 404


def test_the_front_page_leads_to_it(client, response, coordinator):
    client.force_login(coordinator)

    page = client.get(reverse("assignment_detail", args=[response.assignment_id]))

    assert reverse("workbook_download", args=[response.assignment_id]) in page.content.decode()
