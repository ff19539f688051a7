"""Formulas over whole columns."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np

from analytics.methods.index.arrays import Floats
from surveys.engine.expressions import Node
from surveys.engine.expressions.nodes import Call, Chain, Column, Number, Reference


def evaluate(node: Node, columns: Mapping[str, Floats], size: int) -> Floats:
    """The formula for every unit, shape (size,); NaN is blank, and what cannot be computed is too.

    Blank in arithmetic and comparisons gives blank; ``sum mean min max count-non-empty`` pass over
    blanks; ``if`` with a blank condition is blank; truth is 1 and 0. Raises KeyError for a name
    that is no column.
    """
    # Overflow and division by zero are results here (blank), not accidents.
    with np.errstate(all="ignore"):
        found = _value(node, columns, size)
    return np.where(np.isfinite(found), found, np.nan)


def _value(node: Node, columns: Mapping[str, Floats], size: int) -> Floats:
    match node:
        case Number(value=value):
            return np.full(size, float(value))
        case Reference(name=name) | Column(name=name):
            return columns[name]
        case Chain(first=first, rest=rest):
            total = _value(first, columns, size)
            for operator, operand in rest:
                total = _OPERATORS[operator](total, _value(operand, columns, size))
            return total
        case Call(name=name, arguments=arguments):
            return _FUNCTIONS[name]([_value(each, columns, size) for each in arguments])
    raise TypeError(node)


def _compare(test: Callable[[Floats, Floats], object]) -> Callable[[Floats, Floats], Floats]:
    def compared(left: Floats, right: Floats) -> Floats:
        blank = np.isnan(left) | np.isnan(right)
        return np.where(blank, np.nan, np.asarray(test(left, right), dtype=np.float64))

    return compared


def _both(left: Floats, right: Floats) -> Floats:
    no = (left == 0) | (right == 0)
    return np.where(no, 0.0, np.where(np.isnan(left) | np.isnan(right), np.nan, 1.0))


def _either(left: Floats, right: Floats) -> Floats:
    return np.asarray(1 - _both(_negated([left]), _negated([right])))


def _divided(left: Floats, right: Floats) -> Floats:
    return np.asarray(np.where(right == 0, np.nan, left / np.where(right == 0, 1.0, right)))


def _remainder(left: Floats, right: Floats) -> Floats:
    return np.asarray(np.where(right == 0, np.nan, np.fmod(left, np.where(right == 0, 1.0, right))))


def _negated(arguments: Sequence[Floats]) -> Floats:
    return np.where(np.isnan(arguments[0]), np.nan, (arguments[0] == 0).astype(np.float64))


def _chosen(arguments: Sequence[Floats]) -> Floats:
    condition, then, otherwise = arguments
    return np.where(np.isnan(condition), np.nan, np.where(condition != 0, then, otherwise))


def _first(arguments: Sequence[Floats]) -> Floats:
    found = arguments[0]
    for each in arguments[1:]:
        found = np.where(np.isnan(found), each, found)
    return found


def _count(arguments: Sequence[Floats]) -> Floats:
    return np.asarray(np.sum(~np.isnan(np.stack(arguments)), axis=0), dtype=np.float64)


def _sum(arguments: Sequence[Floats]) -> Floats:
    return np.where(_count(arguments) > 0, np.nansum(np.stack(arguments), axis=0), np.nan)


def _mean(arguments: Sequence[Floats]) -> Floats:
    return np.asarray(_sum(arguments) / np.maximum(_count(arguments), 1))


def _least(arguments: Sequence[Floats]) -> Floats:
    return np.asarray(np.fmin.reduce(np.stack(arguments)))


def _most(arguments: Sequence[Floats]) -> Floats:
    return np.asarray(np.fmax.reduce(np.stack(arguments)))


def _rounded(arguments: Sequence[Floats]) -> Floats:
    places = arguments[1] if len(arguments) > 1 else np.zeros_like(arguments[0])
    factor = 10.0**places
    scaled = np.abs(arguments[0]) * factor
    return np.asarray(np.copysign(np.floor(scaled + 0.5), arguments[0]) / factor)


_OPERATORS: Final[Mapping[str, Callable[[Floats, Floats], Floats]]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "div": _divided,
    "mod": _remainder,
    "=": _compare(np.equal),
    "!=": _compare(np.not_equal),
    "<": _compare(np.less),
    "<=": _compare(np.less_equal),
    ">": _compare(np.greater),
    ">=": _compare(np.greater_equal),
    "and": _both,
    "or": _either,
}

_FUNCTIONS: Final[Mapping[str, Callable[[Sequence[Floats]], Floats]]] = {
    "-": lambda given: -given[0],
    "abs": lambda given: np.abs(given[0]),
    "coalesce": _first,
    "count-non-empty": _count,
    "exp": lambda given: np.exp(given[0]),
    "if": _chosen,
    "log": lambda given: np.log(given[0]),
    "log10": lambda given: np.log10(given[0]),
    "max": _most,
    "mean": _mean,
    "min": _least,
    "not": _negated,
    "pow": lambda given: np.power(given[0], given[1]),
    "round": _rounded,
    "sqrt": lambda given: np.sqrt(given[0]),
    "sum": _sum,
}
