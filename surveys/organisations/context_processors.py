"""What the shell of every page shows: who acts for whom, and where one can go."""

from typing import Any

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The entries of the left navigation for the person's roles."""
    return {}
