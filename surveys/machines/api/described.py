"""Security in the OpenAPI document, as the views name it."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from surveys.common.permissions import Permission
from surveys.machines.api.authentication import BrowserAuthentication, TokenAuthentication
from surveys.machines.api.permissions import Guarded


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # their base
    """A token in the header."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, _auto_schema: AutoSchema) -> dict[str, Any]:
        """A bearer token."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token made under “API access tokens”. It acts for its person within "
            "the scopes that it was given. The scope of each operation stands beside the scheme.",
        }


class BrowserScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # their base
    """The session of a browser."""

    target_class = BrowserAuthentication
    name = "session"

    def get_security_definition(self, _auto_schema: AutoSchema) -> dict[str, Any]:
        """The cookie of a signed-in person."""
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "A person's own browser, for looking around. What changes something "
            "needs the CSRF token in X-CSRFToken too.",
        }


class DescribedSchema(AutoSchema):
    """What an operation takes and gives is said by ``schema.operation``; security by its view."""

    def get_auth(self) -> list[dict[str, list[str]]]:
        """A token with the scope, or a session; nothing for what is public."""
        guarded: Guarded = self.view  # type: ignore[assignment]  # every address is an ApiView
        need = guarded.need_of(self.method)
        super().get_auth()  # registers the schemes
        found: list[dict[str, list[str]]] = [{"token": [need.scope.value]}, {"session": []}]
        return [{}, *found] if need.permission is Permission.PUBLIC else found
