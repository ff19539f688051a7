"""Checks that no answer can meet, and answers that are offered and then refused."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from surveys.engine.expressions import Compiled, EvaluationError, parse
from surveys.engine.expressions.closures import NOWHERE
from surveys.engine.expressions.nodes import Call
from surveys.engine.expressions.scope import Scope
from surveys.engine.expressions.types import Value
from surveys.engine.expressions.values import text_of, truth_of
from surveys.engine.form import Form, Part
from surveys.engine.model import Kind, Question, Table
from surveys.engine.problems import Problem, Severity
from surveys.engine.quality import sets
from surveys.engine.quality.possibility import Cases, Possibility, all_of
from surveys.engine.quality.sets import Values
from surveys.engine.quality.wording import nodes_in

OF_THE_DAY = frozenset({"today", "now", "previous", "missing-code", "row", "position"})


def contradictions(
    form: Form, shown: Mapping[str, Cases], places: Mapping[str, str]
) -> Iterator[Problem]:
    """Problems of every constraint and warning; ``shown`` says when each element is."""
    for name, part in form.parts.items():
        if isinstance(part.element, Question | Table):
            yield from _of_part(form, part, shown[name], places[name])


def _of_part(form: Form, part: Part, shown: Cases, place: str) -> Iterator[Problem]:
    for field, code, severity in (
        ("constraint", "constraint_contradictory", Severity.ERROR),
        ("warning", "warning_contradictory", Severity.WARNING),
    ):
        rule = part.rules.get(field)
        if rule is None:
            continue
        at = f"{place}.{field}"
        left = _met(form, part, rule)
        if not left:
            advice = "No answer meets it. Look at its limits, and at and and or."
            yield Problem(code, at, part.name, advice, severity)
        elif shown and not all_of([shown, left]):
            advice = "Whenever it is asked, no answer meets it. Look at its condition."
            yield Problem(code, at, part.name, advice, severity)
        elif field == "constraint" and isinstance(part.element, Question):
            yield from _refused(form, part, rule, left, place)


def _met(form: Form, part: Part, rule: Compiled) -> Cases:
    """The cases in which a check holds of an answer."""
    cases = Possibility(form, part.name).of(rule)
    known = Possibility(form).answered(part.name)
    if known is None or not isinstance(part.element, Question):
        return cases
    return all_of([cases, ({_key(part): known},)])


def _refused(form: Form, part: Part, rule: Compiled, left: Cases, place: str) -> Iterator[Problem]:
    """The default and the choices that the check refuses."""
    question = part.question
    default = part.rules.get("default")
    start = default.run(NOWHERE) if default is not None and default.constant else None
    if start is not None and not _is_met(part, rule, left, start):
        advice = f"The check refuses it: {text_of(start)}."
        yield Problem("default_refused", f"{place}.default", part.name, advice, Severity.ERROR)
    if question.kind not in {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE}:
        return
    is_one = question.kind is Kind.SELECT_ONE
    for choice in form.choices_of(question):
        value: Value = choice.name if is_one else (choice.name,)
        if not _is_met(part, rule, left, value):
            advice = f"It is offered, and {part.name} never accepts it. Filter it out or delete it."
            at = f"{place}.constraint"
            yield Problem("choice_refused", at, choice.name, advice, Severity.WARNING)


def _is_met(part: Part, rule: Compiled, left: Cases, value: Value) -> bool:
    if is_timeless(rule):
        try:
            return truth_of(rule.run(Scope(NOWHERE.reader, None, value)))
        except EvaluationError:
            return False
    known: Values | None = None
    match value:
        case bool():
            return True
        case Decimal():
            known = sets.numbers("=", value)
        case str() if part.codes:
            known = sets.words(value)
        case _:
            return True
    return bool(all_of([left, ({_key(part): known},)]))


def is_timeless(rule: Compiled) -> bool:
    """Whether nothing but ``.`` decides a rule."""
    if rule.references:
        return False
    if rule.constant:
        return True
    node = parse(rule.text.strip())
    return not any(isinstance(each, Call) and each.name in OF_THE_DAY for each in nodes_in(node))


def _key(part: Part) -> str:
    return f"${{{part.name}}}"
