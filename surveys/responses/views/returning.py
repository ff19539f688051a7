"""Giving answers back: why, and which questions are opened again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from surveys.campaigns.models import Assignment
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.engine import Element, FormState, Question, Table
from surveys.rendering import Drawing, FindingWriter
from surveys.responses import services
from surveys.responses.delegation.parts import given_singly
from surveys.responses.forms import ReturnForm
from surveys.responses.views.base import AssignmentMixin


class ResponseReturn(AssignmentMixin, View):
    """Gives the answers back with a reason and the questions concerned, each with a comment."""

    permission_required = Permission.RESPONSE_RETURN

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The form on a page of its own, for browsers without dialogs."""
        return render(
            request, "responses/return.html", self._context(ReturnForm(choices=self.choices))
        )

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        form = ReturnForm(request.POST, choices=self.choices)
        if not form.is_valid():
            return render(request, "responses/return.html", self._context(form), status=422)
        cited = form.cited()
        try:
            services.return_as_permitted(
                self.require_response(),
                actor=self.user,
                at=self.at,
                reason=form.cleaned_data["reason"],
                cited=cited,
            )
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _said(len(cited)))
        # What is returned to a lower unit is no longer its superior's to see.
        visible = Assignment.objects.visible_to(self.user).filter(pk=self.assignment.pk)
        if not visible.exists():
            return redirect("home")
        return redirect("assignment_detail", pk=self.assignment.pk)

    @property
    def choices(self) -> dict[str, str]:
        """What can be cited."""
        return return_choices(self.drawing(self.tasks.state))

    def _context(self, form: ReturnForm) -> dict[str, Any]:
        return self.page_context() | {"form": form, "cites": form.cites()}


def _said(cited: int) -> str:
    if not cited:
        return _("The response is returned.")
    return ngettext(
        "The response is returned with %(n)s question to correct.",
        "The response is returned with %(n)s questions to correct.",
        cited,
    ) % {"n": cited}


def return_choices(drawing: Drawing) -> dict[str, str]:
    """The questions that can be named in a return, by path: those that the agency can correct."""
    state, writer = drawing.state, FindingWriter(drawing)
    return {
        element.name: writer.place(element.name)
        for section in state.form.sections
        for element in given_singly(state.form, section)
        if state.is_relevant(element.name) and _is_correctable(state, element)
    }


def _is_correctable(state: FormState, element: Element) -> bool:
    """Whether the agency fills it in itself: not computed, not filled in beforehand."""
    match element:
        case Question():
            return state.form.owner(element.name) is None and not state.is_read_only(element.name)
        case Table():
            return not all(
                state.is_read_only(f"{element.name}/{code}/{column.name}")
                for code in state.rows(element.name)
                for column in element.columns
            )
        case _:
            return True
