"""Operators between two compiled operands: their type, their warnings, their fastest form."""

from decimal import Decimal
from typing import Final

from surveys.engine.expressions.code import Code, CodeProblem
from surveys.engine.expressions.errors import EvaluationError
from surveys.engine.expressions.functions.operators import OPERATORS, Operator
from surveys.engine.expressions.scope import Scope
from surveys.engine.expressions.types import Type, Value
from surveys.engine.expressions.values import EXACT, decimal_of, finite, parse_moment
from surveys.engine.problems import Severity

COMPARISONS: Final = {"=", "!=", "<", "<=", ">", ">="}
DAYS: Final = {Type.DATE, Type.DATETIME}
FAST: Final = {"+": EXACT.add, "-": EXACT.subtract, "*": EXACT.multiply}


def compile_operator(
    sign: str, left: Code, right: Code, at: int, problems: list[CodeProblem]
) -> Code:
    """``left sign right``, with what is wrong about the pair added to ``problems``."""
    if sign in COMPARISONS:
        problems.extend(_comparison_problems(sign, left, right, at))
        return _apply(OPERATORS[sign], left, right, Type.BOOLEAN)
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
    if sign in FAST and left.type is right.type is Type.NUMBER:
        return _numeric(sign, left, right)
    return _apply(OPERATORS[sign], left, right, result)


def _apply(operator: Operator, left: Code, right: Code, result: Type) -> Code:
    first, second = left.run, right.run

    def run(scope: Scope) -> Value:
        return operator(first(scope), second(scope))

    return Code(run, result, constant=left.constant and right.constant)


def _numeric(sign: str, left: Code, right: Code) -> Code:
    exact, first, second = FAST[sign], left.run, right.run

    def run(scope: Scope) -> Value:
        a, b = first(scope), second(scope)
        if a is None or b is None:
            return None
        assert isinstance(a, Decimal)
        assert isinstance(b, Decimal)
        return finite(exact(a, b))

    return Code(run, Type.NUMBER, constant=left.constant and right.constant)


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
            found.append(
                CodeProblem(
                    "date_impossible",
                    f"At character {at + 1}: '{one.literal}' is no date; write it as 2026-12-31.",
                    at,
                )
            )
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


def _is_moment(text: str) -> bool:
    if decimal_of(text) is not None:
        return True
    try:
        parse_moment(text)
    except EvaluationError:
        return False
    return True
