"""Where messages may be sent: https to hosts of the public network, and to those that are named."""

import ipaddress
from functools import partial
from typing import Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.common.public_network import is_internal, is_public

LENGTH: Final = 500
DEFAULT_PORT: Final = 443
PORTS: Final = frozenset({DEFAULT_PORT, 8443})


class AddressRefused(DomainError):
    """Nothing is sent to an address like this one."""

    code = "webhook_address_refused"
    message = _(
        "Give an address that begins with https://, of a host that the whole world reaches, with port "
        "443 or 8443 and without a name or a password in it."
    )
    status = 422


def parts_of(address: str) -> SplitResult:
    """The parts of an address to which messages may go. Raises AddressRefused.

    What its name resolves to is judged when a message is sent, because that may change.
    """
    if not 0 < len(address) <= LENGTH or not address.isascii() or not address.isprintable():
        raise AddressRefused
    try:
        parts = urlsplit(address)
        port = port_of(parts)
    except ValueError as failure:
        raise AddressRefused from failure
    is_plain = parts.hostname and "@" not in parts.netloc and not parts.fragment
    if not is_plain or " " in address or "\\" in address:
        raise AddressRefused
    if not settings.WEBHOOK_LOOPBACK and (parts.scheme != "https" or port not in PORTS):
        raise AddressRefused
    if parts.scheme not in {"http", "https"}:
        raise AddressRefused
    host = parts.hostname or ""
    if _is_number(host) and not permits(host, host):
        raise AddressRefused
    return parts


def port_of(parts: SplitResult) -> int:
    """The port of an address. Raises ValueError where there is none that can be."""
    return parts.port or DEFAULT_PORT


def permits(host: str, address: str) -> bool:
    """Whether a message for the host may go to the IP address that its name leads to.

    Hosts named in ``WEBHOOK_HOSTS`` may stand in private networks, but are neither this machine nor on
    its link. ``WEBHOOK_LOOPBACK`` is for tests, which receive on this machine.
    """
    if settings.WEBHOOK_LOOPBACK and ipaddress.ip_address(address).is_loopback:
        return True
    return is_internal(address) if host in settings.WEBHOOK_HOSTS else is_public(address)


def permits_for(host: str) -> partial[bool]:
    """``permits`` for one host."""
    return partial(permits, host)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
