"""The agency's one explanation of a finding, with the files that are handed in with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from surveys.campaigns.views.campaigns import RefusingFormMixin
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.files.checking import checked
from surveys.files.policy import Purpose
from surveys.files.refusals import FileRefused
from surveys.organisations.requests import person_of
from surveys.rendering import accepted, most_bytes
from surveys.responses.forms import FileForm
from surveys.responses.services import record_refusal
from surveys.responses.uploading.services import handed_over, name_of
from surveys.responses.views.uploading import UploadBegin, UploadPiece
from surveys.verification import queries, services
from surveys.verification.enums import ItemStatus, Verdict
from surveys.verification.forms import ExplanationForm
from surveys.verification.models import VerificationItem
from surveys.verification.reading import explanation_files, read_item
from surveys.verification.services.explanation_files import place_of
from surveys.verification.views.findings import CaseMixin


class NotHandedIn(DomainError):
    """What is said once only is not said by the Enter key in a line of the form."""

    code = "not_handed_in"
    message = _("Nothing is handed in yet. When all is written, press “Hand the explanation in”.")


class FindingExplain(CaseMixin, RefusingFormMixin[ExplanationForm]):
    """One finding with what the agency signed, and the form to explain it once."""

    permission_required = Permission.FINDINGS_EXPLAIN
    template_name = "verification/explain.html"
    form_class = ExplanationForm

    @cached_property
    def item(self) -> VerificationItem:
        """The finding."""
        found = queries.findings_of(self.case)
        item = get_object_or_404(found, pk=self.kwargs["item"])
        item.case = self.case
        return item

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = self.get_case_context(self.item.code) | {
            "item": self.item,
            "read": read_item(self.item, at=self.at, language=self.request.LANGUAGE_CODE),
            "can": self.is_open
            and self.item.status == ItemStatus.SETTLED
            and self.item.verdict != Verdict.ACCEPTED,
            **self.get_files_context(),
        }
        return super().get_context_data(**context, **kwargs)

    def get_files_context(self) -> dict[str, Any]:
        """The files so far, and what may be added to them."""
        return {
            "item": self.item,
            "assignment": self.case.assignment,
            "files": explanation_files(self.item, at=self.at),
            "accept": accepted(Purpose.DOCUMENT),
            "limit": most_bytes(),
        }

    def form_valid(self, form: ExplanationForm) -> HttpResponse:
        """Hand it in; a file that was chosen in a browser without scripts goes with it."""
        try:
            if "file" in self.request.FILES:
                self.add_file()
            services.explain(self.item, form.said(), actor=person_of(self.request), at=self.at)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(
            self.request, gettext("The explanation is handed in. You are told when it is decided.")
        )
        return redirect("findings", pk=self.case.assignment_id)

    def add_file(self) -> None:
        """Take the file of the request, or the one that has come in pieces; raises why not."""
        form = FileForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            errors = [str(error) for found in form.errors.values() for error in found]
            raise FileRefused(errors[0])
        user, arrived = person_of(self.request), form.cleaned_data["upload"]
        upload = form.cleaned_data["file"]
        name = name_of(arrived, actor=user) if arrived else upload.name
        try:
            if arrived:
                with handed_over(arrived, actor=user) as whole:
                    self._keep(whole)
            else:
                self._keep(upload)
        except FileRefused as refusal:
            record_refusal(
                self.case.revision.response,
                path=place_of(self.item),
                name=name,
                refusal=refusal,
                by=(user, self.at),
            )
            raise

    def _keep(self, upload: "UploadedFile[bytes]") -> None:
        file = checked(upload, Purpose.DOCUMENT)
        services.add_explanation_file(self.item, file, actor=person_of(self.request), at=self.at)


class FindingFiles(FindingExplain):
    """Adds a file to an explanation that is being written, or takes one away.

    Scripts get the list of files; without them the page comes back with everything that was typed.
    """

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        problem = ""
        try:
            self._act()
        except DomainError as refusal:
            problem = str(refusal)
        if "HX-Request" not in request.headers:
            typed = {name: request.POST.get(name, "") for name in ExplanationForm.base_fields}
            context = self.get_context_data(form=ExplanationForm(initial=typed), problem=problem)
            return self.render_to_response(context, status=422 if problem else 200)
        if problem and "inline" in request.POST:
            return render(request, "responses/upload_refused.html", {"text": problem}, status=422)
        context = self.get_files_context() | {"problem": problem, "swap": True}
        return render(request, "verification/_files.html", context)

    def _act(self) -> None:
        if "remove" in self.request.POST:
            self._remove()
        elif "enter" in self.request.POST:
            raise NotHandedIn
        else:
            self.add_file()

    def _remove(self) -> None:
        try:
            file = UUID(self.request.POST["remove"])
        except ValueError as unknown:
            raise services.ExplanationFileUnknown from unknown
        services.remove_explanation_file(self.item, file, actor=person_of(self.request), at=self.at)


class ExplanationUpload(CaseMixin, UploadBegin):
    """Takes the name and the size of a file for an explanation, before anything of it is sent."""

    permission_required = Permission.FINDINGS_EXPLAIN
    piece_address = "explanation_piece"


class ExplanationPiece(CaseMixin, UploadPiece):
    """Takes the pieces of such a file, and says how far it has come."""

    permission_required = Permission.FINDINGS_EXPLAIN
