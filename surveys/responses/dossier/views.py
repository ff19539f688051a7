"""The page of a response's papers and dossiers, and their files."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.responses.dossier import services as dossiers
from surveys.responses.dossier.pages import draft_prints, job_lines, revision_lines
from surveys.responses.dossier.queries import dossier_jobs
from surveys.responses.models import Response
from surveys.responses.papers import services
from surveys.responses.papers.models import RevisionPaper
from surveys.responses.papers.queries import paper_jobs
from surveys.responses.views.base import AssignmentMixin

PDF = "application/pdf"


class PapersMixin(AssignmentMixin):
    """A page about the papers of one response, for whoever may read its answers."""

    permission_required = Permission.RESPONSE_VIEW

    def require_response(self) -> Response:
        """The draft with its assignment; 404 before somebody starts."""
        response = super().require_response()
        response.assignment = self.assignment
        return response

    def called(self, what: str) -> str:
        """The name of a file: the round's, the agency's, and what it is."""
        return f"{self.assignment.round.code}-{self.assignment.agency.key}-{what}"


class ResponsePapers(PapersMixin, TemplateView):
    """What can be printed and what was asked for; a POST asks for the PDF of a revision or draft."""

    def get_template_names(self) -> list[str]:
        """Only the files, where the page asks again how far they are."""
        is_part = self.request.headers.get("HX-Request") == "true"
        return ["responses/papers_jobs.html" if is_part else "responses/papers.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        response = self.require_response()
        jobs, pending = job_lines(response, self.user, at=self.at)
        return super().get_context_data(
            **self.page_context(),
            response=response,
            revisions=revision_lines(response),
            draft_prints=draft_prints(),
            jobs=jobs,
            pending=pending,
            **kwargs,
        )

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Ask for a paper; one that is there is handed out at once."""
        response = self.require_response()
        number = request.POST.get("number", "")
        revision = (
            get_object_or_404(response.revisions.all(), number=int(number))
            if number.isdecimal() and len(number) < 8
            else None
        )
        language = request.POST.get("language", "vi")
        try:
            paper = services.ask_for_paper(
                response, revision=revision, language=language, actor=self.user, at=self.at
            )
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return self.back()
        if paper is not None and revision is not None:
            return redirect("response_paper", self.assignment.pk, revision.number, language)
        messages.success(request, _("The file is being made. You may leave this page."))
        return self.back()

    def back(self) -> HttpResponse:
        """To the page, at the files."""
        return redirect(reverse("response_papers", args=[self.assignment.pk]) + "#files")


class ResponsePaper(PapersMixin, View):
    """Hands out the PDF of a revision."""

    def get(self, _request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The file, byte by byte as it was made, as an attachment."""
        response = self.require_response()
        papers = RevisionPaper.objects.filter(revision__response=response, is_erased=False)
        paper = get_object_or_404(
            papers.select_related("revision__response__assignment"),
            revision__number=kwargs["number"],
            language=kwargs["language"],
        )
        content = services.fetch_paper(paper, actor=self.user, at=self.at)
        name = self.called(f"{kwargs['number']}-{kwargs['language']}.pdf")
        return HttpResponse(
            content,
            content_type=PDF,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class ResponseDraftPaper(PapersMixin, View):
    """Hands the print of a draft to who asked for it."""

    def get(self, _request: HttpRequest, **kwargs: Any) -> FileResponse:
        """The file; everybody else's do not exist."""
        response = self.require_response()
        job = get_object_or_404(paper_jobs(response, self.user), pk=kwargs["job"])
        path = services.fetch_draft(job, response, actor=self.user, at=self.at)
        name = self.called("ban-nhap.pdf")
        return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=PDF)


class DossierAsk(PapersMixin, View):
    """Asks for the dossier."""

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """A job packs it; the page shows how far it is."""
        try:
            dossiers.ask_for_dossier(self.require_response(), actor=self.user, at=self.at)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The dossier is being packed. You may leave this page."))
        return redirect(reverse("response_papers", args=[self.assignment.pk]) + "#files")


class Dossier(PapersMixin, View):
    """Hands a dossier to who asked for it."""

    def get(self, _request: HttpRequest, **kwargs: Any) -> FileResponse:
        """The archive; everybody else's do not exist."""
        response = self.require_response()
        job = get_object_or_404(dossier_jobs(response, self.user), pk=kwargs["job"])
        path = dossiers.fetch_dossier(job, response, actor=self.user, at=self.at)
        return FileResponse(
            path.open("rb"),
            as_attachment=True,
            filename=job.result["name"],
            content_type="application/zip",
        )
