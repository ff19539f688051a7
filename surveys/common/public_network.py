"""Connections to addresses that strangers have named: only where it was judged that they may lead.

A name is resolved here, every address it resolves to is judged, and the connection goes to the address
that was judged and not to what the name says a moment later. No proxy of ours is asked.
"""

import ipaddress
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import Final

STEP_SECONDS: Final = 10.0
_UNICAST: Final = ipaddress.IPv6Network("2000::/3")
_OTHER_NETWORKS: Final = (
    ipaddress.IPv6Network("2002::/16"),  # 6to4: an IPv4 address inside, any
    ipaddress.IPv6Network("3fff::/20"),  # documentation, unknown to Python 3.11
    ipaddress.IPv4Network("192.88.99.0/24"),  # relays to 6to4
)
_INTERNAL: Final = (
    ipaddress.IPv4Network("10.0.0.0/8"),
    ipaddress.IPv4Network("172.16.0.0/12"),
    ipaddress.IPv4Network("192.168.0.0/16"),
    ipaddress.IPv6Network("fc00::/7"),
)
_METADATA: Final = ipaddress.IPv6Network("fd00:ec2::/32")
"""Where machines of a cloud ask for their own credentials; over IPv4 that is link-local."""

Permits = Callable[[str], bool]
"""Whether a connection may be made to an IP address."""


class NotReached(Exception):
    """There is no answer; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


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


def is_internal(address: str) -> bool:
    """Whether an IP address is public or of a private network, where an installation has internal
    hosts; never this machine, the link, or the metadata of a cloud."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    private = any(found in each for each in _INTERNAL if each.version == found.version)
    return is_public(address) or (private and found not in _METADATA)


def connected(host: str, port: int, *, permits: Permits, ends: float) -> socket.socket:
    """A connection to an address of the host that was judged, made until ``ends`` (monotonic).

    Raises NotReached with the code ``not_public``, ``unreachable`` or ``too_slow``.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as failure:
        raise NotReached("unreachable") from failure
    addresses = [str(each[4][0]) for each in found]
    # One address that is not public taints the name: which of them would be asked is chance.
    if not addresses or not all(permits(address) for address in addresses):
        raise NotReached("not_public")
    try:
        return socket.create_connection((addresses[0], port), timeout=left(ends))
    except OSError as failure:
        raise NotReached("unreachable") from failure


@contextmanager
def cut_off(plain: socket.socket, ends: float) -> Iterator[socket.socket]:
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


def left(ends: float) -> float:
    """The seconds that one step may still take; raises NotReached where time is over."""
    rest = ends - time.monotonic()
    if rest <= 0:
        raise NotReached("too_slow")
    return min(rest, STEP_SECONDS)
