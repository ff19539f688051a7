"""From an answer to points."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from surveys.engine.expressions.values import EXACT, number_of, number_text
from surveys.engine.model import MissingCode
from surveys.engine.scoring.rules import (
    ZERO,
    ChoiceMap,
    Evidence,
    EvidenceMultiplier,
    Linear,
    MultipleChoice,
    Ratio,
    Rule,
    Simple,
    Steps,
)

Answer = Decimal | str | tuple[str, ...] | None
"""A figure, a text or the code of a choice, the codes of several choices, or blank."""

_BLANK: Final = (None, "", ())


@dataclass(frozen=True, slots=True)
class Given:
    """What an agency gave for one indicator.

    ``value`` is the answer of the question that is scored; for a ``Ratio`` the numerator, and
    ``base`` the denominator. ``missing`` is the code that stands instead of the answer.
    """

    value: Answer = None
    base: Answer = None
    missing: MissingCode | None = None
    evidence: Evidence = Evidence.NONE


def score(rule: Rule, given: Given) -> Decimal | None:
    """The points, exact to 28 digits, between 0 and ``max_points(rule)``; ``None`` is blank.

    Blank is not 0 points. It is the result

    * of a blank answer: nobody answered, or the question was not relevant;
    * of every missing code. KAD (not applicable) takes the indicator out of what the agency could
      reach; CCSL (no figure yet) and HC (restricted) are gaps. Which of them it was stays with the
      answer: what becomes of a gap is the policy of the index, not of the rule;
    * of a text that is no number under ``Linear``, ``Steps`` or ``Ratio``;
    * of a ratio whose denominator is blank or 0.

    A choice that the rule does not name gives 0. An answer without evidence is no blank: it counts
    with the factor ``none``. Raises TypeError for several choices where the rule wants one value.
    """
    if given.missing is not None or given.value in _BLANK:
        return None
    if isinstance(rule, EvidenceMultiplier):
        points = _SCORES[type(rule.rule)](rule.rule, given)
        return None if points is None else EXACT.multiply(points, _factor(rule, given.evidence))
    return _SCORES[type(rule)](rule, given)


def max_points(rule: Rule) -> Decimal:
    """The most that the rule can give."""
    match rule:
        case ChoiceMap():
            return max(points for _, points in rule.points)
        case MultipleChoice():
            total = _sum(points for _, points in rule.points)
            return total if rule.most is None else min(total, rule.most)
        case Steps():
            return max(rule.below, *(points for _, points in rule.steps))
        case EvidenceMultiplier():
            return EXACT.multiply(max_points(rule.rule), max(rule.none, rule.given, rule.verified))
        case _:
            return rule.points


def questions_of(rule: Rule) -> tuple[str, ...]:
    """The questions that the rule itself names; none where the scored question names the indicator."""
    inner = rule.rule if isinstance(rule, EvidenceMultiplier) else rule
    return (inner.numerator, inner.denominator) if isinstance(inner, Ratio) else ()


def _score_choice(rule: Simple, given: Given) -> Decimal | None:
    assert isinstance(rule, ChoiceMap)
    return dict(rule.points).get(_code(given.value), ZERO)


def _score_choices(rule: Simple, given: Given) -> Decimal | None:
    assert isinstance(rule, MultipleChoice)
    chosen = given.value if isinstance(given.value, tuple) else (_code(given.value),)
    points = dict(rule.points)
    total = _sum(points.get(code, ZERO) for code in dict.fromkeys(chosen))
    return total if rule.most is None else min(total, rule.most)


def _score_linear(rule: Simple, given: Given) -> Decimal | None:
    assert isinstance(rule, Linear)
    figure = _number(given.value)
    return None if figure is None else _between(figure, rule)


def _score_steps(rule: Simple, given: Given) -> Decimal | None:
    assert isinstance(rule, Steps)
    figure = _number(given.value)
    if figure is None:
        return None
    reached = [points for threshold, points in rule.steps if figure >= threshold]
    return reached[-1] if reached else rule.below


def _score_ratio(rule: Simple, given: Given) -> Decimal | None:
    assert isinstance(rule, Ratio)
    figure, base = _number(given.value), _number(given.base)
    if figure is None or not base:
        return None
    return _between(EXACT.divide(figure, base), rule)


_SCORES: Final = {
    ChoiceMap: _score_choice,
    MultipleChoice: _score_choices,
    Linear: _score_linear,
    Steps: _score_steps,
    Ratio: _score_ratio,
}


def _between(figure: Decimal, rule: Linear | Ratio) -> Decimal:
    # Clipped before dividing: the ends are exact whatever the figures.
    low, high = min(rule.low, rule.high), max(rule.low, rule.high)
    clipped = min(max(figure, low), high)
    way = EXACT.subtract(clipped, rule.low)
    span = EXACT.subtract(rule.high, rule.low)
    return EXACT.abs(EXACT.divide(EXACT.multiply(way, rule.points), span))


def _factor(rule: EvidenceMultiplier, evidence: Evidence) -> Decimal:
    factor: Decimal = getattr(rule, evidence.value)
    return factor


def _number(value: Answer) -> Decimal | None:
    if isinstance(value, tuple):
        raise TypeError(value)
    return number_of(value)


def _code(value: Answer) -> str:
    if isinstance(value, tuple):
        raise TypeError(value)
    return number_text(value) if isinstance(value, Decimal) else value or ""


def _sum(points: Iterable[Decimal]) -> Decimal:
    total = ZERO
    for each in points:
        total = EXACT.add(total, each)
    return total
