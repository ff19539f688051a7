"""The page of a campaign: its plan and rounds; changed, started, paused, ended."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from surveys.campaigns import pages, queries, services
from surveys.campaigns.campaign_forms import CampaignForm, PlanForm
from surveys.campaigns.enums import CampaignStatus, RoundStatus
from surveys.campaigns.forms import form_problems
from surveys.campaigns.models import Campaign
from surveys.campaigns.previewing import plan_preview
from surveys.campaigns.signing import lacks_trust_list
from surveys.campaigns.signing_off import chain_of
from surveys.campaigns.targets import TargetRule
from surveys.campaigns.views.campaigns import RefusingFormMixin, refused
from surveys.campaigns.views.chains import picture
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView, PermissionMixin
from surveys.organisations.requests import person_of


class CampaignMixin(PermissionMixin):
    """A page or act of one campaign."""

    @cached_property
    def campaign(self) -> Campaign:
        """The campaign, if the person may see it."""
        visible = Campaign.objects.visible_to(self.request.user)
        wanted = visible.select_related("owner", "manager", "questionnaire")
        return get_object_or_404(wanted, code=self.kwargs["code"])

    def get_permission_object(self) -> Campaign:
        return self.campaign


class CampaignDetailView(CampaignMixin, TemplateView):
    """Its plan, its rounds, who is in charge, and what can be done."""

    permission_required = Permission.CAMPAIGN_VIEW
    template_name = "campaigns/campaign.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        campaign, user = self.campaign, self.request.user
        rounds = list(campaign.rounds.order_by("-reference_date", "-pk").defer("version"))
        may = user.has_perm(Permission.CAMPAIGN_CONDUCT, campaign)
        running = campaign.status == CampaignStatus.RUNNING
        ended = campaign.status == CampaignStatus.ENDED
        context = {
            "campaign": campaign,
            "topic": services.campaign_topic(campaign.pk),
            "rows": queries.summaries(rounds, self.at),
            "asked": queries.agencies_to_ask(TargetRule.read(campaign.targets), at=self.at).count(),
            "chain": picture(chain_of(campaign.sign_off), self.request.LANGUAGE_CODE),
            "variants": campaign.variants.select_related("questionnaire"),
            "may_change": may and not ended,
            "may_start": may and not running and not ended and campaign.plan is not None,
            "may_pause": may and running,
            "may_create_round": not ended and user.has_perm(Permission.ROUND_CREATE, campaign),
            "lacks_trust_list": lacks_trust_list(campaign.signature),
            "crumbs": pages.campaign_crumbs(campaign),
            "at": self.at,
        }
        return super().get_context_data(**context, **kwargs)


class CampaignEditView(CampaignMixin, RefusingFormMixin[CampaignForm]):
    """Its form; whom it asks and who signs have pages of their own."""

    permission_required = Permission.CAMPAIGN_CONDUCT
    template_name = "campaigns/campaign_form.html"
    form_class = CampaignForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "campaign": self.campaign}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        planned = self.campaign.rounds.filter(status=RoundStatus.PLANNED, from_plan=True)
        own = {
            "campaign": self.campaign,
            "planned": planned.count(),
            "crumbs": pages.campaign_crumbs(self.campaign, _("Change")),
        }
        return (
            context
            | own
            | plan_preview(context["form"])
            | {"problems": form_problems(context["form"])}
        )

    def form_valid(self, form: CampaignForm) -> HttpResponse:
        """Change it, or show the refusal above the form."""
        try:
            services.change_campaign(
                self.campaign, **form.changes(), actor=person_of(self.request), at=self.at
            )
        except DomainError as refusal:
            return self.form_invalid(refused(form, refusal))
        messages.success(self.request, _("The campaign is changed."))
        return redirect("campaign_detail", code=self.campaign.code)


class CampaignPlanView(PermissionMixin, TemplateView):
    """The next rounds of a plan as it is typed: a part of the form."""

    permission_required = Permission.CAMPAIGN_CREATE
    template_name = "campaigns/_plan_preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = PlanForm(self.request.GET)
        return super().get_context_data(**kwargs) | plan_preview(form)


class CampaignActView(CampaignMixin, ObjectActionView):
    """An act on a campaign; leads back to its page."""

    permission_required = Permission.CAMPAIGN_CONDUCT

    def get_success_url(self, target: Campaign) -> str:
        return reverse("campaign_detail", args=[target.code])


class CampaignStartView(CampaignActView):
    """Runs by itself from now on."""

    success_message = gettext_lazy("The campaign runs: its rounds open and close by themselves.")

    def perform(self, target: Campaign) -> None:
        services.start_campaign(target, actor=person_of(self.request), at=self.at)


class CampaignPauseView(CampaignActView):
    """Opens nothing by itself."""

    success_message = gettext_lazy("The campaign pauses: no round opens by itself.")

    def perform(self, target: Campaign) -> None:
        services.pause_campaign(target, actor=person_of(self.request), at=self.at)


class CampaignEndView(CampaignActView):
    """Asks once, with how many rounds fall away, then ends."""

    success_message = gettext_lazy("The campaign has ended.")

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The question."""
        rounds = self.campaign.rounds
        context = {
            "campaign": self.campaign,
            "planned": rounds.filter(status=RoundStatus.PLANNED, from_plan=True).count(),
            "open": rounds.filter(status=RoundStatus.OPEN).count(),
            "crumbs": pages.campaign_crumbs(self.campaign, _("End")),
        }
        return render(request, "campaigns/campaign_end.html", context)

    def perform(self, target: Campaign) -> None:
        services.end_campaign(target, actor=person_of(self.request), at=self.at)
