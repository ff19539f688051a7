"""The round's side "Verification": the plan, how far it is, what came of it, its end."""

from typing import Any, ClassVar, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from surveys.background.models import Job
from surveys.background.queries import jobs_about
from surveys.campaigns import pages
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.forms import form_problems
from surveys.campaigns.models import Round
from surveys.campaigns.tabs import round_tabs
from surveys.campaigns.views.campaigns import RefusingFormMixin
from surveys.campaigns.views.rounds import RoundMixin
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView
from surveys.organisations.requests import person_of
from surveys.verification import queries, services
from surveys.verification.enums import PlanStatus
from surveys.verification.forms import PlanForm
from surveys.verification.models import VerificationPlan
from surveys.verification.views.words import agreement_lines, inflation_lines

TASKS: Final = {
    PlanStatus.HANDING_OUT: "surveys.verification.tasks.hand_out",
    PlanStatus.CLOSED: "surveys.verification.tasks.freeze_verified",
}
MOST_COUNTED: Final = 400
"""Signed agencies up to which a plan's answers are counted while it is typed."""


class PlanMixin(RoundMixin):
    """A page or act of a round's verification."""

    @cached_property
    def plan(self) -> VerificationPlan | None:
        """The plan, if somebody has made one."""
        found = VerificationPlan.objects.filter(round=self.round).select_related("planned_by")
        plan = found.first()
        if plan is not None:
            plan.round = self.round
        return plan

    def may(self, permission: Permission) -> bool:
        """Whether the person may do this in the round."""
        return person_of(self.request).has_perm(permission, self.round)

    def get_verification_context(self) -> dict[str, Any]:
        """What every page of the verification shows."""
        user = person_of(self.request)
        return self.get_round_context() | {
            "plan": self.plan,
            "tabs": round_tabs(self.round, user, "round_verification"),
            "may_plan": self.may(Permission.VERIFICATION_PLAN),
            "may_decide": self.may(Permission.VERIFICATION_DECIDE),
            "may_judge": self.may(Permission.VERIFICATION_JUDGE),
        }


class RoundVerificationView(PlanMixin, TemplateView):
    """How far the verification is, and what came of it."""

    permission_required = Permission.VERIFICATION_VIEW
    template_name = "verification/round.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = self.get_verification_context() | {"refusal": self._refusal()}
        if self.plan is not None and self.plan.status == PlanStatus.PREPARING:
            context |= {
                "preview": _preview(self.plan),
                "verifiers": self.plan.verifiers.order_by("full_name"),
                "is_closed": self.round.status == RoundStatus.CLOSED,
            }
        elif self.plan is not None:
            context |= self._results(self.plan)
        return super().get_context_data(**context, **kwargs)

    def _refusal(self) -> str:
        try:
            services.refuse_round(self.round)
        except DomainError as refusal:
            return str(refusal)
        return ""

    def _results(self, plan: VerificationPlan) -> dict[str, Any]:
        own = queries.work_of(person_of(self.request), self.round)
        return {
            "progress": queries.progress_of(plan),
            "agreement": agreement_lines(queries.agreement_of(plan)),
            "by_indicator": inflation_lines(queries.inflation_by_indicator(plan)),
            "by_type": inflation_lines(queries.inflation_by_type(plan)),
            "left": queries.unready(plan, at=self.at),
            "ready": len(services.ready_cases(plan)),
            "waiting": queries.to_decide(self.round).count(),
            "own": queries.work_counts(own),
            "job": self._job(plan),
        }

    def _job(self, plan: VerificationPlan) -> Job | None:
        """The work in the background that this status waits for."""
        task = TASKS.get(PlanStatus(plan.status))
        is_done = task is None or plan.frozen_at is not None
        return None if is_done or task is None else jobs_about(plan, task).first()


class VerificationPlanView(PlanMixin, RefusingFormMixin[PlanForm]):
    """Making the plan, with what it would have verified."""

    permission_required = Permission.VERIFICATION_PLAN
    template_name = "verification/plan.html"
    form_class = PlanForm

    def get_form_kwargs(self) -> dict[str, Any]:
        given = super().get_form_kwargs()
        # The plan fills the form by itself.
        given.pop("initial", None)
        language = self.request.LANGUAGE_CODE
        return given | {"round_": self.round, "plan": self.plan, "language": language}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**self.get_verification_context(), **kwargs)
        page = reverse("round_verification", args=[self.round.code])
        crumbs = [*pages.round_crumbs(self.round)[:-1], (_("Verification"), page), (_("Plan"), "")]
        shown = _preview(self.plan) if self.plan else _preview(VerificationPlan(round=self.round))
        return context | {
            "problems": form_problems(context["form"]),
            "preview": shown,
            "crumbs": crumbs,
        }

    def form_valid(self, form: PlanForm) -> HttpResponse:
        try:
            plan = services.save_plan(
                self.round, form.details(), actor=person_of(self.request), at=self.at
            )
            services.refuse_empty(plan)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The plan is saved."))
        return redirect("round_verification", self.round.code)


