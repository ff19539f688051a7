"""Strong entity tags: the hash of the very bytes of a representation."""

import hashlib
import re
from http import HTTPStatus
from typing import Final

from django.http import HttpResponse
from rest_framework.request import Request

SAFE: Final = {"GET", "HEAD"}
TAGS: Final = re.compile(r'(?:W/)?"[^"]*"')


def tag_of(content: bytes) -> str:
    """The strong tag of a representation."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def conditional(request: Request, response: HttpResponse) -> HttpResponse:
    """The answer with its tag; 304 without a body where the client has these bytes already."""
    if request.method not in SAFE or response.status_code != HTTPStatus.OK:
        return response
    response["ETag"] = tag_of(response.content)
    if not _names(request.headers.get("If-None-Match", ""), response["ETag"], is_weak=True):
        return response
    unchanged = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    for name in ("ETag", "Vary", "Cache-Control", "Link", "Content-Language"):
        if name in response:
            unchanged[name] = response[name]
    return unchanged


def matches(request: Request, content: bytes) -> bool:
    """Whether If-Match, where it was sent, names this representation (strong comparison)."""
    header = request.headers.get("If-Match")
    return header is None or _names(header, tag_of(content), is_weak=False)


def _names(header: str, tag: str, *, is_weak: bool) -> bool:
    if header.strip() == "*":
        return True
    given: list[str] = TAGS.findall(header)
    return tag in ([each.removeprefix("W/") for each in given] if is_weak else given)
