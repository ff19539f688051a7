"""What every view is built on: a named permission, one service call."""

from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.views import View

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission


class PermissionMixin(View):
    """Asks the matrix before the view runs.

    ``permission_required`` names a row; ``get_permission_object`` gives the object it is asked of
    (``None`` for permissions over no single object). Objects come from ``visible_to`` querysets, so a
    stranger gets 404; one who sees but may not act gets 403.
    """

    permission_required: ClassVar[Permission]

    def get_permission_object(self) -> Any:
        """The object the permission is asked of."""
        return None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        permission = self.permission_required
        if permission is Permission.PUBLIC:
            return super().dispatch(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return redirect_to_login(self._page_after_signing_in(request))
        self.request, self.args, self.kwargs = request, args, kwargs
        if permission is not Permission.SIGNED_IN and not request.user.has_perm(
            permission, self.get_permission_object()
        ):
            raise PermissionDenied
        answer = super().dispatch(request, *args, **kwargs)
        # Pages of signed-in people stay in no cache, also not for the Back button after signing out.
        add_never_cache_headers(answer)
        return answer

    def _page_after_signing_in(self, request: HttpRequest) -> str:
        """The page itself; of an address that only takes what is sent, the page it was sent from."""
        if hasattr(self, "get"):
            return request.get_full_path()
        sent_from = urlsplit(request.headers.get("Referer", ""))
        if sent_from.netloc != request.get_host():
            return resolve_url(settings.LOGIN_REDIRECT_URL)
        return urlunsplit(("", "", sent_from.path, sent_from.query, ""))

    @property
    def at(self) -> datetime:
        """When the request arrived."""
        received: datetime = self.request.received_at  # type: ignore[attr-defined]  # middleware
        return received


class ObjectActionView(PermissionMixin):
    """A POST that calls one service on one object, then goes on with a message."""

    success_message: ClassVar[str | Promise] = ""

    def perform(self, target: Any) -> None:
        """Call the service."""
        raise NotImplementedError

    def get_success_url(self, target: Any) -> str:
        """Where to go after success or refusal."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Perform; a refusal becomes a message on the same page."""
        target = self.get_permission_object()
        try:
            self.perform(target)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            if self.success_message:
                messages.success(request, str(self.success_message))
        return redirect(self.get_success_url(target))
