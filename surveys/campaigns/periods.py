"""How a period is called: in Vietnamese as it is stored, in English as it is shown."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from surveys.campaigns.enums import Period

QUARTERS: Final = ("I", "II", "III", "IV")
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def period_name(period: Period, cutoff: date) -> str:
    """The period in which the data are cut off: ``Quý I/2026`` for a quarterly 31/3/2026.

    A single survey, and one by a rule of its own, is called by the day.
    """
    match period:
        case Period.MONTHLY:
            return f"Tháng {cutoff.month}/{cutoff.year}"
        case Period.QUARTERLY:
            return f"Quý {QUARTERS[(cutoff.month - 1) // 3]}/{cutoff.year}"
        case Period.HALF_YEARLY:
            half = "đầu" if cutoff.month <= 6 else "cuối"
            return f"6 tháng {half} năm {cutoff.year}"
        case Period.YEARLY:
            return f"Năm {cutoff.year}"
        case _:
            return f"Ngày {cutoff.day}/{cutoff.month}/{cutoff.year}"


def period_in_english(name: str) -> str:
    """``Quarter I 2026`` for ``Quý I/2026``; a name that is not one of ours stays as it is."""
    for pattern, translate in _PATTERNS:
        if found := pattern.fullmatch(name.strip()):
            return translate(found)
    return name


def _month(found: re.Match[str]) -> str:
    return f"{MONTHS[int(found[1]) - 1]} {found[2]}"


def _quarter(found: re.Match[str]) -> str:
    return f"Quarter {found[1].upper()} {found[2]}"


def _half(found: re.Match[str]) -> str:
    return f"{'First' if found[1] == 'đầu' else 'Second'} half of {found[2]}"


def _year(found: re.Match[str]) -> str:
    return f"Year {found[1]}"


def _day(found: re.Match[str]) -> str:
    return f"{found[1]} {MONTHS[int(found[2]) - 1]} {found[3]}"


_PATTERNS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]] = (
    (re.compile(r"tháng (1[0-2]|[1-9])/([0-9]{4})", re.IGNORECASE), _month),
    (re.compile(r"quý (IV|I{1,3})(?:/| năm )([0-9]{4})", re.IGNORECASE), _quarter),
    (re.compile(r"6 tháng (đầu|cuối) năm ([0-9]{4})", re.IGNORECASE), _half),
    (re.compile(r"năm ([0-9]{4})", re.IGNORECASE), _year),
    (re.compile(r"ngày ([0-9]{1,2})/(1[0-2]|[1-9])/([0-9]{4})", re.IGNORECASE), _day),
)
