"""Operators between two compiled operands: which one, what it gives, what is wrong with it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from surveys.engine.expressions.code import Code, CodeProblem
from surveys.engine.expressions.errors import EvaluationError
from surveys.engine.expressions.functions.operators import OPERATORS, Operator
from surveys.engine.expressions.types import Type, Value
from surveys.engine.expressions.values import DATE, EXACT, decimal_of, finite, parse_moment
from surveys.engine.problems import Severity

COMPARISONS: Final = {"=", "!=", "<", "<=", ">", ">="}
DAYS: Final = {Type.DATE, Type.DATETIME}


def resolve_operator(
    sign: str, left: Code, right: Code, at: int, problems: list[CodeProblem]
) -> tuple[Operator, Type]:
    """The operator for a pair and the type it gives; what is wrong is added to ``problems``."""
    if sign in COMPARISONS:
        problems.extend(_comparison_problems(sign, left, right, at))
        return OPERATORS[sign], Type.BOOLEAN
    result = _arithmetic_type(sign, left.type, right.type)
    if result is None:
        problems.append(
            CodeProblem(
                "type_mismatch",
                f"At character {at + 1}: '{sign}' cannot join {left.type} and {right.type}.",
                at,
            )
        )
        result = Type.NUMBER
    if left.type is right.type is Type.NUMBER:
        return NUMERIC.get(sign, OPERATORS[sign]), result
    return OPERATORS[sign], result


def _numeric(exact: Callable[[Decimal, Decimal], Decimal]) -> Operator:
    """An operator between operands that are known to be numbers or blank."""

    def operate(left: Value, right: Value) -> Value:
        if left is None or right is None:
            return None
        assert isinstance(left, Decimal)
        assert isinstance(right, Decimal)
        return finite(exact(left, right))

    return operate


NUMERIC: Final = {
    "+": _numeric(EXACT.add),
    "-": _numeric(EXACT.subtract),
    "*": _numeric(EXACT.multiply),
}


def _arithmetic_type(sign: str, left: Type, right: Type) -> Type | None:
    days = (left in DAYS, right in DAYS)
    if Type.ANY in {left, right}:
        return Type.ANY if sign in "+-" else Type.NUMBER
    if days == (False, False):
        return Type.NUMBER
    if sign == "-" and days == (True, True):
        return Type.NUMBER
    if sign == "-" and days == (True, False):
        return left
    if sign == "+" and days != (True, True):
        return left if days[0] else right
    return None


def _comparison_problems(sign: str, left: Code, right: Code, at: int) -> list[CodeProblem]:
    found = []
    for one, other in ((left, right), (right, left)):
        if one.literal is None or not one.literal.strip():
            continue
        if other.type is Type.BOOLEAN and not _fits_boolean(sign, one.literal):
            found.append(
                CodeProblem(
                    "type_mismatch",
                    f"At character {at + 1}: a boolean compares with 'true' and 'false' only, "
                    f"not with '{one.literal}'.",
                    at,
                )
            )
        elif other.type is Type.NUMBER and decimal_of(one.literal) is None:
            found.append(_never(one.literal, "number", at))
        elif other.type in DAYS and not _is_moment(one.literal):
            found.append(_no_date(one.literal, at))
    return found


def _fits_boolean(sign: str, literal: str) -> bool:
    """'true' and 'false' are equal or not; in order a boolean stands for 1 or 0."""
    return literal in {"true", "false"} or (
        sign not in {"=", "!="} and decimal_of(literal) is not None
    )


def _never(literal: str, wanted: str, at: int) -> CodeProblem:
    return CodeProblem(
        "type_mismatch",
        f"At character {at + 1}: '{literal}' is no {wanted}; the comparison never holds.",
        at,
        severity=Severity.WARNING,
    )


def _no_date(literal: str, at: int) -> CodeProblem:
    """What is written as a date must exist; other text beside a date is never equal to it."""
    if not DATE.match(literal.strip()):
        return _never(literal, "date", at)
    advice = f"At character {at + 1}: '{literal}' is no date; write it as 2026-12-31."
    return CodeProblem("date_impossible", advice, at)


def _is_moment(text: str) -> bool:
    if decimal_of(text) is not None:
        return True
    try:
        parse_moment(text)
    except EvaluationError:
        return False
    return True
