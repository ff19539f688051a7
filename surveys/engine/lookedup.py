"""Which lists and tables the expressions of a questionnaire look values up in."""

from collections.abc import Iterator
from typing import Final

from surveys.engine.expressions import ExpressionError, Node, parse
from surveys.engine.expressions.nodes import Call, Chain, Lookup, Text
from surveys.engine.model import Definition, Element

EXPRESSIONS: Final = (
    "relevant",
    "required",
    "read_only",
    "constraint",
    "warning",
    "calculation",
    "default",
    "choice_filter",
    "repeat_count",
    "closed",
)


def expressions_of(element: Element) -> Iterator[tuple[str, Node]]:
    """The readable expressions of an element, by field."""
    for field in EXPRESSIONS:
        text = str(getattr(element, field, "")).strip()
        if text and (node := _parsed(text)) is not None:
            yield field, node


def formulas_of(definition: Definition) -> Iterator[tuple[str, Node]]:
    """The readable formulas of the indicators, by code."""
    for indicator in definition.indicators:
        for text in (indicator.numerator, indicator.denominator):
            if text.strip() and (node := _parsed(text.strip())) is not None:
                yield indicator.code, node


def lookup_users(definition: Definition, table: str) -> tuple[str, ...]:
    """The elements and indicators with an expression that reads the table, in document order."""
    found = {
        element.name: None
        for element in definition.elements()
        for _, node in expressions_of(element)
        if table in looked_up(node)
    }
    found |= {code: None for code, node in formulas_of(definition) if table in looked_up(node)}
    return tuple(found)


def looked_up(root: Node) -> frozenset[str]:
    """The lists and tables that an expression reads by ``pulldata`` or ``instance``."""
    return frozenset(name for name, _ in _reads(root))


def looked_up_by_instance(root: Node) -> frozenset[str]:
    """Those that it reads by ``instance``."""
    return frozenset(name for name, is_instance in _reads(root) if is_instance)


def _reads(root: Node) -> Iterator[tuple[str, bool]]:
    waiting = [root]
    while waiting:
        match waiting.pop():
            case Lookup(list_name=name, condition=condition):
                yield name, True
                waiting.append(condition)
            case Call(name=function, arguments=arguments):
                if function == "pulldata" and arguments and isinstance(arguments[0], Text):
                    yield arguments[0].value, False
                waiting.extend(arguments)
            case Chain(first=first, rest=rest):
                waiting += [first, *(operand for _, operand in rest)]
            case _:
                pass


def _parsed(text: str) -> Node | None:
    try:
        return parse(text)
    except ExpressionError:
        return None
