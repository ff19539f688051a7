"""The wizard over the stored draft."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from surveys.engine import Cell, Group, Kind, Question
from surveys.engine.model import Definition
from surveys.models import AnswerChange, Response
from surveys.rendering import Seen, sign
from surveys.responses.services import CellEdit
from tests.factories import member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import draft, open_assignment, save

pytestmark = pytest.mark.django_db

DEFINITION = Definition(
    code="ba-phan",
    title={"vi": "Ba phần"},
    children=(
        Group(
            name="first",
            label={"vi": "Phần một"},
            children=(Question(name="wants", kind=Kind.TEXT, label={"vi": "Có phần hai?"}),),
        ),
        Group(
            name="second",
            label={"vi": "Phần hai"},
            relevant="${wants} = 'yes'",
            children=(Question(name="more", kind=Kind.TEXT, label={"vi": "Thêm"}),),
        ),
        Group(
            name="third",
            label={"vi": "Phần ba"},
            children=(Question(name="last", kind=Kind.TEXT, label={"vi": "Cuối"}),),
        ),
    ),
)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def response() -> Response:
    return draft(open_assignment(DEFINITION))


@pytest.fixture
def client(response: Response) -> Client:
    client = Client()
    client.force_login(member(response.assignment.agency))
    return client


def address(response: Response, step: str) -> str:
    return reverse("section", args=[response.assignment_id, step])


def post(client: Client, response: Response, step: str, **answers: str):
    fields = {f"seen:{path}": sign(path, Seen()) for path in answers}
    data = {"section-current_step": step, "edit_id": f"page-{step}", **fields, **answers}
    return client.post(address(response, step), data)


def test_the_next_step_is_the_next_relevant_section(client, response):
    assert post(client, response, "first", wants="no").headers["Location"] == address(
        response, "third"
    )


@pytest.mark.parametrize("step", ["second", "none"])
def test_a_section_that_is_not_asked_leads_back_to_the_overview(client, response, step):
    answer = post(client, response, step)

    assert answer.headers["Location"] == reverse("assignment_detail", args=[response.assignment_id])


def test_an_answer_of_the_page_opens_the_step_after_it(client, response):
    assert post(client, response, "first", wants="yes").headers["Location"] == address(
        response, "second"
    )


def test_steps_are_reached_in_any_order(client, response):
    assert client.get(address(response, "third")).status_code == 200


def test_an_irrelevant_step_leads_to_the_front_page(client, response):
    answer = client.get(address(response, "second"))

    assert answer.headers["Location"] == reverse("assignment_detail", args=[response.assignment_id])


def test_the_step_comes_from_the_url_and_not_from_the_form(client, response):
    fields = {"seen:last": sign("last", Seen()), "last": "xong", "edit_id": "page"}

    client.post(address(response, "third"), {"section-current_step": "third", **fields})

    response.refresh_from_db()
    assert response.answers == {"last": "xong"}


def test_two_people_at_different_steps_do_not_move_each_other(client, response):
    colleague = Client()
    colleague.force_login(member(response.assignment.agency))
    client.get(address(response, "first"))

    colleague.get(address(response, "third"))

    page = client.get(address(response, "first"))
    assert page.context["page"].name == "first"


def test_a_page_without_changes_saves_nothing(client, response):
    save(response, "before", CellEdit("wants", "no"))
    data = {
        "section-current_step": "first",
        "edit_id": "page",
        "wants": "no",
        "seen:wants": sign("wants", Seen(Cell("no"))),
    }

    client.post(address(response, "first"), data)

    assert AnswerChange.objects.filter(response=response).count() == 1


def test_the_same_page_sent_twice_is_stored_once(client, response):
    for _ in range(2):
        post(client, response, "first", wants="no")

    assert AnswerChange.objects.filter(response=response).count() == 1
