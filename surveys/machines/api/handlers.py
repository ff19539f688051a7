"""What is answered where no view does: problem JSON below ``/api/``, pages elsewhere."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views import defaults

from surveys.machines.api.problems import not_found, problem

API: str = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request itself is malformed."""
    if request.path.startswith(API):
        title = _("The request cannot be read.")
        return problem(HTTPStatus.BAD_REQUEST, "bad_request", title)
    return defaults.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """May not."""
    if request.path.startswith(API):
        return problem(HTTPStatus.FORBIDDEN, "forbidden", _("You may not do this."))
    return defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is nothing here."""
    if request.path.startswith(API):
        return not_found()
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something failed on our side; the log has it."""
    if request.path.startswith(API):
        title = _("Something failed on our side")
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "failed", title)
    return defaults.server_error(request)
