"""Numbers, exact to 28 digits."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import reduce

from surveys.engine.expressions.functions.table import function
from surveys.engine.expressions.types import Type, Value
from surveys.engine.expressions.values import EXACT, WHOLE, finite, number_of


@function("number", takes="value", returns=Type.NUMBER)
def number(value: Value) -> Decimal | None:
    """The value as a number; blank if it is none."""
    return number_of(value)


@function("int", takes="number", returns=Type.NUMBER)
def whole(value: Decimal) -> Decimal:
    """The number without its fraction."""
    return value.to_integral_value(ROUND_DOWN)


@function("floor", takes="number", returns=Type.NUMBER)
def floor(value: Decimal) -> Decimal:
    """The next whole number below."""
    return value.to_integral_value(ROUND_FLOOR)


@function("ceiling", takes="number", returns=Type.NUMBER)
def ceiling(value: Decimal) -> Decimal:
    """The next whole number above."""
    return value.to_integral_value(ROUND_CEILING)


@function("round", takes="number number?", returns=Type.NUMBER)
def rounded(value: Decimal, places: Decimal | None = None) -> Decimal | None:
    """Rounded half away from zero; a negative number of places rounds to tens, hundreds …"""
    digits = int(places or 0)
    if -int(value.as_tuple().exponent) <= digits:
        return value
    if digits < -EXACT.prec:
        return Decimal(0)
    return finite(value.quantize(WHOLE.scaleb(-digits), ROUND_HALF_UP, EXACT))


@function("abs", takes="number", returns=Type.NUMBER)
def absolute(value: Decimal) -> Decimal:
    """The number without its sign."""
    return abs(value)


@function("pow", takes="number number", returns=Type.NUMBER)
def power(base: Decimal, exponent: Decimal) -> Decimal | None:
    """``base`` to the ``exponent``; blank where there is no such number."""
    if not base and not exponent:
        return WHOLE
    return finite(EXACT.power(base, exponent))


@function("sqrt", takes="number", returns=Type.NUMBER)
def square_root(value: Decimal) -> Decimal | None:
    """The square root; blank below 0."""
    return finite(EXACT.sqrt(value))


@function("exp", takes="number", returns=Type.NUMBER)
def exponential(value: Decimal) -> Decimal | None:
    """e to the value."""
    return finite(EXACT.exp(value))


@function("log", takes="number", returns=Type.NUMBER)
def natural_logarithm(value: Decimal) -> Decimal | None:
    """The natural logarithm; blank at 0 and below."""
    return finite(EXACT.ln(value))


@function("log10", takes="number", returns=Type.NUMBER)
def decimal_logarithm(value: Decimal) -> Decimal | None:
    """The logarithm to base 10; blank at 0 and below."""
    return finite(EXACT.log10(value))


@function("sum", takes="sequence", returns=Type.NUMBER)
def total(values: Sequence[Value]) -> Decimal | None:
    """The sum of what is a number, blanks skipped; of nothing 0."""
    return finite(sum_of(numbers_in(values)))


@function("min", takes="value+", returns=Type.NUMBER)
def smallest(values: Sequence[Value]) -> Decimal | None:
    """The smallest number, blanks skipped; of nothing blank."""
    return min(numbers_in(values), default=None)


@function("max", takes="value+", returns=Type.NUMBER)
def greatest(values: Sequence[Value]) -> Decimal | None:
    """The greatest number, blanks skipped; of nothing blank."""
    return max(numbers_in(values), default=None)


@function("mean", takes="value+", returns=Type.NUMBER)
def mean(values: Sequence[Value]) -> Decimal | None:
    """The arithmetic mean, blanks skipped; of nothing blank."""
    present = numbers_in(values)
    return finite(EXACT.divide(sum_of(present), Decimal(len(present)))) if present else None


@function("count-non-empty", takes="sequence", returns=Type.NUMBER)
def count_non_empty(values: Sequence[Value]) -> Decimal:
    """How many are answered."""
    return Decimal(sum(value is not None for value in values))


def numbers_in(values: Sequence[Value]) -> list[Decimal]:
    """Those that are numbers."""
    return [n for value in values if (n := number_of(value)) is not None]


def sum_of(numbers: Sequence[Decimal]) -> Decimal:
    """The exact sum; of nothing 0."""
    return reduce(EXACT.add, numbers, Decimal(0))
