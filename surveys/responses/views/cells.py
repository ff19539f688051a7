"""Autosave of one cell, and the history of a cell."""

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.generic import View

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.engine import Cell, EvidenceNeed, FormState
from surveys.rendering import (
    Control,
    Drawing,
    FindingWriter,
    Seen,
    cell_text,
    control_for,
    missing_code_label,
    reading_of,
    seen_at,
    seen_in,
    show_date,
    sign,
)
from surveys.responses import services
from surveys.responses.forms import CellForm, question_at
from surveys.responses.queries import CellChange, cell_history
from surveys.responses.services import CellEdit, SaveOutcome, SaveStatus
from surveys.responses.services.cells import cell_from
from surveys.responses.views.base import AssignmentMixin
from surveys.responses.views.conflicts import conflict_lines, shown_cell
from surveys.responses.views.deadlines import moment
from surveys.responses.views.earlier import series_of
from surveys.responses.views.section import SectionMixin


class SaveMixin(SectionMixin, View):
    """What saving a cell and saving many share."""

    permission_required = Permission.RESPONSE_EDIT

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse what was typed under another account than the one that is signed in now.

        The page keeps it and sends it again: 401, whatever this person may or may not see.
        """
        user = request.user
        if user.is_authenticated and request.POST.get("user", "") not in ("", str(user.pk)):
            return render(request, "responses/other_account.html", status=401)
        return super().dispatch(request, *args, **kwargs)

    def unreadable(self) -> HttpResponse:
        """What the page sent was not made by one of our pages."""
        text = _(
            "The page sent a change that cannot be read. It is not stored; load the page again."
        )
        return self.notice(text, status=400)

    def notice(self, text: str, *, status: int) -> HttpResponse:
        """A refusal in words."""
        return render(self.request, "responses/notice.html", {"text": text}, status=status)


class CellSave(SaveMixin):
    """Saves one part of one cell; the answer is the set of fragments that change with it."""

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        response = self.require_response_id()
        form = CellForm(request.POST)
        edit = form.edit() if form.is_valid() else None
        if edit is None:
            return self.unreadable()
        try:
            outcome = services.save_cells(
                response,
                edit_id=form.cleaned_data["edit_id"],
                edits=[edit],
                actor=self.user,
                at=self.at,
            )
        except DomainError as refusal:
            return self.notice(str(refusal), status=refusal.status)
        if outcome.status is SaveStatus.SAVED:
            return self._saved(outcome, edit)
        if outcome.status is SaveStatus.CONFLICT:
            lines = conflict_lines(outcome, self.drawing(outcome.state), at=self.at)
            context = {"conflict": lines[0]}
            return render(request, "responses/conflict_dialog.html", context, status=409)
        return self.notice(outcome.refused[0].message, status=422)

    def _saved(self, outcome: SaveOutcome, edit: CellEdit) -> HttpResponse:
        state, path = outcome.state, edit.path
        time = moment(self.at, self.at)
        saved = _("Saved %(time)s") % {"time": time}
        question = question_at(state.form, path)
        is_answer = question is not None and question.is_answerable
        cell = state.cell(path) if is_answer else None
        if question and cell and isinstance(edit.value, str):
            reading = reading_of(question, edit.value, cell, self.language)
            saved = f"{saved}, {reading}" if reading else saved
        answer = render(
            self.request,
            "responses/fragments.html",
            self.changes_context(outcome, path)
            | {"saved_path": path, "saved_text": saved, "saved_at": time},
        )
        answer["X-Seen"] = sign(path, seen_at(state, path, cell))
        if left := _left_by(edit, outcome):
            answer["X-Left"] = sign(path, left)
        if question and cell and edit.touches_value:
            answer["X-Shown"] = quote(cell_text(question, cell, self.language), safe="")
        return answer


def _left_by(edit: CellEdit, outcome: SaveOutcome) -> Seen | None:
    """What an edit that waits behind this one was typed over, where that is not what stands there.

    Of several choices, what this one had ticked: what a colleague ticked was merged in, and is not
    to be taken away by who has not seen it. Of a repeated edit, what it left when it was stored.
    """
    if isinstance(edit.value, list):
        return Seen(Cell(value=edit.value))
    if outcome.repeated and (left := outcome.left.get(edit.path)):
        return seen_in(left)
    return None


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
                "text": _shown_change(drawing, path, change),
                "author": str(change.actor) if change.actor else _("the system"),
                "at": moment(change.at, self.at),
                "channel": change.channel,
                "source": change.new.get("source", ""),
            }
            for change in cell_history(response, path)
        ]
        is_panel = (
            "HX-Request" in request.headers and request.headers.get("HX-Target") == "cell-panel"
        )
        context = self.page_context() | {
            "path": path,
            "place": _place_of(FindingWriter(drawing), path),
            "no_figure": _no_figure(drawing.state, path),
            "changes": changes,
            "section": drawing.state.form.section_of(path),
            # A cell of a grid has no room for a control of its own; its panel leads to the page.
            "evidence_path": path if _takes_evidence(drawing.state, path) else "",
            "evidence_count": (drawing.state.evidence or {}).get(path, 0),
        }
        if is_panel:
            context |= {
                "control": self._control(drawing, path),
                "series": series_of(self.assignment, drawing, path),
            }
            return render(request, "responses/history_panel.html", context)
        if "HX-Request" in request.headers:
            return render(request, "responses/history_dialog.html", context)
        return render(request, "responses/history.html", context)

    @staticmethod
    def _control(drawing: Drawing, path: str) -> Control:
        """The cell as the grid draws it: what is proposed in it, and how its answer came."""
        question = drawing.state.form.question(path.rpartition("/")[2])
        return control_for(drawing, question, path, label="", compact=True)


def _shown_change(drawing: Drawing, path: str, change: CellChange) -> str:
    """The cell in words; where evidence came or went, what it was."""
    if came := change.new.get("evidence"):
        return _("Evidence added: %(what)s") % {"what": came}
    if gone := change.old.get("evidence"):
        return _("Evidence removed: %(what)s") % {"what": gone}
    return shown_cell(drawing, path, cell_from(_whole(change.new)))


def _no_figure(state: FormState, path: str) -> str:
    """Why there is no figure, as it stands now; "" where there is one."""
    remark = state.remarks.get(path) or {}
    code = remark.get("missing", "")
    if not code:
        return ""
    told = f"{code}: {missing_code_label(code)}"
    if day := remark.get("expected"):
        told += ", " + _("expected on %(day)s") % {"day": show_date(day)}
    return f"{told}. {remark['reason']}" if remark.get("reason") else told


def _refuse_unless_cell(state: FormState, path: str) -> None:
    """404 unless the path leads to a question; its row may have been deleted."""
    try:
        state.cell(path)
    except KeyError as unknown:
        raise Http404 from unknown


def _takes_evidence(state: FormState, path: str) -> bool:
    question = state.form.question(path.rpartition("/")[2])
    return question.evidence is not EvidenceNeed.NONE


def _whole(data: Any) -> dict[str, Any]:
    return {"value": None, "missing": "", "typed": ""} | dict(data)


def _place_of(writer: FindingWriter, path: str) -> str:
    try:
        return writer.place(path)
    except KeyError as unknown:
        raise Http404 from unknown
