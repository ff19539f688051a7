"""What the pages of one version share."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.questionnaires.models import QuestionnaireVersion


class VersionMixin(PermissionMixin):
    """A page or act of one version; a stranger gets 404."""

    permission_required = Permission.QUESTIONNAIRE_VIEW

    @cached_property
    def version(self) -> QuestionnaireVersion:
        """The version of the address, if the person may see it."""
        visible = QuestionnaireVersion.objects.visible_to(self.request.user)
        return get_object_or_404(
            visible.select_related("questionnaire__owner", "created_by", "published_by"),
            questionnaire__code=self.kwargs["code"],
            number=self.kwargs["number"],
        )

    def get_permission_object(self) -> QuestionnaireVersion:
        """The version."""
        return self.version


def version_address(version: QuestionnaireVersion) -> str:
    """Where the version is read."""
    return reverse("version_detail", args=[version.questionnaire.code, version.number])
