"""A list of people: sent, looked through, applied; what was refused comes back as a file."""

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

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.organisations import services
from surveys.organisations.enums import MembershipRole
from surveys.organisations.forms import PeopleFileForm
from surveys.organisations.models import PeopleUpload
from surveys.organisations.people_files import SPOKEN, PeopleFileUnreadable
from surveys.organisations.people_judging import VERDICTS, Judged, Verdict, judge
from surveys.organisations.requests import person_of
from surveys.xlsform.precheck import MAX_FILE_BYTES
from surveys.xlsform.workbook import Sheet
from surveys.xlsform.writing.package import pack

PAGE_SIZE: Final = 50
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PeopleUploadView(PermissionMixin, FormView[PeopleFileForm]):
    """Send a list; it is looked through on the next page, and nothing has changed yet."""

    permission_required = Permission.PEOPLE_UPLOAD
    template_name = "organisations/people_upload.html"
    form_class = PeopleFileForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The way to the page and the columns of a list."""
        crumbs = [(_("Agencies"), reverse("agency_list")), (_("Upload people"), "")]
        return super().get_context_data(crumbs=crumbs, columns=SPOKEN.values(), **kwargs)

    def form_valid(self, form: PeopleFileForm) -> HttpResponse:
        """Keep the rows, or say why the file is no list."""
        file = form.cleaned_data["file"]
        try:
            upload = services.keep_upload(
                data=file.read(MAX_FILE_BYTES + 1),
                filename=file.name,
                actor=person_of(self.request),
                at=self.at,
            )
        except PeopleFileUnreadable as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        return redirect("people_preview", upload.pk)

    def form_invalid(self, form: PeopleFileForm) -> HttpResponse:
        """The form again, with its errors."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class UploadMixin(PermissionMixin):
    """The person's own upload."""

    permission_required = Permission.PEOPLE_UPLOAD

    @cached_property
    def upload(self) -> PeopleUpload:
        """The upload of the address."""
        own = PeopleUpload.objects.visible_to(self.request.user)
        return get_object_or_404(own, pk=self.kwargs["upload"])

    @cached_property
    def judged(self) -> list[Judged]:
        """Its rows, judged as things are now."""
        return judge(services.rows_of(self.upload), actor=person_of(self.request))


class PeoplePreviewView(UploadMixin, TemplateView):
    """What the list would change, row by row, and the button that does it."""

    template_name = "organisations/people_preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Counts by verdict and one page of the chosen rows."""
        counts = Counter(self.upload.result or (one.verdict.value for one in self.judged))
        chosen = self.request.GET.get("verdict", "")
        rows = [one for one in self.judged if chosen in {"", one.verdict.value}]
        crumbs = [
            (_("Agencies"), reverse("agency_list")),
            (_("Upload people"), reverse("people_upload")),
            (self.upload.filename, ""),
        ]
        return super().get_context_data(
            **{**kwargs, "upload": self.upload},
            counts=[
                (verdict.value, word, counts[verdict.value]) for verdict, word in VERDICTS.items()
            ],
            todo=counts[Verdict.NEW.value] + counts[Verdict.CHANGED.value],
            refused=counts[Verdict.REFUSED.value],
            chosen=chosen,
            page_obj=Paginator(rows, PAGE_SIZE).get_page(self.request.GET.get("page")),
            crumbs=crumbs,
        )

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Apply it in one act."""
        try:
            services.apply_upload(self.upload, actor=person_of(request), at=self.at)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The list is applied."))
        return redirect("people_preview", self.upload.pk)


class PeopleRefusedView(UploadMixin, View):
    """The refused rows with their reasons, as a workbook that can be corrected and sent again."""

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """The file, written without openpyxl."""
        refused = [one for one in self.judged if one.verdict is Verdict.REFUSED]
        rows = [
            [
                *(getattr(one.row, column) for column in SPOKEN),
                str(one.row.number),
                one.spoken_reason,
            ]
            for one in refused
        ]
        return _workbook([[*_headings(), _("Row"), _("Reason")], *rows], "refused")


class PeopleSampleView(PermissionMixin, View):
    """An empty list with its headings and one line that shows how it is meant."""

    permission_required = Permission.PEOPLE_UPLOAD

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """The file, written without openpyxl."""
        role = str(MembershipRole.COORDINATOR.label)
        line = ["xa-00004", "Nguyễn Văn An", "an.nguyen@example.gov.vn", role, "Chuyên viên", ""]
        return _workbook([_headings(), line], "people")


def _headings() -> list[str]:
    return [str(word) for word in SPOKEN.values()]


def _workbook(rows: list[list[str]], name: str) -> HttpResponse:
    return HttpResponse(
        pack([Sheet(name, rows)]),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )
