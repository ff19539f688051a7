"""Fetching a public page, and nothing else, on behalf of a stranger.

The address was typed by somebody we do not know. So only what is public is asked: every name is
resolved here, every address it resolves to must be public, and the connection goes to the address
that was judged and not to what the name says a moment later. Redirects are judged anew. No cookie, no
credential and no proxy of ours goes along.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_REDIRECTS: Final = 4
SECONDS: Final = 30.0
STEP_SECONDS: Final = 10.0
PORTS: Final = {"http": 80, "https": 443}
_CHUNK: Final = 64 * 1024
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


class NotFetched(Exception):
    """There is nothing to keep; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a public page answered: the address after redirects, its type, its bytes."""

    url: str
    media_type: str
    content: bytes


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public network."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return found.is_global and not found.is_multicast


def fetch(
    url: str,
    *,
    permits: Callable[[str], bool] = is_public,
    ports: frozenset[int] = frozenset(PORTS.values()),
    seconds: float = SECONDS,
) -> Fetched:
    """What stands behind an address of http or https, at most 20 MiB, within so many seconds.

    ``permits`` judges every IP address before a connection is made to it. Raises NotFetched with the
    code ``address`` (no address of a page), ``not_public``, ``unreachable``, ``certificate``,
    ``too_large``, ``too_many_redirects``, ``too_slow`` or ``status_<number>``.
    """
    ends = time.monotonic() + seconds
    for _redirect in range(MOST_REDIRECTS + 1):
        parts = _parts(url, ports)
        connection = _connected(parts, permits, ends)
        try:
            with closing(_asked(connection, parts)) as answer:
                location = answer.getheader("Location")
                if answer.status not in _REDIRECTS or not location:
                    return _fetched(url, answer, ends)
            url = urljoin(url, location)
        except (OSError, http.client.HTTPException) as failure:
            raise NotFetched("unreachable") from failure
        finally:
            connection.close()
    raise NotFetched("too_many_redirects")


def _parts(url: str, ports: frozenset[int]) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError as failure:
        raise NotFetched("address") from failure
    is_plain = parts.hostname and parts.username is None and parts.password is None
    if parts.scheme not in PORTS or not is_plain or port not in ports:
        raise NotFetched("address")
    return parts


def _connected(
    parts: SplitResult, permits: Callable[[str], bool], ends: float
) -> http.client.HTTPConnection:
    """A connection to an address that was judged."""
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as failure:
        raise NotFetched("unreachable") from failure
    addresses = [str(each[4][0]) for each in found]
    # One address that is not public taints the name: which of them would be asked is chance.
    if not addresses or not all(permits(address) for address in addresses):
        raise NotFetched("not_public")
    connection = http.client.HTTPConnection(host, port, timeout=_left(ends))
    try:
        plain = socket.create_connection((addresses[0], port), timeout=_left(ends))
        if parts.scheme == "https":
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(plain, server_hostname=host)
        else:
            connection.sock = plain
    except ssl.SSLError as failure:
        raise NotFetched("certificate") from failure
    except OSError as failure:
        raise NotFetched("unreachable") from failure
    return connection


def _asked(connection: http.client.HTTPConnection, parts: SplitResult) -> http.client.HTTPResponse:
    target = parts.path or "/"
    if parts.query:
        target = f"{target}?{parts.query}"
    connection.request(
        "GET",
        target.encode("ascii", "ignore").decode(),
        headers={"User-Agent": "khao-sat-so/1 (evidence)", "Accept-Encoding": "identity"},
    )
    return connection.getresponse()


def _fetched(url: str, answer: http.client.HTTPResponse, ends: float) -> Fetched:
    if answer.status != http.client.OK:
        raise NotFetched(f"status_{answer.status}")
    media_type = (answer.getheader("Content-Type") or "").partition(";")[0].strip()
    return Fetched(url, media_type[:100], _content(answer, ends))


def _content(answer: http.client.HTTPResponse, ends: float) -> bytes:
    content = bytearray()
    while chunk := answer.read1(_CHUNK):
        content += chunk
        if len(content) > MOST_BYTES:
            raise NotFetched("too_large")
        _left(ends)
    return bytes(content)


def _left(ends: float) -> float:
    """The seconds that one step may still take; raises NotFetched where time is over."""
    left = ends - time.monotonic()
    if left <= 0:
        raise NotFetched("too_slow")
    return min(left, STEP_SECONDS)
