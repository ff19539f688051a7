"""The library on pages of its own: the list, an item, what is done to it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView, PermissionMixin
from surveys.organisations.requests import person_of
from surveys.questionnaires.question_library import pages, queries, services
from surveys.questionnaires.question_library.content import outside_names
from surveys.questionnaires.question_library.enums import ItemKind
from surveys.questionnaires.question_library.forms import DescriptionForm, initial_of
from surveys.questionnaires.question_library.models import LibraryItem

PAGE_SIZE = 30
TEXT_LENGTH = 200


def asked(given: QueryDict, name: str) -> str:
    """A text of an address, cut, without NUL, which PostgreSQL refuses to compare with."""
    return given.get(name, "").replace("\0", "")[:TEXT_LENGTH]


def wanted_of(given: QueryDict) -> queries.Wanted:
    """What an address looks for."""
    return queries.Wanted(
        text=asked(given, "q").strip(),
        kind=given.get("kind", "") if given.get("kind", "") in ItemKind.values else "",
        topic=asked(given, "topic"),
        indicator=asked(given, "indicator"),
        with_retired=given.get("retired") == "1",
    )


def filters(request: HttpRequest) -> dict[str, Any]:
    """What is looked for and what may be chosen."""
    return {
        "wanted": wanted_of(request.GET),
        "kinds": ItemKind.choices,
        "topics": queries.topics(request.user),
        "indicators": queries.indicators(request.user),
    }


class LibraryListView(PermissionMixin, TemplateView):
    """The items of the person's owners, searched and filtered."""

    permission_required = Permission.LIBRARY_VIEW
    template_name = "questionnaires/library/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of the list; what was looked for stays in the address."""
        given = filters(self.request)
        found = queries.find_items(given["wanted"], user=self.request.user)
        return super().get_context_data(
            page_obj=Paginator(found, PAGE_SIZE).get_page(self.request.GET.get("page")),
            is_filtered=given["wanted"] != queries.Wanted(),
            crumbs=[(_("Question library"), "")],
            **given,
            **kwargs,
        )


class ItemMixin(PermissionMixin):
    """A view of one item of the person's owners."""

    permission_required = Permission.LIBRARY_VIEW

    @cached_property
    def item(self) -> LibraryItem:
        """The item of the address, if the person may see it."""
        visible = LibraryItem.objects.visible_to(self.request.user)
        found = visible.select_related("owner", "created_by", "origin_version__questionnaire")
        return get_object_or_404(found, key=self.kwargs["key"])

    def get_permission_object(self) -> LibraryItem:
        """The item."""
        return self.item


class LibraryItemView(ItemMixin, TemplateView):
    """An item as respondents see it, what it brings along, where it is used."""

    template_name = "questionnaires/library/item.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Preview, facts, uses and history."""
        item = self.item
        return super().get_context_data(
            item=item,
            canvas=pages.preview(item, language=get_language() or "vi", at=self.at),
            outside=outside_names(item.content),
            uses=queries.uses_of(item, person_of(self.request)),
            history=pages.history(queries.history_of(item)),
            may_edit=self.request.user.has_perm(Permission.LIBRARY_EDIT, item),
            crumbs=pages.crumbs(item.localised_title),
            **kwargs,
        )


class LibraryItemEditView(ItemMixin, FormView[DescriptionForm]):
    """Another title, topic or other tags."""

    permission_required = Permission.LIBRARY_EDIT
    template_name = "questionnaires/library/edit.html"
    form_class = DescriptionForm

    def get_initial(self) -> dict[str, Any]:
        """What is said of the item now."""
        return initial_of(self.item)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The topics that are there already are proposed."""
        return super().get_form_kwargs() | {"topics": queries.topics(self.request.user)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The item and the way to the page."""
        title = self.item.localised_title
        return super().get_context_data(item=self.item, crumbs=pages.crumbs(title), **kwargs)

    def form_valid(self, form: DescriptionForm) -> HttpResponse:
        """Save it; what is wrong stands at its field."""
        try:
            services.describe_item(
                self.item, description=form.description(), actor=person_of(self.request), at=self.at
            )
        except services.ItemInvalid as refusal:
            form.add_error(field_of(refusal), str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The item is saved."))
        return redirect("library_item", self.item.key)

    def form_invalid(self, form: DescriptionForm) -> HttpResponse:
        """The form again, with its errors."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class LibraryItemRetireView(ItemMixin, ObjectActionView):
    """Offer an item no longer."""

    permission_required = Permission.LIBRARY_EDIT
    success_message = gettext_lazy("The item is retired. Its copies stay.")

    def perform(self, target: LibraryItem) -> None:
        """Retire it."""
        services.retire_item(target, actor=person_of(self.request), at=self.at)

    def get_success_url(self, target: LibraryItem) -> str:
        """The item's page."""
        return reverse("library_item", args=[target.key])


class LibraryItemRestoreView(LibraryItemRetireView):
    """Offer a retired item again."""

    success_message = gettext_lazy("The item can be taken again.")

    def perform(self, target: LibraryItem) -> None:
        """Bring it back."""
        services.restore_item(target, actor=person_of(self.request), at=self.at)


def field_of(refusal: services.ItemInvalid) -> str:
    """The field of the form at which a refusal stands."""
    return "title_vi" if refusal.field == "title" else refusal.field
