"""The pages that list and make campaigns and rounds."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from surveys.campaigns import pages, queries, services
from surveys.campaigns.campaign_forms import CampaignForm
from surveys.campaigns.deadlines import end_of, local_day, start_of
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.forms import RoundForm, form_problems
from surveys.campaigns.models import Campaign
from surveys.campaigns.previewing import plan_preview
from surveys.campaigns.queries import RoundFilters, RoundList
from surveys.campaigns.targets import TargetRule
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import User

AnyForm = TypeVar("AnyForm", bound=Form)


class CampaignListView(PermissionMixin, TemplateView):
    """The rounds by campaign, with how they are getting on."""

    permission_required = Permission.CAMPAIGN_VIEW
    template_name = "campaigns/campaign_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filters = RoundFilters.read(self.request.GET.dict())
        listed = queries.rounds_of(self.request.user, filters, at=self.at)
        may_create = self.request.user.has_perm(Permission.CAMPAIGN_CREATE)
        return super().get_context_data(
            listed=listed,
            filters=filters,
            chips=_status_chips(listed),
            mine_url=filters.query(mine=not filters.mine),
            may_create=may_create,
            attention=queries.attention(self.request.user, at=self.at),
            coming=queries.coming(self.request.user, at=self.at),
            crumbs=pages.list_crumbs(),
            at=self.at,
            **kwargs,
        )


class RefusingFormMixin(FormView[AnyForm]):
    """A form that answers wrong input with 422 and the page, all that was typed still in it."""

    def form_invalid(self, form: AnyForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class CampaignCreateView(PermissionMixin, RefusingFormMixin[CampaignForm]):
    """A new campaign; its first round comes next."""

    permission_required = Permission.CAMPAIGN_CREATE
    template_name = "campaigns/campaign_form.html"
    form_class = CampaignForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        numbers = queries.agencies_by_type(at=self.at)
        chosen = context["form"]["target_types"].value() or []
        crumbs = {"crumbs": pages.list_crumbs(_("New campaign"))}
        return (
            context
            | crumbs
            | targets_context(chosen, numbers)
            | {"problems": form_problems(context["form"])}
            | plan_preview(context["form"])
        )

    def form_valid(self, form: CampaignForm) -> HttpResponse:
        """Create it, or show the refusal beside the form."""
        actor = _person(self.request.user)
        try:
            campaign = services.create_campaign(**form.details(actor), actor=actor, at=self.at)
        except DomainError as refusal:
            return self.form_invalid(refused(form, refusal))
        if campaign.plan is not None:
            messages.success(
                self.request, _("The campaign is created. Look it over, then let it run.")
            )
            return redirect("campaign_detail", code=campaign.code)
        messages.success(self.request, _("The campaign is created. Now create its first round."))
        return redirect("round_create", code=campaign.code)


class CampaignTargetsView(PermissionMixin, TemplateView):
    """How many agencies the chosen types have: a part of the form, fetched as types are chosen."""

    permission_required = Permission.CAMPAIGN_CREATE
    template_name = "campaigns/_targets_total.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = self.request.GET.getlist("target_types")
        numbers = queries.agencies_by_type(at=self.at)
        return super().get_context_data(**kwargs) | targets_context(chosen, numbers)


class RoundCreateView(PermissionMixin, RefusingFormMixin[RoundForm]):
    """A new round of a campaign."""

    permission_required = Permission.ROUND_CREATE
    template_name = "campaigns/round_form.html"
    form_class = RoundForm

    @cached_property
    def campaign(self) -> Campaign:
        """The campaign, if the person may see it."""
        visible = Campaign.objects.visible_to(self.request.user)
        return get_object_or_404(visible, code=self.kwargs["code"])

    def get_permission_object(self) -> Campaign:
        return self.campaign

    def get_form_kwargs(self) -> dict[str, Any]:
        further = {"campaign": self.campaign, "today": local_day(self.at)}
        return super().get_form_kwargs() | further

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(campaign=self.campaign, **kwargs)
        asked = queries.agencies_to_ask(TargetRule.read(self.campaign.targets), at=self.at).count()
        crumbs = pages.campaign_crumbs(self.campaign, _("New round"))
        return (
            context
            | {"problems": form_problems(context["form"])}
            | {"asked": asked, "crumbs": crumbs}
        )

    def form_valid(self, form: RoundForm) -> HttpResponse:
        """Create it, or show the refusal beside the form."""
        given = form.cleaned_data
        try:
            round_ = services.create_round(
                campaign=self.campaign,
                code=given["code"],
                period=given["period"],
                reference_date=given["reference_date"],
                opens_at=start_of(given["opens_on"]),
                closes_at=end_of(given["closes_on"]),
                version=given["version"],
                previous=given["previous"],
                actor=_person(self.request.user),
                at=self.at,
            )
        except DomainError as refusal:
            return self.form_invalid(refused(form, refusal))
        messages.success(
            self.request, _("The round is created. Nobody is asked until it is opened.")
        )
        return redirect("round_overview", code=round_.code)


def _person(user: object) -> User:
    assert isinstance(user, User), "a permission that asks for a role lets only people in"
    return user


def _status_chips(listed: RoundList) -> list[dict[str, Any]]:
    filters = listed.filters
    everything = {
        "label": _("All"),
        "number": listed.total,
        "url": filters.query(status=""),
        "current": not filters.status,
    }
    return [everything] + [
        {
            "label": status.label,
            "number": listed.numbers[status],
            "url": filters.query(status=status),
            "current": filters.status == status,
        }
        for status in RoundStatus
    ]


def targets_context(chosen: Sequence[str], numbers: dict[str, int]) -> dict[str, Any]:
    """The types with how many agencies each has, and how many the chosen ones have."""
    types = [
        {"value": kind, "label": kind.label, "number": numbers[kind], "chosen": kind in chosen}
        for kind in AgencyType
    ]
    return {"types": types, "asked": sum(each["number"] for each in types if each["chosen"])}


def refused(form: AnyForm, refusal: DomainError) -> AnyForm:
    """The form with the refusal beside the field that it is about, else above it."""
    form.add_error("code" if isinstance(refusal, services.CodeTaken) else None, str(refusal))
    return form
