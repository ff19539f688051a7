"""Pages of the exports: asking, following, fetching one's own files."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import ListView

from exporters.files import FORMATS
from exporters.order import Wish
from exporters.orders import services
from exporters.orders.models import Export
from exporters.orders.queries import exports_of
from surveys.background.enums import JobStatus
from surveys.campaigns.models import Round
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.organisations.requests import person_of


class RoundExportView(PermissionMixin):
    """Asks for the workbook of a round."""

    permission_required = Permission.EXPORT_CREATE

    @cached_property
    def round(self) -> Round:
        """The round, if the reader may see it."""
        return get_object_or_404(
            Round.objects.visible_to(person_of(self.request)), code=self.kwargs["code"]
        )

    def get_permission_object(self) -> Round:
        """The round."""
        return self.round

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Ask; the page of exports shows how far it is."""
        services.request_export(
            subject=self.round,
            wish=Wish(name="round", format="xlsx", language=request.LANGUAGE_CODE),
            actor=person_of(request),
            at=self.at,
        )
        messages.success(request, _("The workbook is being made. You may leave this page."))
        return redirect("export_list")


class ExportListView(PermissionMixin, ListView[Export]):
    """A person's own files with their progress."""

    permission_required = Permission.SIGNED_IN
    template_name = "exporters/export_list.html"
    context_object_name = "exports"
    paginate_by = 25

    def get_queryset(self) -> QuerySet[Export]:
        """One's own only."""
        return exports_of(person_of(self.request))

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """The wanted page, or the nearest there is, as on the other lists."""
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get("page"))
        return paginator, page, page.object_list, page.has_other_pages()

    def get_template_names(self) -> list[str]:
        """The rows alone when htmx asks for them."""
        htmx = getattr(self.request, "htmx", False)
        return ["exporters/export_rows.html"] if htmx else [self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether something is still being made, so that the page keeps asking."""
        context = super().get_context_data(**kwargs)
        pending = {JobStatus.WAITING, JobStatus.RUNNING}
        context["is_pending"] = any(
            export.job and export.job.status in pending for export in context["exports"]
        )
        context["at"] = self.at
        context["crumbs"] = [(_("Exports"), "")]
        return context


class ExportDownloadView(PermissionMixin):
    """Hands a file to its owner."""

    permission_required = Permission.EXPORT_DOWNLOAD

    @cached_property
    def export(self) -> Export:
        """One's own export; everybody else's do not exist."""
        return get_object_or_404(exports_of(person_of(self.request)), pk=self.kwargs["pk"])

    def get_permission_object(self) -> Export:
        """The export."""
        return self.export

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        """The file, as an attachment."""
        path: Path = services.fetch(self.export, actor=person_of(request), at=self.at)
        return FileResponse(
            path.open("rb"),
            as_attachment=True,
            filename=services.file_name(self.export),
            content_type=FORMATS[self.export.format].content_type,
        )
