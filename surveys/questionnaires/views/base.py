"""What the pages of one version share."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.definitions.editing import EditError, Tree
from surveys.organisations.models import User
from surveys.questionnaires import services
from surveys.questionnaires.drafting import Plan
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


def edit_as_planned(
    draft: QuestionnaireVersion, plan: Callable[[Tree], Plan], *, actor: User, at: datetime
) -> None:
    """Apply what a command plans on the draft as one edit. Raises EditRefused and EditConflict."""
    try:
        operations = plan(Tree(draft.definition)).operations
    except EditError as failure:
        raise services.EditRefused(failure) from failure
    services.edit_draft(draft, edit_id=uuid4(), operations=operations, actor=actor, at=at)
