"""Tokens for tests, and programs that have them."""

import json
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from surveys.machines.enums import Scope
from surveys.machines.models import ApiToken
from surveys.machines.services import TokenWish, make_token
from surveys.organisations.models import Agency, User
from tests.factories import UserFactory

PROBLEM = "application/problem+json"


def token_for(
    user: User | None = None, *scopes: Scope, agency: Agency | None = None, days: int = 30
) -> tuple[ApiToken, str]:
    """A token of the person with its secret; with every scope unless told which."""
    owner, at = user or UserFactory.create(), timezone.now()
    wish = TokenWish(
        name="Kiểm thử",
        scopes=scopes or tuple(Scope),
        expires_at=at + timedelta(days=days),
        agency=agency,
    )
    return make_token(wish, actor=owner, at=at)


class Program:
    """A client with a token; without one, nobody."""

    def __init__(self, secret: str = "") -> None:
        self._client = Client(raise_request_exception=False)
        self._headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def get(self, address: str, **headers: str) -> Any:
        """Read an address."""
        return self._client.get(address, headers=self._headers | _named(headers))

    def send(self, method: str, address: str, body: Any, **headers: str) -> Any:
        """Send a body; text and bytes as they are, anything else as JSON."""
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return self._client.generic(
            method,
            address,
            data,
            content_type=headers.pop("content_type", "application/json"),
            headers=self._headers | _named(headers),
        )


def program(user: User | None = None, *scopes: Scope, agency: Agency | None = None) -> Program:
    """A program with a token of the person."""
    return Program(token_for(user, *scopes, agency=agency)[1])


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
