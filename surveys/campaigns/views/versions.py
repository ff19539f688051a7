"""The rounds that ask a questionnaire: a part of the page of a version, which knows no round."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Round
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.models import QuestionnaireVersion


class VersionRoundsView(PermissionMixin, TemplateView):
    """Each round with the version it asks, and the way to move an open one to this version."""

    permission_required = Permission.CAMPAIGN_VIEW
    template_name = "campaigns/_version_rounds.html"

    @cached_property
    def version(self) -> QuestionnaireVersion:
        """The version of the address, if the person may see it."""
        visible = QuestionnaireVersion.objects.visible_to(self.request.user)
        return get_object_or_404(
            visible.select_related("questionnaire").defer("definition"),
            questionnaire__code=self.kwargs["code"],
            number=self.kwargs["number"],
        )

    def get_permission_object(self) -> QuestionnaireVersion:
        """The version."""
        return self.version

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rounds = (
            Round.objects.followed_by(self.request.user)
            .filter(campaign__questionnaire=self.version.questionnaire)
            .select_related("campaign__owner", "version")
            .defer("version__definition")
        )
        rows = [(round_, self._move_url(round_)) for round_ in rounds]
        return super().get_context_data(rows=rows, version=self.version, **kwargs)

    def _move_url(self, round_: Round) -> str:
        """Where the round moves to this version; the empty text where it cannot."""
        is_newer = round_.version.number < self.version.number
        is_possible = (
            round_.status == RoundStatus.OPEN
            and self.version.status == VersionStatus.PUBLISHED
            and is_newer
            and self.request.user.has_perm(Permission.ROUND_CHANGE_VERSION, round_)
        )
        if not is_possible:
            return ""
        return f"{reverse('round_version', args=[round_.code])}?to={self.version.number}"
