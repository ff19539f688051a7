"""A table that fills in answers: sent, looked through, applied."""

from collections import Counter
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from surveys.background.enums import PENDING
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Assignment
from surveys.campaigns.pages import round_crumbs
from surveys.campaigns.queries import versions_asked
from surveys.campaigns.tabs import round_tabs
from surveys.campaigns.views.rounds import RoundMixin
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.engine.uploaded import fillable_paths
from surveys.organisations.models import Agency
from surveys.organisations.requests import person_of
from surveys.questionnaires.queries import form_of
from surveys.rendering import name_of
from surveys.responses.prefilled.models import PrefillUpload, PrefillValue
from surveys.responses.prefilled.queries import filling_of
from surveys.responses.prefilling import services
from surveys.responses.prefilling.forms import PrefillFileForm
from surveys.responses.prefilling.lines import TAKEN, VERDICTS, Line, Verdict, line_from
from surveys.xlsform.precheck import MAX_FILE_BYTES
from surveys.xlsform.workbook import Sheet
from surveys.xlsform.writing.package import pack

PAGE_SIZE: Final = 50
SHOWN_UPLOADS: Final = 10
MOST_COLUMNS: Final = 200
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PrefillMixin(RoundMixin):
    """A page of a round about what is filled in beforehand."""

    permission_required = Permission.ROUND_PREFILL

    def get_round_context(self) -> dict[str, Any]:
        """The round's pages beside this one."""
        return super().get_round_context() | {
            "is_over": self.round.status not in {RoundStatus.PLANNED, RoundStatus.OPEN},
            "tabs": round_tabs(self.round, self.request.user, "round_prefill"),
        }


class RoundPrefillView(PrefillMixin, FormView[PrefillFileForm]):
    """Send a table; the next page shows what it would fill in, and nothing has changed yet."""

    template_name = "responses/prefill.html"
    form_class = PrefillFileForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, the tables sent before, and the names by which questions go."""
        return super().get_context_data(
            **self.get_round_context(),
            uploads=PrefillUpload.objects.filter(round=self.round)
            .defer("lines")
            .select_related("created_by")[:SHOWN_UPLOADS],
            stored=PrefillValue.objects.filter(round=self.round).count(),
            columns=self._columns(),
            **kwargs,
        )

    def form_valid(self, form: PrefillFileForm) -> HttpResponse:
        """Keep what the table says, or say why the file is none."""
        file = form.cleaned_data["file"]
        try:
            upload = services.keep_prefill(
                self.round,
                data=file.read(MAX_FILE_BYTES + 1),
                filename=file.name,
                actor=person_of(self.request),
                at=self.at,
            )
        except DomainError as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        return redirect("prefill_preview", self.round.code, upload.pk)

    def form_invalid(self, form: PrefillFileForm) -> HttpResponse:
        """The form again, with its errors."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _columns(self) -> list[tuple[str, str]]:
        """The headings that are understood, with the words of their questions."""
        found: dict[str, str] = {}
        for version in versions_asked(self.round):
            form = form_of(version)
            for path in fillable_paths(form):
                element = form.element(path.rpartition("/")[2])
                found.setdefault(path, name_of(form, element, self.request.LANGUAGE_CODE))
        return list(found.items())[:MOST_COLUMNS]


class PrefillPreviewView(PrefillMixin, TemplateView):
    """What the table would fill in, cell by cell, and the button that does it."""

    template_name = "responses/prefill_preview.html"

    @cached_property
    def upload(self) -> PrefillUpload:
        """The table of the address."""
        return get_object_or_404(PrefillUpload, round=self.round, pk=self.kwargs["upload"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Counts by verdict and one page of the chosen lines."""
        counts = Counter(data["verdict"] for data in self.upload.lines)
        chosen = self.request.GET.get("verdict", "")
        rows = [
            data
            for verdict in VERDICTS
            for data in self.upload.lines
            if data["verdict"] == verdict
            and (chosen == verdict if chosen else verdict is not Verdict.UNCHANGED)
        ]
        page = Paginator(rows, PAGE_SIZE).get_page(self.request.GET.get("page"))
        lines = [line_from(data) for data in page]
        job = filling_of(self.upload)
        crumbs = round_crumbs(self.round)
        overview = (crumbs[-1][0], reverse("round_overview", args=[self.round.code]))
        listed = (_("Filled in beforehand"), reverse("round_prefill", args=[self.round.code]))
        context = self.get_round_context() | {
            "crumbs": [*crumbs[:-1], overview, listed, (self.upload.filename, "")],
            "upload": self.upload,
            "counts": [(each.value, word, counts[each.value]) for each, word in VERDICTS.items()],
            "todo": sum(counts[each.value] for each in TAKEN),
            "chosen": chosen,
            "page_obj": page,
            "lines": _with_names(lines),
            "job": job,
            "is_pending": job is not None and job.status in PENDING,
        }
        return super().get_context_data(**(kwargs | context))

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Apply it in one act."""
        try:
            services.apply_prefill(self.upload, actor=person_of(request), at=self.at)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request, _("The answers are being filled in. You may leave this page.")
            )
        return redirect("prefill_preview", self.round.code, self.upload.pk)


class PrefillSampleView(PrefillMixin, View):
    """An empty table: those who are asked, below the names of the questions."""

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """The file, written without openpyxl."""
        paths = dict.fromkeys(
            path
            for version in versions_asked(self.round)
            for path in fillable_paths(form_of(version))
        )
        headings = [_("Agency code"), _("Agency"), *list(paths)[:MOST_COLUMNS]]
        asked = Assignment.objects.filter(round=self.round).select_related("agency")
        blank = [""] * (len(headings) - 2)
        rows = [
            [each.agency.key, each.agency.localised_name, *blank]
            for each in asked.order_by("agency__official_order", "pk")
        ]
        return HttpResponse(
            pack([Sheet("prefill", [headings, *rows])]),
            content_type=XLSX,
            headers={"Content-Disposition": 'attachment; filename="prefill.xlsx"'},
        )


def _with_names(lines: list[Line]) -> list[tuple[Line, str]]:
    """The lines of a page with the names of their agencies; one query."""
    wanted = {line.agency for line in lines if line.agency}
    agencies = {each.key: each.localised_name for each in Agency.objects.filter(key__in=wanted)}
    return [(line, agencies.get(line.agency, line.agency)) for line in lines]
