"""One version: what it says, what is wrong with it, copied, frozen, exported, compared."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from analytics.definitions import IndexDefinition, write_text
from analytics.definitions.comparing import compare
from analytics.indices import services
from analytics.indices.changes import ChangedThing, changed_things
from analytics.indices.documents import read_document
from analytics.indices.editor.fields import typed
from analytics.indices.editor.tree import tree_pane
from analytics.indices.editor.weights import consistencies
from analytics.indices.findings import findings_of
from analytics.indices.forms import NoteForm
from analytics.indices.models import IndexVersion
from analytics.indices.pages import named, problem_lines
from analytics.indices.queries import runs_with_places
from analytics.indices.views.base import IndexView, OfVersionView
from analytics.indices.words import NORMALISATIONS, SOURCES
from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView
from surveys.organisations.requests import person_of

SHOWN_RUNS = 20


class VersionView(OfVersionView, TemplateView):
    """What a version says, its findings, its runs."""

    permission_required = Permission.INDEX_VIEW
    template_name = "indices/version.html"

    @cached_property
    def definition(self) -> IndexDefinition:
        """The definition; what is stored can always be read."""
        return read_document(self.version.definition)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The version as a page."""
        user, version, definition = person_of(self.request), self.version, self.definition
        findings = problem_lines(findings_of(definition), version)
        return super().get_context_data(
            index=self.index,
            version=version,
            definition=definition,
            rows=self._rows(),
            tree=tree_pane(version.definition, definition),
            words=named(definition, self.request.LANGUAGE_CODE),
            consistencies=consistencies(definition),
            normalisation=NORMALISATIONS[definition.normalisation.method],
            findings=findings,
            blocked=any(each.grade == "bad" for each in findings),
            runs=runs_with_places(version.runs.all())[:SHOWN_RUNS],
            may_edit=user.has_perm(Permission.INDEX_EDIT, version),
            may_run=user.has_perm(Permission.INDEX_RUN, version),
            crumbs=self.version_crumbs(),
            **kwargs,
        )

    def _rows(self) -> list[dict[str, Any]]:
        return [
            {
                "indicator": each,
                "goalposts": [typed(end) for end in each.goalposts or ()],
                "target": typed(each.target),
                "source": SOURCES.get(each.source.kind, each.source.kind),
                "normalisation": NORMALISATIONS[each.normalisation.method]
                if each.normalisation
                else "",
            }
            for each in self.definition.indicators
        ]


class ForkView(OfVersionView):
    """Makes a new draft of what a version says."""

    permission_required = Permission.INDEX_EDIT

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The draft, ready to be edited."""
        form = NoteForm(request.POST)
        note = form.cleaned_data["note"] if form.is_valid() else ""
        draft = services.fork_version(self.version, actor=person_of(request), at=self.at, note=note)
        messages.success(request, _("The new version is a draft; nothing of the old one changes."))
        return redirect("index_version", self.index.code, draft.number)


class FreezeView(OfVersionView, ObjectActionView):
    """Freezes a version."""

    permission_required = Permission.INDEX_EDIT
    success_message = gettext_lazy("The version is frozen. It can be run now.")

    def perform(self, target: IndexVersion) -> None:
        """Call the service with the hash that the page showed."""
        seen = self.request.POST.get("seen", "")
        services.freeze_version(target, seen=seen, actor=person_of(self.request), at=self.at)

    def get_success_url(self, target: IndexVersion) -> str:
        """The version."""
        return reverse("index_version", args=[self.index.code, target.number])


class ExportView(OfVersionView):
    """Hands out a version as one JSON file."""

    permission_required = Permission.INDEX_VIEW

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The file."""
        text = write_text(read_document(self.version.definition))
        name = f"{self.index.code}-{self.version.number}.json"
        return HttpResponse(
            text,
            content_type="application/json; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class CompareView(IndexView, TemplateView):
    """What differs between two versions of an index."""

    permission_required = Permission.INDEX_VIEW
    template_name = "indices/compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both versions and every difference."""
        versions = list(self.index.versions.defer("definition"))
        older, newer = self._chosen(versions)
        changed: list[ChangedThing] = []
        if older is not None and newer is not None:
            before, after = read_document(older.definition), read_document(newer.definition)
            found = compare(before, after)
            changed = changed_things(found, before, after, self.request.LANGUAGE_CODE)
        return super().get_context_data(
            index=self.index,
            versions=versions,
            older=older,
            newer=newer,
            changed=changed,
            count=sum(each.count for each in changed),
            crumbs=self.crumbs((_("Compare versions"), "")),
            **kwargs,
        )

    def _chosen(
        self, versions: list[IndexVersion]
    ) -> tuple[IndexVersion | None, IndexVersion | None]:
        """The two versions of the address; else the newest two."""
        if len(versions) < 2:
            return None, None
        wanted = [
            self.request.GET.get("a") or str(versions[1].number),
            self.request.GET.get("b") or str(versions[0].number),
        ]
        numbers = [int(word) if word.isdigit() and len(word) < 9 else 0 for word in wanted]
        older, newer = (
            get_object_or_404(IndexVersion, index=self.index, number=number) for number in numbers
        )
        return older, newer
