"""The list of rounds to look into, and the explorer of one."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.views.generic import TemplateView

from analytics.explorer import queries, services
from analytics.explorer.asking import Asking, Reading, Scope, read_address
from analytics.explorer.audiences import is_withheld
from analytics.explorer.models import Tabulation
from analytics.explorer.pages import ExplorerPage, round_title, shown_figure, told_before
from analytics.explorer.views.rounds import OfRound
from analytics.gate.queries import audience_of
from surveys.campaigns.tabs import round_tabs
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.organisations.requests import person_of


class AnalysisListView(PermissionMixin, TemplateView):
    """The rounds whose answers can be looked into, the newest first."""

    permission_required = Permission.RESULTS_VIEW
    template_name = "analytics/analysis.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rounds with their figures."""
        rounds = queries.rounds_to_explore(person_of(self.request))
        rows = [(round_, round_title(round_)) for round_ in rounds]
        return super().get_context_data(rows=rows, **kwargs)


class RoundExplorerView(OfRound, TemplateView):
    """One question of a round, crossed and filtered as the address says."""

    template_name = "analytics/explorer.html"

    @cached_property
    def scope(self) -> Scope:
        """What can be asked of the round."""
        return queries.scope_of(self.round)

    @cached_property
    def reading(self) -> Reading:
        """What the address asks."""
        return read_address(dict(self.request.GET.lists()), self.scope)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; 400 where a parameter cannot be followed."""
        context = self.get_context_data(**kwargs)
        status = 400 if self.reading.problems else 200
        return self.render_to_response(context, status=status)

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Ask once more for what could not be computed; looking at the page does."""
        asking = self.reading.asking
        if asking is not None and not is_withheld(self.round):
            self.ask_again(asking)
        return redirect(request.get_full_path())

    def ask_again(self, asking: Asking) -> None:
        """Start the computation that has failed."""
        person = person_of(self.request)
        basis = queries.basis_of(self.round, audience_of(person, self.round))
        services.ask(self.round, asking, basis, actor=person, at=self.at)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page as data."""
        person = person_of(self.request)
        tabs = round_tabs(self.round, person, "round_explorer")
        signed = queries.signed_in(self.round)
        page = ExplorerPage(
            round=self.round,
            title=round_title(self.round),
            address=reverse("round_explorer", args=[self.round.code]),
            reading=self.reading,
            scope=self.scope,
        )
        context = {"tabs": tabs, "signed": signed, "withheld": is_withheld(self.round)}
        if page.item is None or context["withheld"] or not signed:
            return super().get_context_data(page=page, **context, **kwargs)
        return super().get_context_data(**self.answered(page), **context, **kwargs)

    def answered(self, page: ExplorerPage) -> dict[str, Any]:
        """The page with its figure, or with what is being computed for it."""
        assert page.reading.asking is not None
        try:
            found = self.tabulation(page.reading.asking)
        except DomainError as refusal:
            return {"page": page, "refusal": str(refusal)}
        if found.result is None:
            failed = services.has_failed(found)
            return {"page": replace(page, tabulation=found, has_failed=failed)}
        figure = shown_figure(page, found.result)
        return {
            "page": replace(
                page, tabulation=found, figure=figure, previous=self.previous(page, found)
            ),
            "codes_texts": "texts" in found.result
            and self.request.user.has_perm(Permission.ANSWERS_CODE, self.round),
        }

    def tabulation(self, asking: Asking) -> Tabulation:
        """The stored result, or the one that is computed from now on. Raises TooManyAsked."""
        person = person_of(self.request)
        basis = queries.basis_of(self.round, audience_of(person, self.round))
        found = queries.tabulation_of(self.round, asking, basis)
        return found or services.ask(self.round, asking, basis, actor=person, at=self.at)

    def previous(self, page: ExplorerPage, found: Tabulation) -> str:
        """What the round before said of the whole question."""
        assert page.item is not None
        before = self.round.previous
        if before is None:
            return ""
        audience = audience_of(person_of(self.request), before)
        result = queries.result_before(self.round, Asking(page.item.name), audience)
        return told_before(page.item, result, get_language() or "vi") if result else ""
