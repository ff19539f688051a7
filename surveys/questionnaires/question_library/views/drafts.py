"""The library in the builder: parts of its page, and edits."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.definitions.editing import Tree
from surveys.organisations.requests import person_of
from surveys.questionnaires.question_library import pages, queries, services
from surveys.questionnaires.question_library.content import outside_names
from surveys.questionnaires.question_library.forms import LANGUAGES, TITLE_LENGTH, DescriptionForm
from surveys.questionnaires.question_library.models import LibraryItem
from surveys.questionnaires.question_library.queries import Kinship
from surveys.questionnaires.question_library.views.items import asked, field_of, filters
from surveys.questionnaires.question_library.wording import compare
from surveys.questionnaires.views.drafts import DraftChangeMixin, DraftMixin

FOUND_AT_ONCE = 30
MOST_NODES = 100


class ItemUnknown(DomainError):
    """There is no such item for the person."""

    code = "library_item_unknown"
    message = _("There is no such item in the library.")
    status = 404


class DraftLibraryView(DraftMixin, TemplateView):
    """What can be taken into the draft, searched and filtered, one item as respondents see it."""

    template_name = "questionnaires/library/_pick.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The items found and the chosen one; the first where none is chosen."""
        given = filters(self.request)
        found = queries.find_items(given["wanted"], user=self.request.user)
        page = Paginator(found, FOUND_AT_ONCE).get_page(self.request.GET.get("page"))
        shown = asked(self.request.GET, "item") or next((each.key for each in page), "")
        item = LibraryItem.objects.visible_to(self.request.user).filter(key=shown).first()
        language = get_language() or "vi"
        return super().get_context_data(
            draft=self.draft,
            page_obj=page,
            item=item,
            canvas=pages.preview(item, language=language, at=self.at) if item else None,
            outside=outside_names(item.content) if item else [],
            **given,
            **kwargs,
        )


class DraftLibraryInsertView(DraftChangeMixin, View):
    """Copy an item into the draft."""

    def change(self, body: dict[str, Any], edit_id: UUID) -> str:
        """Insert it behind the named node; the copy is selected."""
        visible = LibraryItem.objects.visible_to(self.request.user)
        key = str(body.get("item", ""))
        # What is no plain text cannot be sent to the database.
        item = visible.filter(key=key).first() if key.isascii() and key.isprintable() else None
        if item is None:
            raise ItemUnknown
        inserted = services.insert_item(
            self.draft,
            item=item,
            after=str(body.get("after") or ""),
            edit_id=edit_id,
            actor=person_of(self.request),
            at=self.at,
        )
        self.take(inserted.edited.version)
        return inserted.select


class DraftLibraryTakeView(DraftChangeMixin, View):
    """Take the present wording of the item into its copy."""

    def change(self, body: dict[str, Any], edit_id: UUID) -> str:
        """Take it; the copy stays selected."""
        uid = str(body.get("node", ""))
        kinship = queries.kinship_of(self.draft, uid, person_of(self.request))
        if kinship is None or kinship.origin is None:
            raise services.NotACopy
        edited = services.take_wording(
            self.draft,
            uid=uid,
            item=kinship.item,
            edit_id=edit_id,
            actor=person_of(self.request),
            at=self.at,
        )
        self.take(edited.version)
        return uid


class NodeMixin(DraftMixin):
    """A part about one node of the draft."""

    def part(self, request: HttpRequest, uid: str, **more: Any) -> HttpResponse:
        """What ties the node to the library."""
        if uid not in Tree(self.draft.definition):
            raise Http404
        kinship = queries.kinship_of(self.draft, uid, person_of(request))
        context = {"draft": self.draft, "uid": uid, "kinship": kinship, **more}
        if kinship is not None:
            may_edit = request.user.has_perm(Permission.LIBRARY_EDIT, kinship.item)
            context |= {"may_edit": may_edit, **self._compared(kinship, uid)}
        return render(request, "questionnaires/library/_node.html", context)

    def _compared(self, kinship: Kinship, uid: str) -> dict[str, Any]:
        item = kinship.item
        if kinship.origin is None:
            return {}
        found = compare(
            self.draft.definition,
            uid,
            key=item.key,
            revision=item.revision,
            content=item.content,
        )
        return {"texts": pages.worded_texts(found), "others": pages.worded_others(found)}


