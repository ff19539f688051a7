"""Every error of the API as RFC 9457 problem JSON: a type, a title, a status, and where it lies."""

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions

from surveys.common.errors import DomainError

CONTENT_TYPE: Final = "application/problem+json"
TYPE: Final = "urn:khao-sat-so:problem:"
PARAMETERS: Final = "parameters"
"""Where a ValidationError about the query of an address keeps its errors."""


class Unprocessable(exceptions.ValidationError):
    """What was sent is readable, and not what the address takes."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY


class TooLarge(exceptions.APIException):
    """A body beyond what the API takes."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"


class Precondition(exceptions.APIException):
    """The representation is not the one that the client has seen."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    default_code = "precondition_failed"


class ScopeMissing(exceptions.PermissionDenied):
    """The token is not good for this."""

    default_code = "scope_missing"

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope


def problem(status: int, code: str, title: str, **more: Any) -> HttpResponse:
    """A problem as an answer; ``more`` are its further members, those that are empty left out."""
    body = {name: value for name, value in more.items() if value}
    body |= {"type": f"{TYPE}{code}", "title": title, "status": int(status), "code": code}
    text = json.dumps(body, cls=_Encoder, ensure_ascii=True)
    return HttpResponse(text, status=status, content_type=CONTENT_TYPE)


class _Encoder(DjangoJSONEncoder):
    """Details of refusals are of any type; what JSON does not have goes as its words."""

    def default(self, o: Any) -> Any:
        try:
            return super().default(o)
        except TypeError:
            return str(o)


def answer(error: Exception, _context: Mapping[str, Any]) -> HttpResponse | None:
    """The answer to an exception of a view; None for failures of ours, which are no problem of the
    client's.
    """
    match error:
        case DomainError():
            return problem(error.status, error.code, str(error), **_members(error.details))
        case Http404() | exceptions.NotFound():
            return not_found()
        case exceptions.ValidationError():
            return _invalid(error)
        case PermissionDenied():
            return _api_problem(exceptions.PermissionDenied())
        case exceptions.APIException():
            return _api_problem(error)
        case _:
            return None


def not_found() -> HttpResponse:
    """There is nothing here, or nothing that the caller may know of."""
    title = _("There is nothing here, or it belongs to somebody else.")
    return problem(HTTPStatus.NOT_FOUND, "not_found", title)


_RESERVED: Final = {"type", "title", "status", "code"}


def _members(details: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in details.items() if name not in _RESERVED}


def _titles() -> dict[str, str]:
    return {
        "parse_error": _("The body is no JSON that can be read."),
        "not_authenticated": _("Send a token: Authorization: Bearer …"),
        "authentication_failed": _("The token is unknown, revoked or has run out."),
        "permission_denied": _("You may not do this."),
        "scope_missing": _("The token is not good for this. Make one with the scope."),
        "method_not_allowed": _("This address does not take the method."),
        "not_acceptable": _("The API answers in JSON. Ask for application/json."),
        "unsupported_media_type": _("Send the body as application/json."),
        "throttled": _("Too many requests. Wait, then go on."),
        "too_large": _("The body is too large. Send it in parts."),
        "precondition_failed": _("It has changed since you read it. Read it again."),
    }


def _api_problem(error: exceptions.APIException) -> HttpResponse:
    code = str(error.default_code)
    more: dict[str, Any] = {}
    if isinstance(error, exceptions.ParseError):
        more["detail"] = str(error.detail)
    if isinstance(error, ScopeMissing):
        more["scope"] = error.scope
    known = _titles()
    title = known.get(code) or str(error.detail)
    response = problem(error.status_code, code, title, **more)
    if header := getattr(error, "auth_header", ""):
        response["WWW-Authenticate"] = header
    if isinstance(error, ScopeMissing):
        challenge = f'Bearer realm="api", error="insufficient_scope", scope="{error.scope}"'
        response["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        response["Retry-After"] = str(max(1, round(wait)))
    return response


def _invalid(error: exceptions.ValidationError) -> HttpResponse:
    detail = error.detail
    is_query = isinstance(detail, Mapping) and set(detail) == {PARAMETERS}
    if is_query:
        assert isinstance(detail, Mapping)
        found = [
            {"parameter": name.strip("/"), "detail": text, "code": code}
            for name, text, code in _leaves(detail[PARAMETERS], "")
        ]
        title = _("A parameter of the address cannot be followed.")
    else:
        found = [
            {"pointer": pointer, "detail": text, "code": code}
            for pointer, text, code in _leaves(detail, "")
        ]
        title = _("What was sent does not fit.")
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", title, errors=found)


def _leaves(detail: Any, pointer: str) -> Iterator[tuple[str, str, str]]:
    """Each error with its JSON pointer (RFC 6901), its words and its code."""
    if isinstance(detail, Mapping):
        for name, below in detail.items():
            is_whole = name == "non_field_errors"
            yield from _leaves(below, pointer if is_whole else f"{pointer}/{_escaped(str(name))}")
    elif isinstance(detail, list):
        for number, below in enumerate(detail):
            is_text = isinstance(below, exceptions.ErrorDetail)
            yield from _leaves(below, pointer if is_text else f"{pointer}/{number}")
    else:
        yield pointer, str(detail), str(getattr(detail, "code", "invalid"))


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
