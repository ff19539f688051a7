"""The page of papers and dossiers, for those who may read the answers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.background.runner import run_pending
from surveys.campaigns.enums import Anonymity
from surveys.models import Campaign, Job
from surveys.organisations.enums import DepartmentRoleName, MembershipRole
from surveys.responses.papers.queries import paper_of
from surveys.responses.papers.services import content_of
from surveys.responses.services import send_for_signature
from tests.factories import UserFactory, department_person, member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import finished

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def response():
    """A response that awaits a signature."""
    response = finished()
    send_for_signature(response, actor=None, at=NOW)
    return response


@pytest.fixture
def coordinator(client, response):
    """The agency's coordinator, signed in."""
    person = member(response.assignment.agency, MembershipRole.COORDINATOR)
    client.force_login(person)
    return person


def address(response, name="response_papers", *more):
    """An address of the response."""
    return reverse(name, args=[response.assignment_id, *more])


def fetched(client, link):
    """The content of a file that is handed out."""
    answer = client.get(link)
    content = answer.getvalue()
    answer.close()
    return content


def test_a_pdf_is_asked_for_and_handed_out(client, coordinator, response):
    answer = client.post(address(response), {"number": "1", "language": "vi"})
    run_pending()
    page = client.get(answer.url).content.decode()
    link = address(response, "response_paper", 1, "vi")

    assert answer.url == f"{address(response)}#files"
    assert link in page
    paper = paper_of(response.revisions.get())
    assert paper is not None
    pdf = client.get(link)
    assert pdf.content == content_of(paper)
    assert pdf["Content-Disposition"].startswith("attachment; ")


def test_a_pdf_that_is_there_is_handed_out_at_once(client, coordinator, response):
    client.post(address(response), {"number": "1", "language": "vi"})
    run_pending()
    answer = client.post(address(response), {"number": "1", "language": "vi"})

    assert answer.url == address(response, "response_paper", 1, "vi")


def test_the_page_asks_again_while_a_file_is_being_made(client, coordinator, response):
    client.post(address(response), {"number": "1", "language": "vi"})
    waiting = client.get(address(response), headers={"HX-Request": "true"}).content.decode()
    run_pending()
    done = client.get(address(response), headers={"HX-Request": "true"}).content.decode()

    assert ("every 2s" in waiting, "every 2s" in done) == (True, False)


@pytest.mark.parametrize("number", ["7", "99999999999", "-1", "x"])
def test_a_revision_that_is_not_there_is_not_printed(client, coordinator, response, number):
    client.post(address(response), {"number": number, "language": "vi"})
    run_pending()

    assert paper_of(response.revisions.get()) is None


def test_the_print_of_a_draft_is_handed_out(client, coordinator, response):
    client.post(address(response), {"number": "", "language": "en"})
    run_pending()
    link = address(response, "response_draft_paper", Job.objects.latest("pk").pk)

    assert link in client.get(address(response)).content.decode()
    assert fetched(client, link).startswith(b"%PDF-")


def test_nobody_gets_the_print_of_another(client, coordinator, response):
    client.post(address(response), {"number": "", "language": "vi"})
    run_pending()
    client.force_login(member(response.assignment.agency, MembershipRole.SIGNATORY))

    link = address(response, "response_draft_paper", Job.objects.latest("pk").pk)
    assert client.get(link).status_code == 404


def test_a_dossier_is_asked_for_and_handed_out(client, coordinator, response):
    client.post(address(response, "dossier_ask"))
    run_pending()
    link = address(response, "dossier", Job.objects.latest("pk").pk)

    assert link in client.get(address(response)).content.decode()
    assert fetched(client, link).startswith(b"PK\3\4")


def test_there_is_no_dossier_of_a_draft(client):
    response = finished()
    client.force_login(member(response.assignment.agency, MembershipRole.COORDINATOR))
    client.post(address(response, "dossier_ask"))

    assert not Job.objects.exists()


def test_a_stranger_finds_nothing(client, response):
    client.force_login(UserFactory.create())

    assert client.get(address(response)).status_code == 404
    assert client.post(address(response, "dossier_ask")).status_code == 404


def test_the_department_gets_no_dossier_of_confidential_answers(client, response):
    owner = response.assignment.round.campaign.owner
    client.force_login(department_person(DepartmentRoleName.VERIFIER, owner=owner))
    open_to_it = client.post(address(response, "dossier_ask")).status_code
    run_pending()
    link = address(response, "dossier", Job.objects.latest("pk").pk)
    Campaign.objects.update(anonymity=Anonymity.CONFIDENTIAL)

    assert open_to_it == 302
    assert client.post(address(response, "dossier_ask")).status_code == 404
    assert client.get(link).status_code == 404


def test_what_is_kept_no_longer_is_said_to_be_over(client, coordinator, response):
    client.post(address(response, "dossier_ask"))
    run_pending()
    Job.objects.update(finished_at=timezone.now() - timedelta(days=8))

    assert "Hết hạn" in client.get(address(response)).content.decode()
