"""The pages on which more time is asked for and given, and refusals are noted."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from surveys.campaigns import pages, queries, services
from surveys.campaigns.agreement_forms import (
    DecisionForm,
    ExtendForm,
    ExtensionAskForm,
    RefusalForm,
)
from surveys.campaigns.deadlines import last_day
from surveys.campaigns.models import Assignment, Extension, Refusal
from surveys.campaigns.queries import UnitFilters
from surveys.campaigns.tabs import round_tabs
from surveys.campaigns.views.campaigns import RefusingFormMixin
from surveys.campaigns.views.rounds import RoundMixin
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView, PermissionMixin
from surveys.organisations.requests import person_of


class RoundAgreementsView(RoundMixin, TemplateView):
    """Wishes for more time, what was decided, and refusals."""

    permission_required = Permission.ROUND_VIEW
    template_name = "campaigns/agreements.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = person_of(self.request)
        found = queries.agreements(self.round)
        return super().get_context_data(
            **self.get_round_context(),
            agreements=found,
            forms=[(each, DecisionForm(extension=each)) for each in found.asked],
            may_decide=user.has_perm(Permission.EXTENSION_DECIDE, self.round),
            tabs=round_tabs(self.round, user, "round_agreements"),
            **kwargs,
        )


class RoundExtendView(RoundMixin, RefusingFormMixin[ExtendForm]):
    """More time for one agency or for all that the table of agencies shows."""

    permission_required = Permission.EXTENSION_DECIDE
    template_name = "campaigns/extend.html"
    form_class = ExtendForm

    @cached_property
    def assignments(self) -> list[Assignment]:
        """Those of the wanted ones that more time can be given to, in official order."""
        asked = self.request.GET.get("unit", "")
        if asked:
            known = asked.isascii() and asked.isdigit() and len(asked) < 19
            wanted = self.round.assignments.filter(pk=int(asked) if known else 0)
        else:
            filters = UnitFilters.read(self.request.GET.dict())
            wanted = queries.wanted_units(self.round, filters, self.at)
        rows = wanted.select_related("agency", "round").order_by("agency__official_order", "pk")
        return [each for each in rows if queries.may_be_extended(each)]

    def get_form_kwargs(self) -> dict[str, Any]:
        latest = max((each.due_at for each in self.assignments), default=self.round.closes_at)
        return super().get_form_kwargs() | {"after": last_day(latest)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        further = {"assignments": self.assignments} | self.get_round_context()
        return super().get_context_data(**further, **kwargs)

    def form_valid(self, form: ExtendForm) -> HttpResponse:
        """All get the new day, or none where one refuses."""
        try:
            given = services.extend(
                self.assignments,
                until=form.cleaned_data["until"],
                grounds=form.grounds(),
                actor=person_of(self.request),
                at=self.at,
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        text = ngettext(
            "%(number)d agency has more time.", "%(number)d agencies have more time.", len(given)
        )
        messages.success(self.request, text % {"number": len(given)})
        return redirect("round_agreements", code=self.round.code)


class RoundRefusalView(RoundMixin, RefusingFormMixin[RefusalForm]):
    """Notes that one agency does not answer."""

    permission_required = Permission.REFUSAL_RECORD
    template_name = "campaigns/refusal.html"
    form_class = RefusalForm

    @cached_property
    def assignment(self) -> Assignment:
        """The agency's assignment in this round; 404 for another round's."""
        found = self.round.assignments.select_related("agency", "round")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        further = {"assignment": self.assignment} | self.get_round_context()
        return super().get_context_data(**further, **kwargs)

    def form_valid(self, form: RefusalForm) -> HttpResponse:
        try:
            services.record_refusal(
                self.assignment,
                grounds=form.grounds(),
                actor=person_of(self.request),
                at=self.at,
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The refusal is noted."))
        return redirect("round_agreements", code=self.round.code)


class RefusalWithdrawView(PermissionMixin, TemplateView):
    """The agency answers after all."""

    permission_required = Permission.REFUSAL_RECORD
    http_method_names = ("post",)

    @cached_property
    def refusal(self) -> Refusal:
        """The refusal, if the person sees its assignment."""
        visible = Assignment.objects.visible_to(self.request.user)
        found = Refusal.objects.filter(assignment__in=visible)
        return get_object_or_404(
            found.select_related("assignment__round__campaign"), pk=self.kwargs["pk"]
        )

    def get_permission_object(self) -> Assignment:
        return self.refusal.assignment

    def post(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Withdraw it, or say why not."""
        try:
            services.withdraw_refusal(self.refusal, actor=person_of(self.request), at=self.at)
        except DomainError as refusal:
            messages.error(self.request, str(refusal))
        return redirect("round_agreements", code=self.refusal.assignment.round.code)


