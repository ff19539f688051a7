"""Handing one message to its receiver: one POST, no redirect, ten seconds, little of the answer."""

import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import SplitResult

from surveys.common.public_network import NotReached, connected, cut_off, left
from surveys.webhooks.addresses import AddressRefused, parts_of, permits_for, port_of
from surveys.webhooks.enums import Problem

SECONDS: Final = 10.0
MOST_BYTES: Final = 16 * 1024
"""What is read of an answer; the rest stays where it is."""
EXCERPT_LENGTH: Final = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an attempt: ``problem`` is empty for success, ``status`` None for no answer."""

    problem: str
    status: int | None = None
    excerpt: str = ""
    milliseconds: int = 0


def post(address: str, *, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send the body to an address and say what came of it; never raises for what others do.

    The connection goes to an IP address that was judged. Nothing is read beyond 16 KiB, nothing after
    ten seconds.
    """
    began = time.monotonic()
    problem, status, content = _asked(address, body, headers, began + SECONDS)
    milliseconds = round((time.monotonic() - began) * 1000)
    return Answer(str(problem), status, excerpt_of(content), milliseconds)


def excerpt_of(content: bytes) -> str:
    """The beginning of an answer as one line of text that can be shown and stored."""
    text = content.decode("utf-8", "replace")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:EXCERPT_LENGTH]


def _asked(
    address: str, body: bytes, headers: Mapping[str, str], ends: float
) -> tuple[str, int | None, bytes]:
    try:
        parts = parts_of(address)
        host = parts.hostname or ""
        plain = connected(host, port_of(parts), permits=permits_for(host), ends=ends)
        with cut_off(plain, ends), closing(_answered(plain, parts, body, headers, ends)) as answer:
            return _verdict(answer.status), answer.status, _beginning(answer, ends)
    except AddressRefused:
        return Problem.ADDRESS, None, b""
    except NotReached as failure:
        return failure.code, None, b""
    except ssl.SSLError:
        return _blame(Problem.CERTIFICATE, ends), None, b""
    except (OSError, http.client.HTTPException, ValueError):
        return _blame(Problem.UNREACHABLE, ends), None, b""


def _answered(
    plain: socket.socket,
    parts: SplitResult,
    body: bytes,
    headers: Mapping[str, str],
    ends: float,
) -> http.client.HTTPResponse:
    """The answer of the receiver; closing it closes the connection."""
    host = parts.hostname or ""
    connection = http.client.HTTPConnection(host, parts.port)
    plain.settimeout(left(ends))
    connection.sock = plain
    if parts.scheme == "https":
        connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    target = parts.path or "/"
    if parts.query:
        target = f"{target}?{parts.query}"
    connection.request("POST", target, body=body, headers={**headers, "Connection": "close"})
    return connection.getresponse()


def _verdict(status: int) -> str:
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return ""
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return Problem.REDIRECT
    return Problem.GONE if status == HTTPStatus.GONE else Problem.STATUS


def _beginning(answer: http.client.HTTPResponse, ends: float) -> bytes:
    """What the answer begins with. The status has come already: what is cut off changes nothing."""
    content = bytearray()
    with suppress(OSError, http.client.HTTPException, NotReached):
        while len(content) < MOST_BYTES and (chunk := answer.read1(MOST_BYTES - len(content))):
            content += chunk
            left(ends)
    return bytes(content)


def _blame(problem: Problem, ends: float) -> str:
    """Why something failed: a connection that we cut off fails in many ways."""
    return problem if time.monotonic() < ends else Problem.TOO_SLOW
