"""All versions of a questionnaire, who changed what in each, and what was deleted brought back."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView, PermissionMixin
from surveys.definitions.editing import Tree
from surveys.organisations.requests import person_of
from surveys.questionnaires import draft_log, queries
from surveys.questionnaires.drafting.restoring import restored
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.models import DraftEdit, Questionnaire, QuestionnaireVersion
from surveys.questionnaires.views.base import edit_as_planned
from surveys.questionnaires.views.drafts import DraftMixin
from surveys.questionnaires.views.fragments import Reader, bar_context

EDITS_PER_PAGE = 40
NUMBER_LENGTH = 9


class VersionListView(PermissionMixin, TemplateView):
    """The versions, and the log of one of them: the builder's page where there is a draft to build."""

    permission_required = Permission.QUESTIONNAIRE_VIEW

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire of the address, if the person may see it."""
        visible = Questionnaire.objects.visible_to(self.request.user).select_related("owner")
        return get_object_or_404(visible, code=self.kwargs["code"])

    def get_permission_object(self) -> Questionnaire:
        """The questionnaire."""
        return self.questionnaire

    @cached_property
    def versions(self) -> list[QuestionnaireVersion]:
        """All of them, the newest first; a questionnaire without one is not found."""
        found = list(queries.versions(self.questionnaire))
        if not found:
            raise Http404
        return found

    @property
    def draft(self) -> QuestionnaireVersion | None:
        """The draft, if there is one that the person may edit."""
        newest = self.versions[0]
        is_draft = newest.status == VersionStatus.DRAFT
        may = is_draft and self.request.user.has_perm(Permission.QUESTIONNAIRE_EDIT, newest)
        return newest if may else None

    def get_template_names(self) -> list[str]:
        """Within the builder's frame, or on a page of its own."""
        name = "draft_versions" if self.draft else "version_list"
        return [f"questionnaires/versions/{name}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The versions and one page of the log."""
        draft, newest = self.draft, self.versions[0]
        user = self.request.user
        return super().get_context_data(
            questionnaire=self.questionnaire,
            versions=self.versions,
            newest=newest,
            has_draft=newest.status == VersionStatus.DRAFT,
            may_edit=user.has_perm(Permission.QUESTIONNAIRE_EDIT, newest),
            may_retire=user.has_perm(Permission.QUESTIONNAIRE_PUBLISH, newest),
            tab="versions",
            crumbs=[
                (_("Questionnaires"), reverse("questionnaire_list")),
                (newest.localised_title, ""),
            ],
            **self._log(),
            **(self._bar(draft) if draft else {}),
            **kwargs,
        )

    def _bar(self, draft: QuestionnaireVersion) -> dict[str, Any]:
        language = get_language() or "vi"
        return bar_context(Reader(draft, person_of(self.request), language, self.at))

    def _log(self) -> dict[str, Any]:
        get = self.request.GET.get
        of = self._version_of(get("log", ""))
        person, node = get("person", ""), get("node", "").replace("\0", "")[:40]
        edits = draft_log.edits_of(of, person=person, node=node)
        page_obj = Paginator(edits, EDITS_PER_PAGE).get_page(get("page"))
        tree = Tree(of.definition)
        return {
            "log_of": of,
            "page_obj": page_obj,
            "entries": draft_log.entries(of, list(page_obj.object_list), get_language() or "vi"),
            "authors": draft_log.authors_of(of),
            "person": person,
            "node": node,
            "node_label": draft_log.label_in(tree, node, get_language() or "vi") if node else "",
            "is_log_of_draft": self.draft is not None and of == self.draft,
        }

    def _version_of(self, number: str) -> QuestionnaireVersion:
        if not number:
            return self.versions[0]
        if not (number.isascii() and number.isdecimal() and len(number) < NUMBER_LENGTH):
            raise Http404
        found = next((each for each in self.versions if each.number == int(number)), None)
        if found is None:
            raise Http404
        return found


class DraftRestoreView(DraftMixin, ObjectActionView):
    """What an edit deleted comes back as a new edit."""

    permission_required = Permission.QUESTIONNAIRE_EDIT
    success_message = gettext_lazy("It is back in the draft. You can undo that.")

    def perform(self, target: QuestionnaireVersion) -> None:
        """Find what was deleted, and add it."""
        edit = get_object_or_404(DraftEdit, version=target, number=self.kwargs["number"])
        deleted = draft_log.deleted_in(edit, self.kwargs["position"])
        if deleted is None:
            raise Http404
        edit_as_planned(
            target,
            lambda tree: restored(tree, deleted),
            actor=person_of(self.request),
            at=self.at,
        )

    def get_success_url(self, target: QuestionnaireVersion) -> str:
        """The log."""
        return f"{reverse('version_list', args=[target.questionnaire.code])}#log"
