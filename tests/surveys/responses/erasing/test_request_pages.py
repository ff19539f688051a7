"""An administrator finds somebody in the answers, looks over what goes, and erases it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.audit.enums import Event
from surveys.campaigns.enums import Anonymity
from surveys.engine import Cell
from surveys.models import AuditEvent, Campaign, ErasableAnswer, Response, User
from surveys.organisations.enums import DepartmentRoleName, MembershipRole
from surveys.responses.erasing.queries import Where, find_person, holds, places_of
from surveys.responses.services import CellEdit, send_for_signature, sign
from tests.factories import AgencyFactory, department_person, member
from tests.surveys.campaigns.factories import NOW, AssignmentFactory
from tests.surveys.responses.erasing.test_services import NAME, with_contact
from tests.surveys.responses.factories import finished, save

pytestmark = pytest.mark.django_db

SAID = {"reason": "Theo yêu cầu của công dân", "document": "Đơn số 12 ngày 2/11/2026"}


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def response() -> Response:
    """A signed response with a contact."""
    response = finished()
    with_contact(response)
    send_for_signature(response, actor=None, at=NOW)
    sign(response, actor=member(response.assignment.agency, MembershipRole.SIGNATORY), at=NOW)
    return Response.objects.get(pk=response.pk)


@pytest.fixture
def administrator(response: Response) -> User:
    owner = response.assignment.round.campaign.owner
    return department_person(DepartmentRoleName.ADMINISTRATOR, owner=owner)


@pytest.fixture
def client(administrator: User) -> Client:
    return signed_in(administrator)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(response: Response) -> str:
    return reverse("personal_data_erase", args=[response.assignment_id])


def row_of(response: Response) -> str:
    return f"contacts/{response.answers['contacts'][-1]['_id']}"


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("Giàng A Páo", "giang a pao"),
        ("0912 345 678", "0912345678"),
        ("0912345678", "0912.345.678"),
        ("pao@laocai.gov.vn", "PAO@laocai"),
    ],
)
def test_spelling_does_not_matter(said, text):
    assert holds(said, text)


def test_nothing_is_found_by_nothing():
    assert not holds("Giàng A Páo", "...")


def test_somebody_is_found_in_a_draft_by_part_of_the_name():
    response = finished()
    with_contact(response)
    owner = response.assignment.round.campaign.owner
    person = department_person(DepartmentRoleName.ADMINISTRATOR, owner=owner)

    [hit] = find_person(person, "giang a")

    assert (hit.assignment, hit.texts) == (response.assignment, (NAME,))


def test_somebody_is_found_who_stands_in_what_was_signed_only(response, administrator):
    Response.objects.update(answers={})

    assert [hit.assignment for hit in find_person(administrator, NAME)] == [response.assignment]


def test_what_is_not_marked_as_personal_is_not_searched(administrator):
    assert find_person(administrator, "10") == []


def test_nobody_is_found_in_confidential_answers_or_those_of_another_owner(response, administrator):
    stranger = department_person(DepartmentRoleName.ADMINISTRATOR, owner=AgencyFactory())
    assert find_person(stranger, NAME) == []
    Campaign.objects.update(anonymity=Anonymity.CONFIDENTIAL)

    assert find_person(administrator, NAME) == []
    assert signed_in(administrator).get(page(response)).status_code == 404


def test_the_queries_of_the_search_do_not_grow_with_responses(response, administrator):
    find_person(administrator, NAME)
    with CaptureQueriesContext(connection) as few:
        find_person(administrator, NAME)
    for _number in range(3):
        assignment = AssignmentFactory.create(round=response.assignment.round)
        Response.objects.create(
            assignment=assignment,
            version=response.version,
            started_at=NOW,
            answers=response.answers,
        )

    with CaptureQueriesContext(connection) as many:
        assert len(find_person(administrator, NAME)) == 4
    assert len(many) == len(few)


def test_a_place_says_where_it_is_kept_and_what_stands_there(response):
    [place] = places_of(response, language="vi", named="giàng a páo")

    assert (place.path, place.is_named) == (row_of(response), True)
    assert list(place.answers.values()) == [[NAME]]
    assert place.kept == set(Where)


def test_a_name_that_was_typed_and_taken_back_is_shown(response):
    other = finished()
    path = f"{with_contact(other)}/contact_name"
    save(other, "again", CellEdit(path, "Bà B", seen=Cell(value=NAME)))
    other.refresh_from_db()

    [place] = places_of(other, language="vi")

    assert list(place.answers.values()) == [["Bà B", NAME]]


def test_what_goes_is_shown_before_it_goes(client, response):
    asked = client.post(page(response), {"path": row_of(response), **SAID})

    assert asked.context["asks"]
    assert NAME in asked.content.decode()
    assert ErasableAnswer.objects.exists()


def test_it_goes_once_it_is_confirmed(client, response, administrator):
    given = {"path": row_of(response), "confirmed": "1", **SAID}
    answer = client.post(page(response), given, follow=True)

    assert NAME not in answer.content.decode()
    assert find_person(administrator, NAME) == []
    event = AuditEvent.objects.get(kind=Event.RESPONSE_PERSONAL_DATA_ERASED)
    assert (event.actor, event.data["document"]) == (administrator, SAID["document"])


@pytest.mark.parametrize("blank", ["reason", "document", "path"])
def test_without_reason_document_or_choice_nothing_goes(client, response, blank):
    given = {"path": row_of(response), "confirmed": "1", **SAID, blank: ""}
    answer = client.post(page(response), given)

    assert answer.status_code == 422
    assert ErasableAnswer.objects.exists()


def test_what_is_not_personal_is_not_chosen(client, response):
    answer = client.post(page(response), {"path": "staff", "confirmed": "1", **SAID})

    assert answer.status_code == 422
    assert Response.objects.get().answers["staff"] == "10"


def test_whoever_was_looked_for_is_chosen_already(client, response):
    seen = client.get(page(response), {"q": "giang"})

    assert [is_chosen for _place, is_chosen, _words in seen.context["rows"]] == [True]


def test_the_search_needs_three_characters(client):
    assert client.get(reverse("personal_data"), {"q": "ab"}).context["form"].errors


@pytest.mark.parametrize("role", ["designer", "verifier", "researcher"])
def test_other_roles_do_not_search(response, role):
    person = department_person(role, owner=response.assignment.round.campaign.owner)

    assert signed_in(person).get(reverse("personal_data")).status_code == 403


def test_strangers_find_no_answers(response):
    stranger = department_person(DepartmentRoleName.ADMINISTRATOR, owner=AgencyFactory())

    for person in (stranger, member(response.assignment.agency)):
        assert signed_in(person).get(page(response)).status_code == 404


def test_the_log_of_the_round_says_so(client, response):
    client.post(page(response), {"path": row_of(response), "confirmed": "1", **SAID})

    log = client.get(reverse("round_log", args=[response.assignment.round.code])).content.decode()

    assert f"were erased on request ({SAID['document']})" in log
    assert SAID["reason"] in log
