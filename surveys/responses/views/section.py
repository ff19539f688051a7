"""One section a page: filled in with or without JavaScript."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.generic import View

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.engine import Cell, FormState
from surveys.questionnaires.queries import form_of
from surveys.rendering import Drawing, FindingWriter, changed_page, html_id, section_page
from surveys.responses import services
from surveys.responses.comments.queries import talks_of
from surveys.responses.forms import KeptText, SectionForm
from surveys.responses.previous import PreviousAnswers
from surveys.responses.queries import section_task
from surveys.responses.services import CellEdit, SaveOutcome
from surveys.responses.views.base import AssignmentMixin
from surveys.responses.views.comments import talk_words
from surveys.responses.views.conflicts import ConflictLine, conflict_lines, kept_cells
from surveys.responses.views.deadlines import moment
from surveys.responses.views.sharing import own_first
from surveys.responses.views.tasks import (
    Marks,
    TaskRow,
    returned_sections,
    section_title,
    task_row,
    task_rows,
)
from surveys.responses.wizard import SectionWizard, WizardDraft

MOST_DIGITS: Final = 12
"""Python refuses to read a number of thousands of digits."""


@dataclass(frozen=True, slots=True)
class CitedLine:
    """A question that was returned to be corrected."""

    label: str
    comment: str
    url: str


class SectionMixin(AssignmentMixin):
    """What the page of a section and its fragments are drawn with."""

    def changes_context(self, outcome: SaveOutcome, *paths: str) -> dict[str, Any]:
        """What a save at the paths changes on the page of the first one's section, and no more."""
        self.know_share(outcome)
        state = outcome.state
        step = state.form.section_of(paths[0])
        # A table's own name stands for its totals when the save was in one of its cells.
        owners = {path.partition("/")[0] for path in paths} - set(paths)
        changed = (outcome.changed | set(paths)) - owners
        names = outcome.sections | {step}
        sections = [section for section in state.form.sections if section.name in names]
        if any(section.name in changed for section in state.form.sections):
            return self.section_context(step, changed=changed)
        marks = Marks(step, returned_sections(state, self.returned_paths))
        rows = [
            task_row(
                section_task(state, section, is_started=True),
                state,
                assignment=self.assignment.pk,
                language=self.language,
                marks=marks,
            )
            for section in sections
        ]
        page = changed_page(self.drawing(state), step, changed)
        return {
            "assignment": self.assignment,
            "row_urls": self.row_urls,
            "page": page,
            "basis": basis_of(state) if page.proposals else "",
            "task_rows": rows,
            "here": next(row for row in rows if row.is_current),
            "number": outcome.number,
            **self.talks_context(),
        }

    def talks_context(self) -> dict[str, Any]:
        """How much the agency's people have said, by path and by section; one query."""
        if not self.may_comment:
            return {"may_comment": False}
        words = talk_words(talks_of(self.assignment.pk), form_of(self.assignment.version))
        return {
            "may_comment": True,
            "path_talks": words["paths"],
            "section_talks": words["sections"],
        }

    def section_context(
        self,
        step: str,
        *,
        say_missing: bool = False,
        kept: Mapping[str, Cell] | None = None,
        unsaved: Mapping[str, str] | None = None,
        changed: frozenset[str] | None = None,
    ) -> dict[str, Any]:
        """The page, the task list beside it and the dock below it."""
        tasks = self.tasks
        response = tasks.response
        drawing = self.drawing(tasks.state, kept=kept, unsaved=unsaved)
        page = (
            section_page(drawing, step, say_missing=say_missing)
            if changed is None
            else changed_page(drawing, step, changed)
        )
        rows = own_first(
            task_rows(tasks, language=self.language, current=step, returned=self.returned_paths),
            self.others,
        )
        return self.page_context() | {
            "page": page,
            "basis": basis_of(tasks.state) if page.proposals else "",
            "cited": self.cited(drawing, step),
            "done_by": "" if self.is_locked else self.others.sections.get(step, ""),
            "heading": section_title(page.number, page.title),
            "response": response,
            "number": response.edits if response else 0,
            "tasks": rows,
            "here": next((row for row in rows if row.is_current), None),
            "saved_at": moment(response.saved_at, self.at)
            if response and response.saved_at
            else "",
            **_neighbours(rows),
            **self.talks_context(),
        }

    @property
    def returned_paths(self) -> list[str]:
        """The questions that the newest return asked to correct."""
        return [] if self.unlocked is None else list(self.unlocked.cited)

    def cited(self, drawing: Drawing, step: str = "") -> list[CitedLine]:
        """What was returned to be corrected, in a section or everywhere, with a comment each."""
        if self.unlocked is None:
            return []
        writer, form = FindingWriter(drawing), drawing.state.form
        lines = []
        for path, comment in self.unlocked.cited.items():
            name = path.partition("/")[0]
            if name not in form.parts or (step and form.section_of(name) != step):
                continue
            page = reverse("section", args=[self.assignment.pk, form.section_of(name)])
            lines.append(CitedLine(writer.place(name), comment, f"{page}#q-{html_id(name)}"))
        return lines


