"""Starting a run, its page, its intermediate tables."""

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from analytics.indices import services
from analytics.indices.access import sees_names, tables_for
from analytics.indices.correlated import BOUNDS, pairs_of
from analytics.indices.documents import read_document
from analytics.indices.enums import Scores
from analytics.indices.figures import decimals
from analytics.indices.forms import RunForm
from analytics.indices.keeping import TablesLost, table_of
from analytics.indices.models import IndexRun
from analytics.indices.pages import level_words, named, warning_groups
from analytics.indices.shades import Shades
from analytics.indices.tabulating import CORRELATIONS, TABLES
from analytics.indices.views.base import OfRunView, OfVersionView
from analytics.indices.words import CELLS, HEADINGS
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView
from surveys.organisations.requests import person_of

PAGE_SIZE = 50
UNITS_SHOWN = 100
CORRELATED = "indices/run_correlations.html"


class RunAddView(OfVersionView, FormView[RunForm]):
    """What is chosen for a run."""

    permission_required = Permission.INDEX_RUN
    template_name = "indices/run_add.html"
    form_class = RunForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """The rounds of the index's owner."""
        user = person_of(self.request)
        return super().get_form_kwargs() | {"version": self.version, "user": user}

    def form_valid(self, form: RunForm) -> HttpResponse:
        """Ask for the run, or say why not."""
        given = form.cleaned_data
        choices = services.Choices(Scores(given["scores"]), given["seed"], given["draws"])
        try:
            run = services.request_run(
                self.version,
                given["round"],
                choices=choices,
                actor=person_of(self.request),
                at=self.at,
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return redirect("index_run", self.index.code, run.pk)

    def form_invalid(self, form: RunForm) -> HttpResponse:
        """The form again, with its errors."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Where the page stands."""
        return super().get_context_data(
            index=self.index,
            version=self.version,
            crumbs=self.version_crumbs((_("New run"), "")),
            **kwargs,
        )


class RunView(OfRunView, TemplateView):
    """How far a run is; once computed, its warnings, configuration, hashes and tables."""

    permission_required = Permission.INDEX_VIEW
    template_name = "indices/run.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The run as a page."""
        user, run = person_of(self.request), self.run
        definition = read_document(run.version.definition)
        language = self.request.LANGUAGE_CODE
        named_here = sees_names(user, run)
        units = run.units.defer("data") if named_here else run.units.none()
        names = {unit.key: unit.localised_name for unit in units}
        readable = tables_for(user, run, with_names=named_here)
        warnings = warning_groups(run, definition, names, language)
        ranked = units.order_by(F("rank").asc(nulls_last=True), "position")
        page = Paginator(ranked, UNITS_SHOWN).get_page(self.request.GET.get("page"))
        shades, root = Shades(definition), definition.tree.code
        levels = shades.level_names(root, language)
        may_read = user.has_perm(Permission.INDEX_VALUES, run)
        return super().get_context_data(
            index=self.index,
            run=run,
            page_obj=page,
            lines=[(unit, level_words(unit.level, levels)) for unit in page],
            has_levels=bool(levels),
            digits=decimals(*shades.span(root)),
            warnings=warnings if named_here else [replace(each, lines=()) for each in warnings],
            named_here=named_here,
            tables=[(name, TABLES[name]) for name in readable],
            may_read=may_read,
            may_stop=run.is_pending and user.has_perm(Permission.INDEX_RUN, run),
            crumbs=self.run_crumbs(),
            **kwargs,
        )


class RunStopView(OfRunView, ObjectActionView):
    """Stops a run that waits or is being computed."""

    permission_required = Permission.INDEX_RUN
    success_message = gettext_lazy("The run is stopped; nothing of it is kept.")

    def perform(self, target: IndexRun) -> None:
        """Stop it."""
        services.stop_run(target, actor=person_of(self.request), at=self.at)

    def get_success_url(self, target: IndexRun) -> str:
        """The run."""
        return reverse("index_run", args=[self.index.code, target.pk])


class RunTableView(OfRunView, TemplateView):
    """One intermediate table of a run."""

    permission_required = Permission.INDEX_VIEW
    template_name = "indices/run_table.html"

    @cached_property
    def shown(self) -> str:
        """The table of the address, if the person may read it."""
        name: str = self.kwargs["table_name"]
        if name not in self._readable:
            raise Http404
        return name

    @cached_property
    def _readable(self) -> tuple[str, ...]:
        user = person_of(self.request)
        return tables_for(user, self.run, with_names=sees_names(user, self.run))

    def get_template_names(self) -> list[str]:
        """Correlations have words of their own."""
        return [CORRELATED if self.shown == CORRELATIONS else self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of the table."""
        name, refusal, lines = self.shown, "", [[""]]
        if self.run.computed_at is None:
            raise Http404
        try:
            lines = table_of(self.run, name)
        except TablesLost as lost:
            refusal = str(lost)
        except KeyError:
            # A run keeps the tables that there were when it was computed.
            refusal = _("This run was computed before there was such a table. Start it again.")
        definition = read_document(self.run.version.definition)
        words = named(definition, self.request.LANGUAGE_CODE)
        pairs = pairs_of(lines[1:], words) if name == CORRELATIONS else []
        page = Paginator(pairs or lines[1:], PAGE_SIZE).get_page(self.request.GET.get("page"))
        seen = [] if pairs else lines[1:][max(page.start_index() - 1, 0) : page.end_index()]
        units = {unit.key: unit.localised_name for unit in self.run.units.defer("data")}
        known = {**CELLS, **words, **units}
        return super().get_context_data(
            index=self.index,
            run=self.run,
            shown=name,
            title=TABLES[name],
            tables=[(each, TABLES[each]) for each in self._readable],
            headings=[(HEADINGS.get(head, head), known.get(head, "")) for head in lines[0]],
            rows=[[(cell, str(known.get(cell, ""))) for cell in line] for line in seen],
            marked=sum(1 for pair in pairs if pair.mark),
            bounds=BOUNDS,
            page_obj=page,
            refusal=refusal,
            crumbs=self.run_crumbs((str(TABLES[name]), "")),
            **kwargs,
        )


class RunDownloadView(OfRunView):
    """Hands out all intermediate tables of a run."""

    permission_required = Permission.INDEX_VALUES

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The zip of CSV files, noted in the audit."""
        if self.run.computed_at is None:
            raise Http404
        content = services.fetch_tables(self.run, actor=person_of(request), at=self.at)
        name = f"{self.index.code}-run-{self.run.pk}.zip"
        return HttpResponse(
            content,
            content_type="application/zip",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
