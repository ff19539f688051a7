"""The WebSocket of live messages: ``/ws/live/?topic=round:12``."""

import asyncio
from typing import Any, Final
from urllib.parse import parse_qs

from channels.generic.websocket import AsyncJsonWebsocketConsumer

from surveys.common import restricted
from surveys.live.outbox import Message, Seen, tail
from surveys.live.rights import credential_of, rights
from surveys.live.topics import group_of

INTERVAL: Final = 0.3

CLOSE_REFUSED: Final = 4403
CLOSE_TALKING: Final = 4400


class LiveConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]  # channels has no types
    """Tells one browser what changed on one topic, at most a few times a second.

    A stranger is refused at the handshake, and so is a session by a personal link: outside of its
    assignment its person is nobody, and no middleware judges that here. Rights are asked again before a message is sent, at the
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
        credential = credential_of(self.scope)
        is_restricted = restricted.SESSION_KEY in self.scope["session"]
        if (
            credential is None
            or is_restricted
            or not await rights().admit(self.topic, self, credential)
        ):
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
        rights().forget(self.topic, self)
        if self._joined:
            await tail().leave(self.topic, self._offer)
            if self.channel_layer is not None:
                await self.channel_layer.group_discard(group_of(self.topic), self.channel_name)

    async def receive(self, **_frame: Any) -> None:
        """A browser has nothing to say here."""
        await self.close(CLOSE_TALKING)

    async def live_message(self, event: dict[str, Any]) -> None:
        """A message that came through the channel layer, ahead of the tail."""
        tail().hear({name: event[name] for name in ("id", "topic", "paths")})

    def _offer(self, message: Message) -> None:
        if not self._seen.add(message["id"]):
            return
        self._pending[message["id"]] = message
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send_pending())

    async def _send_pending(self) -> None:
        while self._pending:
            messages, self._pending = list(self._pending.values()), {}
            if not await rights().holds(self.topic, self):
                await self.close(CLOSE_REFUSED)
                return
            await self.send_json(merge(messages))
            await asyncio.sleep(INTERVAL)


def merge(messages: list[Message]) -> Message:
    """One message for several of a topic: all their paths, and none where one of them has none."""
    paths = [message["paths"] for message in messages]
    return {
        "id": max(message["id"] for message in messages),
        "topic": messages[0]["topic"],
        "paths": sorted(set().union(*paths)) if all(paths) else [],
    }
