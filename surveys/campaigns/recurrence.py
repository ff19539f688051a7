"""Rules of recurrence (RFC 5545) as people type them, read within bounds.

Only days recur: a rule is daily or slower, names at most ``MOST_A_YEAR`` days within a year, and
every number in it has its range. What is refused is named with its place in the text.
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from dateutil.rrule import rrule, rrulestr
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError

MOST_A_YEAR: Final = 100
LONGEST: Final = 300
YEAR: Final = timedelta(days=365)
NUMBERS: Final[dict[str, tuple[int, int]]] = {
    "INTERVAL": (1, 400),
    "COUNT": (1, 1000),
}
LISTS: Final[dict[str, int]] = {
    "BYMONTH": 12,
    "BYMONTHDAY": 31,
    "BYYEARDAY": 366,
    "BYWEEKNO": 53,
    "BYSETPOS": 366,
}
WEEKDAY: Final = re.compile(r"([+-]?[1-9][0-9]?)?(MO|TU|WE|TH|FR|SA|SU)")
WORDS: Final = {
    "FREQ": re.compile("YEARLY|MONTHLY|WEEKLY|DAILY"),
    "BYDAY": WEEKDAY,
    "WKST": re.compile("MO|SU"),
}
ADVICE: Final = {
    "FREQ": _("say how often: FREQ=YEARLY, MONTHLY, WEEKLY or DAILY."),
    "BYDAY": _("weekdays are MO, TU, WE, TH, FR, SA and SU."),
    "WKST": _("a week begins on MO or SU."),
}
LAST_DAY: Final = re.compile(r"([0-9]{8})(T[0-9]{6}Z?)?", re.ASCII)
NUMBER: Final = re.compile(r"[+-]?[0-9]{1,4}", re.ASCII)


class RuleInvalid(DomainError):
    """A rule of recurrence that cannot be followed; ``place`` counts characters from 1."""

    code = "rule_invalid"
    status = 422

    def __init__(self, problem: str | Promise, part: str, place: int) -> None:
        said = _("At character %(place)d, “%(part)s”: %(problem)s")
        words = {"place": place, "part": part[:40], "problem": problem}
        super().__init__(str(said) % words, part=part, place=place)


@dataclass(frozen=True, slots=True)
class _Part:
    """``NAME=value`` at its place."""

    name: str
    value: str
    text: str
    place: int

    def refused(self, problem: str | Promise) -> RuleInvalid:
        return RuleInvalid(problem, self.text, self.place)


def days_of(text: str, first: date) -> Iterator[date]:
    """The days of the rule from ``first`` on, in order; the text is judged at once, the number of
    days in a year as they come. Raises RuleInvalid."""
    parts = _parts(text)
    _judge(parts)
    rule = _built(parts, first)
    return _counted(rule, text)


def _parts(text: str) -> dict[str, _Part]:
    """The parts by name. Raises RuleInvalid for what is no ``NAME=value`` or comes twice."""
    if len(text) > LONGEST:
        raise RuleInvalid(_("the rule is longer than 300 characters."), text, 1)
    parts: dict[str, _Part] = {}
    place = 1
    for piece in text.removeprefix("RRULE:").split(";"):
        start = place + (len(text) - len(text.removeprefix("RRULE:")))
        name, sign, value = piece.partition("=")
        part = _Part(name.strip().upper(), value.strip().upper(), piece, start)
        if not sign or not part.value:
            raise part.refused(_("a part of a rule reads NAME=value."))
        if part.name in parts:
            raise part.refused(_("this part is there twice."))
        parts[part.name] = part
        place += len(piece) + 1
    return parts


def _judge(parts: dict[str, _Part]) -> None:
    """Raise RuleInvalid for the first part that cannot be followed."""
    if "FREQ" not in parts:
        first = next(iter(parts.values()))
        raise first.refused(ADVICE["FREQ"])
    for part in parts.values():
        _judge_part(part)
    frequency = parts["FREQ"].value
    if "COUNT" in parts and "UNTIL" in parts:
        raise parts["UNTIL"].refused(_("a rule has COUNT or UNTIL, not both."))
    if frequency in {"DAILY", "WEEKLY"}:
        _judge_short(parts)


def _judge_short(parts: dict[str, _Part]) -> None:
    """Daily and weekly rules name weekdays only.

    Others of them could name no day at all, and the search for it would walk through all of time.
    """
    frequency = parts["FREQ"].value
    for name in LISTS:
        if name in parts:
            raise parts[name].refused(_("daily and weekly rules name days by BYDAY only."))
    days = parts.get("BYDAY")
    if days is None:
        return
    if frequency == "DAILY" and "INTERVAL" in parts:
        raise days.refused(_("a daily rule has INTERVAL or BYDAY, not both."))
    if any(found[1] for each in days.value.split(",") if (found := WEEKDAY.fullmatch(each))):
        raise days.refused(_("numbers before weekdays belong to monthly and yearly rules."))


def _judge_part(part: _Part) -> None:
    if part.name in LISTS:
        _judge_list(part, LISTS[part.name])
    elif part.name in NUMBERS:
        _judge_number(part, *NUMBERS[part.name])
    elif part.name == "UNTIL":
        _day_of(part)
    elif part.name not in WORDS:
        raise part.refused(_("this part is not known here; days recur, not hours."))
    elif not all(WORDS[part.name].fullmatch(each) for each in part.value.split(",")):
        raise part.refused(ADVICE[part.name])


def _judge_number(part: _Part, low: int, high: int) -> None:
    if not NUMBER.fullmatch(part.value) or not low <= int(part.value) <= high:
        words = {"low": low, "high": high}
        raise part.refused(_("give a number from %(low)d to %(high)d.") % words)


def _judge_list(part: _Part, most: int) -> None:
    """Numbers from 1, or from the end below 0; months from 1 only."""
    least = 1 if part.name == "BYMONTH" else -most
    for each in part.value.split(","):
        fits = bool(NUMBER.fullmatch(each)) and int(each) != 0 and least <= int(each) <= most
        if not fits:
            words = {"low": least, "high": most}
            raise part.refused(_("give numbers from %(low)d to %(high)d, not 0.") % words)


def _day_of(part: _Part) -> date:
    """The day of UNTIL; raises RuleInvalid."""
    found = LAST_DAY.fullmatch(part.value)
    try:
        if found is not None:
            return date.fromisoformat(found[1])
    except ValueError:
        pass
    raise part.refused(_("write the last day as 20261231."))


def _built(parts: dict[str, _Part], first: date) -> rrule:
    """The rule as dateutil follows it. Raises RuleInvalid for what only dateutil refuses."""
    wanted = [f"{part.name}={part.value}" for part in parts.values() if part.name != "UNTIL"]
    if "UNTIL" in parts:
        wanted.append(f"UNTIL={_day_of(parts['UNTIL']):%Y%m%d}")
    try:
        rule = rrulestr(";".join(wanted), dtstart=datetime.combine(first, time.min))
    except ValueError as error:
        raise parts["FREQ"].refused(str(error)) from error
    assert isinstance(rule, rrule), "one rule without dates of exception is one rrule"
    return rule


def _counted(rule: rrule, text: str) -> Iterator[date]:
    """The days; raises RuleInvalid as soon as more than ``MOST_A_YEAR`` lie within a year."""
    recent: deque[date] = deque(maxlen=MOST_A_YEAR)
    for moment in rule:
        day = moment.date()
        if len(recent) == MOST_A_YEAR and day - recent[0] < YEAR:
            raise RuleInvalid(_("the rule names more than 100 days within a year."), text, 1)
        recent.append(day)
        yield day
