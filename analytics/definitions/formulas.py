"""Formulas of indicators: the expression language of questionnaires, over the columns of a unit."""

from collections.abc import Iterator
from typing import Final

from analytics.definitions.model import IndicatorDefinition
from analytics.definitions.vocabulary import SourceKind
from surveys.engine.expressions import ExpressionError, Node, parse
from surveys.engine.expressions.nodes import Call, Chain, Column, Number, Reference

FUNCTIONS: Final = {
    "-": (1, 1),
    "abs": (1, 1),
    "coalesce": (1, 100),
    "count-non-empty": (1, 100),
    "exp": (1, 1),
    "if": (3, 3),
    "log": (1, 1),
    "log10": (1, 1),
    "max": (1, 100),
    "mean": (1, 100),
    "min": (1, 100),
    "not": (1, 1),
    "pow": (2, 2),
    "round": (1, 2),
    "sqrt": (1, 1),
    "sum": (1, 100),
}
"""The functions that a formula may call, with the least and the most arguments."""


def parse_formula(text: str) -> Node:
    """The formula as a tree. Raises ExpressionError with the character and advice."""
    node = parse(text)
    for part in _parts(node):
        _permit(part)
    return node


def names_in(node: Node) -> tuple[str, ...]:
    """The columns and indicators a formula reads, each once, in order."""
    named = (part.name for part in _parts(node) if isinstance(part, Reference | Column))
    return tuple(dict.fromkeys(named))


def names_read(indicator: IndicatorDefinition) -> tuple[str, ...]:
    """What the formula of an indicator reads; nothing without one, or with one that is unreadable."""
    if indicator.source.kind is not SourceKind.FORMULA:
        return ()
    try:
        return names_in(parse_formula(indicator.source.expression))
    except ExpressionError:
        # Named at its own place by the checks.
        return ()


def _parts(node: Node) -> Iterator[Node]:
    yield node
    match node:
        case Call(arguments=arguments):
            inner = arguments
        case Chain(first=first, rest=rest):
            inner = (first, *(operand for _, operand in rest))
        case _:
            inner = ()
    for part in inner:
        yield from _parts(part)


def _permit(node: Node) -> None:
    """Raises ExpressionError for what has no meaning over a table of figures."""
    if isinstance(node, Number | Reference | Column | Chain):
        return
    if not isinstance(node, Call):
        raise ExpressionError("formula_unfit", "Numbers and columns only.", position=node.at)
    if node.name not in FUNCTIONS:
        raise ExpressionError(
            "function_unknown",
            f"Known: {', '.join(sorted(set(FUNCTIONS) - {'-'}))}.",
            position=node.at,
            name=node.name,
        )
    least, most = FUNCTIONS[node.name]
    if not least <= len(node.arguments) <= most:
        raise ExpressionError(
            "arguments_wrong", f"{least} to {most} arguments.", position=node.at, name=node.name
        )
