"""The WebSocket of live messages: ``/ws/live/?topic=round:12``."""

import asyncio
import time
from typing import Any, Final
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.contrib.auth import HASH_SESSION_KEY, get_user_model
from django.utils.crypto import constant_time_compare

from surveys.common import restricted
from surveys.live.outbox import Message, Seen, tail
from surveys.live.topics import group_of, may_listen

INTERVAL: Final = 0.3
TRUST_SECONDS: Final = 5.0

CLOSE_REFUSED: Final = 4403
CLOSE_TALKING: Final = 4400


class LiveConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]  # channels has no types
    """Tells one browser what changed on one topic, at most a few times a second.

    A stranger is refused at the handshake. Rights are asked again before a message is sent, at the
    latest after five seconds: who signed out or lost the role hears nothing more. The socket
    speaks in one direction only.
    """

    async def connect(self) -> None:
        """Accept who may listen; from then on no message is missed."""
        self._pending: dict[int, Message] = {}
        self._sending: asyncio.Task[None] | None = None
        self._seen = Seen()
        self._joined = False
        self.topic = parse_qs(self.scope["query_string"].decode("ascii", "replace")).get(
            "topic", [""]
        )[0]
        if not await self._may_listen():
            await self.close(CLOSE_REFUSED)
            return
        await tail().listen(self.topic, self._offer)
        if self.channel_layer is not None:
            await self.channel_layer.group_add(group_of(self.topic), self.channel_name)
        self._joined = True
        await self.accept()

    async def disconnect(self, _code: int) -> None:
        """Leave the topic."""
        if self._sending is not None:
            self._sending.cancel()
        if self._joined:
            await tail().leave(self.topic, self._offer)
            if self.channel_layer is not None:
                await self.channel_layer.group_discard(group_of(self.topic), self.channel_name)

    async def receive(self, **_frame: Any) -> None:
        """A browser has nothing to say here."""
        await self.close(CLOSE_TALKING)

    async def live_message(self, event: dict[str, Any]) -> None:
        """A message that came through the channel layer, ahead of the tail."""
        self._offer({name: event[name] for name in ("id", "topic", "paths")})

    def _offer(self, message: Message) -> None:
        if not self._seen.add(message["id"]):
            return
        self._pending[message["id"]] = message
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send_pending())

    async def _send_pending(self) -> None:
        while self._pending:
            messages, self._pending = list(self._pending.values()), {}
            if not await self._still_may_listen():
                await self.close(CLOSE_REFUSED)
                return
            await self.send_json(merge(messages))
            await asyncio.sleep(INTERVAL)

    async def _still_may_listen(self) -> bool:
        if time.monotonic() - self._asked_at < TRUST_SECONDS:
            return True
        return await self._may_listen()

    async def _may_listen(self) -> bool:
        self._asked_at = time.monotonic()
        user, session = self.scope["user"], self.scope["session"]
        if not user.is_authenticated:
            return False
        return bool(await _rights(user.pk, session, self.topic))


def merge(messages: list[Message]) -> Message:
    """One message for several of a topic: all their paths, and none where one of them has none."""
    paths = [message["paths"] for message in messages]
    return {
        "id": max(message["id"] for message in messages),
        "topic": messages[0]["topic"],
        "paths": sorted(set().union(*paths)) if all(paths) else [],
    }


@database_sync_to_async  # type: ignore[untyped-decorator]  # channels has no types
def _rights(user_id: int, session: Any, topic: str) -> bool:
    """Asked of the database anew: the scope still shows the person as at the handshake."""
    if not session.exists(session.session_key) or restricted.SESSION_KEY in session:
        return False
    user = get_user_model().objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return False
    seal = user.get_session_auth_hash()
    return constant_time_compare(session.get(HASH_SESSION_KEY), seal) and may_listen(user, topic)
