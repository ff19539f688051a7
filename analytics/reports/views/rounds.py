"""The report of a round: it reads stored results only."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.views.generic import TemplateView

from analytics.explorer import queries, services
from analytics.explorer.asking import Asking
from analytics.explorer.audiences import Basis, is_withheld
from analytics.explorer.items import WHOLE
from analytics.explorer.models import Tabulation
from analytics.explorer.pages import round_title
from analytics.explorer.views.rounds import OfRound
from analytics.gate.queries import audience_of
from analytics.reports.pages import RoundReport, round_report
from surveys.campaigns import progress_pages
from surveys.campaigns import queries as campaigns
from surveys.campaigns.tabs import round_tabs
from surveys.common.errors import DomainError
from surveys.organisations.requests import person_of


class RoundReportView(OfRound, TemplateView):
    """Every question of a round with its chart, statement, base and missing answers; to be printed."""

    template_name = "analytics/round_report.html"

    @cached_property
    def basis(self) -> Basis:
        """What a result computed now would rest on, for this reader."""
        return queries.basis_of(self.round, audience_of(person_of(self.request), self.round))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page as data."""
        context = {
            "round": self.round,
            "title": round_title(self.round),
            "address": reverse("round_explorer", args=[self.round.code]),
            "tabs": round_tabs(self.round, person_of(self.request), "round_report"),
            "withheld": is_withheld(self.round),
            "signed": queries.signed_in(self.round),
        }
        if not context["withheld"] and context["signed"]:
            context |= self.computed()
        return super().get_context_data(**context, **kwargs)

    def computed(self) -> dict[str, Any]:
        """The report and the response rates; or what is being computed for it."""
        try:
            found = self.tabulation()
        except DomainError as refusal:
            return {"refusal": str(refusal)}
        if found.result is None:
            return {"waiting": True, "has_failed": services.has_failed(found)}
        return {"report": self.report(found), **self.rates()}

    def tabulation(self) -> Tabulation:
        """The tabulation of the whole round. Raises TooManyAsked."""
        found = queries.tabulation_of(self.round, Asking(WHOLE), self.basis)
        if found and not services.has_failed(found):
            return found
        actor = person_of(self.request)
        return services.ask(self.round, Asking(WHOLE), self.basis, actor=actor, at=self.at)

    def report(self, found: Tabulation) -> RoundReport:
        """The stored results as a report."""
        items = queries.items_of_round(self.round)
        results = queries.plain_results(self.round, items.values(), self.basis)
        return round_report(items, results, found, get_language() or "vi")

    def rates(self) -> dict[str, Any]:
        """The response rates by AAPOR's names."""
        seen = campaigns.overview(self.round, self.at)
        found = progress_pages.dispositions(seen, campaigns.no_longer_asked(self.round))
        return {
            "rates": progress_pages.rate_lines(found),
            "letters": progress_pages.letter_lines(found),
        }
