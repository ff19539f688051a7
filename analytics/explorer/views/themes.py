"""Answers in words: read, searched, and put into themes by people who may read single answers."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from analytics.explorer import queries, services
from analytics.explorer.asking import Asking
from analytics.explorer.enums import ItemKind
from analytics.explorer.items import Item
from analytics.explorer.models import Theme
from analytics.explorer.pages import round_title
from analytics.explorer.services import TextAnswer
from analytics.explorer.themes import Written, number_of, written_answers
from analytics.explorer.views.rounds import OfRound
from analytics.gate.enums import Audience
from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView
from surveys.organisations.requests import person_of

PAGE_SIZE = 50


class OfTextQuestion(OfRound):
    """A page about a question that is answered in words; 404 for others."""

    permission_required = Permission.ANSWERS_CODE

    @cached_property
    def item(self) -> Item:
        """The question."""
        item = queries.items_of_round(self.round).get(self.kwargs["variable"])
        if item is None or item.kind is not ItemKind.TEXT:
            raise Http404
        return item

    @cached_property
    def written(self) -> list[Written]:
        """The answers as they were stored for those who may read them, with their themes."""
        basis = queries.basis_of(self.round, Audience.DEPARTMENT)
        found = queries.tabulation_of(self.round, Asking(self.item.name), basis)
        result = (found.result if found else None) or {}
        codings = queries.codings_of(self.round, self.item.name)
        return written_answers(result.get("written", ()), codings, get_language() or "vi")


class RoundThemesView(OfTextQuestion, TemplateView):
    """The answers to a question with their themes; some of them where something is searched for."""

    template_name = "analytics/themes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page as data."""
        find, theme = (
            self.request.GET.get("find", "").strip()[:100],
            self.request.GET.get("theme", ""),
        )
        wanted = [each for each in self.written if each.fits(find, theme)]
        page = Paginator(wanted, PAGE_SIZE).get_page(self.request.GET.get("page"))
        explorer = reverse("round_explorer", args=[self.round.code])
        return super().get_context_data(
            round=self.round,
            title=round_title(self.round),
            item=self.item,
            label=self.item.title(get_language() or "vi"),
            explorer=f"{explorer}?q={self.item.name}",
            page_obj=page,
            total=len(self.written),
            coded=sum(bool(each.themes) for each in self.written),
            themes=queries.themes_of(self.round, self.item.name),
            find=find,
            theme=theme,
            **kwargs,
        )


class ThemeAction(OfTextQuestion, ObjectActionView):
    """A POST about the themes of a question, and back to its answers."""

    def get_success_url(self, _target: Any) -> str:
        """The answers, as they were looked at."""
        back = reverse("round_themes", args=[self.round.code, self.item.name])
        query = self.request.POST.get("back", "")
        return f"{back}?{query}" if query else back


class ThemeCreateView(ThemeAction):
    """A new theme."""

    success_message = _("The theme is there.")

    def perform(self, target: Any) -> None:
        """Create it."""
        services.create_theme(
            target,
            variable=self.item.name,
            name=self.request.POST.get("name", ""),
            actor=person_of(self.request),
            at=self.at,
        )


class ThemeRemoveView(ThemeAction):
    """Remove a theme with what was put into it."""

    success_message = _("The theme is removed.")

    def perform(self, target: Any) -> None:
        """Remove it."""
        themes = Theme.objects.filter(round=target, variable=self.item.name)
        theme = get_object_or_404(themes, pk=self.kwargs["theme"])
        services.remove_theme(theme, actor=person_of(self.request), at=self.at)


class AnswerCodeView(ThemeAction):
    """Put an answer into themes."""

    success_message = _("The answer is in its themes.")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """404 for an agency that has not written an answer."""
        if not any(each.agency == self.kwargs["agency"] for each in self.written):
            raise Http404
        return super().post(request, *args, **kwargs)

    def perform(self, target: Any) -> None:
        """Put it there."""
        answer = next(each for each in self.written if each.agency == self.kwargs["agency"])
        numbers = (number_of(each) for each in self.request.POST.getlist("theme"))
        chosen = [each for each in numbers if each is not None]
        services.code_answer(
            target,
            TextAnswer(self.item.name, answer.agency, answer.revision),
            themes=chosen,
            actor=person_of(self.request),
            at=self.at,
        )
