"""The list of indices, one index, its beginning, its tables."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from analytics.definitions import DefinitionUnreadable, Problem, write
from analytics.indices import queries, services
from analytics.indices.documents import read_file
from analytics.indices.forms import IndexForm, TableForm
from analytics.indices.models import IndexTable, IndexVersion
from analytics.indices.pages import problem_lines
from analytics.indices.starting import BLANK, shipped_definitions
from analytics.indices.views.base import IndexView
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView, PermissionMixin
from surveys.organisations.requests import person_of
from surveys.xlsform.precheck import MAX_FILE_BYTES

PAGE_SIZE = 50


class IndexListView(PermissionMixin, TemplateView):
    """The indices of the person's owners."""

    permission_required = Permission.INDEX_VIEW
    template_name = "indices/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of the list; what was searched for stays in the address."""
        text = self.request.GET.get("q", "").strip()[:200]
        found = queries.find_indices(text, user=person_of(self.request))
        return super().get_context_data(
            page_obj=Paginator(found, PAGE_SIZE).get_page(self.request.GET.get("page")),
            text=text,
            may_edit=self.request.user.has_perm(Permission.INDEX_EDIT),
            shipped=shipped_definitions(),
            crumbs=[(_("Indices"), "")],
            **kwargs,
        )


class IndexAddView(PermissionMixin, FormView[IndexForm]):
    """A new index: empty, from what the product ships, from another index, from a file."""

    permission_required = Permission.INDEX_EDIT
    template_name = "indices/add.html"
    form_class = IndexForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """With what the person may begin."""
        return super().get_form_kwargs() | {"user": person_of(self.request)}

    def get_initial(self) -> dict[str, Any]:
        """What the address says to begin with, with its name."""
        start = self.request.GET.get("from", "")
        named = {f"shipped:{each.code}": each for each in shipped_definitions()}
        if start not in named:
            return {"start": start}
        found = named[start]
        return {
            "start": start,
            "code": found.code,
            "name": found.name.get("vi", ""),
            "name_en": found.name.get("en", ""),
        }

    def form_valid(self, form: IndexForm) -> HttpResponse:
        """Make it, or say what is wrong."""
        given = form.cleaned_data
        try:
            document, forked_from = self._begun(form)
            version = services.create_index(
                services.Start(
                    code=given["code"],
                    name={"vi": given["name"], "en": given["name_en"]},
                    document=document,
                    forked_from=forked_from,
                ),
                owner=given["owner"],
                actor=person_of(self.request),
                at=self.at,
            )
        except DefinitionUnreadable as refusal:
            return self._refused(form, refusal.problems)
        except services.DefinitionInvalid as refusal:
            return self._refused(form, refusal.problems)
        except DomainError as refusal:
            field = "code" if "code" in refusal.code else "name"
            form.add_error(field, str(refusal))
            return self.form_invalid(form)
        return redirect("index_version", self._code(version), version.number)

    def form_invalid(self, form: IndexForm) -> HttpResponse:
        """The form again, with its errors."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Where the page stands."""
        crumbs = [(_("Indices"), reverse("index_list")), (_("New index"), "")]
        return super().get_context_data(crumbs=crumbs, **kwargs)

    def _begun(self, form: IndexForm) -> tuple[Mapping[str, Any], IndexVersion | None]:
        """The document to begin with. Raises DefinitionUnreadable for a file that is none."""
        file, start = form.cleaned_data["file"], form.cleaned_data["start"]
        if file is not None:
            return write(read_file(file.read())), None
        kind, _separator, key = start.partition(":")
        if kind == "shipped":
            found = {each.code: each for each in shipped_definitions()}[key]
            return found.document, None
        if kind == "version":
            visible = IndexVersion.objects.visible_to(person_of(self.request))
            version = get_object_or_404(visible, pk=key)
            return version.definition, version
        return BLANK, None

    def _refused(self, form: IndexForm, problems: tuple[Problem, ...]) -> HttpResponse:
        context = self.get_context_data(form=form, problems=problem_lines(problems))
        return self.render_to_response(context, status=422)

    @staticmethod
    def _code(version: IndexVersion) -> str:
        return version.index.code


class IndexDetailView(IndexView, TemplateView):
    """One index: its versions, runs and tables."""

    permission_required = Permission.INDEX_VIEW
    template_name = "indices/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What there is of the index."""
        user = person_of(self.request)
        runs = Paginator(queries.runs_of(self.index), PAGE_SIZE)
        return super().get_context_data(
            index=self.index,
            versions=queries.versions_of(self.index),
            page_obj=runs.get_page(self.request.GET.get("page")),
            tables=queries.tables_of(self.index),
            may_edit=user.has_perm(Permission.INDEX_EDIT, self.index),
            may_run=user.has_perm(Permission.INDEX_RUN, self.index),
            crumbs=self.crumbs(),
            **kwargs,
        )


class IndexTablesView(IndexView, FormView[TableForm]):
    """The tables beside the answers."""

    permission_required = Permission.INDEX_EDIT
    template_name = "indices/tables.html"
    form_class = TableForm

    def form_valid(self, form: TableForm) -> HttpResponse:
        """Keep the table, or say why it is none."""
        file = form.cleaned_data["file"]
        try:
            services.keep_table(
                self.index,
                data=file.read(MAX_FILE_BYTES + 1),
                filename=file.name,
                actor=person_of(self.request),
                at=self.at,
            )
        except DomainError as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The table is kept; new runs read it."))
        return redirect("index_tables", self.index.code)

    def form_invalid(self, form: TableForm) -> HttpResponse:
        """The form again, with its errors."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The tables there are."""
        return super().get_context_data(
            index=self.index,
            tables=queries.tables_of(self.index),
            crumbs=self.crumbs((_("Tables beside the answers"), "")),
            **kwargs,
        )


class IndexTableRemoveView(IndexView, ObjectActionView):
    """Let new runs no longer read a table."""

    permission_required = Permission.INDEX_EDIT
    success_message = gettext_lazy("New runs no longer read the table.")

    def perform(self, target: Any) -> None:
        """Call the service."""
        table = get_object_or_404(IndexTable, index=target, pk=self.kwargs["table_id"])
        services.remove_table(table, actor=person_of(self.request), at=self.at)

    def get_success_url(self, target: Any) -> str:
        """Back to the tables."""
        return reverse("index_tables", args=[target.code])
