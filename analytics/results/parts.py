"""Numerators and denominators of each indicator for each agency, read by the engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from surveys.engine import Context, Form, FormState, Indicator, MissingCode

_FIRST: Final = (
    MissingCode.NOT_YET.value,
    MissingCode.RESTRICTED.value,
    MissingCode.NOT_APPLICABLE.value,
)


@dataclass(frozen=True, slots=True)
class Part:
    """One agency's share in one indicator; None is blank.

    ``missing`` is the code that stands in the place of a figure where the numerator is blank ("":
    none, it was not answered).
    """

    agency_id: int
    code: str
    numerator: Decimal | None
    denominator: Decimal | None
    missing: str = ""


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
        _part(state, indicator, agency_id=agency_id)
        for indicator in measured(form.definition.indicators)
    ]


def _part(state: FormState, indicator: Indicator, *, agency_id: int) -> Part:
    numerator = _number(state.evaluate(indicator.numerator))
    return Part(
        agency_id=agency_id,
        code=indicator.code,
        numerator=numerator,
        denominator=_number(state.evaluate(indicator.denominator or "1")),
        missing=_code_behind(state, indicator.numerator) if numerator is None else "",
    )


def _code_behind(state: FormState, expression: str) -> str:
    """The code at what the expression reads, directly or through calculations; of several, that
    which promises a figure, then that which withholds one.
    """
    form = state.form
    read = form.compile(expression).references
    codes = {
        remark["missing"]
        for path, remark in state.remarks.items()
        if remark.get("missing")
        and (name := path.rpartition("/")[2]) in form.parts
        and (form.downstream(name) | {name, form.parts[name].owner}) & read
    }
    return next((code for code in _FIRST if code in codes), "")


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
