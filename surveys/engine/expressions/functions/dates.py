"""Calendar days without a zone and local civil time."""

import calendar
import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from surveys.engine.expressions.errors import EvaluationError
from surveys.engine.expressions.functions.table import function
from surveys.engine.expressions.scope import Scope
from surveys.engine.expressions.types import Type, Value
from surveys.engine.expressions.values import (
    date_of,
    datetime_of,
    days_of,
    parse_time,
    text_of,
    time_fraction,
)

MONTHS: Final = {
    "vi": tuple(f"Th{month}" for month in range(1, 13)),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
DAYS: Final = {
    "vi": ("T2", "T3", "T4", "T5", "T6", "T7", "CN"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MARK: Final = re.compile(r"%([A-Za-z0-9%])")


@function("today", returns=Type.DATE, in_scope=True)
def today(scope: Scope) -> date:
    """The caller's day."""
    return scope.reader.today


@function("now", returns=Type.DATETIME, in_scope=True)
def now(scope: Scope) -> datetime:
    """The caller's moment."""
    return scope.reader.now


@function("date", takes="date", returns=Type.DATE)
def as_date(day: date) -> date:
    """The calendar day; an impossible one is an error."""
    return day


@function("date-time", takes="moment", returns=Type.DATETIME)
def as_datetime(moment: date) -> datetime | None:
    """The moment in local civil time; of a date its midnight."""
    return datetime_of(moment)


@function("decimal-date-time", takes="moment", returns=Type.NUMBER)
def decimal_datetime(moment: date) -> Decimal | None:
    """Days since local 1970-01-01, with the time as a fraction."""
    exact = datetime_of(moment)
    return None if exact is None else days_of(exact)


@function("decimal-time", takes="value", returns=Type.NUMBER)
def decimal_time(value: Value) -> Decimal | None:
    """The part of the day that has passed."""
    if isinstance(value, datetime):
        return time_fraction(value.time())
    try:
        clock = value if isinstance(value, time) else parse_time(text_of(value))
    except EvaluationError:
        return None  # text that is no time is no number either
    return None if clock is None else time_fraction(clock)


@function("format-date", takes="moment text", returns=Type.TEXT, in_scope=True)
def format_date(scope: Scope, moment: date, pattern: str) -> str:
    """The date in a pattern of %Y %y %m %n %b %d %e %a, and the marks of times."""
    exact = datetime_of(moment)
    assert exact is not None
    marks = _marks(exact, scope.reader.language)
    return MARK.sub(lambda found: marks.get(found.group(1), found.group()), pattern)


@function("format-date-time", takes="moment text", returns=Type.TEXT, in_scope=True)
def format_datetime(scope: Scope, moment: date, pattern: str) -> str:
    """The moment in a pattern of the date's marks and %H %h %M %S %3."""
    return str(format_date(scope, moment, pattern))


@function("add-months", takes="date number", returns=Type.DATE)
def add_months(day: date, months: Decimal) -> date | None:
    """The same day that many months later, or the month's last; blank outside the calendar."""
    index = day.year * 12 + day.month - 1 + int(months)
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


@function("end-of-month", takes="date", returns=Type.DATE)
def end_of_month(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _marks(moment: datetime, language: str) -> dict[str, str]:
    day = date_of(moment)
    assert day is not None
    return {
        "%": "%",
        "Y": f"{moment.year:04d}",
        "y": f"{moment.year % 100:02d}",
        "m": f"{moment.month:02d}",
        "n": str(moment.month),
        "b": MONTHS.get(language, MONTHS["en"])[moment.month - 1],
        "d": f"{moment.day:02d}",
        "e": str(moment.day),
        "a": DAYS.get(language, DAYS["en"])[day.weekday()],
        "H": f"{moment.hour:02d}",
        "h": str(moment.hour),
        "M": f"{moment.minute:02d}",
        "S": f"{moment.second:02d}",
        "3": f"{moment.microsecond // 1000:03d}",
    }
