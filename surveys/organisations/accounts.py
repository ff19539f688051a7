"""Accounts are given, not taken: nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """allauth with sign-up closed."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Never: administrators create accounts."""
        return False

    def populate_username(self, _request: HttpRequest, _user: Any) -> None:
        """Accounts have no user name."""
