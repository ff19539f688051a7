"""Uploading files, citing evidence, taking either away, and handing a file out."""

import uuid
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.engine import Cell, EvidenceNeed, Question
from surveys.files.checking import checked
from surveys.files.policy import Purpose
from surveys.files.refusals import FileRefused
from surveys.rendering import FindingWriter, attached_panel, html_id
from surveys.responses import services
from surveys.responses.attached import FILE_KINDS
from surveys.responses.forms import DocumentForm, FileForm, LinkForm, question_at
from surveys.responses.models import Evidence, Response
from surveys.responses.services import Edit, FileSource, SaveOutcome
from surveys.responses.uploading.services import handed_over, name_of
from surveys.responses.views.deadlines import moment
from surveys.responses.views.rows import RowAct
from surveys.responses.views.section import SectionMixin

AttachForm = FileForm | DocumentForm | LinkForm

FORMS: Final[Mapping[str, type[AttachForm]]] = {
    "file": FileForm,
    "document": DocumentForm,
    "link": LinkForm,
}


class Attachments(SectionMixin, View):
    """What is attached to one answer, and the forms that add to it; a dialog where there is one."""

    permission_required = Permission.RESPONSE_EDIT

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Add what one of the forms says; a refusal comes back with the form at its place."""
        kind = request.POST.get("kind", "")
        form = FORMS.get(kind, FileForm)(request.POST, request.FILES)
        if not form.is_valid():
            errors = [str(error) for errors in form.errors.values() for error in errors]
            return self.page(kind, errors[0])
        name = self._name(form)
        try:
            outcome = self._add(form)
        except FileRefused as refusal:
            services.record_refusal(
                self.draft, path=self.path, name=name, refusal=refusal, by=(self.user, self.at)
            )
            return self.page(kind, str(refusal))
        except DomainError as refusal:
            return self.page(kind, str(refusal))
        place = self.place
        if "HX-Request" in request.headers:
            # The fragments are drawn from what is stored now.
            del self.tasks
            saved = _("Saved %(time)s") % {"time": moment(self.at, self.at)}
            context = self.changes_context(outcome, self.path)
            context |= {"saved_path": self.path, "saved_text": saved}
            return render(request, "responses/fragments.html", context)
        return HttpResponseRedirect(place)

    def page(self, kind: str = "", problem: str = "") -> HttpResponse:
        """The page or dialog; ``problem`` stands in the form of that kind."""
        request = self.request
        is_partial = "HX-Request" in request.headers
        if problem and request.POST.get("inline"):
            return render(request, "responses/upload_refused.html", {"text": problem}, status=422)
        state = self.tasks.state
        drawing = self.drawing(state)
        try:
            name = FindingWriter(drawing).place(self.path)
            cell = state.cell(self.path)
        except KeyError as unknown:
            raise Http404 from unknown
        context = self.page_context() | {
            "path": self.path,
            "place": name,
            "back": self.place,
            "question": self.question,
            "file": drawing.files.get(str(cell.value)),
            "panel": attached_panel(drawing, self.question, self.path),
            "is_file": self.question.kind in FILE_KINDS,
            "seen": request.POST.get("seen", str(cell.value or "")),
            "is_locked": drawing.is_read_only(self.path),
            "kind": kind or request.GET.get("as", ""),
            "problem": problem,
            "given": request.POST,
            "edit_id": uuid.uuid4().hex,
        }
        template = "responses/attach_dialog.html" if is_partial else "responses/attach.html"
        return render(request, template, context, status=422 if problem else 200)

    @cached_property
    def path(self) -> str:
        """The answer that is meant."""
        return self.request.POST.get("path", "") or self.request.GET.get("path", "")

    @cached_property
    def draft(self) -> Response:
        """The draft, without what it holds."""
        return self.require_response()

    @cached_property
    def question(self) -> Question:
        """The question of the path; 404 where it takes neither file nor evidence."""
        question = question_at(self.tasks.state.form, self.path)
        if question is None or (
            question.kind not in FILE_KINDS and question.evidence is EvidenceNeed.NONE
        ):
            raise Http404
        return question

    @property
    def place(self) -> str:
        """Where the answer stands on its page."""
        step = self.tasks.state.form.section_of(self.path)
        page = reverse("section", args=[self.assignment.pk, step])
        return f"{page}#q-{html_id(self.path)}"

    def _add(self, form: AttachForm) -> SaveOutcome:
        edit = Edit(edit_id=self.request.POST.get("edit_id", ""), actor=self.user, at=self.at)
        if self.is_locked:
            raise services.AnswersLocked
        if not isinstance(form, FileForm):
            source = form.source()
            return services.add_evidence(self.draft, path=self.path, source=source, edit=edit)
        with self._upload(form) as upload:
            return self._add_file(form, upload, edit)

    def _name(self, form: AttachForm) -> str:
        """What the file is called, for the record of a refusal."""
        if arrived := form.cleaned_data.get("upload"):
            return name_of(arrived, actor=self.user)
        return getattr(form.cleaned_data.get("file"), "name", "") or ""

    def _upload(self, form: FileForm) -> AbstractContextManager["UploadedFile[bytes]"]:
        """The file of the request, or the one that has come in pieces."""
        if arrived := form.cleaned_data["upload"]:
            return handed_over(arrived, actor=self.user)
        upload = form.cleaned_data["file"]
        assert isinstance(upload, UploadedFile)
        return nullcontext(upload)

    def _add_file(self, form: FileForm, upload: "UploadedFile[bytes]", edit: Edit) -> SaveOutcome:
        is_answer = self.question.kind in FILE_KINDS and form.cleaned_data["use"] != "evidence"
        purpose = FILE_KINDS[self.question.kind] if is_answer else Purpose.DOCUMENT
        most = self.question.parameters.get("max-pixels", "") if is_answer else ""
        file = checked(upload, purpose, longest_side=int(most) if most.isdecimal() else 0)
        if not is_answer:
            evidence = FileSource(file=file, page=form.cleaned_data["page"])
            return services.add_evidence(self.draft, path=self.path, source=evidence, edit=edit)
        seen = Cell(value=form.cleaned_data["seen"] or None)
        return services.answer_with_file(
            self.draft, path=self.path, file=file, seen=seen, edit=edit
        )


class FileClear(RowAct):
    """Empties an answer that is a file; the file stays for the history."""

    @cached_property
    def repeat(self) -> str:
        """The answer that is meant, for the page that follows."""
        return self.request.POST.get("clear", "")

    @property
    def row(self) -> str:
        return ""

    @property
    def undo(self) -> dict[str, str]:
        """The file that was there can be put back."""
        url = reverse("file_restore", args=[self.assignment.pk])
        query = f"?path={self.repeat}&file={self.held}"
        return {"text": _("The file is removed."), "url": url + query, "action": _("Restore")}

    @property
    def held(self) -> str:
        """The file that the page had shown."""
        return self.request.POST.get(f"held:{self.repeat}", "")

    def act(self, response: Response, edit_id: str) -> SaveOutcome:
        return _saved(self, response, edit_id, value="", seen=self.held)


class FileRestore(RowAct):
    """Puts a removed file back as the answer."""

    @cached_property
    def repeat(self) -> str:
        """The answer that is meant."""
        return self.request.GET.get("path", "")

    @property
    def row(self) -> str:
        return ""

    def act(self, response: Response, edit_id: str) -> SaveOutcome:
        return _saved(self, response, edit_id, value=self.request.GET.get("file", ""), seen="")


class EvidenceRemove(RowAct):
    """Takes a piece of evidence away; it can be put back."""

    def change(self, response: Response, evidence: int, edit: Edit) -> SaveOutcome:
        """Call the service."""
        return services.remove_evidence(response, evidence_id=evidence, edit=edit)

    @cached_property
    def repeat(self) -> str:
        """The answer whose evidence it is; asked before the act, which may end it."""
        found = Evidence.objects.filter(
            pk=self._evidence, response__assignment=self.assignment
        ).values_list("path", flat=True)
        path = found.first()
        if path is None:
            raise services.EvidenceUnknown(evidence=self._evidence)
        return path

    @property
    def row(self) -> str:
        return ""

    @property
    def undo(self) -> dict[str, str]:
        """The same piece."""
        url = reverse("evidence_restore", args=[self.assignment.pk])
        return {
            "text": _("The evidence is removed."),
            "url": f"{url}?evidence={self._evidence}",
            "action": _("Restore"),
        }

    @property
    def _evidence(self) -> int:
        given = self.request.POST.get("evidence", "") or self.request.GET.get("evidence", "")
        return int(given) if given.isdecimal() and len(given) < 19 else 0

    def act(self, response: Response, edit_id: str) -> SaveOutcome:
        edit = Edit(edit_id=edit_id, actor=self.user, at=self.at)
        return self.change(response, self._evidence, edit)


class EvidenceRestore(EvidenceRemove):
    """Puts a piece of evidence back."""

    undo = {}

    def change(self, response: Response, evidence: int, edit: Edit) -> SaveOutcome:
        return services.restore_evidence(response, evidence_id=evidence, edit=edit)


def _saved(act: RowAct, response: Response, edit_id: str, *, value: str, seen: str) -> SaveOutcome:
    """The answer changed like any other; a colleague's file in between is a refusal in words."""
    edit = services.CellEdit(act.repeat, value, seen=Cell(value=seen or None))
    outcome = services.save_cells(
        response, edit_id=edit_id, edits=[edit], actor=act.user, at=act.at
    )
    if outcome.conflicts:
        raise services.FileMeanwhileChanged(path=act.repeat)
    if outcome.refused:
        raise DomainError(outcome.refused[0].message)
    return outcome
