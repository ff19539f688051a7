"""Indicators and the questions that feed them."""

from collections.abc import Iterator, Mapping
from typing import Final

from surveys.engine.expressions.nodes import Node, Reference
from surveys.engine.form import Form
from surveys.engine.lookedup import formulas_of
from surveys.engine.model import Kind, Question
from surveys.engine.problems import Problem, Severity
from surveys.engine.quality.wording import nodes_in

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


def uncovered(form: Form, places: Mapping[str, str]) -> Iterator[Problem]:
    """Indicators without a question, and measuring questions without an indicator.

    A question has an indicator when it names one, when a formula reads it, or when what a formula
    reads is calculated from it. A questionnaire without a catalogue is not judged.
    """
    definition = form.definition
    if not definition.indicators:
        return
    read = _read_by_formulas(form)
    named = {
        code
        for element in definition.elements()
        if isinstance(element, Question)
        for code in element.indicators
    }
    with_formula = {code for code, node in formulas_of(definition) if _has_reference(node)}
    for indicator in definition.indicators:
        if indicator.code not in named | with_formula:
            advice = "No question names it and its formula reads none. Ask for it, or take it out."
            yield Problem(
                "indicator_without_question",
                f"indicators/{indicator.code}",
                indicator.code,
                advice,
                Severity.WARNING,
            )
    for element in definition.elements():
        if not isinstance(element, Question) or element.kind not in MEASURED:
            continue
        if element.indicator or element.name in read:
            continue
        advice = (
            "It feeds no indicator. Name one in the column indicator, or ask whether it is needed."
        )
        at = f"{places[element.name]}.indicator"
        yield Problem("question_without_indicator", at, element.name, advice, Severity.WARNING)


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
