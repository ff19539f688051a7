"""Refusals in the domain's words."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A refusal: a stable ``code`` for machines, a message for people, details for both.

    Subclass it once per refusal, beside the function that raises it. ``status`` is the HTTP status
    that interfaces answer with.
    """

    code = "refused"
    message: str | Promise = _("This cannot be done.")
    status = 409

    def __init__(self, message: str = "", **details: Any) -> None:
        super().__init__(message or str(self.message))
        self.details: Mapping[str, Any] = details
