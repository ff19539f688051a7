"""How a value is read as another type. Blank stays blank; what does not fit is blank."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Context, Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from surveys.engine.expressions.errors import EvaluationError
from surveys.engine.expressions.types import Value

EXACT: Final = Context(prec=28, rounding=ROUND_HALF_EVEN, Emin=-300, Emax=300, traps=[])
LOCAL: Final = ZoneInfo("Asia/Ho_Chi_Minh")
EPOCH: Final = date(1970, 1, 1)
LATER: Final = date(2000, 1, 1)
"""A day on which the zone has its present offset, for times without a day."""
DAY_SECONDS: Final = Decimal(86_400)
WHOLE: Final = Decimal(1)

NUMBER: Final = re.compile(r"\s*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*", re.ASCII)
DATE: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", re.ASCII)
TIME: Final = re.compile(
    r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,6})[0-9]*)?)?"
    r"(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?",
    re.ASCII,
)


def finite(number: Decimal) -> Decimal | None:
    """The number, or blank where a calculation left the numbers."""
    return number if number.is_finite() else None


def decimal_of(text: str) -> Decimal | None:
    """The number that plain digits stand for: no exponent, no grouping, 28 digits at most.

    More digits are no number: rounding would make another number of what somebody wrote.
    """
    if NUMBER.fullmatch(text) is None:
        return None
    return exact(Decimal(text.strip()))


def exact(number: Decimal) -> Decimal | None:
    """The number itself; blank where it has more digits than are kept."""
    kept = EXACT.plus(number)
    return kept if kept == number else None


def number_text(number: Decimal) -> str:
    """Plain digits, never an exponent: ``1500``, ``0.3``, ``-2``."""
    if not number:
        return "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_of(value: Value) -> Decimal | None:
    """As a number: booleans 1 or 0, days since 1970-01-01, text if it is one."""
    if value is None or isinstance(value, Decimal):
        return value
    return _NUMBERS[type(value)](value)


def text_of(value: Value) -> str:
    """As text; blank is ''."""
    if value is None:
        return ""
    return value if isinstance(value, str) else _TEXTS[type(value)](value)


def truth_of(value: Value) -> bool:
    """Zero and blank are false, everything else is true."""
    return bool(value) if not isinstance(value, date | time) else True


def text_or_blank(text: str) -> str | None:
    """Text as a value: normalised, and blank when empty."""
    if not text:
        return None
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def date_of(value: Value) -> date | None:
    """As a calendar day. Raises EvaluationError for a day that does not exist."""
    moment = moment_of(value)
    return moment.date() if isinstance(moment, datetime) else moment


def datetime_of(value: Value) -> datetime | None:
    """As local civil time; a date is its midnight."""
    moment = moment_of(value)
    if moment is None or isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time())


def moment_of(value: Value) -> date | datetime | None:
    """As a date or a dateTime, whichever it is."""
    match value:
        case date() | None:
            return value
        case bool():
            return day_at(Decimal(value))
        case Decimal():
            whole = value == value.to_integral_value(ROUND_DOWN)
            return day_at(value) if whole else moment_at(value)
        case str():
            return parse_moment(value)
        case time() | tuple():
            raise EvaluationError("date_impossible", f"'{text_of(value)}' is no date.")


def parse_moment(text: str) -> date | datetime | None:
    """A date or dateTime in ISO form; an offset is converted to local time."""
    text = text.strip()
    if not text:
        return None
    day_text, _, clock_text = text.replace("T", " ").partition(" ")
    day = parse_date(day_text)
    if not clock_text:
        return day
    found = TIME.fullmatch(clock_text.strip())
    if found is None:
        raise EvaluationError("date_impossible", f"'{text}' is no date.")
    moment = datetime.combine(day, _clock(found, text))
    return local_of(moment, found.group(5))


def parse_date(text: str) -> date:
    """An ISO date. Raises EvaluationError when there is no such day."""
    found = DATE.fullmatch(text.strip())
    advice = f"'{text}' is no date; write it as 2026-12-31."
    if found is None:
        raise EvaluationError("date_impossible", advice)
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError as refusal:
        raise EvaluationError("date_impossible", advice) from refusal


def parse_time(text: str) -> time | None:
    """A time of day such as 09:30 or 09:30:15; an offset is converted to local time."""
    text = text.strip()
    if not text:
        return None
    found = TIME.fullmatch(text)
    if found is None:
        raise EvaluationError("time_impossible", f"'{text}' is no time; write it as 09:30.")
    clock = _clock(found, text)
    return local_of(datetime.combine(LATER, clock), found.group(5)).time()


def local_of(moment: datetime, offset: str | None) -> datetime:
    """Local civil time of a moment written with an offset such as ``+07:00`` or ``Z``."""
    if not offset:
        return moment
    if offset == "Z":
        shift = timedelta()
    else:
        hours, minutes = int(offset[1:3]), int(offset[3:].lstrip(":") or 0)
        if hours > 14 or minutes > 59:
            raise EvaluationError("time_impossible", f"'{offset}' is no offset.")
        shift = timedelta(hours=hours, minutes=minutes) * (-1 if offset[0] == "-" else 1)
    try:
        return (moment - shift).replace(tzinfo=UTC).astimezone(LOCAL).replace(tzinfo=None)
    except OverflowError as refusal:
        raise EvaluationError("date_impossible", f"'{moment}' is out of range.") from refusal


def civil(moment: datetime) -> datetime:
    """Local civil time without a zone, whatever the caller's zone was."""
    return moment.astimezone(LOCAL).replace(tzinfo=None) if moment.tzinfo else moment


