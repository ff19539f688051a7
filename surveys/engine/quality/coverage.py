"""Indicators and the questions that feed them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from surveys.engine.expressions.nodes import Node, Reference
from surveys.engine.form import Form
from surveys.engine.lookedup import formulas_of
from surveys.engine.model import Definition, Kind, Question
from surveys.engine.problems import Problem, Severity
from surveys.engine.quality.wording import nodes_in
from surveys.engine.scoring import read_rule, unfit

MEASURED: Final = frozenset(
    {
        Kind.INTEGER,
        Kind.DECIMAL,
        Kind.RANGE,
        Kind.SELECT_ONE,
        Kind.SELECT_MULTIPLE,
        Kind.RANK,
    }
)
"""Kinds whose answers can make a figure; names, dates and documents only surround it."""


@dataclass(frozen=True, slots=True)
class Catalogued:
    """An indicator of the owner's catalogue: its code and the text of its scoring rule."""

    code: str
    scoring: str = ""


def uncovered(
    form: Form, places: Mapping[str, str], catalogue: Sequence[Catalogued] = ()
) -> Iterator[Problem]:
    """Indicators without a question, and measuring questions without an indicator.

    A question has an indicator when it names one, when a formula reads it, or when what a formula
    reads is calculated from it. Where there is neither a sheet of indicators nor a catalogue,
    nothing is judged.
    """
    definition = form.definition
    if not definition.indicators and not catalogue:
        return
    asked = _named(definition) | {
        code for code, node in formulas_of(definition) if _has_reference(node)
    }
    own = {indicator.code for indicator in definition.indicators}
    worked_out = {code for code, _ in formulas_of(definition)}
    for indicator in definition.indicators:
        if indicator.code in asked:
            continue
        if indicator.code in worked_out:
            advice = "No question names it and its formula reads none. Ask for it, or take it out."
        else:
            advice = (
                "It has no formula and no question names it. That is right if its figure comes from "
                "another questionnaire; else ask for it, or take it out."
            )
        yield _unasked(indicator.code, advice)
    for each in catalogue:
        if each.code not in asked | own:
            yield _unasked(
                each.code, "It stands in the catalogue and no questionnaire asks for it."
            )
    yield from _useless(form, places)


def misfitting(
    form: Form, places: Mapping[str, str], catalogue: Sequence[Catalogued] = ()
) -> Iterator[Problem]:
    """Codes that neither the sheet nor the catalogue has, and rules of the catalogue that do not fit
    the questions. The rules of the sheet are the compiler's.
    """
    definition = form.definition
    own = {indicator.code for indicator in definition.indicators}
    rules = {each.code: each.scoring for each in catalogue if each.code not in own}
    first: dict[str, str] = {}
    for question in _questions(definition):
        at = f"{places[question.name]}.indicator"
        for code in question.indicators:
            first.setdefault(code, at)
            if code not in own and code not in rules:
                near = get_close_matches(code, (*own, *rules), n=1)
                unknown = "Neither the sheet indicators nor the catalogue has it."
                advice = f"Did you mean {near[0]}?" if near else unknown
                yield Problem("indicator_unknown", at, code, advice, Severity.WARNING)
    for code, at in first.items():
        if text := rules.get(code):
            for each in unfit(read_rule(text), code, definition, form.names):
                yield Problem(each.code, at, each.name, each.advice, each.severity)


def _unasked(code: str, advice: str) -> Problem:
    at = f"indicators/{code}"
    return Problem("indicator_without_question", at, code, advice, Severity.WARNING)


def _useless(form: Form, places: Mapping[str, str]) -> Iterator[Problem]:
    read = _read_by_formulas(form)
    for question in _questions(form.definition):
        if question.kind not in MEASURED or question.indicator or question.name in read:
            continue
        advice = "It feeds no indicator. Name one, or ask whether it is needed."
        at = f"{places[question.name]}.indicator"
        yield Problem("question_without_indicator", at, question.name, advice, Severity.WARNING)


def _questions(definition: Definition) -> Iterator[Question]:
    return (each for each in definition.elements() if isinstance(each, Question))


def _named(definition: Definition) -> set[str]:
    return {code for question in _questions(definition) for code in question.indicators}


def _has_reference(node: Node) -> bool:
    return any(isinstance(each, Reference) for each in nodes_in(node))


def _read_by_formulas(form: Form) -> set[str]:
    read = {
        each.name
        for _, node in formulas_of(form.definition)
        for each in nodes_in(node)
        if isinstance(each, Reference)
    }
    waiting = list(read)
    while waiting:
        part = form.parts.get(waiting.pop())
        rule = part.rules.get("calculation") if part else None
        new = (rule.references if rule else frozenset()) - read
        read |= new
        waiting.extend(new)
    return read
