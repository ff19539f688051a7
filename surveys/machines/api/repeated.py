"""Addresses that take an idempotency key."""

import hashlib
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from surveys.machines import repeating
from surveys.machines.api.base import ApiView
from surveys.machines.api.problems import PARAMETERS, Unprocessable, answer
from surveys.machines.models import ApiToken

KEY: Final = re.compile(r"[!-~]{8,200}")
HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotency-Replayed"


class RepeatableView(ApiView):
    """A request to it may come twice: the second gets the first one's answer."""

    @property
    def key(self) -> str:
        """The key that was sent. Raises Unprocessable without one."""
        key: str = self.request.headers.get(HEADER, "")
        if not KEY.fullmatch(key):
            words = _("8 to 200 printable ASCII characters without spaces.")
            raise Unprocessable({PARAMETERS: {HEADER: [ErrorDetail(words, "invalid")]}})
        return key

    @property
    def edit_id(self) -> str:
        """An id for what the request changes: the same whenever it comes, and another one for another
        request under the same key, which is forgotten after a day, or of another person."""
        token = self.request.auth.pk if isinstance(self.request.auth, ApiToken) else ""
        named = f"{self.person.pk}\n{token}\n{self.key}\n{self._hash(self.request.data)}"
        return "api-" + hashlib.sha256(named.encode()).hexdigest()[:32]

    def once(self, body: Any, act: Callable[[], HttpResponse]) -> HttpResponse:
        """The answer of ``act``, or the one that the same request got before."""
        token = self.request.auth if isinstance(self.request.auth, ApiToken) else None
        kept = repeating.begin(
            repeating.Caller(self.person, token),
            key=self.key,
            request_sha256=self._hash(body),
            at=self.at,
        )
        if kept.status is not None:
            again = HttpResponse(kept.body, status=kept.status, content_type=kept.content_type)
            again[REPLAYED] = "true"
            return again
        try:
            response = _rendered(act)
        except Exception:
            repeating.forget(kept)
            raise
        repeating.keep(
            kept,
            status=response.status_code,
            content_type=response["Content-Type"],
            body=response.content.decode(),
        )
        return response

    def _hash(self, body: Any) -> str:
        plain = JSONRenderer().render([self.request.method, self.request.path, body])
        return hashlib.sha256(plain).hexdigest()


def _rendered(act: Callable[[], HttpResponse]) -> HttpResponse:
    """What came of it: refusals too; a failure of ours is raised."""
    try:
        given = act()
    except Exception as error:
        refused = answer(error, {})
        if refused is None or refused.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise
        return refused
    if not isinstance(given, Response):
        return given
    content = JSONRenderer().render(given.data)
    return HttpResponse(content, status=given.status_code, content_type="application/json")
