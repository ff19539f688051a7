"""The signatory's page, the signature, the return, and the receipt."""

import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from surveys.campaigns.enums import AssignmentStatus
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.engine import Element, FormState, Kind, Question, Table, text_in
from surveys.organisations.enums import MembershipRole
from surveys.organisations.models import Membership
from surveys.rendering import (
    Drawing,
    FindingWriter,
    name_of,
    previous_value,
    show_change,
    show_date,
    show_figure,
)
from surveys.responses import services
from surveys.responses.enums import RevisionKind
from surveys.responses.forms import ReturnForm
from surveys.responses.models import ResponseRevision
from surveys.responses.queries import signed_revision
from surveys.responses.views.base import AssignmentMixin
from surveys.responses.views.chain import sign_off_chain
from surveys.responses.workflow import SIGNED

KEY_FIGURES: Final = 5
DIFFERENCES: Final = 8
FIGURES: Final = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.CALCULATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of this round beside that of the last one."""

    path: str
    label: str
    value: str
    unit: str
    previous: str
    change: str
    weight: Decimal
    explanation: str


class ResponseSign(AssignmentMixin, TemplateView):
    """One screen for the signatory: key figures, differences, explanations; POST signs."""

    permission_required = Permission.RESPONSE_SIGN
    template_name = "responses/sign.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.require_response()
        if self.assignment.status in SIGNED:
            return redirect("response_receipt", pk=self.assignment.pk)
        if self.assignment.status != AssignmentStatus.AWAITING_SIGNATURE:
            return redirect("assignment_detail", pk=self.assignment.pk)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        try:
            services.sign(
                self.require_response(),
                actor=self.user,
                at=self.at,
                shown=request.POST.get("shown", ""),
            )
        except services.ChangedSinceSeen as refusal:
            messages.error(request, str(refusal))
            return redirect("response_sign", pk=self.assignment.pk)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("assignment_detail", pk=self.assignment.pk)
        messages.success(request, _("The response is signed."))
        return redirect("response_receipt", pk=self.assignment.pk)

    @property
    def capacity(self) -> str:
        """In what capacity this person signs."""
        membership = Membership.objects.filter(
            user=self.user, agency=self.assignment.agency_id, role=MembershipRole.SIGNATORY
        ).first()
        if membership is None:
            return ""
        return membership.signs_as or membership.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        state = self.tasks.state
        drawing = self.drawing(state)
        figures = list(all_figures(drawing))
        changed = sorted(
            (figure for figure in figures if figure.change),
            key=lambda figure: figure.weight,
            reverse=True,
        )
        sent = self._sent()
        return super().get_context_data(
            **self.page_context(),
            capacity=self.capacity,
            key_figures=key_figures(drawing, figures),
            differences=changed[:DIFFERENCES],
            changes=len(changed),
            explanations=explanations(drawing),
            pieces=sum(map(len, drawing.evidence.values())),
            codes=sum(bool(remark.get("missing")) for remark in state.remarks.values()),
            total=self.tasks.progress.total,
            sent=sent,
            sent_at=timezone.localtime(sent.at) if sent else None,
            chain=sign_off_chain(self.assignment, at=self.at),
            return_choices=return_choices(drawing),
            **kwargs,
        )

    def _sent(self) -> ResponseRevision | None:
        return (
            ResponseRevision.objects.filter(
                response__assignment=self.assignment, kind=RevisionKind.SENT
            )
            .select_related("actor")
            .order_by("-number")
            .first()
        )


class ResponseReturn(AssignmentMixin, View):
    """Gives the answers back with a reason and the questions concerned."""

    permission_required = Permission.RESPONSE_RETURN

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The form on a page of its own, for browsers without dialogs."""
        choices = return_choices(self.drawing(self.tasks.state))
        context = self.page_context() | {"return_choices": choices}
        return render(request, "responses/return.html", context)

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        drawing = self.drawing(self.tasks.state)
        form = ReturnForm(request.POST, choices=return_choices(drawing))
        if not form.is_valid():
            context = self.page_context() | {
                "form": form,
                "reason": request.POST.get("reason", ""),
                "chosen": request.POST.getlist("paths"),
                "return_choices": return_choices(drawing),
            }
            return render(request, "responses/return.html", context, status=422)
        try:
            services.return_to_draft(
                self.require_response(),
                actor=self.user,
                at=self.at,
                reason=form.cleaned_data["reason"],
                cited=dict.fromkeys(form.cleaned_data["paths"], ""),
            )
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The response is returned."))
        return redirect("assignment_detail", pk=self.assignment.pk)


