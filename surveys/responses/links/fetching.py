"""Fetching a public page, and nothing else, on behalf of a stranger.

The address was typed by somebody we do not know. So only what is public is asked: every name is
resolved here, every address it resolves to must be public, and the connection goes to the address
that was judged and not to what the name says a moment later. Redirects are judged anew. No cookie, no
credential and no proxy of ours goes along.
"""

import http.client
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from surveys.common.public_network import NotReached, connected, cut_off, is_public, left

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_REDIRECTS: Final = 4
SECONDS: Final = 30.0
PORTS: Final = {"http": 80, "https": 443}
_CHUNK: Final = 64 * 1024
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a public page answered: the address after redirects, its type, its bytes."""

    url: str
    media_type: str
    content: bytes


def fetch(
    url: str,
    *,
    permits: Callable[[str], bool] = is_public,
    ports: frozenset[int] = frozenset(PORTS.values()),
    seconds: float = SECONDS,
) -> Fetched:
    """What stands behind an address of http or https, at most 20 MiB, within so many seconds.

    ``permits`` judges every IP address before a connection is made to it. Raises NotReached with the
    code ``address`` (no address of a page), ``not_public``, ``unreachable``, ``certificate``,
    ``too_large``, ``too_many_redirects``, ``too_slow`` or ``status_<number>``.
    """
    ends = time.monotonic() + seconds
    for _redirect in range(MOST_REDIRECTS + 1):
        parts = _parts(url, ports)
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        with cut_off(connected(host, port, permits=permits, ends=ends), ends) as plain:
            try:
                with closing(_asked(plain, parts, ends)) as answer:
                    location = answer.getheader("Location")
                    if answer.status not in _REDIRECTS or not location:
                        return _fetched(url, answer, ends)
            except ssl.SSLError as failure:
                raise NotReached(_blame("certificate", ends)) from failure
            except (OSError, http.client.HTTPException) as failure:
                raise NotReached(_blame("unreachable", ends)) from failure
        url = urljoin(url, location)
    raise NotReached("too_many_redirects")


def _parts(url: str, ports: frozenset[int]) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError as failure:
        raise NotReached("address") from failure
    is_plain = parts.hostname and parts.username is None and parts.password is None
    if parts.scheme not in PORTS or not is_plain or port not in ports:
        raise NotReached("address")
    return parts


def _asked(plain: socket.socket, parts: SplitResult, ends: float) -> http.client.HTTPResponse:
    """The answer of the site; closing it closes the connection."""
    host = parts.hostname or ""
    connection = http.client.HTTPConnection(host, parts.port or PORTS[parts.scheme])
    plain.settimeout(left(ends))
    connection.sock = plain
    if parts.scheme == "https":
        connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    target = parts.path or "/"
    if parts.query:
        target = f"{target}?{parts.query}"
    connection.request(
        "GET",
        target.encode("ascii", "ignore").decode(),
        headers={
            "User-Agent": "khao-sat-so/1 (evidence)",
            "Accept-Encoding": "identity",
            "Connection": "close",
        },
    )
    return connection.getresponse()


def _fetched(url: str, answer: http.client.HTTPResponse, ends: float) -> Fetched:
    if answer.status != http.client.OK:
        raise NotReached(f"status_{answer.status}")
    media_type = (answer.getheader("Content-Type") or "").partition(";")[0].strip()
    return Fetched(url, media_type[:100], _content(answer, ends))


def _content(answer: http.client.HTTPResponse, ends: float) -> bytes:
    content = bytearray()
    while chunk := answer.read1(_CHUNK):
        content += chunk
        if len(content) > MOST_BYTES:
            raise NotReached("too_large")
        left(ends)
    left(ends)  # what was cut off is no end
    return bytes(content)


def _blame(code: str, ends: float) -> str:
    """Why something failed: a connection that we cut off fails in many ways."""
    return code if time.monotonic() < ends else "too_slow"
