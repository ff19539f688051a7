"""What one can listen to, and who may. ``config`` fills the table; live knows no round."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from surveys.organisations.models import User

Listeners = Callable[[Sequence["User"], int], set[int]]
"""The keys of those among people who may hear what changes on the object of that id."""

TOPIC: Final = re.compile(r"(?P<prefix>[a-z]{1,20}):(?P<id>[0-9]{1,18})", re.ASCII)


def listeners_among(people: Sequence["User"], topic: str) -> set[int]:
    """The keys of those whom the table lets listen to ``round:12``; of none to what it does not know."""
    parts = TOPIC.fullmatch(topic)
    active = [person for person in people if person.is_active]
    if parts is None or not active:
        return set()
    found: Listeners | None = import_string(settings.LIVE_TOPICS).get(parts["prefix"])
    return found(active, int(parts["id"])) if found is not None else set()


def may_listen(user: "User", topic: str) -> bool:
    """Whether the table lets the person listen."""
    return user.pk in listeners_among([user], topic)


def group_of(topic: str) -> str:
    """The topic's group in the channel layer."""
    return f"live.{topic.replace(':', '.')}"
