"""What every OpenRosa address is built on: a token in the address or by HTTP Basic, XML, one envelope."""

import base64
import binascii
import json
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from surveys.common.permissions import Permission
from surveys.machines.api import problems
from surveys.machines.api.authentication import opened
from surveys.machines.api.base import ApiView
from surveys.machines.models import ApiToken
from surveys.openrosa.documents import CONTENT_TYPE, envelope
from surveys.organisations.models import User
from surveys.responses.services.drafts import AnswersLocked, RoundClosedForEditing

VERSION: Final = "1.0"
REALM: Final = 'Basic realm="Khao sat so", charset="UTF-8"'


class DeviceAuthentication(BaseAuthentication):
    """The token stands in the address, or is the password of HTTP Basic beside its person's e-mail."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The token's person, narrowed to the token's agency, and the token."""
        if secret := request.parser_context["kwargs"].get("token"):
            return opened(secret, request)
        parts = get_authorization_header(request).split()
        if not parts:
            return None
        if len(parts) != 2 or parts[0].lower() != b"basic":
            raise exceptions.AuthenticationFailed
        try:
            plain = base64.b64decode(parts[1], validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise exceptions.AuthenticationFailed from None
        email, _colon, secret = plain.partition(":")
        person, token = opened(secret, request)
        if person.email.casefold() != email.strip().casefold():
            raise exceptions.AuthenticationFailed
        return person, token

    def authenticate_header(self, _request: Request) -> str:
        """What a device is to send."""
        return REALM


class XmlRenderer(BaseRenderer):
    """Names the type; the views write their documents themselves."""

    media_type = "text/xml"
    format = "xml"
    charset = "utf-8"

    def render(self, data: Any, *_args: Any, **_kwargs: Any) -> bytes:
        """Bytes as they are."""
        return bytes(data)


class OneType(BaseContentNegotiation):
    """Devices get what there is, whatever they say that they accept."""

    def select_parser(self, request: Request, parsers: Iterable[Any]) -> Any:
        """The parser of what was sent; None for another type."""
        content_type = (request.content_type or "").partition(";")[0].strip().lower()
        return next((each for each in parsers if each.media_type == content_type), None)

    def select_renderer(
        self, _request: Request, renderers: Iterable[Any], _suffix: str | None = None
    ) -> tuple[Any, str]:
        """The only one."""
        only = next(iter(renderers))
        return only, only.media_type


class OpenRosaView(ApiView):
    """An address that a device asks. What it adds to the address and nobody knows is passed over."""

    authentication_classes = (DeviceAuthentication,)  # type: ignore[assignment]  # no browsers here
    renderer_classes = (XmlRenderer,)  # type: ignore[assignment]  # no JSON here
    content_negotiation_class = OneType
    permission_required = Permission.SIGNED_IN
    schema = None
    http_method_names = ["get", "head", "post"]

    @property
    def parameters(self) -> dict[str, Any]:
        """Read by the views that have any."""
        return {}

    def address(self, name: str, **arguments: Any) -> str:
        """The absolute address of a name, with the token in it where the device sent it so."""
        token = {"token": self.kwargs["token"]} if "token" in self.kwargs else {}
        return self.request.build_absolute_uri(reverse(name, kwargs=token | arguments))

    def get_exception_handler(self) -> Callable[[Exception, Any], Any]:
        """Every refusal is a message for whoever holds the device."""
        return answered

    def finalize_response(  # type: ignore[override]  # as ApiView
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """The headers that OpenRosa asks for."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["X-OpenRosa-Version"] = VERSION
        answer["X-OpenRosa-Accept-Content-Length"] = str(settings.OPENROSA_MOST_BYTES)
        answer["Date"] = http_date()
        # The address can have the secret in it: nobody is to be told where a page came from.
        answer["Referrer-Policy"] = "no-referrer"
        return answer


def message(text: str, status: int) -> HttpResponse:
    """The envelope with a text."""
    return HttpResponse(envelope(text), status=status, content_type=CONTENT_TYPE)


def answered(error: Exception, context: Any) -> HttpResponse | None:
    """The answer to an exception of a view; None for failures of ours."""
    match error:
        case RequestDataTooBig():
            return message(_("The submission is too large."), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        case SuspiciousOperation() | exceptions.ParseError():
            return message(_("The submission cannot be read."), HTTPStatus.BAD_REQUEST)
        case exceptions.UnsupportedMediaType():
            text = _("Send the submission as multipart/form-data.")
            return message(text, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        case exceptions.NotAuthenticated():
            error = exceptions.AuthenticationFailed()
            error.auth_header = REALM  # type: ignore[attr-defined]  # as REST framework does
        case AnswersLocked() | RoundClosedForEditing():
            return message(str(error), HTTPStatus.FORBIDDEN)
        case Http404():
            error = exceptions.NotFound()
    found = problems.answer(error, context)
    if found is None:
        return None
    answer = message(json.loads(found.content)["title"], found.status_code)
    for name in ("WWW-Authenticate", "Retry-After"):
        if name in found:
            answer[name] = found[name]
    return answer
