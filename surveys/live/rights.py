"""Whether those who listen still may: asked of the database for a whole topic at once.

Five hundred people who watch one round are one question, not five hundred, and the answer holds for a
few seconds. So who signed out, whose account was closed or who lost the role hears nothing more, and
nobody waits for the questions about the others.
"""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async
from django.contrib.auth import HASH_SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from surveys.live.topics import listeners_among

TRUST_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class Credential:
    """Who listens: the person, the session, and the seal under which the person signed in."""

    user: int
    session: str
    seal: str


def credential_of(scope: Mapping[str, Any]) -> Credential | None:
    """What a handshake brought; None for a stranger."""
    user, session = scope["user"], scope["session"]
    if not user.is_authenticated or not session.session_key:
        return None
    return Credential(user.pk, session.session_key, str(session.get(HASH_SESSION_KEY) or ""))


@dataclass(slots=True)
class Rights:
    """What is known of the listeners of this process, by topic."""

    listening: dict[str, dict[object, Credential]] = field(default_factory=dict)
    allowed: dict[str, tuple[float, set[object]]] = field(default_factory=dict)
    running: dict[str, "asyncio.Task[None]"] = field(default_factory=dict)

    async def admit(self, topic: str, listener: object, credential: Credential) -> bool:
        """Whether somebody new may listen; if so, the listener is known from now on."""
        if not await still_among({listener: credential}, topic):
            return False
        self.listening.setdefault(topic, {})[listener] = credential
        if topic in self.allowed:
            self.allowed[topic][1].add(listener)
        else:
            self.allowed[topic] = (time.monotonic(), {listener})
        return True

    def forget(self, topic: str, listener: object) -> None:
        """The listener has left."""
        listeners = self.listening.get(topic, {})
        listeners.pop(listener, None)
        if not listeners:
            self.listening.pop(topic, None)
            self.allowed.pop(topic, None)

    async def holds(self, topic: str, listener: object) -> bool:
        """Whether the listener may hear what happens now; asked anew at most every few seconds.

        All listeners of the topic wait for the same question.
        """
        asked_at, _known = self.allowed.get(topic, (0.0, set()))
        if time.monotonic() - asked_at >= TRUST_SECONDS:
            task = self.running.get(topic)
            if task is None:
                task = self.running[topic] = asyncio.create_task(self._ask(topic))
            await asyncio.shield(task)
        return listener in self.allowed.get(topic, (0.0, set()))[1]

    async def _ask(self, topic: str) -> None:
        try:
            listeners = dict(self.listening.get(topic, {}))
            known = await still_among(listeners, topic)
            # Whoever came while the question was under way was asked about alone.
            came = self.listening.get(topic, {}).keys() - listeners.keys()
            self.allowed[topic] = (time.monotonic(), known | came)
        finally:
            self.running.pop(topic, None)


def rights() -> Rights:
    """The rights known in the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _rights:
        _rights[loop] = Rights()
    return _rights[loop]


_rights: WeakKeyDictionary[asyncio.AbstractEventLoop, Rights] = WeakKeyDictionary()


@database_sync_to_async  # type: ignore[untyped-decorator]  # channels has no types
def still_among(listeners: Mapping[object, Credential], topic: str) -> set[object]:
    """Those whose session stands, whose sign-in still holds, and who may listen to the topic.

    The number of queries does not grow with the listeners where the topic's table answers for many.
    """
    sessions = SessionStore.get_model_class().objects.filter(
        session_key__in={each.session for each in listeners.values()},
        expire_date__gt=timezone.now(),
    )
    standing = set(sessions.values_list("session_key", flat=True))
    users = get_user_model().objects.filter(
        pk__in={each.user for each in listeners.values() if each.session in standing},
        is_active=True,
    )
    people = {user.pk: user for user in users}
    permitted = listeners_among(list(people.values()), topic)
    return {
        listener
        for listener, each in listeners.items()
        if each.session in standing
        and each.user in permitted
        and constant_time_compare(each.seal, people[each.user].get_session_auth_hash())
    }
