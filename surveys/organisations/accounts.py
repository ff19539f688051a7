"""Accounts are given, not taken: nobody signs up by themselves."""

from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

REFUSALS: Final[dict[str, str | Promise]] = {
    "email_password_mismatch": _("The e-mail address or the password is wrong."),
    "too_many_login_attempts": _("Too many failed attempts. Try again in five minutes."),
    "account_inactive": _("This account is closed."),
}


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """allauth with sign-up closed and refusals in our words."""

    error_messages = {**DefaultAccountAdapter.error_messages, **REFUSALS}

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Never: administrators create accounts."""
        return False

    def populate_username(self, _request: HttpRequest, _user: Any) -> None:
        """Accounts have no user name."""


class LengthValidator(MinimumLengthValidator):
    """The shortest password allowed; Django says so in English only."""

    def get_error_message(self) -> str:
        """How long it has to be."""
        number = self.min_length
        return ngettext(
            "Use at least %(number)d character.", "Use at least %(number)d characters.", number
        ) % {"number": number}
