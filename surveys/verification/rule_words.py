"""A scoring rule in plain words, for whoever judges by it."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from surveys.engine import Form, text_in
from surveys.engine.scoring import (
    ChoiceMap,
    EvidenceMultiplier,
    Linear,
    MultipleChoice,
    Ratio,
    Rule,
    Steps,
)
from surveys.questionnaires.catalogue.fields import figure_text


def rule_lines(rule: Rule, form: Form, questions: list[str], language: str) -> list[str]:
    """The rule, a sentence a line, with the choices' own labels."""
    labels = _labels(form, questions, language)
    if isinstance(rule, EvidenceMultiplier):
        return [*_lines(rule.rule, labels), *_evidence(rule)]
    return list(_lines(rule, labels))


def _lines(rule: Rule, labels: Mapping[str, str]) -> Iterator[str]:
    match rule:
        case ChoiceMap() | MultipleChoice():
            for code, points in rule.points:
                named = labels.get(code, code)
                yield _("%(choice)s: %(points)s points") % {
                    "choice": named,
                    "points": figure_text(points),
                }
            if isinstance(rule, MultipleChoice) and rule.most is not None:
                yield _("%(points)s points together at most") % {"points": figure_text(rule.most)}
        case Linear() | Ratio():
            if isinstance(rule, Ratio):
                yield _("The first figure is divided by the second.")
            yield _(
                "No points at %(low)s, %(points)s points at %(high)s, in proportion between them."
            ) % {
                "low": figure_text(rule.low),
                "high": figure_text(rule.high),
                "points": figure_text(rule.points),
            }
        case Steps():
            yield _("Below the first step: %(points)s points") % {"points": figure_text(rule.below)}
            for threshold, points in rule.steps:
                yield _("From %(figure)s on: %(points)s points") % {
                    "figure": figure_text(threshold),
                    "points": figure_text(points),
                }


def _evidence(rule: EvidenceMultiplier) -> Iterator[str]:
    yield _(
        "Without evidence the points count %(none)s times, with good evidence %(good)s times."
    ) % {
        "none": figure_text(rule.none),
        "good": figure_text(rule.verified),
    }


def _labels(form: Form, questions: list[str], language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in questions:
        if name in form.parts:
            for choice in form.choices_of(form.question(name)):
                found.setdefault(choice.name, text_in(choice.label, language) or choice.name)
    return found
