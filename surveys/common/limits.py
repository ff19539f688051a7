"""How often one client may fail at something."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


class FailureLimit:
    """At most ``most`` failures of one client in ``seconds``; beyond that it is not even tried."""

    def __init__(self, name: str, *, most: int, seconds: int) -> None:
        self._name, self._most, self._seconds = name, most, seconds

    def is_reached(self, request: HttpRequest) -> bool:
        """Whether the client has failed too often."""
        return bool(cache.get(self._key(request), 0) >= self._most)

    def note(self, request: HttpRequest) -> None:
        """Count one failure; the count ends ``seconds`` after the first."""
        key = self._key(request)
        if not cache.add(key, 1, self._seconds):
            try:
                cache.incr(key)
            except ValueError:  # it ended between the two
                cache.add(key, 1, self._seconds)

    def _key(self, request: HttpRequest) -> str:
        return f"failures:{self._name}:{get_adapter().get_client_ip(request)}"
