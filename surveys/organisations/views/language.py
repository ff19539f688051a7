"""The reader's choice of language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin

A_YEAR = 365 * 24 * 60 * 60


class SetLanguageView(PermissionMixin):
    """Keeps the chosen language in a cookie and goes back where the reader was."""

    permission_required = Permission.PUBLIC
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """An unknown language changes nothing; a foreign ``next`` leads to the first page."""
        response = HttpResponseRedirect(_way_back(request))
        language = request.POST.get("language", "")
        if language in dict(settings.LANGUAGES):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                language,
                max_age=A_YEAR,
                secure=request.is_secure(),
                httponly=True,
                samesite="Lax",
            )
        return response


def _way_back(request: HttpRequest) -> str:
    for url in (request.POST.get("next"), request.headers.get("Referer")):
        if url and url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            return url
    return "/"
