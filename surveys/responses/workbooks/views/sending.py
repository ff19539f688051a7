"""Sending a filled-in workbook, looking through what it would change, taking it over."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView, View

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.engine import Finding
from surveys.excelform.comparing import TAKEN, Line, Part, Verdict, findings_about, taken_over
from surveys.files.policy import RULES, FileType
from surveys.responses.views.base import AssignmentMixin
from surveys.responses.workbooks.applying import apply_workbook
from surveys.responses.workbooks.lines import lines_from
from surveys.responses.workbooks.marks import MARKED, marked_workbook
from surveys.responses.workbooks.models import WorkbookUpload
from surveys.responses.workbooks.refusals import of_another_version
from surveys.responses.workbooks.shown import LineWriter, ShownFinding, shown_findings
from surveys.responses.workbooks.upload import take_back
from surveys.responses.workbooks.upload_forms import ApplyForm, WorkbookForm
from surveys.responses.workbooks.words import VERDICTS

PAGE_SIZE: Final = 100
MOST_FINDINGS: Final = 50
SANDBOX: Final = "default-src 'none'; sandbox"


class WorkbookUploadView(AssignmentMixin, FormView[WorkbookForm]):
    """Send a workbook; the next page shows what it would change."""

    permission_required = Permission.RESPONSE_EDIT
    template_name = "responses/workbook_upload.html"
    form_class = WorkbookForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and the workbooks sent before."""
        uploads = WorkbookUpload.objects.visible_to(self.user).filter(
            response__assignment=self.assignment
        )
        return super().get_context_data(
            **self.page_context(), uploads=uploads.select_related("uploaded_by")[:10], **kwargs
        )

    def form_valid(self, form: WorkbookForm) -> HttpResponse:
        """Keep it, or say why it is not taken."""
        try:
            upload = take_back(
                self.assignment, file=form.cleaned_data["file"], actor=self.user, at=self.at
            )
        except DomainError as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        return redirect("workbook_preview", self.assignment.pk, upload.pk)

    def form_invalid(self, form: WorkbookForm) -> HttpResponse:
        """The form again, with its errors."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class UploadMixin(AssignmentMixin):
    """One upload of the assignment."""

    permission_required = Permission.RESPONSE_EDIT

    @cached_property
    def upload(self) -> WorkbookUpload:
        """The upload of the address."""
        uploads = WorkbookUpload.objects.visible_to(self.user).select_related("uploaded_by")
        return get_object_or_404(
            uploads, response__assignment=self.assignment, pk=self.kwargs["upload"]
        )

    def moved_on(self) -> HttpResponse | None:
        """To where workbooks are sent, if the draft has moved to another version since; else None.

        The lines are about questions that may not be there any more.
        """
        asked = self.require_response().version.number
        if asked == self.upload.version_number:
            return None
        refusal = of_another_version(str(self.upload.version_number), asked)
        messages.error(self.request, str(refusal))
        return redirect("workbook_upload", self.assignment.pk)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Its lines, as they were found."""
        return lines_from(self.upload.lines)

    @cached_property
    def writer(self) -> LineWriter:
        """Puts lines into words, over the form with what would be taken over."""
        lines = () if self.upload.applied_at else self.lines
        after = taken_over(self.tasks.state, lines)
        return LineWriter(self.drawing(after), self.assignment.pk)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What would be wrong with the answers that change."""
        return findings_about(self.writer.drawing.state, self.lines)

    @cached_property
    def shown_findings(self) -> list[ShownFinding]:
        """The same in words."""
        return shown_findings(self.writer, self.findings, self.lines)


class WorkbookPreviewView(UploadMixin, TemplateView):
    """Every answer of the workbook beside what is stored, and the button that takes it over."""

    template_name = "responses/workbook_preview.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, while the draft is of the workbook's version."""
        return self.moved_on() or super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Counts by verdict and one page of the chosen lines."""
        chosen = self.request.GET.get("verdict", "")
        counts = Counter(line.verdict for line in self.lines)
        wanted = [
            line
            for verdict in VERDICTS
            for line in self.lines
            if line.verdict is verdict
            and (chosen == verdict if chosen else verdict is not Verdict.UNCHANGED)
        ]
        page = Paginator(wanted, PAGE_SIZE).get_page(self.request.GET.get("page"))
        context = self.page_context() | {
            "upload": self.upload,
            "chosen": chosen,
            "counts": [(each.value, word, counts[each]) for each, word in VERDICTS.items()],
            # A row is no answer: the answers in it are counted.
            "todo": sum(line.verdict in TAKEN and line.part is not Part.ROW for line in self.lines),
            "cleared": counts[Verdict.CLEARED],
            "wrong": counts[Verdict.WRONG],
            "to_mark": sum(counts[each] for each in MARKED) + len(self.findings),
            "findings": self.shown_findings[:MOST_FINDINGS],
            "more_findings": max(0, len(self.findings) - MOST_FINDINGS),
            "page_obj": page,
            "shown": self.writer.show(page.object_list),
            "result": self._result(self.upload.result),
        }
        return super().get_context_data(**(kwargs | context))

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Take it over in one act."""
        form = ApplyForm(request.POST)
        is_clearing = form.is_valid() and form.cleaned_data["clear"]
        try:
            applied = apply_workbook(
                self.upload, is_clearing=is_clearing, actor=self.user, at=self.at
            )
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            stored: int = applied.result["stored"]
            words = ngettext(
                "%(count)s answer of the workbook is stored.",
                "%(count)s answers of the workbook are stored.",
                stored,
            )
            messages.success(request, words % {"count": stored})
        return redirect("workbook_preview", self.assignment.pk, self.upload.pk)

    def _result(self, result: Mapping[str, Any]) -> list[tuple[str, str, str]]:
        """What was not stored although it was asked for: place, page, why."""
        writer = self.writer
        met = [
            (each["path"], _("Somebody has changed it since the preview; theirs stays."))
            for each in result.get("conflicts", ())
        ]
        refused = [(each["path"], each["message"]) for each in result.get("refused", ())]
        return [(writer.place(path), writer.url(path), why) for path, why in [*met, *refused]]


class WorkbookMarkedView(UploadMixin, View):
    """The very workbook, with what is to be corrected marked in it."""

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The file; back to the preview where it cannot be marked."""
        if elsewhere := self.moved_on():
            return elsewhere
        try:
            made = marked_workbook(self.upload, self.lines, self.shown_findings, self.writer)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("workbook_preview", self.assignment.pk, self.upload.pk)
        stem = self.upload.name.rpartition(".")[0] or self.upload.name
        return HttpResponse(
            made,
            content_type=RULES[FileType.XLSX].media_type,
            headers={
                "Content-Disposition": content_disposition(stem),
                "Content-Security-Policy": SANDBOX,
                "X-Content-Type-Options": "nosniff",
            },
        )


def content_disposition(stem: str) -> str:
    """The header that names the marked file after the one that was sent."""
    return content_disposition_header(as_attachment=True, filename=f"{stem} - sua.xlsx") or ""


def upload_page(assignment_id: int) -> str:
    """Where a workbook of the assignment is handed in."""
    return reverse("workbook_upload", args=[assignment_id])
