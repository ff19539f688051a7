"""The list of agencies and the page of one."""

from typing import Any

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.organisations import queries
from surveys.organisations.forms import ALPHABETICAL, AgencyFilter
from surveys.organisations.models import Agency, AgencyQuerySet

PAGE_SIZE = 50


class AgencyListView(PermissionMixin, TemplateView):
    """Existing agencies, searched, filtered and sorted by the address."""

    permission_required = Permission.AGENCY_VIEW
    template_name = "organisations/agency_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The filters, one page of agencies and whether anything was filtered."""
        filters = AgencyFilter(self.request.GET, provinces=queries.provinces())
        filters.is_valid()
        wanted = filters.cleaned_data
        pages = Paginator(self._agencies(wanted), PAGE_SIZE)
        return super().get_context_data(
            filters=filters,
            page_obj=pages.get_page(self.request.GET.get("page")),
            uploads=self.request.user.has_perm(Permission.PEOPLE_UPLOAD),
            filtered=any(wanted.get(name) for name in ("q", "type", "province")),
            crumbs=[(_("Agencies"), "")],
            **kwargs,
        )

    def _agencies(self, wanted: dict[str, Any]) -> AgencyQuerySet:
        found = queries.find_agencies(
            wanted.get("q", ""),
            types=[wanted["type"]] if wanted.get("type") else None,
            under=wanted.get("province"),
        ).visible_to(self.request.user)
        if wanted.get("sort") == ALPHABETICAL:
            return found.order_by("sort_key", "official_order")
        return found


class AgencyDetailView(PermissionMixin, TemplateView):
    """One agency: its place in the tree, its codes, its past, its people. Also dissolved ones."""

    permission_required = Permission.AGENCY_VIEW
    template_name = "organisations/agency_detail.html"

    @cached_property
    def agency(self) -> Agency:
        """The agency of the address."""
        return get_object_or_404(Agency.ever.visible_to(self.request.user), key=self.kwargs["key"])

    def get_permission_object(self) -> Agency:
        """The agency."""
        return self.agency

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page and the way to it."""
        page = queries.agency_page(self.agency, user=self.request.user)
        manages = self.request.user.has_perm(Permission.MEMBERSHIP_MANAGE, self.agency)
        changes = self.agency.valid_to is None and self.request.user.has_perm(
            Permission.AGENCY_CHANGE, self.agency
        )
        return super().get_context_data(
            page=page, manages=manages, changes=changes, crumbs=_crumbs(page), **kwargs
        )


def _crumbs(page: queries.AgencyPage) -> list[tuple[str, str]]:
    return [
        (_("Agencies"), reverse("agency_list")),
        *(
            (agency.localised_name, reverse("agency_detail", args=[agency.key]))
            for agency in page.above
        ),
        (page.agency.localised_name, ""),
    ]
