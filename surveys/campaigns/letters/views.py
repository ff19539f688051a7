"""The page of a round's letters: texts, files, and the short address that stands in them."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.background.enums import PENDING
from surveys.background.queries import jobs_about
from surveys.campaigns.forms import form_problems
from surveys.campaigns.letters import pages, queries, services
from surveys.campaigns.letters.enums import LetterFormat
from surveys.campaigns.letters.forms import LetterForm, LettersForm
from surveys.campaigns.models import Assignment, Round
from surveys.campaigns.short_links import number_of
from surveys.campaigns.tabs import round_tabs
from surveys.campaigns.views.campaigns import RefusingFormMixin
from surveys.campaigns.views.rounds import RoundMixin, short_part
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView, PermissionMixin
from surveys.organisations.requests import person_of
from surveys.organisations.rules import agencies_of

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
}


class RoundLetterView(RoundMixin, RefusingFormMixin[LetterForm]):
    """The texts of the letter, written for the whole campaign and shown for the round."""

    permission_required = Permission.LETTER_WRITE
    template_name = "campaigns/round_letter.html"
    form_class = LetterForm

    def get_initial(self) -> dict[str, Any]:
        return asdict(queries.texts_of(self.round.campaign))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**self.get_round_context(), **kwargs)
        return (
            context
            | files_part(self)
            | {
                "names": [(f"{{{name}}}", said) for name, said in pages.NAMES.items()],
                "asked": len(queries.addressees(self.round, at=self.at)),
                "written": queries.has_texts(self.round.campaign),
                "problems": form_problems(context["form"]),
                "tabs": round_tabs(self.round, person_of(self.request), "round_letter"),
                **short_part(self.round),
            }
        )

    def form_valid(self, form: LetterForm) -> HttpResponse:
        """Keep the texts, or show the refusal above the form."""
        try:
            services.write_letter(
                self.round.campaign, form.texts(), actor=person_of(self.request), at=self.at
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The letter is saved. Look at it before you print it."))
        return redirect("round_letter", code=self.round.code)


class RoundLettersView(RoundMixin, ObjectActionView):
    """The files made of the letter; a POST asks for one."""

    permission_required = Permission.LETTER_WRITE
    success_message = gettext_lazy("The file is being made. You may leave this page.")

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """How far they are; fetched again while one is being made."""
        return render(request, "campaigns/_letters.html", {"round": self.round, **files_part(self)})

    def perform(self, target: Round) -> None:
        """Ask for the letter to one agency, or to all."""
        form = LettersForm(self.request.POST)
        if not form.is_valid():
            raise services.AddresseeUnknown
        given = form.cleaned_data
        services.ask_for_letters(
            target,
            file_format=LetterFormat(given["format"]),
            agency=None if given["whole"] else given["agency"],
            actor=person_of(self.request),
            at=self.at,
        )

    def get_success_url(self, target: Round) -> str:
        """The page, at the files."""
        return reverse("round_letter", args=[target.code]) + "#letters"


class RoundLettersFileView(RoundMixin):
    """Hands letters to the person who asked for them."""

    permission_required = Permission.LETTER_WRITE

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> FileResponse:
        """The file, as an attachment; everybody else's do not exist."""
        person = person_of(request)
        own = jobs_about(self.round, pages.TASK).filter(owner=person).select_related("event")
        job = get_object_or_404(own, pk=self.kwargs["pk"])
        path = services.fetch_letters(job, actor=person, at=self.at)
        name = job.result["name"]
        kind = TYPES[name.rpartition(".")[2]]
        return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=kind)


class ShortLinkView(PermissionMixin):
    """From the address on paper to the reader's own form of the round.

    Strangers are asked to sign in whatever the code, so it tells them nothing; who may not see the
    round finds that there is none.
    """

    permission_required = Permission.SIGNED_IN

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """To the only assignment, to the start page among several, or to the round's course."""
        visible = Round.objects.visible_to(request.user)
        round_ = get_object_or_404(visible, pk=number_of(self.kwargs["short"]))
        asked = Assignment.objects.of_agencies(agencies_of(request.user)).filter(round=round_)
        match list(asked.values_list("pk", flat=True)[:2]):
            case [own]:
                return redirect("assignment_detail", pk=own)
            case []:
                return redirect("round_overview", code=round_.code)
            case _:
                return redirect("home")


def files_part(view: RoundMixin) -> dict[str, Any]:
    """What the part about the files shows."""
    jobs = pages.own_jobs(view.round, person_of(view.request))
    return {
        "jobs": [pages.job_line(job, view.round, at=view.at) for job in jobs],
        "pending": any(job.status in PENDING for job in jobs),
    }
