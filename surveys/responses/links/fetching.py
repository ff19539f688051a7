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
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_REDIRECTS: Final = 4
SECONDS: Final = 30.0
STEP_SECONDS: Final = 10.0
PORTS: Final = {"http": 80, "https": 443}
_CHUNK: Final = 64 * 1024
_UNICAST: Final = ipaddress.IPv6Network("2000::/3")
_OTHER_NETWORKS: Final = (
    ipaddress.IPv6Network("2002::/16"),  # 6to4: an IPv4 address inside, any
    ipaddress.IPv6Network("3fff::/20"),  # documentation, unknown to Python 3.11
    ipaddress.IPv4Network("192.88.99.0/24"),  # relays to 6to4
)
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
    """Whether an IP address is one of the public network.

    Of IPv6 that is global unicast only: a gateway (NAT64, 6to4) would lead into an IPv4 network that
    nobody has judged.
    """
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            found = found.ipv4_mapped
        elif found not in _UNICAST:
            return False
    elsewhere = any(found in each for each in _OTHER_NETWORKS if each.version == found.version)
    return found.is_global and not found.is_multicast and not elsewhere


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
        with _cut_off(_connected(parts, permits, ends), ends) as plain:
            try:
                with closing(_asked(plain, parts, ends)) as answer:
                    location = answer.getheader("Location")
                    if answer.status not in _REDIRECTS or not location:
                        return _fetched(url, answer, ends)
            except ssl.SSLError as failure:
                raise NotFetched(_blame("certificate", ends)) from failure
            except (OSError, http.client.HTTPException) as failure:
                raise NotFetched(_blame("unreachable", ends)) from failure
        url = urljoin(url, location)
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


def _connected(parts: SplitResult, permits: Callable[[str], bool], ends: float) -> socket.socket:
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
    try:
        return socket.create_connection((addresses[0], port), timeout=_left(ends))
    except OSError as failure:
        raise NotFetched("unreachable") from failure


@contextmanager
def _cut_off(plain: socket.socket, ends: float) -> Iterator[socket.socket]:
    """The connection until its time is over, however slowly letters trickle in; then it is shut.

    A step's own time does not end what comes letter by letter: each of them begins a new step.
    """
    # TLS takes the socket itself over; what a copy shuts is shut for both.
    with plain, plain.dup() as handle:
        timer = Timer(max(0.0, ends - time.monotonic()), _shut, [handle])
        timer.daemon = True
        timer.start()
        try:
            yield plain
        finally:
            timer.cancel()
            timer.join()


def _shut(handle: socket.socket) -> None:
    with suppress(OSError):  # the other side was quicker
        handle.shutdown(socket.SHUT_RDWR)


def _asked(plain: socket.socket, parts: SplitResult, ends: float) -> http.client.HTTPResponse:
    """The answer of the site; closing it closes the connection."""
    host = parts.hostname or ""
    connection = http.client.HTTPConnection(host, parts.port or PORTS[parts.scheme])
    plain.settimeout(_left(ends))
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
    _left(ends)  # what was cut off is no end
    return bytes(content)


def _blame(code: str, ends: float) -> str:
    """Why something failed: a connection that we cut off fails in many ways."""
    return code if time.monotonic() < ends else "too_slow"


def _left(ends: float) -> float:
    """The seconds that one step may still take; raises NotFetched where time is over."""
    left = ends - time.monotonic()
    if left <= 0:
        raise NotFetched("too_slow")
    return min(left, STEP_SECONDS)
