"""The socket of moves."""

import json

import pytest
from asgiref.sync import sync_to_async
from channels.layers import channel_layers
from channels.testing import WebsocketCommunicator
from django.db import connections
from django.test import Client

from config.asgi import application
from surveys.common.restricted import SESSION_KEY
from surveys.live import rights
from surveys.models import ResponseVisit
from surveys.organisations.enums import MembershipRole
from surveys.responses.presence.consumers import FRAMES_AT_ONCE, Allowance
from tests.factories import member
from tests.surveys.responses.factories import draft

REFUSED, TALKING = 4403, 4400
STAFF = {"section": "people", "path": "staff"}
NOTE = {"section": "people", "path": "note"}

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.live]


@pytest.fixture(autouse=True)
async def _clean_up():
    yield
    channel_layers.backends.clear()
    await sync_to_async(connections.close_all)()


class Page:
    """One page of one person, with its socket."""

    def __init__(self, person, response, tab="a1"):
        self.client = Client()
        self.person = person
        self.query = f"response={response if isinstance(response, str) else response.pk}&tab={tab}"

    async def open(self, **session):
        await self.client.aforce_login(self.person)
        if session:
            stored = await self.client.asession()
            stored.update(session)
            await sync_to_async(stored.save)()
        cookies = self.client.cookies.output(header="", sep=";").strip()
        headers = [(b"cookie", cookies.encode()), (b"host", b"testserver")]
        headers.append((b"origin", b"https://testserver"))
        self.socket = WebsocketCommunicator(application, f"/ws/presence/?{self.query}", headers)
        connected, code = await self.socket.connect(timeout=10)
        return connected or code

    async def go(self, place):
        text = place if isinstance(place, str) else json.dumps(place)
        await self.socket.send_to(text_data=text)

    async def hear(self):
        told = json.loads(await self.socket.receive_from(timeout=10))["people"]
        return [(each["id"], each.get("path"), each.get("gone", False)) for each in told]

    async def closed(self):
        return (await self.socket.receive_output(timeout=10))["code"]


@pytest.fixture
def response():
    return draft()


@pytest.fixture
def make(response):
    def make(role=MembershipRole.CONTRIBUTOR, **kwargs):
        return Page(member(response.assignment.agency, role), response, **kwargs)

    return sync_to_async(make)


async def opened(*pages):
    for page in pages:
        assert await page.open() is True
    return pages


async def test_a_move_is_told_to_the_others_and_not_to_oneself(make):
    lan, linh = await opened(await make(), await make())

    await lan.go(STAFF)

    assert await linh.hear() == [(lan.person.pk, "staff", False)]
    assert await lan.socket.receive_nothing(timeout=0.5)


async def test_of_quick_moves_the_last_is_told(make):
    lan, linh = await opened(await make(), await make())
    await lan.go(STAFF)
    await linh.hear()

    for place in (NOTE, STAFF, NOTE):
        await lan.go(place)

    assert await linh.hear() == [(lan.person.pk, "note", False)]
    assert await linh.socket.receive_nothing(timeout=0.5)


async def test_moves_write_no_row(make):
    lan, linh = await opened(await make(), await make())

    await lan.go(STAFF)
    await linh.hear()

    assert not await ResponseVisit.objects.aexists()


async def test_who_closes_the_page_is_said_to_be_gone(make):
    lan, linh = await opened(await make(), await make())

    await lan.socket.disconnect()

    assert await linh.hear() == [(lan.person.pk, None, True)]


async def test_people_at_another_response_hear_nothing(make, response):
    elsewhere = await sync_to_async(draft)()
    stranger = await sync_to_async(member)(elsewhere.assignment.agency)
    lan, other = await opened(await make(), Page(stranger, elsewhere))

    await lan.go(STAFF)

    assert await other.socket.receive_nothing(timeout=0.5)


async def test_who_only_reads_is_refused(make):
    assert await (await make(MembershipRole.SIGNATORY)).open() == REFUSED


async def test_a_stranger_is_refused(response):
    elsewhere = await sync_to_async(draft)()
    stranger = await sync_to_async(member)(elsewhere.assignment.agency)

    assert await Page(stranger, response).open() == REFUSED


@pytest.mark.parametrize("number", ["", "x", "1 or 1", "999999"])
async def test_a_response_that_is_none_is_refused(make, number):
    page = await make()

    assert await Page(page.person, number).open() == REFUSED


async def test_a_session_by_a_personal_link_has_no_socket(make):
    assert await (await make()).open(**{SESSION_KEY: {"link": 1, "assignment": 1}}) == REFUSED


async def test_a_page_without_a_name_is_hung_up_on(make):
    assert await (await make(tab="%3Cb%3E")).open() == TALKING


@pytest.mark.parametrize(
    "frame",
    [
        "no json",
        "[]",
        '{"section": "people"}',
        '{"section": "people", "path": "nothing"}',
        '{"section": "people", "path": ["staff"]}',
        json.dumps({**STAFF, "more": "x" * 1000}),
        "[" * 600,
    ],
)
async def test_what_names_no_place_ends_the_connection(make, frame):
    [lan] = await opened(await make())

    await lan.go(frame)

    assert await lan.closed() == TALKING


async def test_bytes_end_the_connection(make):
    [lan] = await opened(await make())

    await lan.socket.send_to(bytes_data=b"{}")

    assert await lan.closed() == TALKING


async def test_who_talks_too_much_is_hung_up_on(make):
    [lan] = await opened(await make())

    for _ in range(FRAMES_AT_ONCE + 2):
        await lan.go(STAFF)

    assert await lan.closed() == TALKING


async def test_who_lost_the_role_is_told_nothing_more(make, monkeypatch):
    monkeypatch.setattr(rights, "TRUST_SECONDS", 0.0)
    lan, linh = await opened(await make(), await make())
    await sync_to_async(linh.person.memberships.all().delete)()

    await lan.go(STAFF)

    assert await linh.closed() == REFUSED


async def test_who_lost_the_role_tells_nothing_more(make, monkeypatch):
    monkeypatch.setattr(rights, "TRUST_SECONDS", 0.0)
    lan, linh = await opened(await make(), await make())
    await sync_to_async(lan.person.memberships.all().delete)()

    await lan.go(STAFF)

    assert await lan.closed() == REFUSED
    assert await linh.socket.receive_nothing(timeout=0.5)


@pytest.mark.django_db(transaction=False)
def test_two_frames_a_second_are_allowed_in_the_long_run():
    allowance = Allowance(0.0, 100.0)

    assert [allowance.take(100.0 + second / 2) for second in range(1, 5)] == [True] * 4
    assert allowance.take(102.1) is False


@pytest.mark.django_db(transaction=False)
def test_silence_saves_up_no_more_than_a_few_frames():
    allowance = Allowance(0.0, 0.0)

    assert [allowance.take(1_000.0) for _ in range(FRAMES_AT_ONCE + 1)][-2:] == [True, False]
