"""Tails the outbox: one tail in each ASGI process, awake only while somebody listens.

The outbox is the truth. SQLite tells of foreign commits by ``data_version``; PostgreSQL notifies at
commit, and the last minute is read again now and then, because a connection may have been away.
"""

import asyncio
import json
import logging
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from weakref import WeakKeyDictionary

import psycopg
from channels.db import database_sync_to_async
from django.db import DatabaseError, connection
from django.utils import timezone

from surveys.live.models import LiveMessage
from surveys.live.services import NOTIFY_CHANNEL

Message = dict[str, Any]
Listener = Callable[[Message], None]

POLL_SECONDS: Final = 0.05
REREAD_SECONDS: Final = 15.0
REREAD: Final = timedelta(minutes=1)
RETRY_SECONDS: Final = 1.0

logger = logging.getLogger(__name__)


class Tail:
    """Hands the messages of this process's listeners to them, in the order of the outbox."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Listener]] = {}
        self._task: asyncio.Task[None] | None = None
        self._started = asyncio.Event()
        self._seen = Seen()

    @property
    def is_awake(self) -> bool:
        """Whether the outbox is being read."""
        return self._task is not None

    async def listen(self, topic: str, listener: Listener) -> None:
        """Hear the topic from now on; when this returns, no later message is missed."""
        self._listeners.setdefault(topic, set()).add(listener)
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        await self._started.wait()

    async def leave(self, topic: str, listener: Listener) -> None:
        """Hear no more; the last one to leave puts the tail to sleep."""
        listeners = self._listeners.get(topic, set())
        listeners.discard(listener)
        if not listeners:
            self._listeners.pop(topic, None)
        if not self._listeners and self._task is not None:
            task, self._task = self._task, None
            self._started.clear()
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def hear(self, message: Message) -> None:
        """Take a message that came another way, ahead of the outbox, for all who listen here.

        The channel layer brings it to each of them; whoever has it first tells the others.
        """
        if self._seen.add(message["id"]):
            self._deliver(message)

    async def _run(self) -> None:
        """Read until cancelled. What was there before the first listener is not news."""
        source = _postgres if connection.vendor == "postgresql" else _sqlite
        while True:
            try:
                async for message in source(self._started):
                    if self._seen.add(message["id"]) and self._started.is_set():
                        self._deliver(message)
            except (OSError, DatabaseError, sqlite3.Error, psycopg.Error):
                logger.exception("The live outbox cannot be read; trying again")
                await asyncio.sleep(RETRY_SECONDS)

    def _deliver(self, message: Message) -> None:
        for listener in list(self._listeners.get(message["topic"], ())):
            listener(message)


@dataclass(slots=True)
class Seen:
    """The ids of about the last two minutes."""

    times: dict[int, float] = field(default_factory=dict)

    def add(self, message_id: int) -> bool:
        """Remember the id; False if it was known."""
        if message_id in self.times:
            return False
        now = time.monotonic()
        self.times[message_id] = now
        forget_before = now - 2 * REREAD.total_seconds()
        while self.times[first := next(iter(self.times))] < forget_before:
            del self.times[first]
        return True


def tail() -> Tail:
    """The tail of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _tails:
        _tails[loop] = Tail()
    return _tails[loop]


_tails: WeakKeyDictionary[asyncio.AbstractEventLoop, Tail] = WeakKeyDictionary()


@database_sync_to_async  # type: ignore[untyped-decorator]  # channels has no types
def read_last_minute() -> list[Message]:
    """The messages of the last minute, oldest first."""
    recent = LiveMessage.objects.filter(at__gte=timezone.now() - REREAD).order_by("pk")
    return [message.as_json() for message in recent]


@database_sync_to_async  # type: ignore[untyped-decorator]  # channels has no types
def read_after(message_id: int) -> list[Message]:
    """The messages with higher ids, oldest first."""
    later = LiveMessage.objects.filter(pk__gt=message_id).order_by("pk")
    return [message.as_json() for message in later]


@database_sync_to_async  # type: ignore[untyped-decorator]  # channels has no types
def newest_id() -> int:
    """The highest id in the outbox."""
    return LiveMessage.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


async def _sqlite(started: asyncio.Event) -> AsyncIterator[Message]:
    """SQLite has one writer at a time, so ids are commit order."""
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as watcher:
        version = _data_version(watcher)
        newest = await newest_id()
        for message in await read_last_minute():
            yield message
        started.set()
        while True:
            await asyncio.sleep(POLL_SECONDS)
            if (current := _data_version(watcher)) == version:
                continue
            version = current
            for message in await read_after(newest):
                newest = message["id"]
                yield message


def _data_version(watcher: sqlite3.Connection) -> int:
    """Changes when another connection commits."""
    version: int = watcher.execute("PRAGMA data_version").fetchone()[0]
    return version


async def _postgres(started: asyncio.Event) -> AsyncIterator[Message]:
    """Notifications arrive at commit; reading again covers the time without a connection."""
    async with await psycopg.AsyncConnection.connect(
        **_connection_parameters(), autocommit=True
    ) as listening:
        await listening.execute(f"LISTEN {NOTIFY_CHANNEL}")
        while True:
            for message in await read_last_minute():
                yield message
            started.set()
            async for notification in listening.notifies(timeout=REREAD_SECONDS):
                yield json.loads(notification.payload)


def _connection_parameters() -> dict[str, Any]:
    parameters = connection.get_connection_params()
    ours = ("cursor_factory", "context", "prepare_threshold")
    return {name: value for name, value in parameters.items() if name not in ours}
