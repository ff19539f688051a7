"""Autosave of many cells at once; what became of each is told beside the fragments."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.common.errors import DomainError
from surveys.engine import Cell, FormState
from surveys.rendering import cell_text, reading_of, seen_at, seen_in, sign
from surveys.responses import services
from surveys.responses.blocks import BlockForm
from surveys.responses.enums import Channel
from surveys.responses.forms import question_at
from surveys.responses.services import CellEdit, SaveOutcome
from surveys.responses.views.cells import SaveMixin
from surveys.responses.views.conflicts import conflict_lines
from surveys.responses.views.deadlines import moment


class BlockSave(SaveMixin):
    """Saves a block as one change.

    200 whatever became of its cells: ``[data-block]`` names the fate of each, in the order sent, as
    ``{path, field, state, seen, shown, reading, left, message}``; ``state`` is saved, conflict or
    refused; ``left`` is what a repeated block had left there when it was first stored.
    Those in conflict stand in a dialog, to be decided by the person.
    """

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        response = self.require_response_id()
        form = BlockForm(request.POST)
        if not form.is_valid():
            return self.unreadable()
        edits: list[CellEdit] = form.cleaned_data["edits"]
        try:
            outcome = services.save_cells(
                response,
                edit_id=form.cleaned_data["edit_id"],
                edits=edits,
                actor=self.user,
                at=self.at,
                channel=Channel(form.cleaned_data["channel"]),
            )
        except DomainError as refusal:
            return self.notice(str(refusal), status=refusal.status)
        return self._answer(outcome, edits)

    def _answer(self, outcome: SaveOutcome, edits: list[CellEdit]) -> HttpResponse:
        fates = _Fates(outcome, self.language).of(edits)
        saved = [fate["path"] for fate in fates if fate["state"] == "saved"]
        context: dict[str, Any] = {"fates": json.dumps(fates, ensure_ascii=False)}
        if saved:
            context |= self.changes_context(outcome, *dict.fromkeys(saved))
            context["saved_text"] = self._words(len(saved))
            context["saved_at"] = moment(self.at, self.at)
        if outcome.conflicts:
            lines = conflict_lines(outcome, self.drawing(outcome.state), at=self.at)
            context["conflicts"] = lines[: len(outcome.conflicts)]
        return render(self.request, "responses/block_saved.html", context)

    def _words(self, number: int) -> str:
        time = moment(self.at, self.at)
        if number == 1:
            return _("Saved %(time)s") % {"time": time}
        text = ngettext("Saved %(time)s: %(n)s cell", "Saved %(time)s: %(n)s cells", number)
        return text % {"time": time, "n": number}


class _Fates:
    """What became of each edit of a block."""

    def __init__(self, outcome: SaveOutcome, language: str) -> None:
        self.state: FormState = outcome.state
        self.left = outcome.left if outcome.repeated else {}
        self.language = language
        self.conflicts = {(conflict.path, conflict.part) for conflict in outcome.conflicts}
        self.refused: Mapping[tuple[str, str], str] = {
            (refused.path, refused.part): refused.message for refused in outcome.refused
        }

    def of(self, edits: list[CellEdit]) -> list[dict[str, str]]:
        return [self._fate(edit) for edit in edits]

    def _fate(self, edit: CellEdit) -> dict[str, str]:
        path, part = edit.path, edit.part
        fate = {"path": path, "field": "missing" if edit.missing is not None else part}
        if (path, part) in self.refused:
            return fate | {"state": "refused", "message": self.refused[path, part]}
        if (path, part) in self.conflicts:
            return fate | {"state": "conflict"}
        return fate | {"state": "saved"} | self._stored(edit)

    def _stored(self, edit: CellEdit) -> dict[str, str]:
        question = question_at(self.state.form, edit.path)
        if question is None or not question.is_answerable:  # a remark on a whole table
            return {"seen": sign(edit.path, seen_at(self.state, edit.path))}
        cell: Cell = self.state.cell(edit.path)
        told = {"seen": sign(edit.path, seen_at(self.state, edit.path, cell))}
        if left := self.left.get(edit.path):
            told["left"] = sign(edit.path, seen_in(left))
        if edit.touches_value:
            told["shown"] = cell_text(question, cell, self.language)
        if isinstance(edit.value, str):
            told["reading"] = reading_of(question, edit.value, cell, self.language)
        return told