class ResponseReceipt(AssignmentMixin, TemplateView):
    """What proves the submission: number, hash, signer, time, days late."""

    permission_required = Permission.RESPONSE_VIEW
    template_name = "responses/receipt.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        revision = signed_revision(self.require_response())
        signed = get_object_or_404(
            ResponseRevision.objects.select_related("actor"), pk=revision and revision.pk
        )
        local = timezone.localtime(signed.at)
        return super().get_context_data(
            **self.page_context(),
            revision=signed,
            signed_at=f"{local:%H:%M:%S} {local.day}/{local.month}/{local.year}",
            files=_files_of(signed),
            was_returned=self.assignment.status not in SIGNED,
            **kwargs,
        )


def _files_of(revision: ResponseRevision) -> list[dict[str, str]]:
    """The files that the signature covers, evidence included; personal ones are digests only."""
    document = json.loads(revision.canonical)
    files = [*document.get("files", ()), *(e.get("file", {}) for e in document["evidence"])]
    return [file for file in files if "sha256" in file]


def all_figures(drawing: Drawing) -> list[Figure]:
    """Every number of the response, in the questionnaire's order."""
    state = drawing.state
    found: list[Figure] = []
    for element in state.form.definition.elements():
        if isinstance(element, Table):
            found.extend(
                _figure(drawing, column, f"{element.name}/{code}/{column.name}")
                for code in _rows(state, element)
                for column in element.columns
                if column.kind in FIGURES
            )
        elif (
            isinstance(element, Question)
            and element.kind in FIGURES
            and element.label
            and state.form.owner(element.name) is None
        ):
            found.append(_figure(drawing, element, element.name))
    return [figure for figure in found if figure.value]


def key_figures(drawing: Drawing, figures: list[Figure]) -> list[Figure]:
    """The first figures that feed an indicator; without any, the first figures."""
    form = drawing.state.form
    single = [figure for figure in figures if "/" not in figure.path]
    feeding = [figure for figure in single if form.question(figure.path).indicator]
    rest = [figure for figure in single if figure not in feeding]
    return [*feeding, *rest][:KEY_FIGURES]


def explanations(drawing: Drawing) -> list[dict[str, str]]:
    """What was explained, in the questionnaire's words."""
    writer = FindingWriter(drawing)
    return [
        {"place": writer.place(path), "text": remark["explanation"]}
        for path, remark in drawing.state.remarks.items()
        if remark.get("explanation")
    ]


def return_choices(drawing: Drawing) -> dict[str, str]:
    """The questions that can be named in a return, by path: those that the agency can correct."""
    state, writer = drawing.state, FindingWriter(drawing)
    return {
        element.name: writer.place(element.name)
        for element in state.form.definition.elements()
        if getattr(element, "number", "")
        and state.is_relevant(element.name)
        and _is_correctable(state, element)
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


def _rows(state: FormState, table: Table) -> tuple[str, ...]:
    return state.rows(table.name) if state.is_relevant(table.name) else ()


def _figure(drawing: Drawing, question: Question, path: str) -> Figure:
    state, language = drawing.state, drawing.language
    now = state.value(path)
    before = previous_value(state.context.previous, path)
    weight = _weight(before, now)
    is_figure = isinstance(now, str) and _number(now) is not None
    is_comparable = is_figure and weight is not None
    return Figure(
        path=path,
        label=FindingWriter(drawing).place(path)
        if "/" in path
        else state.words(path, name_of(state.form, question, language)),
        value=show_figure(now, language) if isinstance(now, str) and is_figure else "",
        unit=text_in(question.unit, language),
        previous=show_figure(show_date(before), language) if isinstance(before, str) else "",
        change=show_change(before, now, language)
        if is_comparable and isinstance(before, str) and isinstance(now, str)
        else "",
        weight=weight or Decimal(0),
        explanation=str(state.remarks.get(path, {}).get("explanation", "")),
    )


def _weight(before: object, now: object) -> Decimal | None:
    """How big a difference is beside what it differs from."""
    old, new = _number(before), _number(now)
    if old is None or new is None:
        return None
    return abs(new - old) / max(abs(old), Decimal(1))


def _number(value: object) -> Decimal | None:
    if not isinstance(value, str):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
