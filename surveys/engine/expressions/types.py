"""The types of the language and the values that carry them."""

from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

Scalar = Decimal | str | bool | date | datetime | time | tuple[str, ...]
Value = Scalar | None
"""``None`` is blank. Several choices are a tuple of codes; an empty text or tuple never occurs."""


class Type(StrEnum):
    """What a value is known to be before anything is answered."""

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    DATETIME = "dateTime"
    CHOICE = "choice"
    CHOICES = "choices"
    BLANK = "blank"
    ANY = "any"
