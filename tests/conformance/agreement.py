"""Whether the engine's value is the one a case expects."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from surveys.engine.__main__ import evaluate
from surveys.engine.expressions import EvaluationError, ExpressionError, Value
from surveys.engine.expressions.values import date_of, datetime_of, number_of, text_of, truth_of
from tests.conformance.folder import Case

NOW: Final = "2026-11-21T09:30:15.250"
"""The moment at which the cases with a written-out today were recorded."""

REFUSED: Final = "refused"


def difference(case: Case) -> str | None:
    """What the engine says instead of what is expected; None where they agree."""
    wants_refusal = case["kind"] == "error" or str(case["expected"]).endswith("Exception")
    try:
        value, _ = evaluate({"expression": case["expr"], "now": NOW})
    except (ExpressionError, EvaluationError) as refusal:
        return None if wants_refusal else f"{REFUSED}: {refusal.code}"
    if wants_refusal or not AGREE[case["kind"]](value, case["expected"], case):
        return repr(value)
    return None


def _boolean(value: Value, expected: Any, _: Case) -> bool:
    return truth_of(value) is expected


def _number(value: Value, expected: Any, _: Case) -> bool:
    number = number_of(value)
    if number is None or expected == "NaN":
        return number is None and expected in {"NaN", ""}
    if isinstance(expected, str) and expected.endswith("Infinity"):
        return False
    # Theirs are binary floating point, ours are exact.
    wanted = Decimal(str(expected))
    return abs(number - wanted) <= abs(wanted) * Decimal("1e-12")


def _number_rounded(value: Value, expected: Any, case: Case) -> bool:
    number = number_of(value)
    if number is None:
        return False
    factor = Decimal(str(case["factor"]))
    rounded = (number * factor).to_integral_value(ROUND_HALF_UP) / factor
    return rounded == Decimal(str(expected))


def _string(value: Value, expected: Any, _: Case) -> bool:
    return text_of(value) == str(expected) or (value is None and expected == "NaN")


def _string_matches(value: Value, expected: Any, _: Case) -> bool:
    return re.search(str(expected).strip("/"), text_of(value)) is not None


def _string_length(value: Value, expected: Any, _: Case) -> bool:
    return len(text_of(value)) == int(expected)


def _date(value: Value, expected: Any, _: Case) -> bool:
    return date_of(value) == date.fromisoformat(str(expected))


def _datetime(value: Value, expected: Any, _: Case) -> bool:
    return datetime_of(value) == datetime.fromisoformat(str(expected))


AGREE: Final[dict[str, Callable[[Value, Any, Case], bool]]] = {
    "boolean": _boolean,
    "number": _number,
    "number_rounded": _number_rounded,
    "string": _string,
    "string_matches": _string_matches,
    "string_length": _string_length,
    "date": _date,
    "datetime": _datetime,
}
