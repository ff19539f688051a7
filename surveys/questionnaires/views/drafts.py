"""The builder: a draft in three panes, changed by edits, answered by fragments."""

from typing import Any, ClassVar, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.gzip import gzip_page
from django.views.generic import TemplateView, View

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView, PermissionMixin
from surveys.definitions.editing import (
    ROOT,
    EditError,
    Tree,
    excerpt_of,
    read_operations,
    write_excerpt,
)
from surveys.organisations.requests import person_of
from surveys.questionnaires import drafting, queries, services
from surveys.questionnaires.builder import ADDABLE, outline_of, section_uid
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.questionnaires.views.fragments import (
    EditUnreadable,
    Reader,
    Shown,
    bar_context,
    changes_answer,
    pane_context,
    read_body,
    refusal_answer,
    section_shown,
)

NUMBER_LENGTH: Final = 9


class AnotherPerson(DomainError):
    """What one person has typed is never stored under another's name."""

    code = "another_person"
    message = _(
        "Somebody else has signed in here. What you changed waits for you to sign in again."
    )
    status = 403


@method_decorator(gzip_page, name="dispatch")
class DraftMixin(PermissionMixin):
    """A page about the draft of a questionnaire; a questionnaire without one is not found.

    The outline of a large one repeats itself: compressed it is a tenth.
    """

    permission_required = Permission.QUESTIONNAIRE_EDIT

    @cached_property
    def draft(self) -> QuestionnaireVersion:
        """The draft of the address, if the person may see it."""
        return get_object_or_404(
            QuestionnaireVersion.objects.visible_to(self.request.user).select_related(
                "questionnaire__owner"
            ),
            questionnaire__code=self.kwargs["code"],
            status=VersionStatus.DRAFT,
        )

    def get_permission_object(self) -> QuestionnaireVersion:
        """The draft."""
        return self.draft

    @property
    def reader(self) -> Reader:
        """Who looks at the draft, as it was read last."""
        language = get_language() or "vi"
        return Reader(self.draft, person_of(self.request), language, self.at)


class DraftPageMixin(DraftMixin):
    """One of the builder's pages: the bar with its tabs above it. ``tab`` names the page."""

    tab: ClassVar[str]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the bar shows, and what the page adds."""
        return bar_context(self.reader) | {"tab": self.tab} | kwargs


class BuilderView(DraftPageMixin, TemplateView):
    """Outline, section, properties."""

    template_name = "questionnaires/builder/builder.html"
    tab = "build"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All three panes; ``?at=`` names the selected node."""
        reader, selected = self.reader, self.request.GET.get("at", "")
        return super().get_context_data(
            nodes=outline_of(reader.form, reader.language),
            kinds=ADDABLE,
            **pane_context(reader, selected, section_uid(reader.form, selected)),
            **kwargs,
        )


class DraftNodeView(DraftMixin, View):
    """The selected node's properties, and its section where another one is shown."""

    def get(self, request: HttpRequest, uid: str, **_kwargs: Any) -> HttpResponse:
        """Fragments."""
        reader = self.reader
        if uid not in reader.tree:
            raise Http404
        shown = Shown.read(request.GET.get)
        section = section_shown(reader, uid, shown.section)
        context = pane_context(reader, uid, section, shown.page)
        context["with_canvas"] = shown.section != section
        return render(request, "questionnaires/builder/_selected.html", context)


