"""Whether a rule fits the questions that refer to its indicator, and which of them it scores."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from surveys.engine.expressions.names import Holder, Name, Names
from surveys.engine.expressions.types import Type
from surveys.engine.expressions.values import number_of
from surveys.engine.model import Definition, EvidenceNeed, Kind, Question
from surveys.engine.others import OTHER
from surveys.engine.problems import Severity
from surveys.engine.scoring.points import questions_of
from surveys.engine.scoring.rules import (
    ChoiceMap,
    EvidenceMultiplier,
    MultipleChoice,
    Rule,
    Simple,
)


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why a rule and a questionnaire do not go together: about which question or choice, and what
    to do.
    """

    code: str
    name: str
    advice: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class _Asked:
    question: Question
    known: Name


def unfit(rule: Rule, indicator: str, definition: Definition, names: Names) -> tuple[Unfit, ...]:
    """What keeps the rule from scoring the indicator in this questionnaire.

    One fitting question is enough: others that refer to the indicator only surround it. Where none
    fits, the reasons against the first are told. Nothing refers to the indicator: nothing is wrong.
    """
    asked = _asked(definition, names)
    if named := questions_of(rule):
        return tuple(_against_named(rule, named, asked))
    referring = _referring(indicator, asked)
    if not referring:
        return ()
    scored = _first_fitting(rule, referring, names)
    if scored is None:
        return tuple(_against(rule, referring[0], names))
    return tuple(_unnamed_choices(rule, scored, names))


def scored_questions(
    rule: Rule, indicator: str, definition: Definition, names: Names
) -> tuple[str, ...]:
    """The questions whose answers the rule takes: numerator and denominator of a ratio, else the
    first question that refers to the indicator and fits; none if the rule does not fit.
    """
    asked = _asked(definition, names)
    if named := questions_of(rule):
        return () if any(_against_named(rule, named, asked)) else named
    scored = _first_fitting(rule, _referring(indicator, asked), names)
    return () if scored is None else (scored.question.name,)


def _asked(definition: Definition, names: Names) -> dict[str, _Asked]:
    """The questions in document order. Of equal names the first is known."""
    found: dict[str, _Asked] = {}
    for element in definition.elements():
        known = names.by_name.get(element.name)
        if isinstance(element, Question) and known and known.holder is Holder.QUESTION:
            found.setdefault(element.name, _Asked(element, known))
    return found


def _referring(indicator: str, asked: Mapping[str, _Asked]) -> list[_Asked]:
    return [each for each in asked.values() if indicator in each.question.indicators]


def _first_fitting(rule: Rule, referring: list[_Asked], names: Names) -> _Asked | None:
    return next((each for each in referring if not any(_against(rule, each, names))), None)


def _against_named(
    rule: Rule, named: tuple[str, ...], asked: Mapping[str, _Asked]
) -> Iterator[Unfit]:
    for name in named:
        if name not in asked:
            near = get_close_matches(name, asked, n=1)
            advice = f"Did you mean {near[0]}?" if near else "No row has this name."
            yield Unfit("scoring_question_unknown", name, advice)
            continue
        yield from _against_figure(asked[name])
        yield from _against_owner(asked[name])
    if named[0] in asked:
        yield from _against_evidence(rule, asked[named[0]])


def _against(rule: Rule, asked: _Asked, names: Names) -> Iterator[Unfit]:
    inner = rule.rule if isinstance(rule, EvidenceMultiplier) else rule
    if isinstance(inner, ChoiceMap | MultipleChoice):
        yield from _against_choices(inner, asked, names)
    elif not _has_numeric_codes(asked, names):
        yield from _against_figure(asked)
    yield from _against_owner(asked)
    yield from _against_evidence(rule, asked)


def _against_choices(rule: Simple, asked: _Asked, names: Names) -> Iterator[Unfit]:
    assert isinstance(rule, ChoiceMap | MultipleChoice)
    name, kind = asked.question.name, asked.question.kind
    wanted = (Kind.SELECT_ONE,) if isinstance(rule, ChoiceMap) else (Kind.SELECT_MULTIPLE,)
    if kind not in wanted:
        advice = f"The rule scores a question of type {wanted[0].value}, this is {kind.value}."
        yield Unfit("scoring_unfit", name, advice)
        return
    codes = _codes(asked, names)
    for code, _points in rule.points:
        if code not in codes:
            near = get_close_matches(code, codes, n=1)
            given = asked.question.list_name
            advice = f"Did you mean {near[0]}?" if near else f"{given} has no choice '{code}'."
            yield Unfit("scoring_choice_unknown", code, advice)


def _against_figure(asked: _Asked) -> Iterator[Unfit]:
    if asked.known.type is not Type.NUMBER:
        advice = f"The rule scores a number, the question gives a {asked.known.type}."
        yield Unfit("scoring_unfit", asked.question.name, advice)


def _against_owner(asked: _Asked) -> Iterator[Unfit]:
    if asked.known.owner:
        advice = "It has many answers, in rows; score a calculation over them."
        yield Unfit("scoring_unfit", asked.question.name, advice)


def _against_evidence(rule: Rule, asked: _Asked) -> Iterator[Unfit]:
    if isinstance(rule, EvidenceMultiplier) and asked.question.evidence is EvidenceNeed.NONE:
        advice = "No evidence can be given; write optional or required in the column evidence."
        yield Unfit("scoring_unfit", asked.question.name, advice)


def _unnamed_choices(rule: Rule, asked: _Asked, names: Names) -> Iterator[Unfit]:
    """Of several choices those without points are the rule; of one they may be forgotten."""
    inner = rule.rule if isinstance(rule, EvidenceMultiplier) else rule
    if not isinstance(inner, ChoiceMap):
        return
    named = {code for code, _ in inner.points}
    for code in _codes(asked, names):
        if code not in named:
            advice = "The rule does not name this choice; it gives 0 points."
            yield Unfit("scoring_choice_unnamed", code, advice, Severity.WARNING)


def _has_numeric_codes(asked: _Asked, names: Names) -> bool:
    """A scale whose codes are figures is as good as a figure."""
    codes = _codes(asked, names) if asked.question.kind is Kind.SELECT_ONE else ()
    return bool(codes) and all(number_of(code) is not None for code in codes)


def _codes(asked: _Asked, names: Names) -> tuple[str, ...]:
    found = names.lists.get(asked.question.list_name)
    codes = tuple(choice.name for choice in found.choices) if found else ()
    return (*codes, OTHER) if asked.question.or_other else codes
