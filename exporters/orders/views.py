"""Pages of the exports: asking, following, stopping, fetching one's own files."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView

from exporters.files import FORMATS
from exporters.order import Wish
from exporters.orders import links, menu, places, services
from exporters.orders.models import Export
from exporters.orders.pages import rows_of
from exporters.orders.queries import exports_of
from exporters.orders.wording import moment
from exporters.registry import Exporter, exporter_named
from surveys.campaigns.models import Round
from surveys.campaigns.pages import round_crumbs
from surveys.campaigns.tabs import round_tabs
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView, PermissionMixin
from surveys.organisations.requests import person_of


class RoundExportView(PermissionMixin, TemplateView):
    """The files that a person may ask for of a round; a POST asks for one."""

    permission_required = Permission.RESULTS_VIEW
    template_name = "exporters/export_menu.html"

    @cached_property
    def round(self) -> Round:
        """The round, if the reader may see it."""
        visible = Round.objects.visible_to(person_of(self.request))
        return get_object_or_404(
            visible.select_related("campaign__owner", "version"), code=self.kwargs["code"]
        )

    def get_permission_object(self) -> Round:
        """The round."""
        return self.round

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What can be asked for, by what it holds."""
        person = person_of(self.request)
        return super().get_context_data(
            round=self.round,
            sections=menu.sections(self.round, person),
            languages=menu.LANGUAGES,
            crumbs=[*round_crumbs(self.round), (_("Export"), "")],
            tabs=round_tabs(self.round, person, "round_export"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Ask; the page of exports shows how far it is. What the menu does not offer is refused."""
        person = person_of(request)
        exporter = self._exporter()
        subject = menu.subject_of(exporter, self.round, person, request.POST.get("subject", ""))
        try:
            options = menu.options_of(exporter, subject, request.POST.get("unit", ""))
        except menu.UnitMissing as refusal:
            messages.error(request, str(refusal))
            return redirect("round_export", code=self.round.code)
        wish = Wish(
            name=exporter.name,
            format=self._chosen_format,
            language=menu.language_of(request.POST.get("language", request.LANGUAGE_CODE)),
            options=options,
        )
        export = services.request_export(subject=subject, wish=wish, actor=person, at=self.at)
        if export.requested_at < self.at:
            same = _("You have asked for this file before. It is the same data as at %(when)s.")
            messages.info(request, same % {"when": moment(export.as_of)})
        else:
            messages.success(request, _("The file is being made. You may leave this page."))
        return redirect("export_list")

    @property
    def _chosen_format(self) -> str:
        return self.request.POST.get("format", "xlsx")

    def _exporter(self) -> Exporter:
        try:
            return exporter_named(self.request.POST.get("name", "round"), self._chosen_format)
        except KeyError as error:
            raise services.ExportUnknown from error


class ExportListView(PermissionMixin, ListView[Export]):
    """A person's own files with their progress."""

    permission_required = Permission.SIGNED_IN
    template_name = "exporters/export_list.html"
    context_object_name = "exports"
    paginate_by = 25

    def get_queryset(self) -> QuerySet[Export]:
        """One's own only."""
        return exports_of(person_of(self.request)).order_by("-requested_at", "-pk")

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
        """The rows, and whether something is still being made, so that the page keeps asking."""
        context = super().get_context_data(**kwargs)
        context["rows"] = rows_of(list(context["exports"]), at=self.at)
        context["is_pending"] = any(row.is_pending for row in context["rows"])
        context["topic"] = f"exports:{person_of(self.request).pk}"
        context["address"] = (
            f"{self.request.path}?{urlencode({'page': context['page_obj'].number})}"
        )
        context["crumbs"] = [(_("Exports"), "")]
        return context


class OwnExportMixin(PermissionMixin):
    """A page or act of one of one's own exports; everybody else's do not exist."""

    permission_required = Permission.SIGNED_IN

    @cached_property
    def export(self) -> Export:
        """The export."""
        return get_object_or_404(exports_of(person_of(self.request)), pk=self.kwargs["pk"])

    def get_permission_object(self) -> Export:
        """The export."""
        return self.export

    def get_success_url(self, _target: Any) -> str:
        """The list."""
        return reverse("export_list")


class ExportCancelView(OwnExportMixin, ObjectActionView):
    """Stops the making of a file."""

    success_message = gettext_lazy("The work is stopped; nothing of it is kept.")

    def perform(self, target: Export) -> None:
        """Stop it."""
        services.cancel(target, actor=person_of(self.request), at=self.at)


class ExportRetryView(OwnExportMixin, ObjectActionView):
    """Asks once more for a file that is not there."""

    success_message = gettext_lazy("The file is being made. You may leave this page.")

    def perform(self, target: Export) -> None:
        """Ask anew."""
        services.retry(target, at=self.at)


class ExportDownloadView(OwnExportMixin):
    """Gives a short-lived link to who may have the file now."""

    permission_required = Permission.EXPORT_DOWNLOAD

    def get_permission_object(self) -> Export:
        """The export; it is not there for who has lost the right."""
        if not self.request.user.has_perm(Permission.EXPORT_DOWNLOAD, self.export):
            raise Http404
        return self.export

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """On to the link; refused in words where the file is not there."""
        services.refuse_missing(self.export, at=self.at)
        return redirect("export_file", links.token_for(self.export, person_of(request)))


class ExportFileView(PermissionMixin):
    """The file behind a short-lived link, to the person it was made for."""

    permission_required = Permission.SIGNED_IN

    def get(self, request: HttpRequest, *_args: Any, **kwargs: Any) -> HttpResponseBase:
        """The file, as an attachment that stays in no cache. Whatever stands in the way of it, the
        link leads nowhere."""
        person = person_of(request)
        try:
            claim = links.read(kwargs["token"])
        except links.LinkDead as error:
            raise Http404 from error
        if claim.user != person.pk:
            raise Http404
        export = get_object_or_404(exports_of(person), pk=claim.export, sha256=claim.sha256)
        try:
            path = services.fetch(export, actor=person, at=self.at)
        except DomainError as error:
            raise Http404 from error
        answer = FileResponse(
            path.open("rb"),
            as_attachment=True,
            filename=places.file_name(export),
            content_type=FORMATS[export.format].content_type,
        )
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Accept-Ranges"] = "none"
        answer["Cache-Control"] = "private, no-store"
        return answer
