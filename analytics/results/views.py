"""Pages of the analysis: they read stored results only."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from analytics.results.pages import result_page
from analytics.results.queries import result_of
from surveys.campaigns.models import Round
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
        page = result_page(self.round, result_of(self.round), language)
        may_export = self.request.user.has_perm(Permission.EXPORT_CREATE, self.round)
        tabs = round_tabs(self.round, person_of(self.request), "round_result")
        return super().get_context_data(page=page, tabs=tabs, may_export=may_export, **kwargs)
