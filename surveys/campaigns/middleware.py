"""What a session by a personal link is good for: one assignment, and not for signing."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from surveys.campaigns.models import AccessLink
from surveys.campaigns.services.links import LinkEnded, person_of_link
from surveys.common.permissions import Permission
from surveys.common.restricted import SESSION_KEY

PERMITTED: Final = {
    Permission.ASSIGNMENT_VIEW,
    Permission.RESPONSE_VIEW,
    Permission.RESPONSE_COMMENT,
    Permission.RESPONSE_EDIT,
    Permission.RESPONSE_SEND,
}
"""What the link's holder may do with the assignment; all else needs the full sign-in."""
PLACE: Final = "assignments/<int:pk>/"
ALWAYS: Final = {"account_logout", "set_language"}


class RestrictedSessionMiddleware:
    """Outside of its assignment, the person of a restricted session is nobody.

    So every other page asks for the full sign-in, which ends the restriction. The link is asked at
    every request: revoked or expired, or its person's membership ended, it opens nothing any more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        _args: Any,
        kwargs: dict[str, Any],
    ) -> None:
        """Judge the address before its view does."""
        restriction = request.session.get(SESSION_KEY)
        if restriction is None:
            return
        match = request.resolver_match
        assert match is not None, "a view is about to be called"
        if match.view_name in ALWAYS:
            return
        view_class = getattr(view, "view_class", None)
        permission = getattr(view_class, "permission_required", None)
        inside = _assignment(view_class, match.route, kwargs) == restriction["assignment"]
        if inside and permission in PERMITTED and _holds(request, restriction["link"]):
            request.restricted = True  # type: ignore[attr-defined]  # our attribute
        else:
            request.user = AnonymousUser()


def _assignment(view_class: Any, route: str, kwargs: dict[str, Any]) -> int | None:
    """To which assignment an address belongs: it says so itself, or its view does."""
    if route.startswith(PLACE):
        number: int = kwargs["pk"]
        return number
    belongs: Callable[..., int | None] | None = getattr(view_class, "assignment_of", None)
    return belongs(**kwargs) if belongs else None


def _holds(request: HttpRequest, link_id: int) -> bool:
    link = AccessLink.objects.filter(pk=link_id).first()
    if link is None:
        return False
    at = getattr(request, "received_at", None) or timezone.now()
    try:
        return person_of_link(link, at=at) == request.user
    except LinkEnded:
        return False
