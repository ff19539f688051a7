"""What the pages of a data set share."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property

from analytics.releases.models import Release
from exporters.portal import queries
from exporters.portal.views.terms import terms_address
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin


class OfDataSet(PermissionMixin):
    """A page of one publication; what was never published does not exist here."""

    permission_required = Permission.PUBLIC

    @cached_property
    def release(self) -> Release:
        """The publication that the address names."""
        found = queries.data_set(self.kwargs["code"], self.kwargs["number"])
        if found is None:
            raise Http404
        return found

    def get_permission_object(self) -> Release:
        """The publication."""
        return self.release


class UnderTerms(OfDataSet):
    """Whoever takes something along has accepted the terms of use; who has not is asked to before.

    ``comes_back`` is where they go on from there: a file is asked for by a POST, which has no page.
    """

    permission_required = Permission.DATASET_TABULATE

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not queries.has_accepted(request.user):
            self.request, self.args, self.kwargs = request, args, kwargs
            return redirect(terms_address(self.comes_back))
        return super().dispatch(request, *args, **kwargs)

    @property
    def comes_back(self) -> str:
        """Where the person goes on after accepting."""
        return self.request.get_full_path()


class TakenAlong(UnderTerms):
    """Asks for a file by a POST. Whoever had to sign in first comes back to its address by a GET, and goes
    on where the file is offered."""

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Where the file is offered."""
        return redirect(self.comes_back)
