"""Check-answers gathers what whoever sends has to answer for."""

import pytest
from django.urls import reverse

from surveys.organisations.enums import MembershipRole
from surveys.responses.services import CellEdit
from tests.factories import member
from tests.surveys.responses.attachments import prove, with_files
from tests.surveys.responses.factories import finished, save, seen

pytestmark = pytest.mark.django_db


def page_of(client, response):
    """The page, as the coordinator sees it."""
    client.force_login(member(response.assignment.agency, MembershipRole.COORDINATOR))
    address = reverse("check_answers", args=[response.assignment_id])
    return client.get(address).content.decode()


def test_all_explanations_stand_together_with_links_to_their_questions(client):
    response = finished()
    save(response, "odd", CellEdit("women", "7", seen=seen("4"), explanation="Ngành đặc thù"))
    gathered = page_of(client, response).partition('id="explanations"')[2]

    assert "Ngành đặc thù" in gathered
    assert f"{reverse('section', args=[response.assignment_id, 'people'])}#q-women" in gathered


def test_all_evidence_stands_together_with_links_to_its_questions(client):
    response = with_files()
    save(response, "issued", CellEdit("issued", "3"))
    prove(response)
    gathered = page_of(client, response).partition('id="all-evidence"')[2]

    assert "27/2025/QĐ-UBND" in gathered
    assert f"{reverse('section', args=[response.assignment_id, 'papers'])}#q-issued" in gathered


def test_a_draft_can_be_printed_from_here(client):
    response = finished()

    assert f'action="{reverse("response_papers", args=[response.assignment_id])}"' in page_of(
        client, response
    )


def shown_of(client, response, kind):
    """The answers that are left of a kind, by their sections' panels."""
    client.force_login(member(response.assignment.agency, MembershipRole.COORDINATOR))
    page = client.get(reverse("check_answers", args=[response.assignment_id]), {"show": kind})
    return [row.name for section in page.context["sections"] for row in section.rows]


def test_only_what_is_to_be_corrected_or_explained_is_shown_when_asked(client):
    response = finished()
    save(response, "odd", CellEdit("women", "7", seen=seen("4")))

    assert shown_of(client, response, "problems") == ["women"]


def test_an_unknown_kind_shows_every_answer(client):
    response = finished()

    assert shown_of(client, response, "zzz") == shown_of(client, response, "")
