"""A definition's own formulas as Excel writes them, as far as both mean the same."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from exporters.books.assessment.excel import number
from exporters.books.assessment.pointing import figure
from surveys.engine.expressions import Node
from surveys.engine.expressions.nodes import Call, Chain, Column, Number, Reference


class Unstated(ValueError):
    """No Excel formula means the same as this part."""


def stated(node: Node, cells: Mapping[str, str]) -> str | None:
    """The formula over cells by name; an error stands for a blank, as nothing can be computed with
    either. None where Excel would compute otherwise.

    Those are ``mod`` and ``pow`` (other signs, blanks to the power of 0), ``round`` (halves that are
    none to the last bit), ``exp`` and logarithms (infinity on the way), and functions that pass over
    blanks where they get more than columns and figures.
    """
    try:
        return _stated(node, cells)
    except Unstated:
        return None


def _stated(node: Node, cells: Mapping[str, str]) -> str:
    match node:
        case Number(value=value):
            return number(float(value))
        case Reference(name=name) | Column(name=name) if name in cells:
            return figure(cells[name])
        case Chain(first=first, rest=rest):
            total = _stated(first, cells)
            for operator, operand in rest:
                if operator not in _OPERATORS:
                    raise Unstated(operator)
                total = _OPERATORS[operator](total, _stated(operand, cells))
            return total
        case Call(name=name, arguments=arguments) if name in _OVER_BLANKS:
            return _OVER_BLANKS[name](",".join(_plain(each, cells) for each in arguments))
        case Call(name=name, arguments=arguments) if name in _FUNCTIONS:
            return _FUNCTIONS[name]([_stated(each, cells) for each in arguments])
    raise Unstated(node)


def _plain(node: Node, cells: Mapping[str, str]) -> str:
    """A cell or a figure: of cells, Excel passes over those that hold a text."""
    match node:
        case Number(value=value):
            return number(float(value))
        case Reference(name=name) | Column(name=name) if name in cells:
            return cells[name]
    raise Unstated(node)


def _arithmetic(sign: str) -> Callable[[str, str], str]:
    return lambda left, right: f"(({left}){sign}({right}))"


def _comparison(sign: str) -> Callable[[str, str], str]:
    return lambda left, right: f"IF(({left}){sign}({right}),1,0)"


def _either_is(sign: str, then: int) -> Callable[[str, str], str]:
    """One side may decide whatever the other is, even blank."""

    def written(left: str, right: str) -> str:
        decides = f"OR(IFERROR(({left}){sign}0,FALSE),IFERROR(({right}){sign}0,FALSE))"
        return f"IF({decides},{then},0*({left})+0*({right})+{1 - then})"

    return written


def _first(arguments: Sequence[str]) -> str:
    found = arguments[-1]
    for each in reversed(arguments[:-1]):
        found = f"IFERROR({each},{found})"
    return found


_OPERATORS: Final[Mapping[str, Callable[[str, str], str]]] = {
    "+": _arithmetic("+"),
    "-": _arithmetic("-"),
    "*": _arithmetic("*"),
    "div": _arithmetic("/"),
    "=": _comparison("="),
    "!=": _comparison("<>"),
    "<": _comparison("<"),
    "<=": _comparison("<="),
    ">": _comparison(">"),
    ">=": _comparison(">="),
    "and": _either_is("=", 0),
    "or": _either_is("<>", 1),
}

_FUNCTIONS: Final[Mapping[str, Callable[[Sequence[str]], str]]] = {
    "-": lambda given: f"(0-({given[0]}))",
    "abs": lambda given: f"ABS({given[0]})",
    "coalesce": _first,
    "if": lambda given: f"IF(({given[0]})<>0,{given[1]},{given[2]})",
    "not": lambda given: f"IF(({given[0]})=0,1,0)",
    "sqrt": lambda given: f"SQRT({given[0]})",
}

_OVER_BLANKS: Final[Mapping[str, Callable[[str], str]]] = {
    "count-non-empty": lambda given: f"COUNT({given})",
    "max": lambda given: f"IF(COUNT({given})=0,NA(),MAX({given}))",
    "mean": lambda given: f"AVERAGE({given})",
    "min": lambda given: f"IF(COUNT({given})=0,NA(),MIN({given}))",
    "sum": lambda given: f"IF(COUNT({given})=0,NA(),SUM({given}))",
}
