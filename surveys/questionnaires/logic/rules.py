"""Every rule of a questionnaire: which question, of what kind, its expression."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from surveys.engine import Element, Form, Problem
from surveys.engine.expressions.references import names_in
from surveys.engine.structure import flag
from surveys.organisations.search import search_key
from surveys.questionnaires.logic.spot import Spot, parsed, shortened
from surveys.questionnaires.problem_words import WordedProblem, worded
from surveys.questionnaires.touched import place_of
from surveys.rendering import label_of, number_of


class RuleKind(StrEnum):
    """What a rule decides: the field that holds it."""

    RELEVANT = "relevant"
    REQUIRED = "required"
    READ_ONLY = "read_only"
    CONSTRAINT = "constraint"
    WARNING = "warning"
    CALCULATION = "calculation"
    CHOICE_FILTER = "choice_filter"
    CLOSED = "closed"
    REPEAT_COUNT = "repeat_count"


KINDS: Final[Mapping[RuleKind, tuple[Promise, str]]] = {
    RuleKind.RELEVANT: (pgettext_lazy("rule", "Shown if"), "idle"),
    RuleKind.CONSTRAINT: (pgettext_lazy("rule", "Must be corrected"), "bad"),
    RuleKind.WARNING: (pgettext_lazy("rule", "Needs an explanation"), "warn"),
    RuleKind.CALCULATION: (pgettext_lazy("rule", "Calculated"), "idle"),
    RuleKind.CHOICE_FILTER: (pgettext_lazy("rule", "Choices filtered"), "idle"),
    RuleKind.REQUIRED: (pgettext_lazy("rule", "Required if"), "idle"),
    RuleKind.CLOSED: (pgettext_lazy("rule", "Cells closed if"), "idle"),
    RuleKind.READ_ONLY: (pgettext_lazy("rule", "Read only if"), "idle"),
    RuleKind.REPEAT_COUNT: (pgettext_lazy("rule", "Number of rows"), "idle"),
}
"""What each kind is called and how it looks, in the order of the filters."""

CONDITIONS: Final = frozenset(RuleKind) - {RuleKind.CALCULATION, RuleKind.REPEAT_COUNT}
"""The kinds that hold or do not; the others give a value."""

CHECKS: Final = frozenset({RuleKind.CONSTRAINT, RuleKind.WARNING})
"""What must hold for the answer: people are told what happens unless it does."""

FLAGS: Final = frozenset({RuleKind.REQUIRED, RuleKind.READ_ONLY})
"""Kinds that can be a plain yes or no, which is no rule."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as it stands in the draft."""

    uid: str
    name: str
    number: str
    label: str
    kind: RuleKind
    text: str

    @property
    def key(self) -> str:
        """What an address calls it."""
        return f"{self.uid}.{self.kind}"

    @property
    def called(self) -> str:
        """The question: its number, or a short label where it has none."""
        return self.number or shortened(self.label)

    @property
    def words(self) -> str:
        """What a search looks in."""
        return search_key(f"{self.name} {self.number} {self.label} {self.text}")

    @property
    def kind_word(self) -> Promise:
        """What its kind is called."""
        return KINDS[self.kind][0]

    @property
    def look(self) -> str:
        """How its kind looks."""
        return KINDS[self.kind][1]


def rules_of(form: Form, language: str) -> tuple[Rule, ...]:
    """Every rule, in the order of the questionnaire."""
    elements = (each for each in form.definition.elements() if each.name not in form.others)
    return tuple(rule for each in elements for rule in _rules(form, each, language))


def number_of_rules(form: Form) -> int:
    """How many there are, without a word about them."""
    elements = (each for each in form.definition.elements() if each.name not in form.others)
    return sum(len(list(_texts(each))) for each in elements)


def counts_of(rules: Iterable[Rule]) -> list[tuple[RuleKind, Promise, int]]:
    """How many rules there are of each kind that occurs."""
    counts = Counter(rule.kind for rule in rules)
    return [(kind, words, counts[kind]) for kind, (words, _look) in KINDS.items() if counts[kind]]


def names_read(form: Form, rule: Rule) -> set[str]:
    """The questions that people answer and that decide what the rule gives."""
    node = parsed(rule.text)
    waiting = list(names_in(node)) if node is not None else []
    if rule.kind in CHECKS:
        waiting.append(rule.name)
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in found or name not in form.parts:
            continue
        found.add(name)
        calculation = form.parts[name].calculation
        if calculation is not None:
            waiting.extend(calculation.references)
    return found


def problems_of(form: Form, rule: Rule) -> tuple[WordedProblem, ...]:
    """What is wrong with the rule, in words."""
    return tuple(worded(each) for each in _problems(form, rule))


def spot_of(form: Form, rule: Rule, language: str) -> Spot:
    """Where the rule stands."""
    return Spot(form, form.element(rule.name), rule.kind, language)


def _problems(form: Form, rule: Rule) -> Iterator[Problem]:
    return (each for each in form.problems if place_of(each, {rule.name}) == (rule.name, rule.kind))


def _rules(form: Form, element: Element, language: str) -> Iterator[Rule]:
    for kind, text in _texts(element):
        yield Rule(
            element.uid,
            element.name,
            number_of(form, element),
            label_of(form, element, language),
            kind,
            text,
        )


def _texts(element: Element) -> Iterator[tuple[RuleKind, str]]:
    """The expressions of an element that are rules."""
    for kind in RuleKind:
        text = str(getattr(element, kind, "")).strip()
        if text and not (kind in FLAGS and flag(text) is not None):
            yield kind, text
