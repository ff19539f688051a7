"""The rounds that ask a questionnaire: a part of the page of a version, which knows no round."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Round, RoundVariant
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
        wanted = self.version.questionnaire
        variants = RoundVariant.objects.select_related("version").defer("version__definition")
        rounds = (
            Round.objects.followed_by(self.request.user)
            .filter(Q(campaign__questionnaire=wanted) | Q(variants__version__questionnaire=wanted))
            .select_related("campaign__owner", "version")
            .prefetch_related(Prefetch("variants", queryset=variants))
            .defer("version__definition")
            .distinct()
        )
        asked = [(round_, self._asked_by(round_)) for round_ in rounds]
        rows = [(round_, now, self._move_url(round_, now)) for round_, now in asked]
        return super().get_context_data(rows=rows, version=self.version, **kwargs)

    def _asked_by(self, round_: Round) -> QuestionnaireVersion:
        """What the round asks of this questionnaire, as its own or as a variant."""
        asked = [round_.version, *(variant.version for variant in round_.variants.all())]
        wanted = self.version.questionnaire_id
        return next((each for each in asked if each.questionnaire_id == wanted), round_.version)

    def _move_url(self, round_: Round, now: QuestionnaireVersion) -> str:
        """Where the round moves to this version; the empty text where it cannot."""
        is_newer = now.number < self.version.number
        is_possible = (
            round_.status == RoundStatus.OPEN
            and self.version.status == VersionStatus.PUBLISHED
            and is_newer
            and self.request.user.has_perm(Permission.ROUND_CHANGE_VERSION, round_)
        )
        if not is_possible:
            return ""
        form = {} if now.pk == round_.version_id else {"form": self.version.questionnaire.code}
        query = urlencode(form | {"to": str(self.version.number)})
        return f"{reverse('round_version', args=[round_.code])}?{query}"
