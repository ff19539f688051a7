"""A real SMTP server on loopback that notes what it takes over, and refuses whom it is told to."""

import logging
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from typing import Any, Final

from aiosmtpd.controller import Controller
from django.test import override_settings

BACKEND: Final = "django.core.mail.backends.smtp.EmailBackend"


class Postman:
    """Notes the Message-ID of each mail it takes over; ``answers`` are those to recipients."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.answers: dict[str, str] = {}
        self.answers_to_content: dict[str, str] = {}
        self.taken: list[str] = []
        self.envelopes: list[Any] = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  (aiosmtpd's name and arguments)
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  (aiosmtpd's name)
        if answer := self.answers_to_content.get(envelope.rcpt_tos[0]):
            return answer
        self.taken.append(message_from_bytes(envelope.content)["Message-ID"])
        self.envelopes.append(envelope)
        return "250 OK"

    @property
    def times(self) -> Counter[str]:
        """How often each Message-ID arrived."""
        return Counter(self.taken)


@contextmanager
def mail_server() -> Iterator[Postman]:
    """The server, and Django's settings that lead there."""
    logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd tells of every command
    postman = Postman(free_port())
    controller = Controller(postman, hostname="127.0.0.1", port=postman.port)
    controller.start()
    there = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": postman.port}
    try:
        with override_settings(EMAIL_BACKEND=BACKEND, **there):
            yield postman
    finally:
        controller.stop()


def free_port() -> int:
    """A port of loopback on which nobody listens now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port
