"""The table builder, and its table as a file."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from analytics.explorer import services as explorer
from analytics.explorer.asking import Asking, Scope
from analytics.explorer.audiences import Basis, is_withheld
from analytics.explorer.models import Tabulation
from analytics.explorer.queries import basis_of, scope_of, tabulation_of
from analytics.gate.queries import audience_of, sees_everything
from exporters.order import Wish
from exporters.orders.services import request_export
from exporters.portal.pages import below
from exporters.portal.tabling.grid import grid_of
from exporters.portal.tabling.pages import KEPT, TablePage
from exporters.portal.tabling.wanted import Reading, asking_of, read_address
from exporters.portal.tabling.writing import NAME
from exporters.portal.views.base import TakenAlong, UnderTerms
from surveys.common.errors import DomainError
from surveys.organisations.requests import person_of


class OfTable(UnderTerms):
    """A table of a data set."""

    @cached_property
    def scope(self) -> Scope:
        """What can be asked of the round."""
        return scope_of(self.release.round)

    @cached_property
    def reading(self) -> Reading:
        """What the address asks."""
        return read_address(dict(self.request.GET.lists()), self.scope)

    @cached_property
    def asking(self) -> Asking | None:
        """What is asked of the explorer."""
        wanted = self.reading.wanted
        return asking_of(wanted, self.scope) if wanted else None

    @cached_property
    def basis(self) -> Basis:
        """For whom, over which answers, under which policy."""
        round_ = self.release.round
        return basis_of(round_, audience_of(person_of(self.request), round_))

    def stored(self) -> Tabulation | None:
        """The table, or its computation, if somebody has asked for it."""
        assert self.asking is not None, "only what is asked can be stored"
        return tabulation_of(self.release.round, self.asking, self.basis)


class TableView(OfTable, TemplateView):
    """A table as the address says."""

    template_name = "portal/table.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; 400 where a parameter cannot be followed."""
        context = self.get_context_data(**kwargs)
        status = 400 if self.reading.problems else 200
        return self.render_to_response(context, status=status)

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Ask once more for what could not be computed; looking at the page does."""
        if self.asking is not None and not is_withheld(self.release.round):
            self.ask(self.asking)
        return redirect(request.get_full_path())

    def ask(self, asking: Asking) -> Tabulation:
        """Have it computed. Raises TooManyAsked."""
        return explorer.ask(
            self.release.round, asking, self.basis, actor=person_of(self.request), at=self.at
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page as data."""
        context = {"crumbs": below(self.release, _("Table")), "refusal": ""}
        try:
            page = self.page()
        except DomainError as refusal:
            page, context["refusal"] = self.empty(), str(refusal)
        return super().get_context_data(page=page, **context, **kwargs)

    def empty(self) -> TablePage:
        """The builder without a table."""
        round_ = self.release.round
        shows_all = sees_everything(self.basis.audience, round_)
        return TablePage(self.release, self.reading, self.scope, sees_everything=shows_all)

    def page(self) -> TablePage:
        """The builder with its table, or with what is being computed for it. Raises TooManyAsked."""
        page, wanted = self.empty(), self.reading.wanted
        if wanted is None or self.asking is None or is_withheld(self.release.round):
            return page
        found = self.stored() or self.ask(self.asking)
        grid = None
        if found.result is not None and "refusal" not in found.result:
            grid = grid_of(wanted, found.result, self.scope)
        return TablePage(
            self.release,
            self.reading,
            self.scope,
            tabulation=found,
            grid=grid,
            has_failed=explorer.has_failed(found),
            sees_everything=page.sees_everything,
        )


class TableFileView(TakenAlong, OfTable):
    """Asks for the table as a file."""

    @property
    def comes_back(self) -> str:
        """The table."""
        address = reverse("data_table", kwargs=self.kwargs)
        return f"{address}?{self.request.GET.urlencode()}"

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Of a table that is shown; the page of exports tells how far the file is."""
        wanted, file_format = self.reading.wanted, request.POST.get("format", "")
        found = self.stored() if self.asking is not None else None
        if wanted is None or file_format not in KEPT or found is None or found.result is None:
            messages.error(request, _("Show the table first, then take it along."))
            return redirect("data_table", code=self.kwargs["code"], number=self.kwargs["number"])
        request_export(
            subject=self.release,
            wish=Wish(
                name=NAME,
                format=file_format,
                language=request.LANGUAGE_CODE,
                options={"table": wanted.as_json()},
            ),
            actor=person_of(request),
            at=self.at,
        )
        messages.success(request, _("The file is being made. You may leave this page."))
        return redirect("export_list")
