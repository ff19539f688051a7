"""An address about the figures of a round."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from surveys.campaigns.models import Round
from surveys.common.permissions import Permission
from surveys.machines.api.base import ApiView
from surveys.machines.enums import Scope


class OfRoundFiguresView(ApiView):
    """Whoever may not see the round gets 404."""

    permission_required = Permission.RESULTS_VIEW
    scope = Scope.RESULTS

    @cached_property
    def round(self) -> Round:
        """The round of the address."""
        visible = Round.objects.visible_to(self.person).select_related(
            "campaign", "version", "previous"
        )
        return get_object_or_404(visible, code=self.kwargs["code"])

    def get_permission_object(self) -> Round:
        """The round."""
        return self.round
