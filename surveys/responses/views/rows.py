"""Rows of repeats: added, deleted, restored and moved from the page."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from surveys.common.permissions import Permission
from surveys.rendering import html_id
from surveys.responses import services
from surveys.responses.forms import KeptText, SectionForm
from surveys.responses.models import Response
from surveys.responses.services import RowUnknown, SaveOutcome, SaveStatus
from surveys.responses.views.conflicts import conflict_lines
from surveys.responses.views.section import SectionMixin


class RowAct(SectionMixin, View):
    """An act on a row. What was typed on the page is saved first, so that nothing is lost."""

    permission_required = Permission.RESPONSE_EDIT

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        response = self.require_response()
        edit_id = request.POST.get("edit_id") or uuid.uuid4().hex
        form = SectionForm(request.POST, form=self.tasks.state.form, language=self.language)
        if edits := form.edits():
            saved = services.save_cells(
                response, edit_id=edit_id, edits=edits, actor=self.user, at=self.at
            )
            if saved.status is not SaveStatus.SAVED:
                return self._not_stored(saved)
        place = self.place
        try:
            step = self.tasks.state.form.section_of(place)
        except KeyError as unknown:
            raise Http404 from unknown
        outcome = self.act(response, f"{edit_id[:36]}-row")
        if "HX-Request" not in request.headers:
            page = reverse("section", args=[self.assignment.pk, step])
            query = f"?deleted={self.row}" if self.undo else ""
            return HttpResponseRedirect(f"{page}{query}#q-{html_id(place)}")
        return render(
            request,
            "responses/fragments.html",
            self.changes_context(outcome, place) | {"edit_id": uuid.uuid4().hex, "undo": self.undo},
        )

    def _not_stored(self, saved: SaveOutcome) -> HttpResponse:
        lines = conflict_lines(saved, self.drawing(saved.state), at=self.at)
        kept = [KeptText(line.place, line.yours) for line in lines]
        refusal = _(
            "Some of what you typed met a colleague's change, so the row was left as it is."
        )
        context = self.page_context() | {"refusal": refusal, "kept": kept}
        return render(self.request, "responses/refused.html", context, status=409)

    @property
    def place(self) -> str:
        """What the act changes: a path, an element or a section."""
        return self.repeat

    @property
    def repeat(self) -> str:
        """The repeat concerned."""
        return self.row.partition("/")[0]

    @property
    def row(self) -> str:
        """The place of the row concerned."""
        return self.request.POST.get("row", "") or self.request.GET.get("row", "")

    @property
    def undo(self) -> dict[str, str]:
        """What the toast offers afterwards; empty for nothing."""
        return {}

    def act(self, response: Response, edit_id: str) -> SaveOutcome:
        """Call the service."""
        raise NotImplementedError


class RowAdd(RowAct):
    """Appends a row."""

    @property
    def repeat(self) -> str:
        return self.request.POST.get("repeat", "")

    def act(self, response: Response, edit_id: str) -> SaveOutcome:
        return services.add_row(
            response, repeat=self.repeat, edit_id=edit_id, actor=self.user, at=self.at
        )


class RowDelete(RowAct):
    """Takes a row out; it can be restored."""

    @property
    def undo(self) -> dict[str, str]:
        url = reverse("row_restore", args=[self.assignment.pk])
        return {
            "text": _("The row is deleted."),
            "url": f"{url}?row={self.row}",
            "action": _("Restore"),
        }

    def act(self, response: Response, edit_id: str) -> SaveOutcome:
        return services.delete_row(
            response, row=self.row, edit_id=edit_id, actor=self.user, at=self.at
        )


class RowRestore(RowAct):
    """Puts a deleted row back."""

    def act(self, response: Response, edit_id: str) -> SaveOutcome:
        return services.restore_row(
            response, row=self.row, edit_id=edit_id, actor=self.user, at=self.at
        )


class RowMove(RowAct):
    """Moves a row one place up or down."""

    @property
    def row(self) -> str:
        return self.request.POST.get("up", "") or self.request.POST.get("down", "")

    def act(self, response: Response, edit_id: str) -> SaveOutcome:
        rows = [stored["_id"] for stored in response.answers.get(self.repeat, ())]
        row_id = self.row.partition("/")[2]
        if row_id not in rows:
            raise RowUnknown(row=self.row)
        step = -1 if self.request.POST.get("up") else 1
        return services.move_row(
            response,
            row=self.row,
            index=rows.index(row_id) + step,
            edit_id=edit_id,
            actor=self.user,
            at=self.at,
        )
