"""The round's side "Publication", proposing, approving, withdrawing, and what was published."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from analytics.releases import queries, services
from analytics.releases.enums import ReleaseStatus
from analytics.releases.forms import ProposalForm, WithdrawalForm, proposed_at_first
from analytics.releases.models import Release
from analytics.releases.pages import content_of
from surveys.campaigns import pages
from surveys.campaigns.deadlines import local_day
from surveys.campaigns.forms import form_problems
from surveys.campaigns.models import Round
from surveys.campaigns.tabs import round_tabs
from surveys.campaigns.views.campaigns import RefusingFormMixin
from surveys.campaigns.views.rounds import RoundMixin
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.organisations.requests import person_of

PAGE_SIZE = 25


def below(round_: Round, word: str) -> list[tuple[str, str]]:
    """The crumbs of a page below the round's side."""
    *before, (label, _none) = pages.round_crumbs(round_)
    overview = reverse("round_overview", args=[round_.code])
    side = reverse("round_releases", args=[round_.code])
    return [*before, (label, overview), (_("Publication"), side), (word, "")]


class OfReleasesMixin(RoundMixin):
    """A page of a round's publications."""

    def get_release_context(self) -> dict[str, Any]:
        """What every one of them shows."""
        user = person_of(self.request)
        return self.get_round_context() | {
            "tabs": round_tabs(self.round, user, "round_releases"),
            "may_propose": user.has_perm(Permission.RELEASE_PROPOSE, self.round),
            "may_approve": user.has_perm(Permission.RELEASE_APPROVE, self.round),
        }


class RoundReleasesView(OfReleasesMixin, TemplateView):
    """What is ready, what waits for approval, and the history."""

    permission_required = Permission.RELEASE_VIEW
    template_name = "releases/round.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The side as data."""
        releases = list(queries.releases_of(self.round))
        run = queries.runs_to_choose(self.round).first()
        findings = queries.readiness(self.round, run)
        by_status = {each.status: each for each in reversed(releases)}
        context = self.get_release_context() | {
            "releases": releases,
            "findings": findings,
            "is_ready": not any(each.blocks for each in findings),
            "run": run,
            "proposed": by_status.get(ReleaseStatus.PROPOSED),
            "in_force": by_status.get(ReleaseStatus.APPROVED),
        }
        return super().get_context_data(**context, **kwargs)


class ReleaseProposeView(OfReleasesMixin, RefusingFormMixin[ProposalForm]):
    """What is proposed to be published."""

    permission_required = Permission.RELEASE_PROPOSE
    template_name = "releases/propose.html"
    form_class = ProposalForm

    @cached_property
    def corrects(self) -> Release | None:
        """What is in force, and would be corrected."""
        return queries.release_in_force(self.round)

    def get_initial(self) -> dict[str, Any]:
        return proposed_at_first(self.round, self.corrects, local_day(self.at))

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"round_": self.round, "corrects": self.corrects}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form with what is to be known."""
        context = super().get_context_data(**self.get_release_context(), **kwargs)
        return context | {
            "findings": queries.readiness(self.round, queries.runs_to_choose(self.round).first()),
            "corrects": self.corrects,
            "crumbs": below(self.round, _("Proposal")),
            "problems": form_problems(context["form"]),
        }

    def form_valid(self, form: ProposalForm) -> HttpResponse:
        """Propose it, or show the refusal beside the form."""
        try:
            services.propose(self.round, form.details(), actor=person_of(self.request), at=self.at)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(
            self.request, _("The publication is proposed. An administrator approves it.")
        )
        return redirect("round_releases", code=self.round.code)


class OfReleaseMixin(PermissionMixin):
    """A page of one publication."""

    @cached_property
    def release(self) -> Release:
        """The publication, if the person may see it."""
        visible = Release.objects.visible_to(person_of(self.request)).select_related(
            "round__campaign__owner",
            "run__version__index",
            "corrects",
            "proposed_by",
            "approved_by",
        )
        found = visible.defer("run__version__definition", "run__configuration", "run__summary")
        return get_object_or_404(found, pk=self.kwargs["release_id"])

    def get_permission_object(self) -> Any:
        return self.release

    def get_release_context(self) -> dict[str, Any]:
        """What every one of them shows."""
        round_, user = self.release.round, person_of(self.request)
        return {
            "release": self.release,
            "round": round_,
            "campaign": round_.campaign,
            "facts": content_of(self.release),
            "may_follow": user.has_perm(Permission.RELEASE_VIEW, round_),
        }


class ReleaseApproveView(OfReleaseMixin, TemplateView):
    """All that the approver needs to know, and the decision."""

    permission_required = Permission.RELEASE_APPROVE
    template_name = "releases/approve.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page as data."""
        release, user = self.release, person_of(self.request)
        context = self.get_release_context() | {
            "findings": queries.readiness(
                release.round, release.run, with_targets=release.with_targets
            ),
            "is_own": release.proposed_by_id == user.pk,
            "waits": release.status == ReleaseStatus.PROPOSED,
            "crumbs": below(release.round, _("Approval")),
        }
        return super().get_context_data(**context, **kwargs)

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Approve what was shown; a refusal becomes a message."""
        seen = request.POST.get("seen", "")
        try:
            services.approve(self.release, seen=seen, actor=person_of(request), at=self.at)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("release_approve", release_id=self.release.pk)
        messages.success(
            request, _("The results are published. The answers stand still from now on.")
        )
        return redirect("round_releases", code=self.release.round.code)


class ReleaseWithdrawView(OfReleaseMixin, RefusingFormMixin[WithdrawalForm]):
    """Why a proposal or a publication is taken back."""

    permission_required = Permission.RELEASE_PROPOSE
    template_name = "releases/withdraw.html"
    form_class = WithdrawalForm

    def get_permission_object(self) -> Any:
        """The publication; one that is out is taken back by those who may approve."""
        user = person_of(self.request)
        if self.release.was_published and not user.has_perm(
            Permission.RELEASE_APPROVE, self.release
        ):
            raise PermissionDenied
        return self.release

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form as a page."""
        context = super().get_context_data(**self.get_release_context(), **kwargs)
        crumbs = below(self.release.round, _("Withdrawal"))
        return context | {"problems": form_problems(context["form"]), "crumbs": crumbs}

    def form_valid(self, form: WithdrawalForm) -> HttpResponse:
        """Take it back, or show the refusal beside the form."""
        reason = form.cleaned_data["reason"]
        try:
            services.withdraw(
                self.release, reason=reason, actor=person_of(self.request), at=self.at
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The publication is withdrawn."))
        return redirect("round_releases", code=self.release.round.code)


class ReleaseListView(PermissionMixin, TemplateView):
    """The catalogue of what was published."""

    permission_required = Permission.SIGNED_IN
    template_name = "releases/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of the list."""
        found = Paginator(queries.catalogue(), PAGE_SIZE)
        page = found.get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, releases=list(page), **kwargs)


class ReleaseDetailView(OfReleaseMixin, TemplateView):
    """One publication: what it contains, its terms, what became of it."""

    permission_required = Permission.SIGNED_IN
    template_name = "releases/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The publication as data."""
        context = self.get_release_context() | {
            "reports": queries.own_reports(self.release, person_of(self.request)),
            "corrections": [each for each in self.release.corrections.all() if each.was_published],
            "crumbs": [
                (_("Published results"), reverse("release_list")),
                (self.release.localised_title, ""),
            ],
        }
        return super().get_context_data(**context, **kwargs)
