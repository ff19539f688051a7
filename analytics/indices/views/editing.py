"""The editor of a draft: a pane at a time, saved as a whole form."""

import json
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from analytics.definitions import DefinitionUnreadable, Problem, write, write_text
from analytics.indices import services
from analytics.indices.documents import read_document, read_file
from analytics.indices.editor.acts import with_indicators
from analytics.indices.editor.boundaries import units_named, with_units_told
from analytics.indices.editor.drafts import Read, Shown, following, judged, shown
from analytics.indices.editor.parts import BOUNDARIES, INDICATORS, PANES, TEXT
from analytics.indices.editor.weights import consistencies
from analytics.indices.pages import pane_tabs, problem_lines
from analytics.indices.queries import Offered, offered_by, unit_names
from analytics.indices.views.base import OfVersionView
from surveys.campaigns.models import Round
from surveys.common.permissions import Permission
from surveys.organisations.requests import person_of


class IndexEditView(OfVersionView, TemplateView):
    """One pane of a draft.

    A POST with ``show`` gives the pane back as it would be, with shares and findings, and saves
    nothing.
    """

    permission_required = Permission.INDEX_EDIT
    template_name = "indices/edit.html"

    @cached_property
    def pane(self) -> str:
        """The pane of the address."""
        pane: str = self.kwargs["pane"]
        if pane not in PANES:
            raise Http404
        return pane

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The pane as it is stored; a frozen version is shown on its own page."""
        if not self.version.is_draft:
            messages.info(request, _("This version is frozen. Make a new version to change it."))
            return redirect("index_version", self.index.code, self.version.number)
        return self._page(judged(self.version.definition))

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Save the pane, or give it back with what is wrong."""
        document, problems = self._sent(request)
        read = Read(document, None, problems) if problems else judged(document)
        if "show" in request.POST:
            return self._page(read)
        if read.problems:
            return self._page(read, status=422)
        try:
            services.save_draft(
                self.version,
                document,
                seen=request.POST.get("seen", ""),
                actor=person_of(request),
                at=self.at,
            )
        except services.VersionChanged as refusal:
            messages.error(request, str(refusal))
            return self._page(read, status=409, theirs=self.version.definition)
        except services.VersionFrozen as refusal:
            messages.error(request, str(refusal))
            return redirect("index_version", self.index.code, self.version.number)
        messages.success(request, _("Saved."))
        return redirect(request.get_full_path())

    def _sent(self, request: HttpRequest) -> tuple[dict[str, Any], tuple[Problem, ...]]:
        """The document that follows from what was sent, and why it is none."""
        if self.pane == TEXT:
            return self._text(request)
        document = following(self.version.definition, self.pane, request.POST)
        if picked := request.POST.getlist("pick"):
            chosen = [each for each in self._offered if each.value in picked]
            document = with_indicators(document, [_taken(each, document) for each in chosen])
        return document, ()

    def _text(self, request: HttpRequest) -> tuple[dict[str, Any], tuple[Problem, ...]]:
        file = request.FILES.get("file")
        data = file.read() if file else request.POST.get("text", "").encode(errors="replace")
        try:
            return write(read_file(data)), ()
        except DefinitionUnreadable as refusal:
            return self.version.definition, refusal.problems

    @cached_property
    def round(self) -> Round | None:
        """The round from whose questionnaires indicators are taken, if one is chosen."""
        code = self.request.GET.get("round")
        if not code:
            return None
        return get_object_or_404(self._rounds(), code=code)

    def _rounds(self) -> QuerySet[Round]:
        followed = Round.objects.followed_by(person_of(self.request))
        return followed.filter(campaign__owner=self.index.owner_id).select_related("campaign")

    @cached_property
    def _offered(self) -> list[Offered]:
        if self.round is None:
            return []
        return offered_by(self.round, self.request.LANGUAGE_CODE)

    def _page(self, read: Read, *, status: int = 200, theirs: Any = None) -> HttpResponse:
        version = self.version
        problems = problem_lines((*read.problems, *read.findings), version)
        context = self.get_context_data(
            index=self.index,
            version=version,
            pane=self.pane,
            tabs=pane_tabs(version, self.pane),
            content=self._content(read, theirs),
            problems=problems,
            is_refused=status == 422,
            consistencies=consistencies(read.definition) if read.definition else [],
            text=self._shown_text() if self.pane == TEXT else "",
            rounds=self._rounds() if self.pane == INDICATORS else [],
            round=self.round if self.pane == INDICATORS else None,
            offered=self._offered if self.pane == INDICATORS else [],
            crumbs=self.version_crumbs((_("Edit"), "")),
        )
        return self.render_to_response(context, status=status)

    def _content(self, read: Read, theirs: Any) -> Shown:
        content = shown(self.pane, read, theirs)
        if self.pane != BOUNDARIES:
            return content
        names = unit_names(units_named(read.document))
        return replace(content, groups=with_units_told(content.groups, names))

    def _shown_text(self) -> str:
        """What was typed, else what is stored."""
        typed = self.request.POST.get("text")
        return typed or write_text(read_document(self.version.definition))


def _taken(offered: Offered, document: dict[str, Any]) -> dict[str, Any]:
    """An indicator under its own code; under that of its source too, where the code is taken."""
    copy: dict[str, Any] = json.loads(json.dumps(offered.document))
    copy["source"]["name"] = offered.name
    if any(each.get("code") == copy["code"] for each in document.get("indicators", ())):
        copy["code"] = f"{offered.kind}-{offered.name}"
    return copy
