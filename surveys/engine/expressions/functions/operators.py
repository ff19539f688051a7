"""Arithmetic and comparison. Blank in arithmetic gives blank; blank is smaller than nothing."""

import operator
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from surveys.engine.expressions.errors import EvaluationError
from surveys.engine.expressions.types import Value
from surveys.engine.expressions.values import (
    EXACT,
    datetime_of,
    days_of,
    finite,
    number_of,
    parse_moment,
    parse_time,
    shift_days,
    shift_moment,
    text_of,
    truth_of,
)

Operator = Callable[[Value, Value], Value]
OPERATORS: Final[dict[str, Operator]] = {}


def binary(sign: str) -> Callable[[Operator], Operator]:
    """Enter an operator into the table."""

    def enter(call: Operator) -> Operator:
        OPERATORS[sign] = call
        return call

    return enter


@binary("+")
def add(left: Value, right: Value) -> Value:
    """Sum; a date plus n is n days later."""
    if isinstance(left, date):
        return shifted(left, number_of(right))
    if isinstance(right, date):
        return shifted(right, number_of(left))
    a, b = number_of(left), number_of(right)
    return None if a is None or b is None else finite(EXACT.add(a, b))


@binary("-")
def subtract(left: Value, right: Value) -> Value:
    """Difference; between two dates the days, from a date n days earlier."""
    if isinstance(left, date):
        if isinstance(right, date):
            return days_between(left, right)
        days = number_of(right)
        return shifted(left, None if days is None else -days)
    a, b = number_of(left), number_of(right)
    return None if a is None or b is None else finite(EXACT.subtract(a, b))


@binary("*")
def multiply(left: Value, right: Value) -> Value:
    """Product."""
    a, b = number_of(left), number_of(right)
    return None if a is None or b is None else finite(EXACT.multiply(a, b))


@binary("div")
def divide(left: Value, right: Value) -> Value:
    """Quotient; blank when the divisor is 0."""
    a, b = number_of(left), number_of(right)
    return None if a is None or not b else finite(EXACT.divide(a, b))


@binary("mod")
def remainder(left: Value, right: Value) -> Value:
    """Remainder with the sign of the dividend; blank when the divisor is 0."""
    a, b = number_of(left), number_of(right)
    return None if a is None or not b else finite(EXACT.remainder(a, b))


@binary("=")
def equal(left: Value, right: Value) -> bool:
    """Equality by type; blank equals blank only."""
    if left is None or right is None:
        return left is right
    if type(left) is type(right):
        return left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return _equal_to_boolean(left, right)
    if isinstance(left, date | time) or isinstance(right, date | time):
        a, b = ordered(left, right)
        return a is not None and a == b
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        number = number_of(left)
        return number is not None and number == number_of(right)
    return text_of(left) == text_of(right)


@binary("!=")
def unequal(left: Value, right: Value) -> bool:
    """The negation of ``=``."""
    return not equal(left, right)


@binary("<")
def less(left: Value, right: Value) -> bool:
    """Smaller; false beside a blank."""
    return compare(operator.lt, left, right)


@binary("<=")
def at_most(left: Value, right: Value) -> bool:
    """Smaller or equal; false beside a blank."""
    return compare(operator.le, left, right)


@binary(">")
def greater(left: Value, right: Value) -> bool:
    """Greater; false beside a blank."""
    return compare(operator.gt, left, right)


@binary(">=")
def at_least(left: Value, right: Value) -> bool:
    """Greater or equal; false beside a blank."""
    return compare(operator.ge, left, right)


def compare(order: Callable[[Any, Any], Any], left: Value, right: Value) -> bool:
    """``order`` of two values as numbers, dates or times; false where either is none."""
    if type(left) is Decimal and type(right) is Decimal:
        return bool(order(left, right))
    if left is None or right is None:
        return False
    a, b = ordered(left, right)
    return a is not None and b is not None and bool(order(a, b))


def ordered(left: Value, right: Value) -> tuple[object, object]:
    """Both values in the order they share: dates beside dates or date texts, times, numbers."""
    if isinstance(left, date | str) and isinstance(right, date | str):
        if isinstance(left, date) or isinstance(right, date):
            return _moment(left), _moment(right)
    elif isinstance(left, time | str) and isinstance(right, time | str):
        return _clock(left), _clock(right)
    return number_of(left), number_of(right)


def shifted(day: date, days: Decimal | None) -> Value:
    """The date or dateTime that many days later."""
    if days is None:
        return None
    return shift_moment(day, days) if isinstance(day, datetime) else shift_days(day, days)


def days_between(later: date, earlier: date) -> Decimal:
    """Days from the one to the other, a date being its midnight."""
    if isinstance(later, datetime) or isinstance(earlier, datetime):
        a, b = datetime_of(later), datetime_of(earlier)
        assert a is not None
        assert b is not None
        return EXACT.subtract(days_of(a), days_of(b))
    return Decimal((later - earlier).days)


def _moment(value: date | str) -> datetime | None:
    try:
        return datetime_of(parse_moment(value) if isinstance(value, str) else value)
    except EvaluationError:
        return None  # text beside a date that is no date is neither equal nor ordered


def _clock(value: time | str) -> time | None:
    try:
        return parse_time(value) if isinstance(value, str) else value
    except EvaluationError:
        return None  # the same for a time


def _equal_to_boolean(left: Value, right: Value) -> bool:
    if isinstance(left, str) or isinstance(right, str):
        return text_of(left) == text_of(right)
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return number_of(left) == number_of(right)
    return truth_of(left) == truth_of(right)