class SectionView(SectionMixin, SectionWizard):
    """A section as a step of the wizard; ``?check=1`` also names answers that are missing."""

    permission_required = Permission.RESPONSE_VIEW
    template_name = "responses/section.html"

    def get(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.response is None:
            return redirect("assignment_detail", pk=self.assignment.pk)
        step = self.kwargs["step"]
        if step not in {section.name for section in self.tasks.state.form.sections}:
            raise Http404
        if not self.tasks.state.is_relevant(step):
            return redirect("assignment_detail", pk=self.assignment.pk)
        answer: HttpResponseBase = super().get(*args, **kwargs)
        return answer

    def post(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.user.has_perm(Permission.RESPONSE_EDIT, self.assignment):
            raise PermissionDenied
        self.require_response()
        step = self.request.POST.get(f"{self.get_prefix(self.request)}-current_step", "")
        if step and step not in self.get_form_list():  # a colleague's answer closed it, or junk
            return redirect("assignment_detail", pk=self.assignment.pk)
        try:
            answer: HttpResponseBase = super().post(*args, **kwargs)
        except DomainError as refusal:
            return self._refused(refusal)
        return answer

    def get_draft(self) -> WizardDraft:
        return WizardDraft(self.tasks.state, self.language, self._save, self.user)

    def get_context_data(self, form: SectionForm, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(form=form, **kwargs)
        outcome = self.draft.outcome
        lines = self._conflicts(outcome)
        context |= self.section_context(
            self.steps.current,
            say_missing="check" in self.request.GET,
            kept=kept_cells(outcome) if outcome else None,
            unsaved={line.path: line.why for line in lines},
        )
        return context | {
            "edit_id": uuid.uuid4().hex,
            "conflicts": lines,
            "after_attempt": "check" in self.request.GET,
        }

    def render(self, form: SectionForm | None = None, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().render(form, **kwargs)
        if self.draft.outcome:
            answer.status_code = 409 if self.draft.outcome.conflicts else 422
        return answer

    def after_saving(self, form: Any, go_on: Callable[..., Any], **kwargs: Any) -> Any:
        """Go on to what is attached to an answer, where a button of it was pressed."""
        answer = super().after_saving(form, go_on, **kwargs)
        path = self.request.POST.get("attach", "")
        if not path or answer.status_code != 302:
            return answer
        page = reverse("attachments", args=[self.assignment.pk])
        return redirect(f"{page}?{urlencode({'path': path})}")

    def done(self, _form: Any, **_kwargs: Any) -> HttpResponse:
        return redirect("check_answers", pk=self.assignment.pk)

    def _save(self, edits: list[CellEdit]) -> SaveOutcome:
        outcome = services.save_cells(
            self.require_response(),
            edit_id=self.request.POST.get("edit_id", ""),
            edits=edits,
            actor=self.user,
            at=self.at,
        )
        # The page is drawn from what is stored now.
        del self.tasks
        return outcome

    def _conflicts(self, outcome: SaveOutcome | None) -> list[ConflictLine]:
        if outcome is None:
            return []
        return conflict_lines(outcome, self.drawing(outcome.state), at=self.at)

    def _refused(self, refusal: DomainError) -> HttpResponse:
        drawing = self.drawing(self.tasks.state)
        writer = FindingWriter(drawing)
        form = SectionForm(self.request.POST, form=drawing.state.form, language=self.language)
        kept = [KeptText(writer.place(edit.path), edit_text(edit)) for edit in form.edits()]
        context = self.page_context() | {"refusal": refusal, "kept": kept}
        return render(self.request, "responses/refused.html", context, status=refusal.status)


class SectionChanges(SectionMixin, View):
    """The fragments of a section after a colleague's save; 204 when the page is up to date."""

    permission_required = Permission.RESPONSE_VIEW

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        response = self.require_response()
        if not _is_behind(request.GET.get("since", ""), response.edits):
            return HttpResponse(status=204)
        step = self.kwargs["step"]
        if step not in {section.name for section in self.tasks.state.form.sections}:
            raise Http404
        context = self.section_context(step)
        return render(request, "responses/fragments.html", context)


def basis_of(state: FormState) -> str:
    """What the proposals on the page rest on."""
    previous = state.context.previous
    return previous.basis if isinstance(previous, PreviousAnswers) else ""


def _is_behind(since: str, edits: int) -> bool:
    """Whether a page that has seen ``since`` saves misses one; what is no number misses none."""
    return since.isdecimal() and len(since) <= MOST_DIGITS and int(since) < edits


def edit_text(edit: CellEdit) -> str:
    """What a person typed or chose, as text."""
    if isinstance(edit.value, list):
        return ", ".join(edit.value)
    parts = (edit.value, edit.missing, edit.reason, edit.expected, edit.explanation)
    return " · ".join(part for part in parts if part)


def _neighbours(rows: tuple[TaskRow, ...]) -> dict[str, TaskRow | None]:
    place = next((place for place, row in enumerate(rows) if row.is_current), None)
    if place is None:
        return {"previous_task": None, "next_task": None}
    return {
        "previous_task": rows[place - 1] if place else None,
        "next_task": rows[place + 1] if place + 1 < len(rows) else None,
    }
