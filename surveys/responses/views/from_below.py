"""The page that shows what the units below answered, and takes it over."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.engine import Cell
from surveys.organisations.requests import person_of
from surveys.rendering import FindingWriter, Seen, read, show_figure, sign
from surveys.responses.below.figures import RolledUp
from surveys.responses.below.queries import figures_from_below
from surveys.responses.below.services import take_from_below
from surveys.responses.views.base import AssignmentMixin


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A figure from below beside the agency's own."""

    path: str
    label: str
    below: str
    own: str
    given: int
    expected: int
    seen: str
    differs: bool
    offered: bool


class FiguresFromBelow(AssignmentMixin, TemplateView):
    """Each figure with how many of the units it rests on; POST takes the chosen ones over."""

    permission_required = Permission.RESPONSE_VIEW
    template_name = "responses/from_below.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figures = figures_from_below(self.assignment)
        writer = FindingWriter(self.drawing(self.tasks.state))
        return super().get_context_data(
            **self.page_context(),
            rows=[self._row(figure, writer) for figure in figures],
            edit_id=uuid.uuid4().hex,
            may_take=self.response is not None and not self.is_locked,
            **kwargs,
        )

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Take the chosen figures over; what a colleague changed meanwhile stays."""
        page = redirect("figures_from_below", pk=self.assignment.pk)
        try:
            outcome = take_from_below(
                self.require_response(),
                paths=set(request.POST.getlist("path")),
                seen=_seen(request.POST),
                edit_id=request.POST.get("edit_id", ""),
                actor=person_of(request),
                at=self.at,
            )
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return page
        if outcome.conflicts or outcome.refused:
            left = len(outcome.conflicts) + len(outcome.refused)
            text = ngettext(
                "%(number)d figure was not taken over: it was changed meanwhile, or is not yours.",
                "%(number)d figures were not taken over: they were changed meanwhile, or are not yours.",
                left,
            )
            messages.warning(request, text % {"number": left})
        else:
            messages.success(request, _("The figures are taken over. Look at them, then go on."))
        return page

    def _row(self, figure: RolledUp, writer: FindingWriter) -> FigureRow:
        cell = self.tasks.state.cell(figure.path)
        own = cell.value if isinstance(cell.value, str) else ""
        return FigureRow(
            path=figure.path,
            label=writer.place(figure.path),
            seen=sign(figure.path, Seen(cell)),
            below=show_figure(figure.value, self.language) if figure.value else "",
            own=show_figure(own, self.language) if own else "",
            given=figure.given,
            expected=figure.expected,
            differs=bool(figure.value) and own != figure.value,
            offered=bool(figure.value) and cell.is_empty,
        )


def _seen(form: QueryDict) -> dict[str, Cell]:
    """The cells of the chosen figures as the page had shown them."""
    known = {path: read(path, form.get(f"seen:{path}", "")) for path in form.getlist("path")}
    return {path: seen.cell for path, seen in known.items() if seen is not None}
