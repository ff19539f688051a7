"""The Rules tab: every rule of a draft as a sentence, tried with values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from surveys.organisations.search import search_key
from surveys.questionnaires.logic import (
    CHECKS,
    Outcome,
    Rule,
    Token,
    Trial,
    counts_of,
    panel_of,
    problems_of,
    rules_of,
    sentence,
    spot_of,
)
from surveys.questionnaires.problem_words import WordedProblem
from surveys.questionnaires.views.drafts import DraftPageMixin

PAGE: Final = 30
TRIALS: Final = "draft_trials"
MOST_TRIALS: Final = 5
"""Drafts whose test values a session keeps."""
MOST_TYPED: Final = 1_000
"""Characters of one test value."""


@dataclass(frozen=True, slots=True)
class Row:
    """One rule on the page."""

    rule: Rule
    tokens: tuple[Token, ...]
    outcome: Outcome
    problems: tuple[WordedProblem, ...]

    @property
    def is_check(self) -> bool:
        """Whether people are told something unless the sentence holds."""
        return self.rule.kind in CHECKS


class RulesView(DraftPageMixin, TemplateView):
    """All rules with what comes of them. A POST keeps test values, in the session, and answers with
    the same part anew.
    """

    template_name = "questionnaires/builder/rules.html"
    fragment_name = "questionnaires/builder/_rules.html"
    tab = "rules"

    def get_template_names(self) -> list[str]:
        """The whole page, or what htmx draws anew."""
        return [self.fragment_name if "HX-Request" in self.request.headers else self.template_name]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep the values that were typed, or forget them all."""
        kept = dict(self.typed) if "reset" not in request.POST else {}
        for path in request.POST.getlist("path") if "reset" not in request.POST else ():
            values = [each[:MOST_TYPED] for each in request.POST.getlist(f"value:{path}") if each]
            kept[path] = values if len(values) > 1 else (values or [""])[0]
        self._keep({path: text for path, text in kept.items() if text})
        return self.get(request, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rules of the page asked for."""
        reader = self.reader
        rules = rules_of(reader.form, reader.language)
        kind = self.request.GET.get("kind", "")
        words = search_key(self.request.GET.get("q", "")).split()
        fitting = [rule for rule in rules if not words or _fits(rule, words)]
        shown = [rule for rule in fitting if kind in ("", rule.kind)]
        page = Paginator(shown, PAGE).get_page(self.request.GET.get("page"))
        trial = Trial(reader.form, self.typed, language=reader.language, at=reader.at)
        rows = [self._row(trial, rule) for rule in page]
        return super().get_context_data(
            counts=counts_of(fitting),
            kind=kind,
            all_rules=len(rules),
            page_obj=page,
            rows=rows,
            panel=panel_of(trial, [row.rule for row in rows]),
            typed=bool(trial.typed),
            chosen=self._chosen([row.rule for row in rows]),
            **kwargs,
        )

    @cached_property
    def typed(self) -> dict[str, str | list[str]]:
        """The person's test values of this draft, by path."""
        kept: dict[str, str | list[str]] = self.request.session.get(TRIALS, {}).get(
            str(self.draft.pk), {}
        )
        return kept

    def _keep(self, typed: dict[str, str | list[str]]) -> None:
        trials = {
            key: each
            for key, each in self.request.session.get(TRIALS, {}).items()
            if key != str(self.draft.pk)
        }
        newest = list(trials.items())[-MOST_TRIALS + 1 :]
        # Only what somebody could answer is kept: a session is no place for anything else.
        trial = Trial(self.reader.form, typed, language="vi", at=self.at)
        self.request.session[TRIALS] = dict([*newest, (str(self.draft.pk), trial.typed)])
        self.typed = trial.typed

    def _row(self, trial: Trial, rule: Rule) -> Row:
        form, language = trial.form, trial.language
        return Row(
            rule,
            sentence(spot_of(form, rule, language), rule.text),
            trial.outcome(rule),
            problems_of(form, rule),
        )

    def _chosen(self, rules: Sequence[Rule]) -> Rule | None:
        """The rule whose expression is shown."""
        wanted = self.request.GET.get("rule", "")
        return next((rule for rule in rules if rule.key == wanted), next(iter(rules), None))


def _fits(rule: Rule, words: list[str]) -> bool:
    """Whether question or expression hold every word."""
    found = rule.words
    return all(word in found for word in words)
