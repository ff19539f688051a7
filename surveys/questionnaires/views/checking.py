"""The check of a draft: everything found, the way there, and the edit that mends it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView
from surveys.definitions.editing import Tree
from surveys.engine import Problem
from surveys.organisations.requests import person_of
from surveys.questionnaires import drafting, queries
from surveys.questionnaires.findings import FoundGroup, grouped
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.views.base import edit_as_planned
from surveys.questionnaires.views.drafts import DraftMixin, DraftPageMixin
from surveys.questionnaires.views.fragments import Reader
from surveys.questionnaires.views.work import simulated_problems, simulation_part


class DraftCheckView(DraftPageMixin, TemplateView):
    """Findings by severity, the burden, and the simulation."""

    template_name = "questionnaires/check/check.html"
    tab = "check"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows."""
        return super().get_context_data(
            version=self.draft,
            **check_part(self.reader),
            **simulation_part(self.draft),
            **kwargs,
        )


class DraftFindingsView(DraftMixin, View):
    """The findings alone, drawn anew after an edit."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """A fragment."""
        context = {"draft": self.draft, **check_part(self.reader)}
        return render(request, "questionnaires/check/_findings.html", context)


class DraftCheckCountView(DraftFindingsView):
    """How many findings there are, for the tab."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """A fragment."""
        context = {"draft": self.draft, **check_part(self.reader)}
        return render(request, "questionnaires/check/_count.html", context)


class DraftMendView(DraftMixin, ObjectActionView):
    """One edit that mends one finding."""

    permission_required = Permission.QUESTIONNAIRE_EDIT
    success_message = gettext_lazy("Mended. You can undo that in the builder.")

    def perform(self, target: QuestionnaireVersion) -> None:
        """Plan the edit and apply it."""
        post = self.request.POST
        if "node" in post:
            command, given = "succeed", {"node": post["node"]}
        else:
            command, given = "mend", {key: post.get(key, "") for key in ("code", "at", "name")}
        edit_as_planned(
            target,
            lambda tree: drafting.plan(tree, command, given),
            actor=person_of(self.request),
            at=self.at,
        )

    def get_success_url(self, target: QuestionnaireVersion) -> str:
        """The page that the button stood on."""
        name = "draft_publish" if self.request.POST.get("page") == "publish" else "draft_check"
        return reverse(name, args=[target.questionnaire.code])


def check_part(reader: Reader) -> dict[str, Any]:
    """The findings in groups, and how long the questionnaire takes."""
    quality = queries.review_of(reader.draft, timezone.localdate(reader.at))
    groups = findings_of(reader, quality.problems)
    return {
        "groups": groups,
        "number_of_findings": sum(len(group.found) for group in groups),
        "burdens": quality.burdens,
    }


def findings_of(reader: Reader, quality: tuple[Problem, ...]) -> list[FoundGroup]:
    """What the compiler, the linter and the newest simulation of this very draft found."""
    simulated = simulated_problems(reader.draft)
    problems = [*reader.form.problems, *quality, *simulated]
    return grouped(reader.form, Tree(reader.draft.definition), problems, reader.language)
