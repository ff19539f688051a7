"""The catalogue, the page of a data set, its variables and its citation."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from analytics.releases.queries import own_reports
from exporters.portal import queries
from exporters.portal.catalogue import Wanted, chosen, offers
from exporters.portal.citing import CONTENT_TYPES, WRITERS, citation_of
from exporters.portal.enums import Order, Style
from exporters.portal.pages import below, data_set_page
from exporters.portal.protection import openness
from exporters.portal.variables import variables_of_round
from exporters.portal.views.base import OfDataSet
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin

SETS_PER_PAGE: Final = 25
VARIABLES_PER_PAGE: Final = 50
LONGEST: Final = 200


class CatalogueView(PermissionMixin, TemplateView):
    """Everything that was published, as the address narrows it."""

    permission_required = Permission.PUBLIC
    template_name = "portal/catalogue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of it."""
        wanted = Wanted.read(self.request.GET.dict())
        sets = queries.data_sets()
        page = Paginator(chosen(sets, wanted), SETS_PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page_obj=page,
            rows=[(each, openness(each.policy)) for each in page],
            wanted=wanted,
            offers=offers(sets, wanted),
            orders=Order.choices,
            address=reverse("data_catalogue"),
            **kwargs,
        )


class DataSetView(OfDataSet, TemplateView):
    """One data set."""

    template_name = "portal/data_set.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page as data."""
        page = data_set_page(self.release, self.request.LANGUAGE_CODE)
        person = self.request.user
        reports = own_reports(self.release, person) if person.is_authenticated else []
        return super().get_context_data(page=page, reports=reports, styles=Style, **kwargs)


class VariablesView(OfDataSet, TemplateView):
    """What was asked, with the meaning of every value."""

    template_name = "portal/variables.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of the variables that fit."""
        find = self.request.GET.get("q", "").strip()[:LONGEST]
        every = variables_of_round(self.release.round)
        found = [each for each in every if each.fits(find)]
        page = Paginator(found, VARIABLES_PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            release=self.release,
            page_obj=page,
            find=find,
            total=len(every),
            crumbs=below(self.release, _("Variables")),
            **kwargs,
        )


class CitationView(OfDataSet):
    """The citation as a file."""

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """In the form that the address names."""
        if self.kwargs["style"] not in Style.values:
            raise Http404
        style, told = Style(self.kwargs["style"]), citation_of(self.release)
        name = f"{told.key}.{style.value}"
        return HttpResponse(
            WRITERS[style](told),
            content_type=CONTENT_TYPES[style],
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
