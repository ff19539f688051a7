import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.layers import InMemoryChannelLayer, channel_layers, get_channel_layer
from channels.testing import WebsocketCommunicator
from django.conf import settings as django_settings
from django.contrib.auth import HASH_SESSION_KEY
from django.db import connection, connections
from django.test import Client

from config.asgi import application
from surveys.common.restricted import SESSION_KEY
from surveys.live import rights
from surveys.live.consumers import merge
from surveys.live.outbox import tail
from surveys.live.services import publish
from surveys.live.topics import group_of
from surveys.organisations.models import User

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
HERE = "tests.surveys.live.test_consumers"
TABLE = {
    "round": lambda people, number: {
        person.pk for person in people if person.email == "lan@example.vn" and number == 12
    }
}
BAD_HANDSHAKE = 4403

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.live]


@pytest.fixture(autouse=True)
def _table(settings):
    settings.LIVE_TOPICS = f"{HERE}.TABLE"


@pytest.fixture(autouse=True)
async def _clean_up():
    yield
    channel_layers.backends.clear()
    await sync_to_async(connections.close_all)()


class Browser:
    """A signed-in person's WebSocket."""

    def __init__(self, email="lan@example.vn", origin="https://testserver"):
        self.client = Client()
        self.email = email
        self.origin = origin

    async def sign_in(self):
        user, _ = await User.objects.aget_or_create(email=self.email)
        await self.client.aforce_login(user)

    def socket(self, topic):
        cookies = self.client.cookies.output(header="", sep=";").strip()
        headers = [(b"cookie", cookies.encode()), (b"host", b"testserver")]
        if self.origin:
            headers.append((b"origin", self.origin.encode()))
        return WebsocketCommunicator(application, f"/ws/live/?topic={topic}", headers)


@pytest.fixture
async def lan():
    browser = Browser()
    await browser.sign_in()
    return browser


publish_later = sync_to_async(publish)


async def connect(socket):
    connected, _ = await socket.connect(timeout=10)
    assert connected


async def hear(socket, seconds=3.0):
    return json.loads(await socket.receive_from(timeout=seconds))


async def test_a_listener_hears_what_changed(lan):
    socket = lan.socket("round:12")
    await connect(socket)

    message = await publish_later("round:12", ["progress"], at=NOW)

    assert await hear(socket) == {"id": message.pk, "topic": "round:12", "paths": ["progress"]}
    await socket.disconnect()


async def test_a_listener_hears_nothing_of_other_topics(lan):
    socket = lan.socket("round:12")
    await connect(socket)

    await publish_later("round:13", ["progress"], at=NOW)

    assert await socket.receive_nothing(timeout=0.6)
    await socket.disconnect()


async def test_what_was_there_before_is_not_news(lan):
    await publish_later("round:12", ["progress"], at=datetime.now(UTC))  # noqa: TID251  (the outbox reads the clock)
    socket = lan.socket("round:12")

    await connect(socket)

    assert await socket.receive_nothing(timeout=0.6)
    await socket.disconnect()


async def test_two_listeners_hear_the_same(lan):
    sockets = [lan.socket("round:12") for _ in range(2)]
    for socket in sockets:
        await connect(socket)

    await publish_later("round:12", ["status"], at=NOW)

    first, second = [await hear(socket) for socket in sockets]
    assert first == second
    for socket in sockets:
        await socket.disconnect()


async def test_many_messages_arrive_as_few(lan):
    socket = lan.socket("round:12")
    await connect(socket)
    for number in range(30):
        await publish_later("round:12", [f"unit/{number}"], at=NOW)

    heard: list[dict[str, Any]] = []
    while len(set().union(*[message["paths"] for message in heard])) < 30:
        heard.append(await hear(socket))

    assert len(heard) <= 5
    await socket.disconnect()


async def refused(socket):
    connected, code = await socket.connect()
    return not connected and code


async def test_a_stranger_is_refused_at_the_handshake(lan):
    assert await refused(lan.socket("round:13")) == BAD_HANDSHAKE


async def test_a_session_by_a_personal_link_is_refused_at_the_handshake(lan):
    session = await sync_to_async(lambda: lan.client.session)()
    session[SESSION_KEY] = {"link": 1, "assignment": 1}
    await session.asave()

    assert await refused(lan.socket("round:12")) == BAD_HANDSHAKE


async def test_nobody_listens_without_signing_in():
    assert await refused(Browser().socket("round:12")) == BAD_HANDSHAKE


@pytest.mark.parametrize("origin", ["https://evil.example", "https://evil.testserver", ""])
async def test_another_site_cannot_open_the_socket(origin):
    browser = Browser(origin=origin)
    await browser.sign_in()

    assert await refused(browser.socket("round:12"))


