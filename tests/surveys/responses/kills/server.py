"""The product behind a socket, for being killed.

    python -m uvicorn tests.surveys.responses.kills.server:application
    python -m uvicorn tests.surveys.responses.kills.server:hasty

``hasty`` is the canary: it says that a cell is saved, and saves it a moment later. A search for lost
edits that finds none behind it cannot find any.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from config.asgi import application

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

DELAY: Final = 0.2
_LATER: set["asyncio.Task[None]"] = set()

__all__ = ["application", "hasty"]


async def hasty(scope: Scope, receive: Receive, send: Send) -> None:
    """Acknowledge at once what is posted to a cell, and have it stored later."""
    if scope["type"] != "http" or not scope["path"].endswith("/cells/"):
        await application(scope, receive, send)
        return
    body = await _whole(receive)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})
    task = asyncio.create_task(_store(scope, body))
    _LATER.add(task)
    task.add_done_callback(_LATER.discard)


async def _whole(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


async def _store(scope: Scope, body: bytes) -> None:
    await asyncio.sleep(DELAY)
    parts = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def given() -> MutableMapping[str, Any]:
        try:
            return next(parts)
        except StopIteration:
            await asyncio.Event().wait()
            raise

    async def nobody(_message: MutableMapping[str, Any]) -> None:
        """The answer was given already."""

    await application(scope, given, nobody)