def days_of(moment: datetime) -> Decimal:
    """Days since local 1970-01-01, with the time as a fraction."""
    days = Decimal((moment.date() - EPOCH).days)
    return EXACT.add(days, time_fraction(moment.time()))


def time_fraction(clock: time) -> Decimal:
    """The part of the day that has passed."""
    seconds = clock.hour * 3600 + clock.minute * 60 + clock.second
    exact = EXACT.add(
        Decimal(seconds), EXACT.divide(Decimal(clock.microsecond), Decimal(1_000_000))
    )
    return EXACT.divide(exact, DAY_SECONDS)


def day_at(number: Decimal) -> date | None:
    """Day n since 1970-01-01, the fraction dropped; blank outside the calendar."""
    return shift_days(EPOCH, number)


def moment_at(number: Decimal) -> datetime | None:
    """The moment n days after local 1970-01-01."""
    return shift_moment(datetime.combine(EPOCH, time()), number)


def shift_days(day: date, days: Decimal) -> date | None:
    """``days`` later, the fraction dropped; blank outside the calendar."""
    try:
        return day + timedelta(days=int(days.to_integral_value(ROUND_DOWN)))
    except OverflowError:
        return None


def shift_moment(moment: datetime, days: Decimal) -> datetime | None:
    """``days`` later, to the millisecond; blank outside the calendar."""
    try:
        milliseconds = EXACT.multiply(days, DAY_SECONDS * 1000).to_integral_value(ROUND_HALF_EVEN)
        return moment + timedelta(milliseconds=int(milliseconds))
    except OverflowError:
        return None


def items_of(value: Value) -> tuple[str, ...]:
    """The chosen codes; text is split at white space."""
    return value if isinstance(value, tuple) else tuple(text_of(value).split())


def _clock(found: re.Match[str], text: str) -> time:
    hour, minute, second, fraction = found.group(1, 2, 3, 4)
    try:
        microsecond = int((fraction or "0").ljust(6, "0"))
        return time(int(hour), int(minute), int(second or 0), microsecond)
    except ValueError as refusal:
        raise EvaluationError("time_impossible", f"'{text}' is no time.") from refusal


def _timespec(clock: time) -> str:
    if clock.microsecond:
        return "milliseconds"
    return "seconds" if clock.second else "minutes"


_NUMBERS: Final[dict[type, Callable[[Any], Decimal | None]]] = {
    bool: Decimal,
    str: decimal_of,
    datetime: days_of,
    date: lambda day: Decimal((day - EPOCH).days),
    time: time_fraction,
    tuple: lambda codes: decimal_of(" ".join(codes)),
}
_TEXTS: Final[dict[type, Callable[[Any], str]]] = {
    bool: lambda truth: "true" if truth else "false",
    Decimal: number_text,
    datetime: lambda moment: moment.isoformat(timespec=_timespec(moment.time())),
    date: lambda day: day.isoformat(),
    time: lambda clock: clock.isoformat(timespec=_timespec(clock)),
    tuple: " ".join,
}
