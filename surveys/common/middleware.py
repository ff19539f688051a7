"""What every request gets: its time, its id, its language, and refusals as answers."""

import logging
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation

from surveys.common.errors import DomainError
from surveys.common.request_ids import CURRENT

GetResponse = Callable[[HttpRequest], HttpResponse]

logger = logging.getLogger(__name__)


class ReceivedAtMiddleware:
    """Takes the time once, when the headers arrive, as ``request.received_at``.

    A trusted proxy may hand over the time it saw (``X-Request-Start: t=<seconds>``), so that a queue
    before the process does not make anybody late.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.received_at = _received_at(request)  # type: ignore[attr-defined]  # our attribute
        request.request_id = uuid.uuid4().hex[:16]  # type: ignore[attr-defined]  # our attribute
        token = CURRENT.set(request.request_id)  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
        finally:
            CURRENT.reset(token)
        response["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        return response


def _received_at(request: HttpRequest) -> datetime:
    header = request.headers.get("X-Request-Start", "")
    if header.startswith("t=") and request.META.get("REMOTE_ADDR") in settings.TRUSTED_PROXIES:
        try:
            return datetime.fromtimestamp(float(header[2:]), tz=UTC)
        except (ValueError, OverflowError, OSError):
            logger.warning("The proxy's X-Request-Start is unreadable: %r", header)
    return timezone.now()


class LanguageMiddleware:
    """Vietnamese unless the reader chose otherwise; the browser's language is not asked.

    Django's own middleware follows the browser, and an English browser would then refuse ``1.234,5``.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.setdefault("Content-Language", language)
        return response


class DomainErrorMiddleware:
    """Turns a refusal that no view handled into an answer with its status, in words."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page, or RFC 9457 JSON where JSON is wanted; other exceptions are not ours."""
        if not isinstance(exception, DomainError):
            return None
        if request.accepts("text/html"):
            return render(request, "refusal.html", {"refusal": exception}, status=exception.status)
        problem = {
            **exception.details,
            "type": f"about:blank#{exception.code}",
            "title": str(exception),
            "status": exception.status,
            "code": exception.code,
        }
        return JsonResponse(
            problem, status=exception.status, content_type="application/problem+json"
        )
