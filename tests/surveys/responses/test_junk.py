"""What no page sends is refused, and is no failure of ours."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from surveys.models import Response
from surveys.organisations.enums import MembershipRole
from tests.factories import member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import draft

pytestmark = pytest.mark.django_db

LONG = "9" * 5000
EDITS = f'[{{"path": "staff", "field": "value", "seen": "", "value": [{LONG}]}}]'


@pytest.fixture
def response() -> Response:
    return draft()


@pytest.fixture
def client(client: Client, response: Response, time_machine: Any) -> Client:
    time_machine.move_to(NOW)
    client.force_login(member(response.assignment.agency, MembershipRole.COORDINATOR))
    return client


@pytest.mark.parametrize(
    ("name", "sent", "status"),
    [
        ("comments", {"path": "staff", "text": "a", "mention": LONG}, 422),
        ("comments_resolve", {"path": "a\0b"}, 404),
        ("proposal_keep", {}, 404),
        ("proposal_keep", {"keep": "nothing"}, 404),
        ("carried_unlock", {"unlock": "nothing"}, 404),
        ("row_add", {"repeat": "nothing"}, 404),
        ("block_save", {"edit_id": "e", "channel": "paste", "edits": EDITS}, 400),
        ("block_save", {"edit_id": "e", "channel": "paste", "edits": "[" * 9000}, 400),
    ],
)
def test_what_is_sent_is_refused(
    client: Client, response: Response, name: str, sent: dict[str, str], status: int
):
    answer = client.post(reverse(name, args=[response.assignment_id]), sent)

    assert answer.status_code == status


def test_a_comment_of_too_many_digits_is_none(client: Client, response: Response):
    answer = client.get(reverse("comments", args=[response.assignment_id]), {"comment": LONG})

    assert answer.status_code == 404
