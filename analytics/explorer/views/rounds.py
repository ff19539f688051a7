"""What the pages under a round share."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from surveys.campaigns.models import Round
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.organisations.requests import person_of


class OfRound(PermissionMixin):
    """A page about a round; whoever may not see the round gets 404."""

    permission_required = Permission.RESULTS_VIEW

    @cached_property
    def round(self) -> Round:
        """The round, if the reader may see it."""
        visible = Round.objects.visible_to(person_of(self.request)).select_related(
            "campaign", "version", "previous"
        )
        return get_object_or_404(visible, code=self.kwargs["code"])

    def get_permission_object(self) -> Round:
        """The round."""
        return self.round
