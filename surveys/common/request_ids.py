"""The id of the request in hand, for records and logs that are written far below the view."""

from contextvars import ContextVar
from typing import Final

CURRENT: Final[ContextVar[str]] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """The id that the middleware gave the request; empty outside one (commands, workers)."""
    return CURRENT.get()