class DraftCopyView(DraftMixin, View):
    """The nodes ``?uid=…&uid=…`` and the lists that they need, to be pasted elsewhere."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> JsonResponse:
        """JSON as ``read_excerpt`` reads it."""
        tree = self.reader.tree
        wanted = [uid for uid in request.GET.getlist("uid") if uid in tree and uid != ROOT]
        if not wanted:
            raise Http404
        excerpt = excerpt_of(tree.document, drafting.outermost(tree, wanted))
        return JsonResponse(write_excerpt(excerpt), json_dumps_params={"ensure_ascii": False})


class DraftHereView(DraftMixin, View):
    """Somebody tells where they are, and is told who else is here."""

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Avatars; and the draft's revision, for browsers that hear nothing live."""
        person = person_of(request)
        services.note_visit(self.draft, node=request.POST.get("at", ""), actor=person, at=self.at)
        visits = queries.others_at(self.draft, person, since=self.at - services.PRESENT)
        answer = render(request, "questionnaires/builder/_here.html", {"visits": visits})
        answer["X-Revision"] = str(self.draft.revision)
        return answer


class DraftChangesView(DraftMixin, View):
    """What changed since the revision that a browser shows, drawn anew."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Fragments."""
        return changes_answer(request, self.reader, Shown.read(request.GET.get))


class DraftChangeMixin(DraftMixin):
    """A POST that changes the draft; answered by what is to be drawn anew, or by a refusal."""

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Change it."""
        try:
            body = read_body(request)
            person = person_of(request)
            if str(body.get("user", person.pk)) != str(person.pk):
                raise AnotherPerson
            select = self.change(body, _edit_id(body))
        except DomainError as refusal:
            return refusal_answer(refusal)
        return changes_answer(request, self.reader, Shown.read(body.get).selecting(select))

    def change(self, body: dict[str, Any], edit_id: UUID) -> str:
        """Call the service; the uid of the node to select then. Raises DomainError."""
        raise NotImplementedError

    def take(self, edited: QuestionnaireVersion) -> None:
        """From now on the draft is what the service has made of it."""
        edited.questionnaire = self.draft.questionnaire
        self.draft = edited


class DraftEditView(DraftChangeMixin, View):
    """One edit: operations, or a command that becomes operations."""

    def change(self, body: dict[str, Any], edit_id: UUID) -> str:
        """Apply it."""
        if "do" in body and self.draft.edits.filter(edit_id=edit_id).exists():
            # The answer was lost and the command comes again: what it spoke of stands elsewhere now.
            return ""
        plan = self._plan(body)
        if plan.operations:
            edited = services.edit_draft(
                self.draft,
                edit_id=edit_id,
                operations=plan.operations,
                actor=person_of(self.request),
                at=self.at,
            )
            self.take(edited.version)
        return plan.select

    def _plan(self, body: dict[str, Any]) -> drafting.Plan:
        try:
            if "do" not in body:
                return drafting.Plan(read_operations(body.get("operations")))
            arguments = body.get("with")
            given = arguments if isinstance(arguments, dict) else {}
            return drafting.plan(Tree(self.draft.definition), str(body["do"]), given)
        except EditError as failure:
            raise services.EditRefused(failure) from failure


class DraftStartView(ObjectActionView):
    """A new draft that goes on from the version in force, or from the one that ``like`` numbers."""

    permission_required = Permission.QUESTIONNAIRE_EDIT

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire of the address, if the person may see it."""
        visible = Questionnaire.objects.visible_to(self.request.user)
        return get_object_or_404(visible, code=self.kwargs["code"])

    def get_permission_object(self) -> Questionnaire:
        """The questionnaire."""
        return self.questionnaire

    def perform(self, target: Questionnaire) -> None:
        """Start it; one that exists is gone on with, but never given up for an older version."""
        like = self.request.POST.get("like", "")
        source = queries.version_of(target, int(like)) if _is_number(like) else None
        if like and source is None:
            raise Http404
        if source or not target.versions.filter(status=VersionStatus.DRAFT).exists():
            services.start_draft(target, actor=person_of(self.request), at=self.at, like=source)

    def get_success_url(self, target: Questionnaire) -> str:
        """The builder."""
        return reverse("draft_builder", args=[target.code])


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < NUMBER_LENGTH


def _edit_id(body: dict[str, Any]) -> UUID:
    try:
        return UUID(str(body.get("edit_id", "")))
    except ValueError as failure:
        raise EditUnreadable from failure
