"""Carrying over on the page: proposals shown, confirmed and opened."""

import re
from dataclasses import replace

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.engine import Cell, ChoiceList
from surveys.models import Response
from surveys.organisations.enums import MembershipRole
from surveys.responses.previous import PreviousAnswers
from surveys.responses.queries import state_of
from surveys.responses.services import start
from tests.factories import member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import choices, draft, open_assignment
from tests.surveys.responses.rounds import CARRIED, followed, signed, with_answers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def response() -> Response:
    before = with_answers(
        draft(open_assignment(CARRIED)),
        posts="1026",
        model="centre",
        head_office="Số 5",
        servers={"north": {"racks": "2"}, "south": {"racks": "4"}},
    )
    return start(followed(signed(before)), actor=None, at=NOW)


@pytest.fixture
def client(response: Response) -> Client:
    client = Client()
    client.force_login(member(response.assignment.agency, MembershipRole.CONTRIBUTOR))
    return client


def page(client: Client, response: Response, step: str) -> str:
    return client.get(reverse("section", args=[response.assignment_id, step])).content.decode()


def act(client: Client, response: Response, name: str, **fields: str):
    basis = PreviousAnswers(response.assignment).basis
    url = reverse(name, args=[response.assignment_id])
    data = {"edit_id": "act", "basis": basis, **fields}
    return client.post(url, data, headers={"HX-Request": "true"})


def cell(response: Response, path: str) -> Cell:
    response.refresh_from_db()
    return state_of(response, at=NOW).cell(path)


def test_a_proposal_stands_in_the_field_as_what_it_is_and_not_as_its_value(client, response):
    (field,) = re.findall(r'<input[^>]*name="posts"[^>]*>', page(client, response, "staffing"))

    assert 'value=""' in field
    assert 'placeholder="1.026"' in field


def test_the_page_says_how_many_places_wait_to_be_confirmed(client, response):
    assert "2 chỗ trong phần này" in page(client, response, "staffing")
    assert "2 ô của bảng" in page(client, response, "places")


def test_a_confirmed_cell_comes_back_as_confirmed(client, response):
    answer = act(client, response, "proposal_keep", keep="posts")

    assert answer.status_code == 200
    assert "Giữ nguyên từ kỳ trước, đã xác nhận" in answer.content.decode()
    assert cell(response, "posts") == Cell(value="1026", origin="kept")


def test_a_section_confirmed_without_javascript_leads_back_to_it(client, response):
    url = reverse("proposal_keep", args=[response.assignment_id])
    basis = PreviousAnswers(response.assignment).basis

    answer = client.post(url, {"edit_id": "act", "basis": basis, "keep": "staffing"})

    section = reverse("section", args=[response.assignment_id, "staffing"])
    assert answer.headers["Location"] == f"{section}#q-staffing"
    assert cell(response, "model") == Cell(value="centre", origin="kept")


def test_a_carried_answer_is_read_only_until_it_is_opened(client, response):
    locked = page(client, response, "staffing")
    assert re.search(r'<input[^>]*name="head_office"[^>]* readonly>', locked)

    answer = act(client, response, "carried_unlock", unlock="head_office")

    assert answer.status_code == 200
    opened = page(client, response, "staffing")
    assert re.search(r'<input[^>]*name="head_office"[^>]* readonly>', opened) is None


def test_checking_names_apart_what_was_confirmed_unchanged_and_what_waits(client, response):
    act(client, response, "proposal_keep", keep="posts")
    act(client, response, "proposal_keep", keep="servers", edit_id="table")

    checked = client.get(reverse("check_answers", args=[response.assignment_id])).content.decode()

    kept, waiting = (
        re.findall(r"<li><a [^>]*>([^<]*)</a>: ([^<]*)</li>", part)
        for part in (checked.split('id="kept"')[1], checked.split('id="proposed"')[1])
    )
    assert kept == [
        ("Số biên chế", "1.026"),
        ("Máy chủ. north, Số tủ", "2"),
        ("Máy chủ. south, Số tủ", "4"),
    ]
    assert waiting[0] == ("Mô hình", "centre")


def test_the_last_values_are_told_with_the_change(client, response):
    with_answers(response, posts="1030")
    url = reverse("earlier_values", args=[response.assignment_id])

    told = client.get(url, {"path": "posts"}).content.decode()

    assert re.findall(r"<td>(.*?)</td>", told) == ["1.026", "1.030", "+4 (+0,4 %)"]
    assert "hist__bar is-now" in told


def test_there_are_no_last_values_of_what_is_no_question(client, response):
    url = reverse("earlier_values", args=[response.assignment_id])

    assert client.get(url, {"path": "nothing"}).status_code == 404


def test_the_panel_of_a_cell_offers_to_confirm_what_is_proposed_in_it(client, response):
    url = reverse("cell_history", args=[response.assignment_id])
    headers = {"HX-Request": "true", "HX-Target": "cell-panel"}

    panel = client.get(url, {"path": "servers/north/racks"}, headers=headers).content.decode()

    assert 'name="keep" value="servers/north/racks"' in panel
    assert 'form="section-form"' in panel


def test_more_proposals_cost_no_more_queries():
    def asked(rooms: int) -> int:
        names = tuple(f"room{number}" for number in range(rooms))
        lists = {**CARRIED.lists, "rooms": ChoiceList("rooms", choices(*names))}
        before = with_answers(
            draft(open_assignment(replace(CARRIED, lists=lists))),
            posts="4",
            servers={name: {"racks": "2"} for name in names},
        )
        response = start(followed(signed(before)), actor=None, at=NOW)
        reader = Client()
        reader.force_login(member(response.assignment.agency, MembershipRole.CONTRIBUTOR))
        page(reader, response, "places")  # forms are compiled once
        with CaptureQueriesContext(connection) as queries:
            assert f"{rooms} ô của bảng" in page(reader, response, "places")
        return len(queries)

    assert asked(40) == asked(2)
