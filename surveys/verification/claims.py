"""What an agency claims by its answers: the points of each scored indicator, by the signed text.

Plain data in, plain data out: a form, the owner's catalogue and the canonical content of a revision.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property
from typing import Any, Final

from surveys.engine import Definition, Form, Indicator, MissingCode, Question
from surveys.engine.scoring import (
    Answer,
    Evidence,
    EvidenceMultiplier,
    Given,
    Rule,
    RuleInvalid,
    max_points,
    read_rule,
    score,
    scored_questions,
)

PLACES: Final = Decimal("0.000001")
"""Points are kept to six decimals."""


@dataclass(frozen=True)
class Scored:
    """An indicator that a questionnaire scores, and the questions whose answers it takes."""

    code: str
    label: Mapping[str, str]
    text: str
    rule: Rule
    questions: tuple[str, ...]

    @cached_property
    def most(self) -> Decimal:
        """The most that the rule gives."""
        return in_places(max_points(self.rule))


@dataclass(frozen=True, slots=True)
class Claim:
    """What an agency claims for one indicator.

    ``score`` is blank where the answer is, or where ``missing`` stands instead of it. Evidence that
    was given counts as good: whether it is, verification finds out.
    """

    scored: Scored
    score: Decimal | None
    missing: str
    evidence: int

    @property
    def is_top(self) -> bool:
        """Whether nothing more can be had."""
        return self.score is not None and self.score >= self.scored.most


def scored_indicators(form: Form, catalogue: Mapping[str, Indicator]) -> tuple[Scored, ...]:
    """The indicators that the form's questions feed and that a rule scores, in the form's order.

    The questionnaire's own rule goes before the catalogue's. A rule that fits no question of the
    form scores nothing in it.
    """
    definition = form.definition
    return tuple(_scored(definition, form, catalogue))


def claim(scored: Scored, content: Mapping[str, Any]) -> Claim:
    """What the frozen answers claim for the indicator."""
    answers, remarks = content["answers"], content.get("remarks", {})
    values = [_answer(answers.get(name)) for name in scored.questions]
    codes = (remarks.get(name, {}).get("missing", "") for name in scored.questions)
    missing = next((code for code in codes if code), "")
    proofs = sum(entry["path"] in scored.questions for entry in content.get("evidence", ()))
    given = Given(
        value=values[0],
        base=values[1] if len(values) > 1 else None,
        missing=MissingCode(missing) if missing else None,
        evidence=Evidence.VERIFIED if proofs else Evidence.NONE,
    )
    points = score(scored.rule, given)
    return Claim(scored, None if points is None else in_places(points), missing, proofs)


def in_places(points: Decimal) -> Decimal:
    """The points as they are kept."""
    return points.quantize(PLACES, rounding=ROUND_HALF_EVEN)


def takes_evidence(rule: Rule) -> bool:
    """Whether evidence changes the points."""
    return isinstance(rule, EvidenceMultiplier)


def _scored(
    definition: Definition, form: Form, catalogue: Mapping[str, Indicator]
) -> Iterator[Scored]:
    own = {each.code: each for each in definition.indicators}
    for code in dict.fromkeys((*_asked(definition), *own)):
        indicator = _with_rule(own.get(code), catalogue.get(code))
        if indicator is None:
            continue
        try:
            rule = read_rule(indicator.scoring)
        except RuleInvalid:
            # Publishing refuses such a rule; one that came in before there were rules scores nothing.
            continue
        if questions := scored_questions(rule, code, definition, form.names):
            yield Scored(code, indicator.label, indicator.scoring, rule, questions)


def _asked(definition: Definition) -> Iterator[str]:
    for element in definition.elements():
        if isinstance(element, Question):
            yield from element.indicators


def _with_rule(own: Indicator | None, listed: Indicator | None) -> Indicator | None:
    """The indicator with the rule that counts; None where nobody scores it."""
    if own is not None and own.scoring.strip():
        return own
    if listed is None or not listed.scoring.strip():
        return None
    return listed if own is None else replace(own, scoring=listed.scoring)


def _answer(stored: Any) -> Answer:
    match stored:
        case list():
            return tuple(str(each) for each in stored)
        case bool():
            return Decimal(stored)
        case str() | None:
            return stored
        case int():
            return Decimal(stored)
        case _:
            # A salted digest stands for personal data, which nobody scores.
            return None
