"""What one can listen to, and who may. ``config`` fills the table; live knows no round."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from surveys.organisations.models import User

MayListen = Callable[["User", int], bool]
"""Whether a person may hear what changes on the object of that id."""

TOPIC: Final = re.compile(r"(?P<prefix>[a-z]{1,20}):(?P<id>[0-9]{1,18})", re.ASCII)


def may_listen(user: "User", topic: str) -> bool:
    """Whether the table lets the person listen to ``round:12``; never to what it does not know."""
    parts = TOPIC.fullmatch(topic)
    if parts is None or not user.is_active:
        return False
    predicate: MayListen | None = import_string(settings.LIVE_TOPICS).get(parts["prefix"])
    return predicate is not None and predicate(user, int(parts["id"]))


def group_of(topic: str) -> str:
    """The topic's group in the channel layer."""
    return f"live.{topic.replace(':', '.')}"
