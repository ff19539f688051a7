"""Numerators and denominators of each indicator for each agency, read by the engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from surveys.engine import Context, Form, FormState, Indicator


@dataclass(frozen=True, slots=True)
class Part:
    """One agency's share in one indicator; None is blank."""

    agency_id: int
    code: str
    numerator: Decimal | None
    denominator: Decimal | None


def parts_of(
    form: Form,
    answers: Mapping[str, Any],
    remarks: Mapping[str, Any],
    *,
    agency_id: int,
    at: datetime,
) -> list[Part]:
    """The parts of every indicator that has a numerator, over one signed response."""
    state = FormState(
        form,
        answers=dict(answers),
        remarks=dict(remarks),
        context=Context(today=at.date(), now=at),
    )
    return [
        Part(
            agency_id=agency_id,
            code=indicator.code,
            numerator=_number(state.evaluate(indicator.numerator)),
            denominator=_number(state.evaluate(indicator.denominator or "1")),
        )
        for indicator in measured(form.definition.indicators)
    ]


def measured(indicators: Sequence[Indicator]) -> list[Indicator]:
    """The indicators that this questionnaire has an expression for."""
    return [indicator for indicator in indicators if indicator.numerator]


def _number(value: Any) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None
