"""Webhooks for tests, a receiver on this machine, and a clock that is set by hand."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from surveys.audit.models import AuditEvent
from surveys.campaigns.models import Round
from surveys.models import Agency, User, Webhook, WebhookDelivery
from surveys.webhooks import services
from surveys.webhooks.enums import PublicKind
from tests.factories import DepartmentFactory, department_person
from tests.surveys.campaigns.factories import NOW

EARLIER = NOW - timedelta(days=1)


class Receiver:
    """What stands behind a webhook: it keeps what it was sent and answers as it is told."""

    def __init__(self) -> None:
        self.taken: list[tuple[dict[str, str], bytes]] = []
        self.status = 200
        self.headers: dict[str, str] = {}
        self.answer = b"ok"
        self.hold = Event()
        self.hold.set()
        self.asked = Event()
        self.port = 0

    @property
    def address(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.port}/hook?to=us"

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The bodies, read."""
        return [json.loads(body) for _headers, body in self.taken]


class Handler(BaseHTTPRequestHandler):
    """One message."""

    def do_POST(self) -> None:
        receiver: Receiver = self.server.receiver  # type: ignore[attr-defined]  # our attribute
        body = self.rfile.read(int(self.headers["Content-Length"]))
        receiver.taken.append((dict(self.headers), body))
        receiver.asked.set()
        receiver.hold.wait(20)
        try:
            self.send_response(receiver.status)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(receiver.answer)
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the library's name)
        """A receiver that keeps quiet."""


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver at work."""
    receiver = Receiver()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.receiver = receiver  # type: ignore[attr-defined]  # our attribute
        server.daemon_threads = True
        receiver.port = server.server_port
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield receiver
        finally:
            receiver.hold.set()
            server.shutdown()


class HandClock:
    """A time that goes on when it is told to."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def go(self, by: timedelta) -> None:
        """Later by so much."""
        self.at += by


def administrator(owner: Agency | None = None) -> User:
    """Who manages the webhooks of an owner."""
    return department_person("administrator", owner=owner)


def hook(
    address: str = "https://kho.example.vn/hook",
    *kinds: str,
    owner: Agency | None = None,
    at: datetime = EARLIER,
) -> Webhook:
    """A webhook that listens to these kinds, to all unless told which."""
    owner = owner or DepartmentFactory.create()
    wish = services.WebhookWish(address=address, kinds=kinds or PublicKind.values)
    return services.create_webhook(owner, wish, actor=administrator(owner), at=at)[0]


def event_of(subject: Any, kind: str, *, at: datetime = NOW) -> AuditEvent:
    """An event as it was recorded."""
    return AuditEvent.objects.create(
        kind=kind,
        at=at,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
    )


def message(
    webhook: Webhook, about: Round, number: int = 1, *, at: datetime = NOW
) -> WebhookDelivery:
    """A message that waits."""
    return WebhookDelivery.objects.create(
        webhook=webhook,
        event=event_of(about, "round.opened", at=at),
        kind=PublicKind.ROUND_OPENED,
        subject=f"round:{about.code}",
        message_id=f"msg_{webhook.pk}_{number}",
        body=json.dumps({"id": f"msg_{webhook.pk}_{number}", "number": number}),
        queued_at=at,
        next_at=at,
    )
