"""How often one program, person or address may ask; the table of rates stands in the settings."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from rest_framework.request import Request

from surveys.machines.models import ApiToken


@dataclass(frozen=True, slots=True)
class Rate:
    """At most ``most`` requests in each window of ``seconds``."""

    name: str
    most: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What a rate leaves: requests still free in this window, and the seconds until the next."""

    rate: Rate
    left: int
    seconds: int

    @property
    def is_exceeded(self) -> bool:
        """Whether the request is one too many."""
        return self.left < 0


def rates() -> Mapping[str, Rate]:
    """The rates of the settings by name."""
    return {name: Rate(name, most, seconds) for name, (most, seconds) in settings.API_RATES.items()}


ADDRESS: Final = "address"
TOKEN: Final = "token"  # noqa: S105  (the name of a rate)
PERSON: Final = "person"
UNKNOWN: Final = "unknown"


def count_address(request: Request) -> Standing:
    """Count a request of a network address, before anybody is asked who they are."""
    try:
        client = get_adapter().get_client_ip(request)
    except PermissionDenied:  # a server at a Unix socket that names no client: all share one count
        client = UNKNOWN
    return _count(rates()[ADDRESS], client)


def count_caller(request: Request) -> Standing | None:
    """Count a request of a token, or of a person's browser; None for nobody."""
    if isinstance(request.auth, ApiToken):
        return _count(rates()[TOKEN], str(request.auth.pk))
    if request.user.is_authenticated:
        return _count(rates()[PERSON], str(request.user.pk))
    return None


def _count(rate: Rate, who: str) -> Standing:
    """Count within a window that is the same for everybody; a counter ends with its window."""
    now = time.time()
    window = int(now // rate.seconds)
    key = f"api:{rate.name}:{who}:{window}"
    number = 1
    if not cache.add(key, 1, rate.seconds):
        try:
            number = cache.incr(key)
        except ValueError:  # it ended between the two
            cache.add(key, 1, rate.seconds)
    left = max(1, int((window + 1) * rate.seconds - now))
    return Standing(rate, rate.most - number, left)


def tell(response: HttpResponseBase, standings: list[Standing]) -> None:
    """Put what is left into the headers (RateLimit of the IETF's httpapi draft), the tightest first."""
    if not standings:
        return
    ordered = sorted(standings, key=lambda each: each.left)
    response["RateLimit-Policy"] = ", ".join(
        f'"{each.rate.name}";q={each.rate.most};w={each.rate.seconds}' for each in ordered
    )
    response["RateLimit"] = ", ".join(
        f'"{each.rate.name}";r={max(0, each.left)};t={each.seconds}' for each in ordered
    )
