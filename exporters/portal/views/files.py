"""The files that stand with a data set, and what is told of data sets to open-data portals."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from analytics.releases.queries import catalogue
from exporters.codebooks.dcat import as_json_ld, as_turtle, catalogue_graph, record_graph
from exporters.codebooks.dcat.graph import Thing
from exporters.codebooks.dcat.releases import catalogue_of, record_of
from exporters.order import Wish
from exporters.orders.services import ExportUnknown, request_export
from exporters.portal.files import named
from exporters.portal.pages import address_of
from exporters.portal.views.base import OfDataSet, TakenAlong
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.organisations.queries import department
from surveys.organisations.requests import person_of


class DataFileView(TakenAlong):
    """Asks for a file of a data set."""

    @property
    def comes_back(self) -> str:
        """The data set."""
        return f"{address_of(self.release)}#files"

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The page of exports tells how far the file is. Raises ExportUnknown for another name."""
        name, file_format = request.POST.get("name", ""), request.POST.get("format", "")
        if named(name, file_format) is None:
            raise ExportUnknown
        wish = Wish(name=name, format=file_format, language=request.LANGUAGE_CODE)
        request_export(subject=self.release, wish=wish, actor=person_of(request), at=self.at)
        messages.success(request, _("The file is being made. You may leave this page."))
        return redirect("export_list")


WRITERS: Final[Mapping[str, tuple[Callable[[Sequence[Thing]], bytes], str]]] = {
    "jsonld": (as_json_ld, "application/ld+json"),
    "ttl": (as_turtle, "text/turtle; charset=utf-8"),
}
"""The forms of a DCAT-AP record, each with its media type."""


class RecordView(OfDataSet):
    """What is told of a data set to open-data portals, as DCAT-AP."""

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """In the form that the address names."""
        return _written(record_graph(record_of(self.release)), self.kwargs["suffix"])


class CatalogueRecordView(PermissionMixin):
    """All data sets with the catalogue, as DCAT-AP."""

    permission_required = Permission.PUBLIC

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """In the form that the address names."""
        told = catalogue_of(catalogue(), department())
        return _written(catalogue_graph(told), self.kwargs["suffix"])


def _written(things: Sequence[Thing], suffix: str) -> HttpResponse:
    if suffix not in WRITERS:
        raise Http404
    write, content_type = WRITERS[suffix]
    return HttpResponse(write(things), content_type=content_type)
