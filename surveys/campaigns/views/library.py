"""The rounds that ask a copy of a library item: a part of the item's page, which knows no round."""

from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from surveys.campaigns.models import Round
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.organisations.requests import person_of
from surveys.questionnaires.question_library.models import LibraryItem
from surveys.questionnaires.question_library.queries import uses_of


class LibraryItemRoundsView(PermissionMixin, TemplateView):
    """Each round whose version holds a copy of the item, among those the person follows."""

    permission_required = Permission.CAMPAIGN_VIEW
    template_name = "campaigns/_library_rounds.html"

    @cached_property
    def item(self) -> LibraryItem:
        """The item of the address, if the person may see it."""
        visible = LibraryItem.objects.visible_to(self.request.user)
        return get_object_or_404(visible, key=self.kwargs["key"])

    def get_permission_object(self) -> LibraryItem:
        """The item."""
        return self.item

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rounds, the latest first."""
        versions = [use.version.pk for use in uses_of(self.item, person_of(self.request))]
        rounds = (
            Round.objects.followed_by(self.request.user)
            .filter(Q(version__in=versions) | Q(variants__version__in=versions))
            .distinct()
            .select_related("campaign__owner", "version")
            .defer("version__definition")
            .order_by("-opens_at")
        )
        return super().get_context_data(rounds=rounds, versions=versions, **kwargs)
