"""The bell in the shell of every page."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from surveys.inbox.pages import bell_of


def bell(request: HttpRequest) -> dict[str, Any]:
    """The bell; one query is made when a template draws it, none before."""
    return {"bell": SimpleLazyObject(lambda: bell_of(request.user))}