class ExtensionMixin(PermissionMixin):
    """An act on one wish for more time."""

    @cached_property
    def extension(self) -> Extension:
        """The wish, if the person sees its assignment."""
        visible = Extension.objects.visible_to(self.request.user)
        found = visible.select_related("assignment__round__campaign", "assignment__agency")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_permission_object(self) -> Assignment:
        return self.extension.assignment


class ExtensionDecideView(ExtensionMixin, TemplateView):
    """Yes, perhaps to another day, or no with a reason."""

    permission_required = Permission.EXTENSION_DECIDE
    http_method_names = ("post",)

    def post(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Decide; what is wrong with the form is said as a message."""
        form = DecisionForm(self.request.POST, extension=self.extension)
        page = redirect("round_agreements", code=self.extension.assignment.round.code)
        if not form.is_valid():
            for texts in form.errors.values():
                messages.error(self.request, " ".join(map(str, texts)))
            return page
        given, actor = form.cleaned_data, person_of(self.request)
        try:
            if given["decision"] == "grant":
                services.grant_extension(
                    self.extension,
                    until=given["until"],
                    note=given["note"],
                    actor=actor,
                    at=self.at,
                )
            else:
                services.deny_extension(self.extension, note=given["note"], actor=actor, at=self.at)
        except DomainError as refusal:
            messages.error(self.request, str(refusal))
        else:
            messages.success(self.request, _("The request is decided, and the agency is told."))
        return page


class ExtensionWithdrawView(ExtensionMixin, ObjectActionView):
    """The agency takes its wish back."""

    permission_required = Permission.EXTENSION_ASK
    success_message = gettext_lazy("The request is withdrawn.")
    http_method_names = ("post",)

    def perform(self, target: Assignment) -> None:
        services.withdraw_extension(self.extension, actor=person_of(self.request), at=self.at)

    def get_success_url(self, target: Assignment) -> str:
        return reverse("assignment_detail", args=[target.pk])


class ExtensionAskView(PermissionMixin, RefusingFormMixin[ExtensionAskForm]):
    """An agency asks for more time."""

    permission_required = Permission.EXTENSION_ASK
    template_name = "campaigns/extension_ask.html"
    form_class = ExtensionAskForm

    @cached_property
    def assignment(self) -> Assignment:
        """The assignment, if the person sees it."""
        visible = Assignment.objects.visible_to(self.request.user)
        found = visible.select_related("agency", "round__campaign")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_permission_object(self) -> Assignment:
        return self.assignment

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"after": last_day(self.assignment.due_at)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = reverse("assignment_detail", args=[self.assignment.pk])
        title = pages.title_of(self.assignment.round.campaign)
        return super().get_context_data(
            assignment=self.assignment,
            round=self.assignment.round,
            due=last_day(self.assignment.due_at),
            crumbs=[(_("My tasks"), reverse("home")), (title, page), (_("Ask for more time"), "")],
            back=page,
            **kwargs,
        )

    def form_valid(self, form: ExtensionAskForm) -> HttpResponse:
        try:
            services.ask_extension(
                self.assignment,
                until=form.cleaned_data["until"],
                grounds=form.grounds(),
                actor=person_of(self.request),
                at=self.at,
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The request is sent. You are told when it is decided."))
        return redirect("assignment_detail", pk=self.assignment.pk)
