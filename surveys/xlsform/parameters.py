"""The ``parameters`` of a question: which it may have, and what they may be."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Final

from surveys.engine.model import Kind, Question
from surveys.engine.problems import Problem, Severity
from surveys.xlsform.rows import Row

_SEPARATORS: Final = re.compile(r"[\s,;]+")
_PARAMETER: Final = re.compile(r"([\w-]+)\s*=\s*([^\s,;=]+)")
_EVERYWHERE: Final = frozenset({"prefill", "below", "unique"})
_READ: Final[Mapping[Kind, frozenset[str]]] = {Kind.RANGE: frozenset({"start", "end", "step"})}
_SELECT: Final = frozenset({"randomize", "seed"})
_XLSFORM: Final[Mapping[Kind, frozenset[str]]] = {
    Kind.TEXT: frozenset({"rows"}),
    Kind.IMAGE: frozenset({"max-pixels", "app"}),
    Kind.RANGE: frozenset(
        {"start", "end", "step", "placeholder", "tick_interval", "tick_labelset"}
    ),
    Kind.SELECT_ONE: _SELECT,
    Kind.SELECT_MULTIPLE: _SELECT,
    Kind.RANK: _SELECT,
}
"""What XLSForm knows on the types whose parameters it checks."""

_RANGE_DEFAULTS: Final = {"start": "0", "end": "10", "step": "1"}


def pairs_in(text: str) -> list[tuple[str, str]]:
    """The parameters of a cell, in their order; their names are told apart whatever their case."""
    return [(name.lower(), value) for name, value in _PARAMETER.findall(text)]


def rest_of(text: str) -> str:
    """What of a cell is no parameter and no blank, comma or semicolon between parameters."""
    return _SEPARATORS.sub("", _PARAMETER.sub("", text))


def parameter_problems(question: Question, row: Row) -> Iterator[Problem]:
    """Parameters without effect are reported; those of a range must make one."""
    named_here = {name for name, _ in pairs_in(row.text("parameters"))}
    for name in question.parameters:
        attribute = "parameters" if name in named_here else "own_parameters"
        known = _EVERYWHERE | _XLSFORM.get(question.kind, frozenset())
        if name in named_here - known and question.kind in _XLSFORM:
            near = get_close_matches(name, known, n=1)
            advice = f"Did you mean {near[0]}?" if near else f"Use: {', '.join(sorted(known))}."
            yield row.problem("parameter_unknown", "parameters", name, advice)
        elif name not in _EVERYWHERE | _READ.get(question.kind, frozenset()):
            advice = f"The parameter has no effect on a {question.kind}."
            yield row.problem("parameter_unsupported", attribute, name, advice, Severity.IGNORED)
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