async def test_who_signed_out_hears_nothing_more(lan, monkeypatch):
    monkeypatch.setattr(rights, "TRUST_SECONDS", 0.0)
    socket = lan.socket("round:12")
    await connect(socket)
    await lan.client.alogout()

    await publish_later("round:12", ["progress"], at=NOW)

    closing = await socket.receive_output(timeout=3)
    assert (closing["type"], closing["code"]) == ("websocket.close", 4403)


async def test_a_disabled_account_hears_nothing_more(lan, monkeypatch):
    monkeypatch.setattr(rights, "TRUST_SECONDS", 0.0)
    socket = lan.socket("round:12")
    await connect(socket)
    await User.objects.aupdate(is_active=False)

    await publish_later("round:12", ["progress"], at=NOW)

    assert (await socket.receive_output(timeout=3))["type"] == "websocket.close"


async def test_a_browser_that_talks_is_hung_up_on(lan):
    socket = lan.socket("round:12")
    await connect(socket)

    await socket.send_to(text_data="{}")

    closing = await socket.receive_output(timeout=3)
    assert (closing["type"], closing["code"]) == ("websocket.close", 4400)


async def test_the_tail_sleeps_when_the_last_listener_has_left(lan):
    socket = lan.socket("round:12")
    await connect(socket)

    await socket.disconnect()

    assert tail().is_awake is False


async def test_a_message_of_a_transaction_that_commits_late_is_heard(lan):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    socket = lan.socket("round:12")
    await connect(socket)

    def publish_in_two_transactions():
        late = connections.create_connection("default")
        late.set_autocommit(False)
        with late.cursor() as cursor:
            cursor.execute(
                "INSERT INTO surveys_livemessage (topic, paths, at)"
                " VALUES ('round:12', '[\"late\"]', now()) RETURNING id"
            )
            lower = cursor.fetchone()[0]
            early = publish("round:12", ["early"], at=NOW)
            cursor.execute(
                "SELECT pg_notify('live', %s)",
                [json.dumps({"id": lower, "topic": "round:12", "paths": ["late"]})],
            )
        late.commit()
        late.close()
        return lower < early.pk

    assert await sync_to_async(publish_in_two_transactions)()
    heard: set[str] = set()
    while heard != {"early", "late"}:
        heard |= set((await hear(socket))["paths"])
    await socket.disconnect()


@pytest.mark.skipif(not django_settings.REDIS_URL, reason="REDIS_URL names no Redis")
async def test_redis_carries_a_message_ahead_of_the_tail():
    layer = get_channel_layer()
    assert not isinstance(layer, InMemoryChannelLayer)
    channel = await layer.new_channel()
    await layer.group_add(group_of("round:12"), channel)

    message = await publish_later("round:12", ["progress"], at=NOW)

    heard = await asyncio.wait_for(layer.receive(channel), timeout=3)
    assert heard == {"type": "live.message", **message.as_json()}


async def test_a_message_that_comes_twice_is_heard_once(lan):
    socket = lan.socket("round:12")
    await connect(socket)
    message = await publish_later("round:12", ["progress"], at=NOW)

    await get_channel_layer().group_send(
        group_of("round:12"), {"type": "live.message", **message.as_json()}
    )

    assert (await hear(socket))["id"] == message.pk
    assert await socket.receive_nothing(timeout=0.8)
    await socket.disconnect()


def test_merged_messages_carry_all_paths_and_the_newest_id():
    messages = [
        {"id": 3, "topic": "round:1", "paths": ["b"]},
        {"id": 5, "topic": "round:1", "paths": ["a", "b"]},
    ]

    assert merge(messages) == {"id": 5, "topic": "round:1", "paths": ["a", "b"]}


def test_fetch_everything_swallows_single_paths():
    messages = [
        {"id": 3, "topic": "round:1", "paths": ["b"]},
        {"id": 5, "topic": "round:1", "paths": []},
    ]

    assert merge(messages)["paths"] == []


@pytest.mark.django_db(transaction=False)
def test_the_rights_of_many_listeners_are_asked_in_as_few_queries_as_those_of_one(
    django_assert_num_queries,
):
    people = [User.objects.create(email="lan@example.vn")]
    people += [User.objects.create(email=f"nguoi-{n}@example.vn") for n in range(20)]
    listeners = {}
    for person in people:
        client = Client()
        client.force_login(person)
        session = client.session
        listeners[person.pk] = rights.Credential(
            person.pk, str(session.session_key), session[HASH_SESSION_KEY]
        )

    with django_assert_num_queries(2):
        heard = rights.still_among.func(listeners, "round:12")

    assert heard == {people[0].pk}
