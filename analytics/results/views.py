"""Pages of the analysis: they read stored results only."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from analytics.gate.queries import audience_of
from analytics.results.pages import result_page
from analytics.results.queries import result_of, results_of
from analytics.results.series import series_page
from surveys.campaigns import pages
from surveys.campaigns.models import Campaign, Round
from surveys.campaigns.tabs import round_tabs
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.organisations.requests import person_of


class RoundResultView(PermissionMixin, TemplateView):
    """The targets of a round: figures, chart, table, and who is missing."""

    permission_required = Permission.RESULTS_VIEW
    template_name = "analytics/round_result.html"

    @cached_property
    def round(self) -> Round:
        """The round, if the reader may see it."""
        visible = Round.objects.visible_to(person_of(self.request)).select_related(
            "campaign", "version"
        )
        return get_object_or_404(visible, code=self.kwargs["code"])

    def get_permission_object(self) -> Round:
        """The round."""
        return self.round

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page as data."""
        language = self.request.LANGUAGE_CODE
        audience = audience_of(person_of(self.request), self.round)
        page = result_page(self.round, result_of(self.round), language, audience)
        tabs = round_tabs(self.round, person_of(self.request), "round_result")
        return super().get_context_data(page=page, tabs=tabs, **kwargs)


class CampaignSeriesView(PermissionMixin, TemplateView):
    """The targets of a campaign over its rounds."""

    permission_required = Permission.RESULTS_VIEW
    template_name = "analytics/campaign_series.html"

    @cached_property
    def campaign(self) -> Campaign:
        """The campaign, if the reader may see it."""
        visible = Campaign.objects.visible_to(person_of(self.request))
        return get_object_or_404(visible, code=self.kwargs["code"])

    def get_permission_object(self) -> Campaign:
        """The campaign."""
        return self.campaign

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page as data."""
        person = person_of(self.request)
        results = [
            (round_, result, audience_of(person, round_))
            for round_, result in results_of(self.campaign)
        ]
        page = series_page(self.campaign, results, self.request.LANGUAGE_CODE)
        crumbs = pages.campaign_crumbs(self.campaign, _("Targets over the rounds"))
        return super().get_context_data(page=page, crumbs=crumbs, **kwargs)
