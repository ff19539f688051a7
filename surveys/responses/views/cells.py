"""Autosave of one cell, and the history of a cell."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.generic import View

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.engine import FormState
from surveys.rendering import FindingWriter, seen_at, sign
from surveys.responses import services
from surveys.responses.forms import CellForm, question_at
from surveys.responses.queries import cell_history
from surveys.responses.services import SaveOutcome, SaveStatus
from surveys.responses.services.cells import cell_from
from surveys.responses.views.base import AssignmentMixin
from surveys.responses.views.conflicts import conflict_lines, shown_cell
from surveys.responses.views.deadlines import moment
from surveys.responses.views.section import SectionMixin


class CellSave(SectionMixin, View):
    """Saves one part of one cell; the answer is the set of fragments that change with it."""

    permission_required = Permission.RESPONSE_EDIT

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        response = self.require_response_id()
        form = CellForm(request.POST)
        edit = form.edit() if form.is_valid() else None
        if edit is None:
            text = _(
                "The page sent a change that cannot be read. It is not stored; load the page again."
            )
            return self._notice(text, status=400)
        try:
            outcome = services.save_cells(
                response,
                edit_id=form.cleaned_data["edit_id"],
                edits=[edit],
                actor=self.user,
                at=self.at,
            )
        except DomainError as refusal:
            return self._notice(str(refusal), status=refusal.status)
        if outcome.status is SaveStatus.SAVED:
            return self._saved(outcome, edit.path)
        if outcome.status is SaveStatus.CONFLICT:
            lines = conflict_lines(outcome, self.drawing(outcome.state), at=self.at)
            context = {"conflict": lines[0]}
            return render(request, "responses/conflict_dialog.html", context, status=409)
        return self._notice(outcome.refused[0].message, status=422)

    def _saved(self, outcome: SaveOutcome, path: str) -> HttpResponse:
        state = outcome.state
        saved = _("Saved %(time)s") % {"time": moment(self.at, self.at)}
        answer = render(
            self.request,
            "responses/fragments.html",
            self.changes_context(outcome, path) | {"saved_path": path, "saved_text": saved},
        )
        question = question_at(state.form, path)
        is_answer = question is not None and question.is_answerable
        answer["X-Seen"] = sign(path, seen_at(state, path, state.cell(path) if is_answer else None))
        return answer

    def _notice(self, text: str, *, status: int) -> HttpResponse:
        return render(self.request, "responses/notice.html", {"text": text}, status=status)


class CellHistory(AssignmentMixin, View):
    """Who wrote what into a cell and when; a page of its own without JavaScript."""

    permission_required = Permission.RESPONSE_VIEW

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        response = self.require_response()
        path = request.GET.get("path", "")
        drawing = self.drawing(self.tasks.state)
        _refuse_unless_cell(drawing.state, path)
        changes = [
            {
                "text": shown_cell(drawing, path, cell_from(_whole(change.new))),
                "author": str(change.actor) if change.actor else _("the system"),
                "at": moment(change.at, self.at),
                "channel": change.channel,
            }
            for change in cell_history(response, path)
        ]
        is_panel = (
            "HX-Request" in request.headers and request.headers.get("HX-Target") == "cell-panel"
        )
        context = self.page_context() | {
            "place": _place_of(FindingWriter(drawing), path),
            "changes": changes,
            "section": drawing.state.form.section_of(path),
        }
        if is_panel:
            return render(request, "responses/history_panel.html", context)
        if "HX-Request" in request.headers:
            return render(request, "responses/history_dialog.html", context)
        return render(request, "responses/history.html", context)


def _refuse_unless_cell(state: FormState, path: str) -> None:
    """404 unless the path leads to a question; its row may have been deleted."""
    try:
        state.cell(path)
    except KeyError as unknown:
        raise Http404 from unknown


def _whole(data: Any) -> dict[str, Any]:
    return {"value": None, "missing": "", "typed": ""} | dict(data)


def _place_of(writer: FindingWriter, path: str) -> str:
    try:
        return writer.place(path)
    except KeyError as unknown:
        raise Http404 from unknown
