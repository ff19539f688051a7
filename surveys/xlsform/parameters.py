"""The ``parameters`` of a question: which it may have, and what they may be."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from surveys.engine.model import Kind, Question
from surveys.engine.problems import Problem, Severity
from surveys.xlsform.rows import Row

_EVERYWHERE: Final = frozenset({"prefill", "unique"})
_READ: Final[Mapping[Kind, frozenset[str]]] = {Kind.RANGE: frozenset({"start", "end", "step"})}
_RANGE_DEFAULTS: Final = {"start": "0", "end": "10", "step": "1"}


def parameter_problems(question: Question, row: Row) -> Iterator[Problem]:
    """Parameters without effect are reported; those of a range must make one."""
    for name in question.parameters:
        if name not in _EVERYWHERE | _READ.get(question.kind, frozenset()):
            advice = f"The parameter has no effect on a {question.kind}."
            yield row.problem("parameter_unsupported", "parameters", name, advice, Severity.IGNORED)
    if question.kind is Kind.RANGE:
        yield from _range_problems(question, row)


def _range_problems(question: Question, row: Row) -> Iterator[Problem]:
    figures = {}
    for name, default in _RANGE_DEFAULTS.items():
        text = question.parameters.get(name, default)
        figure = _number(text)
        if figure is None:
            advice = f"Write {name} as a number with a decimal point."
            yield row.problem("parameter_unreadable", "parameters", text, advice)
            return
        figures[name] = figure
    extent = figures["end"] - figures["start"]
    if not figures["step"] or abs(figures["step"]) > abs(extent):
        advice = "The step must be more than 0 and no more than end - start."
        yield row.problem("range_impossible", "parameters", question.name, advice)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
