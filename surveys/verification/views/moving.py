"""Giving what one verifier has not judged to another."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.campaigns import pages
from surveys.campaigns.forms import form_problems
from surveys.campaigns.views.campaigns import RefusingFormMixin
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.organisations.requests import person_of
from surveys.verification import services
from surveys.verification.enums import PlanStatus
from surveys.verification.forms import MoveForm
from surveys.verification.models import VerificationPlan
from surveys.verification.views.plan import PlanMixin


class MoveWorkView(PlanMixin, RefusingFormMixin[MoveForm]):
    """Whose work goes to whom; there is such a page while work is under way only."""

    permission_required = Permission.VERIFICATION_PLAN
    template_name = "verification/move.html"
    form_class = MoveForm

    @property
    def under_way(self) -> VerificationPlan:
        """The plan whose work is under way, else 404."""
        if self.plan is None or self.plan.status != PlanStatus.UNDER_WAY:
            raise Http404
        return self.plan

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"plan": self.under_way}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**self.get_verification_context(), **kwargs)
        page = reverse("round_verification", args=[self.round.code])
        crumbs = [
            *pages.round_crumbs(self.round)[:-1],
            (_("Verification"), page),
            (_("Move work"), ""),
        ]
        return context | {"problems": form_problems(context["form"]), "crumbs": crumbs}

    def form_valid(self, form: MoveForm) -> HttpResponse:
        given = form.cleaned_data
        try:
            number = services.move_work(
                self.under_way,
                giver=given["giver"],
                taker=given["taker"],
                actor=person_of(self.request),
                at=self.at,
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        told = ngettext("%(number)s answer moved.", "%(number)s answers moved.", number)
        messages.success(self.request, told % {"number": number})
        return redirect("round_verification", self.round.code)
