"""Saving many cells of a page at once."""

import json
import re
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from surveys.engine import Cell
from surveys.models import AnswerChange, Response
from surveys.organisations.enums import MembershipRole
from surveys.rendering import Seen, read, sign
from surveys.responses.services import CellEdit
from tests.factories import member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import draft, save

pytestmark = pytest.mark.django_db

PLANNED, ODA, CLOSED = "budget/state/planned", "budget/oda/planned", "budget/state/loan"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def response() -> Response:
    return draft()


@pytest.fixture
def client(response: Response) -> Client:
    client = Client()
    client.force_login(member(response.assignment.agency, MembershipRole.CONTRIBUTOR))
    return client


def part(
    path: str, value: str, *, field: str = "value", seen: Cell | None = None
) -> dict[str, Any]:
    signature = sign(path, Seen(seen or Cell()))
    return {"path": path, "field": field, "seen": signature, "value": [value], "many": False}


def post(client: Client, response: Response, *parts: object, **more: str):
    data = {"edit_id": "block-1", "channel": "paste", "edits": json.dumps(parts), "user": ""}
    url = reverse("block_save", args=[response.assignment_id])
    return client.post(url, data | more, headers={"HX-Request": "true"})


def fates(answer: Any) -> list[dict[str, str]]:
    [said] = re.findall(r'data-block="([^"]*)"', answer.content.decode())
    told: list[dict[str, str]] = json.loads(unescape(said))
    return told


def test_a_block_is_one_change_in_the_history_with_how_it_came(client, response):
    post(client, response, part(PLANNED, "1,5"), part(ODA, "2"))

    [change] = AnswerChange.objects.filter(response=response)
    assert change.channel == "paste"
    assert [path for path, _old, _new in change.changes] == [PLANNED, ODA]


def test_a_block_answers_with_the_fate_of_each_cell(client, response):
    answer = post(client, response, part(PLANNED, "1.234,50"), part(CLOSED, "3"))

    saved, closed = fates(answer)
    now = read(PLANNED, saved["seen"])
    assert now is not None
    assert (answer.status_code, now.cell) == (200, Cell("1234.5"))
    assert (saved["state"], saved["shown"], closed["state"]) == ("saved", "1.234,5", "refused")


def test_the_cells_of_a_block_are_drawn_anew_without_the_grid(client, response):
    page = post(client, response, part(PLANNED, "1"), part(ODA, "2")).content.decode()

    drawn = re.findall(r'<td[^>]* id="(q-budget--[^"]*)"', page)
    assert sorted(drawn) == ["q-budget--oda--planned", "q-budget--state--planned"]
    assert "<table" not in page


def test_text_that_is_no_number_stays_as_typed(client, response):
    [fate] = fates(post(client, response, part(PLANNED, "khoảng 5")))

    response.refresh_from_db()
    assert (fate["state"], fate["shown"]) == ("saved", "khoảng 5")
    assert response.typed == {PLANNED: "khoảng 5"}


def test_a_number_that_reads_two_ways_is_told_with_its_reading(client, response):
    [fate] = fates(post(client, response, part(PLANNED, "1.234")))

    assert "1.234" in fate["reading"]


def test_a_cell_that_a_colleague_changed_is_asked_for_and_the_others_are_stored(client, response):
    save(response, "colleague", CellEdit(ODA, "9"))

    answer = post(client, response, part(PLANNED, "1"), part(ODA, "2"))

    response.refresh_from_db()
    assert [fate["state"] for fate in fates(answer)] == ["saved", "conflict"]
    assert response.answers["budget"] == {"state": {"planned": "1"}, "oda": {"planned": "9"}}
    assert 'data-theirs="&quot;9&quot;"' in answer.content.decode()


def test_a_block_sent_twice_is_stored_once_and_answered_the_same(client, response):
    save(response, "colleague", CellEdit(ODA, "9"))
    first = fates(post(client, response, part(PLANNED, "1"), part(ODA, "2")))
    save(response, "later", CellEdit(PLANNED, "7", seen=Cell("1")))

    second = fates(post(client, response, part(PLANNED, "1"), part(ODA, "2")))

    response.refresh_from_db()
    left = read(PLANNED, second[0]["left"])
    assert left is not None
    assert left.cell == Cell("1")
    assert [fate["state"] for fate in first] == [fate["state"] for fate in second]
    assert response.answers["budget"]["state"] == {"planned": "7"}
    assert AnswerChange.objects.filter(response=response, edit_id="block-1").count() == 1


def test_a_code_for_a_missing_figure_travels_with_its_reason(client, response):
    post(
        client,
        response,
        part("women", "CCSL", field="missing"),
        part("women", "Đang tổng hợp", field="reason"),
        part("women", "15/2/2027", field="expected"),
    )

    response.refresh_from_db()
    remark = {"missing": "CCSL", "reason": "Đang tổng hợp", "expected": "2027-02-15"}
    assert response.remarks["women"] == remark


@pytest.mark.parametrize(
    "edits",
    [
        "junk",
        "[]",
        "{}",
        '["x"]',
        '[{"path": "staff"}]',
        '[{"path": "staff", "field": "value", "seen": "forged", "value": ["1"]}]',
        '[{"path": "staff", "field": "other", "seen": "", "value": ["1"]}]',
        '[{"path": "staff", "field": "value", "seen": "", "value": [1]}]',
    ],
)
def test_junk_is_refused_as_a_whole(client, response, edits):
    answer = post(client, response, edits=edits)

    response.refresh_from_db()
    assert (answer.status_code, response.edits) == (400, 0)


def test_one_forged_signature_refuses_the_block(client, response):
    answer = post(client, response, part(PLANNED, "1"), part(ODA, "2") | {"seen": "forged"})

    response.refresh_from_db()
    assert (answer.status_code, response.answers.get("budget")) == (400, None)


def test_a_block_made_under_another_account_is_not_stored(client, response):
    answer = post(client, response, part(PLANNED, "1"), user="0")

    assert answer.status_code == 401


def test_a_stranger_gets_404(response):
    client = Client()
    client.force_login(member(draft().assignment.agency))

    assert post(client, response, part(PLANNED, "1")).status_code == 404
