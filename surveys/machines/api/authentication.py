"""Who sends a request: a program with a token, or a person's own browser."""

from typing import Any

from rest_framework import exceptions
from rest_framework.authentication import (
    BaseAuthentication,
    SessionAuthentication,
    get_authorization_header,
)
from rest_framework.request import Request

from surveys.machines.models import ApiToken
from surveys.machines.queries import token_by_secret
from surveys.machines.services import note_use
from surveys.organisations.models import User
from surveys.organisations.rules import act_for


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer <secret>``.

    A header that is there and opens nothing is refused; a session beside it is not asked then.
    """

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The token's person, narrowed to the token's agency, and the token."""
        parts = get_authorization_header(request).split()
        if not parts:
            return None
        if len(parts) != 2 or parts[0].lower() != b"bearer":
            raise exceptions.AuthenticationFailed
        return opened(parts[1].decode("latin-1"), request)

    def authenticate_header(self, _request: Request) -> str:
        """What a program is to send."""
        return 'Bearer realm="api"'


def opened(secret: str, request: Request) -> tuple[User, ApiToken]:
    """The person of a secret, narrowed to the token's agency, and the token.

    Raises AuthenticationFailed where the secret opens nothing.
    """
    at = request.received_at  # type: ignore[attr-defined]  # of our middleware
    token = token_by_secret(secret, at=at)
    if token is None:
        raise exceptions.AuthenticationFailed
    if token.agency is not None:
        act_for(token.owner, token.agency)
    note_use(token, at=at)
    return token.owner, token


class BrowserAuthentication(SessionAuthentication):
    """The session of a signed-in person, for looking around; what changes something needs the CSRF
    token as everywhere else, and a session by a personal link is nobody's here.
    """

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        """The signed-in person."""
        user: Any = getattr(request._request, "user", None)  # noqa: SLF001  (as theirs does)
        if not isinstance(user, User) or not user.is_active:
            return None
        self.enforce_csrf(request)
        return user, None
