"""The pages that say whom a campaign asks, and who is asked later or no longer."""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.campaigns import pages, queries, services
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Campaign
from surveys.campaigns.tabs import round_tabs
from surveys.campaigns.target_forms import AskedForm, TargetForm
from surveys.campaigns.targets import TargetRule
from surveys.campaigns.views.campaigns import RefusingFormMixin
from surveys.campaigns.views.rounds import RoundMixin
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.organisations.models import Agency
from surveys.organisations.requests import person_of

SHOWN_NAMES: Final = 20


class CampaignMixin(PermissionMixin):
    """A page or act of one campaign."""

    @cached_property
    def campaign(self) -> Campaign:
        """The campaign, if the person may see it."""
        visible = Campaign.objects.visible_to(self.request.user)
        return get_object_or_404(visible, code=self.kwargs["code"])

    def get_permission_object(self) -> Campaign:
        return self.campaign


class CampaignRuleView(CampaignMixin, RefusingFormMixin[TargetForm]):
    """The rule with a preview of who is in."""

    permission_required = Permission.CAMPAIGN_TARGET
    template_name = "campaigns/targets.html"
    form_class = TargetForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"rule": TargetRule.read(self.campaign.targets)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rule = TargetRule.read(self.campaign.targets)
        return super().get_context_data(
            campaign=self.campaign,
            preview=queries.preview(rule, at=self.at),
            crumbs=pages.campaign_crumbs(self.campaign, _("Who is asked")),
            **kwargs,
        )

    def form_valid(self, form: TargetForm) -> HttpResponse:
        """Store it, or show the refusal beside the form."""
        try:
            services.change_targets(
                self.campaign, form.rule(), actor=person_of(self.request), at=self.at
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        text = _("Saved. Rounds that open from now on ask these agencies.")
        messages.success(self.request, text)
        return redirect("campaign_rule", code=self.campaign.code)


class CampaignRulePreviewView(CampaignMixin):
    """What the rule comes to as it is being typed: a part of the page."""

    permission_required = Permission.CAMPAIGN_TARGET
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The preview; while something is wrong, what it is. Nothing is stored."""
        form = TargetForm(request.POST, request.FILES, rule=TargetRule.read(self.campaign.targets))
        seen = queries.preview(form.rule(), at=self.at) if form.is_valid() else None
        problems = [str(text) for texts in form.errors.values() for text in texts]
        context = {"preview": seen, "problems": problems, "campaign": self.campaign}
        return render(request, "campaigns/_target_preview.html", context)


class RoundAskedView(RoundMixin, RefusingFormMixin[AskedForm]):
    """Agencies that were asked later or no longer, with the reason; POST asks or takes out."""

    permission_required = Permission.ROUND_TARGET
    template_name = "campaigns/asked.html"
    form_class = AskedForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        changed = AuditEvent.objects.of(self.round).filter(
            kind__in=[
                Event.ROUND_AGENCIES_ADDED,
                Event.ROUND_AGENCIES_REMOVED,
                Event.ROUND_AGENCIES_SUCCEEDED,
            ]
        )
        return super().get_context_data(
            **self.get_round_context(),
            changes=_described(list(changed.select_related("actor").reverse())),
            is_open=self.round.status == RoundStatus.OPEN,
            tabs=round_tabs(self.round, person_of(self.request), "round_asked"),
            **kwargs,
        )

    def form_valid(self, form: AskedForm) -> HttpResponse:
        given = form.cleaned_data
        act = services.add_agencies if given["act"] == form.ADD else services.remove_agencies
        try:
            changed = act(
                self.round,
                list(Agency.objects.filter(key__in=given["codes"])),
                reason=given["reason"],
                actor=person_of(self.request),
                at=self.at,
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        if given["act"] == form.ADD:
            text = ngettext(
                "%(number)d agency is asked now.",
                "%(number)d agencies are asked now.",
                len(changed),
            )
        else:
            text = ngettext(
                "%(number)d agency is no longer asked.",
                "%(number)d agencies are no longer asked.",
                len(changed),
            )
        messages.success(self.request, text % {"number": len(changed)})
        return redirect("round_asked", code=self.round.code)


def _described(events: Sequence[AuditEvent]) -> list[dict[str, Any]]:
    """Lines of the log: what, whom, why, by whom and when; one query for all names."""
    words = {
        Event.ROUND_AGENCIES_ADDED: _("Asked additionally"),
        Event.ROUND_AGENCIES_REMOVED: _("No longer asked"),
        Event.ROUND_AGENCIES_SUCCEEDED: _("Changed with the agencies themselves"),
    }
    shown = {event.pk: event.data.get("agencies", [])[:SHOWN_NAMES] for event in events}
    wanted = {pk for agencies in shown.values() for pk in agencies}
    names = dict(Agency.ever.filter(pk__in=wanted).values_list("pk", "name"))
    return [
        {
            "what": words[Event(event.kind)],
            "names": ", ".join(names[pk] for pk in shown[event.pk] if pk in names),
            "more": max(len(event.data.get("agencies", [])) - SHOWN_NAMES, 0),
            "reason": event.data.get("reason", ""),
            "actor": event.actor,
            "at": event.at,
        }
        for event in events
    ]
