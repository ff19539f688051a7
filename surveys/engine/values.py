"""Values on their way to people."""

import base64
from datetime import date, datetime

from surveys.engine.answers import NUMERIC, Unreadable, value_of
from surveys.engine.expressions.values import decimal_of, number_text, text_of
from surveys.engine.model import Kind, Question
from surveys.engine.results import JSONValue


def format_value(question: Question, value: JSONValue, *, language: str = "vi") -> str:
    """The value as people of that language write it: ``1.234,5``, ``25/12/2026``.

    Choices stay codes, and what cannot be read stays as it is.
    """
    try:
        read = value_of(question.kind, value)
    except Unreadable:
        return text_of(value if isinstance(value, str) else None)
    is_figure = question.kind is Kind.CALCULATE and decimal_of(text_of(read)) is not None
    if question.kind in NUMERIC or is_figure:
        return format_number(text_of(read), language=language)
    if isinstance(read, datetime):
        return f"{read:%d/%m/%Y} {text_of(read.time())}"
    return f"{read:%d/%m/%Y}" if isinstance(read, date) else text_of(read)


def format_number(digits: str, *, language: str = "vi") -> str:
    """Plain digits grouped by thousands: ``1.234,5`` in Vietnamese, ``1,234.5`` in English."""
    number = decimal_of(digits)
    if number is None:
        return digits
    whole, _, fraction = number_text(number).partition(".")
    sign = "-" if whole.startswith("-") else ""
    grouped = f"{int(whole.removeprefix('-')):,}"
    point = "." if language == "en" else ","
    if language != "en":
        grouped = grouped.replace(",", ".")
    return sign + grouped + (point + fraction if fraction else "")


def new_row_id(random_bytes: bytes) -> str:
    """A short row id from bytes the caller drew (6 are plenty)."""
    return base64.b32encode(random_bytes).decode().rstrip("=").lower()