class DraftLibraryNodeView(NodeMixin, View):
    """Where a node comes from, whether the item has changed since, what can be done."""

    def get(self, request: HttpRequest, uid: str, **_kwargs: Any) -> HttpResponse:
        """The part of the right pane."""
        return self.part(request, uid)


class DraftLibraryUpdateView(NodeMixin, View):
    """Give the item the content of the node."""

    def post(self, request: HttpRequest, uid: str, **_kwargs: Any) -> HttpResponse:
        """Update it; the part again, with a refusal if there is one."""
        kinship = queries.kinship_of(self.draft, uid, person_of(request))
        if kinship is None or not request.user.has_perm(Permission.LIBRARY_EDIT, kinship.item):
            raise Http404
        try:
            services.update_item(
                kinship.item, version=self.draft, uid=uid, actor=person_of(request), at=self.at
            )
        except DomainError as refusal:
            return self.part(request, uid, refusal=str(refusal))
        return self.part(request, uid, is_updated=True)


class DraftLibrarySaveView(DraftMixin, View):
    """Keep the selected elements in the library of the draft's owner."""

    permission_required = Permission.LIBRARY_EDIT

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """The form, with the element's label for a title."""
        nodes = self._nodes(request.GET.get("nodes", ""))
        titles = self._title(nodes[0])
        initial = {f"title_{language}": titles.get(language, "") for language in LANGUAGES}
        initial["title_vi"] = initial["title_vi"] or next(iter(titles.values()))
        return self._page(request, self._form(nodes, initial=initial), nodes)

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Keep them; what is wrong stands at its field."""
        nodes = self._nodes(request.POST.get("nodes", ""))
        form = self._form(nodes, data=request.POST)
        if not form.is_valid():
            return self._page(request, form, nodes, status=422)
        try:
            items = [self._save(form, uid, is_one=len(nodes) == 1) for uid in nodes]
        except services.ItemInvalid as refusal:
            form.add_error(field_of(refusal), str(refusal))
            return self._page(request, form, nodes, status=422)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self._page(request, form, nodes, status=422)
        return render(request, "questionnaires/library/_saved.html", {"items": items})

    def _save(self, form: DescriptionForm, uid: str, *, is_one: bool) -> LibraryItem:
        return services.save_item(
            self.draft,
            uid=uid,
            description=form.description(None if is_one else self._title(uid)),
            actor=person_of(self.request),
            at=self.at,
        )

    def _nodes(self, text: str) -> list[str]:
        tree = Tree(self.draft.definition)
        nodes = [uid for uid in text.split(",")[:MOST_NODES] if uid in tree]
        if not nodes:
            raise Http404
        return nodes

    def _title(self, uid: str) -> dict[str, str]:
        node = Tree(self.draft.definition).node(uid)
        texts = node.get("label", {}).items()
        label = {language: text[:TITLE_LENGTH] for language, text in texts if text}
        return label or {"vi": str(node.get("name", self.draft.title))}

    def _form(self, nodes: list[str], **given: Any) -> DescriptionForm:
        topics = queries.topics(self.request.user)
        return DescriptionForm(topics=topics, is_several=len(nodes) > 1, **given)

    def _page(
        self, request: HttpRequest, form: DescriptionForm, nodes: list[str], status: int = 200
    ) -> HttpResponse:
        context = {"draft": self.draft, "form": form, "nodes": ",".join(nodes)}
        context["number"] = str(len(nodes))
        return render(request, "questionnaires/library/_save.html", context, status=status)