class VerificationPreview(PlanMixin, RefusingFormMixin[PlanForm]):
    """What the plan that is being typed would have verified."""

    permission_required = Permission.VERIFICATION_PLAN
    template_name = "verification/_preview.html"

    def get(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The fragment; nothing while the figures cannot be read."""
        language = self.request.LANGUAGE_CODE
        form = PlanForm(self.request.GET, round_=self.round, plan=self.plan, language=language)
        shown = None
        if form.is_valid():
            given = form.details()
            typed = VerificationPlan(
                round=self.round,
                which=given.which,
                share=given.share,
                seed=given.seed,
                least=given.least,
                codes=list(given.codes),
                twice=given.twice,
            )
            shown = _preview(typed)
        return self.render_to_response({"preview": shown, "round": self.round})


class _PlanAct(PlanMixin, ObjectActionView):
    http_method_names: tuple[str, ...] = ("post",)

    def act(self, plan: VerificationPlan) -> None:
        """Call the service."""
        raise NotImplementedError

    def perform(self, target: Round) -> None:
        if self.plan is not None:
            self.act(self.plan)

    def get_success_url(self, target: Round) -> str:
        return reverse("round_verification", args=[target.code])


class VerificationBegin(_PlanAct):
    """Fix the plan and hand the work out."""

    permission_required = Permission.VERIFICATION_PLAN
    success_message = gettext_lazy("The work is being handed out.")

    def act(self, plan: VerificationPlan) -> None:
        services.begin(plan, actor=person_of(self.request), at=self.at)


class _AskedAct(_PlanAct):
    """Cannot be taken back, so a page asks first and says what follows."""

    http_method_names = ("get", "head", "options", "post")
    title: ClassVar[Promise]
    button: ClassVar[Promise]

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The question; the verification's page where nothing can be asked yet."""
        if self.plan is None or self.plan.status != PlanStatus.UNDER_WAY:
            return redirect("round_verification", self.round.code)
        page = reverse("round_verification", args=[self.round.code])
        crumbs = [*pages.round_crumbs(self.round)[:-1], (_("Verification"), page), (self.title, "")]
        context = self.get_verification_context() | {
            "title": self.title,
            "button": self.button,
            "follows": self.follows(self.plan),
            "in_the_way": self.in_the_way(self.plan),
            "ready": "ready" in request.GET,
            "crumbs": crumbs,
        }
        return render(request, "verification/act.html", context)

    def follows(self, plan: VerificationPlan) -> list[str]:
        """What the act does, in sentences."""
        raise NotImplementedError

    def in_the_way(self, _plan: VerificationPlan) -> DomainError | None:
        """Why the act would be refused now; None where it would not."""
        return None


class VerificationRelease(_AskedAct):
    """Release the findings of all agencies, or of those that are through."""

    permission_required = Permission.VERIFICATION_DECIDE
    success_message = gettext_lazy("The findings are released, and the agencies are told.")
    title = gettext_lazy("Release the findings?")
    button = gettext_lazy("Release")

    def follows(self, plan: VerificationPlan) -> list[str]:
        number = len(services.ready_cases(plan))
        told = ngettext(
            "%(number)s agency sees its verified scores and the notes, and is told.",
            "%(number)s agencies see their verified scores and the notes, and are told.",
            number,
        )
        may = ngettext(
            "It may explain each finding once within %(days)s days.",
            "Each may explain each finding once within %(days)s days.",
            number,
        )
        return [
            told % {"number": number},
            may % {"days": plan.explain_days},
            _("Released findings change by an explanation and your decision on it only."),
        ]

    def act(self, plan: VerificationPlan) -> None:
        only = services.ready_cases(plan) if "ready" in self.request.POST else None
        services.release(plan, actor=person_of(self.request), at=self.at, assignments=only)


class VerificationClose(_AskedAct):
    """End the verification."""

    permission_required = Permission.VERIFICATION_DECIDE
    success_message = gettext_lazy("The verification is closed. Nothing of it changes any more.")
    title = gettext_lazy("Close the verification for good?")
    button = gettext_lazy("Close for good")

    def follows(self, plan: VerificationPlan) -> list[str]:
        return [
            _("Verdicts, explanations and decisions are locked; nobody can reopen them."),
            _("The verified scores become the final scores of the round."),
            _("The agencies are told that it is final."),
        ]

    def in_the_way(self, plan: VerificationPlan) -> DomainError | None:
        return services.refusal_to_close(plan, at=self.at)

    def act(self, plan: VerificationPlan) -> None:
        services.close_verification(plan, actor=person_of(self.request), at=self.at)


def _preview(plan: VerificationPlan) -> queries.Preview | None:
    """What the plan would have verified; None where that takes longer than people wait."""
    if queries.signed_agencies(plan.round) > MOST_COUNTED:
        return None
    return queries.preview(plan.round, plan.choosing, twice=plan.twice)
