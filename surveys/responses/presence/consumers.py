"""The WebSocket of moves: ``/ws/presence/?response=12&tab=a1b2``."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from surveys.common import restricted
from surveys.engine import Form
from surveys.live.consumers import CLOSE_REFUSED, CLOSE_TALKING, INTERVAL
from surveys.live.rights import credential_of, rights
from surveys.live.topics import group_of
from surveys.questionnaires.queries import form_of
from surveys.responses.models import Response
from surveys.responses.presence.places import Place, PlaceUnknown, place_in, tab_in
from surveys.responses.presence.queries import told

FRAME_LENGTH: Final = 600
FRAMES_AT_ONCE: Final = 10
FRAMES_PER_SECOND: Final = 2.0


@dataclass(slots=True)
class Allowance:
    """How many frames a page may still send: a few at once, two a second in the long run."""

    left: float
    counted_at: float

    def take(self, now: float) -> bool:
        """Take one; False where none is left."""
        grown = self.left + (now - self.counted_at) * FRAMES_PER_SECOND
        self.left, self.counted_at = min(FRAMES_AT_ONCE, grown), now
        if self.left < 1:
            return False
        self.left -= 1
        return True


class PresenceConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]  # channels has no types
    """Hears where one person's page is, and tells it where the others' pages are.

    Who may not edit is refused at the handshake, and so is a session by a personal link, which its
    middleware cannot judge here; its pages beat. A frame is ``{"section": …, "path": …}``: one
    that is longer, comes too often or names no place of the form ends the connection. Rights are
    asked again as for live messages. Nothing is stored.
    """

    async def connect(self) -> None:
        """Accept who may edit the response."""
        self._pending: dict[tuple[int, str], dict[str, Any]] = {}
        self._sending: asyncio.Task[None] | None = None
        self._joined = False
        asked = parse_qs(self.scope["query_string"].decode("ascii", "replace"))
        number, tab = asked.get("response", [""])[0], asked.get("tab", [""])[0]
        self.topic = f"presence:{number}"
        credential = credential_of(self.scope)
        if credential is None or self.scope["session"].get(restricted.SESSION_KEY):
            await self.close(CLOSE_REFUSED)
            return
        try:
            self.tab = tab_in(tab)
        except PlaceUnknown:
            await self.close(CLOSE_TALKING)
            return
        if not await rights().admit(self.topic, self, credential):
            await self.close(CLOSE_REFUSED)
            return
        self.person = self.scope["user"]
        self.form = await form_at(int(number))
        self.allowance = Allowance(FRAMES_AT_ONCE, asyncio.get_running_loop().time())
        await self.channel_layer.group_add(group_of(self.topic), self.channel_name)
        self._joined = True
        await self.accept()

    async def disconnect(self, _code: int) -> None:
        """Leave, and say so."""
        if self._sending is not None:
            self._sending.cancel()
        rights().forget(self.topic, self)
        if self._joined:
            await self.channel_layer.group_discard(group_of(self.topic), self.channel_name)
            await self._tell({"id": self.person.pk, "tab": self.tab, "gone": True})

    async def receive(self, text_data: str | None = None, **_frame: Any) -> None:
        """Tell the others where this page is now."""
        now = asyncio.get_running_loop().time()
        try:
            place = self._place(text_data)
        except (PlaceUnknown, ValueError):
            await self.close(CLOSE_TALKING)
            return
        if not self.allowance.take(now):
            await self.close(CLOSE_TALKING)
        elif not await rights().holds(self.topic, self):
            await self.close(CLOSE_REFUSED)
        else:
            await self._tell(told(self.person, self.tab, place))

    async def presence_told(self, event: dict[str, Any]) -> None:
        """Somebody's page moved or was left; what is told of a page last is what counts."""
        person = event["person"]
        if person["id"] == self.person.pk:
            return
        self._pending[person["id"], person["tab"]] = person
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send_pending())

    def _place(self, text: str | None) -> Place:
        if text is None or len(text) > FRAME_LENGTH:
            raise PlaceUnknown
        frame = json.loads(text)
        if not isinstance(frame, dict):
            raise PlaceUnknown
        return place_in(self.form, frame.get("section"), frame.get("path"))

    async def _tell(self, person: dict[str, Any]) -> None:
        event = {"type": "presence.told", "person": person}
        await self.channel_layer.group_send(group_of(self.topic), event)

    async def _send_pending(self) -> None:
        while self._pending:
            people, self._pending = list(self._pending.values()), {}
            if not await rights().holds(self.topic, self):
                await self.close(CLOSE_REFUSED)
                return
            await self.send_json({"people": people})
            await asyncio.sleep(INTERVAL)


@database_sync_to_async  # type: ignore[untyped-decorator]  # channels has no types
def form_at(response_id: int) -> Form:
    """The compiled form of a response; the same object for all who are at it."""
    chosen = Response.objects.select_related("version").defer("version__definition")
    return form_of(chosen.only("version").get(pk=response_id).version)
