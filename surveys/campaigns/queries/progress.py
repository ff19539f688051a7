"""How submissions of a round and of earlier ones came in, day by day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from django.db.models import CharField, Count
from django.db.models.functions import Cast, Substr

from surveys.campaigns.deadlines import last_day, local_day
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.forecasting import Course, Forecast, forecast
from surveys.campaigns.models import Assignment, Round
from surveys.campaigns.queries.counts import Counts

EARLIER: Final = 2
HOUR: Final = 13
"""Characters of a time down to its hour; offsets of Viet Nam are whole hours, so days can be told."""
SHOWN_BEFORE: Final = 180
SHOWN_AFTER: Final = 90


@dataclass(frozen=True)
class ProgressDay:
    """A day with the share that had submitted by its end, of each round; None where it has none."""

    day: int
    date: date
    shares: tuple[float | None, ...]


@dataclass(frozen=True)
class Progress:
    """A round's way beside those of up to two earlier rounds. ``ends_on`` is the forecast's day.

    ``forecast`` is None where the round is over or too few days are known (``is_early``).
    """

    rounds: tuple[Round, ...]
    days: tuple[ProgressDay, ...]
    ends_on: date
    forecast: Forecast | None
    is_early: bool


def progress(round_: Round, counts: Counts, *, last_due: datetime | None, at: datetime) -> Progress:
    """The round at ``at``; one query, if ``previous__previous`` was read with the round.

    What was returned counts when it was submitted again.
    """
    rounds = _with_earlier(round_)
    numbers = _numbers(rounds)
    deadline = last_day(round_.closes_at)
    today = (local_day(at) - deadline).days
    ends_on = max(last_day(round_.ends_at), last_day(last_due) if last_due else deadline)
    own, *earlier = [
        _course(each, numbers.get(each.pk, Counter()), until=today if each is round_ else None)
        for each in rounds
    ]
    end = (ends_on - deadline).days
    running = round_.status == RoundStatus.OPEN and today <= end
    seen = None
    if running:
        most = counts.total - counts.refused
        seen = forecast(own, earlier, day=today - 1, end=end, most=most)
    return Progress(
        rounds=rounds,
        days=_days(deadline, [own, *earlier], end),
        ends_on=ends_on,
        forecast=seen,
        is_early=running and seen is None and own.latest < own.total - counts.refused,
    )


def _with_earlier(round_: Round) -> tuple[Round, ...]:
    rounds = [round_]
    while rounds[-1].previous is not None and len(rounds) <= EARLIER:
        rounds.append(rounds[-1].previous)
    return tuple(rounds)


def _numbers(rounds: Iterable[Round]) -> dict[int, Counter[str]]:
    """By round, how many submitted in which hour; the empty hour is of those who have not."""
    hours = (
        Assignment.objects.expected()
        .filter(round__in=rounds)
        .annotate(hour=Substr(Cast("submitted_at", CharField()), 1, HOUR))
        .values_list("round", "hour")
        .annotate(number=Count("pk"))
    )
    found: dict[int, Counter[str]] = {}
    for round_id, hour, number in hours:
        found.setdefault(round_id, Counter())[hour or ""] += number
    return found


def _course(round_: Round, numbers: Counter[str], *, until: int | None) -> Course:
    """The course up to day ``until``, or as long as there were submissions."""
    deadline = last_day(round_.closes_at)
    by_day: Counter[int] = Counter()
    for hour, number in numbers.items():
        if hour:
            by_day[(_day_of(hour) - deadline).days] += number
    opened = (local_day(round_.opened_at or round_.opens_at) - deadline).days
    first = max(min(by_day, default=opened), -SHOWN_BEFORE)
    first = min(first, max(opened, -SHOWN_BEFORE))
    last = max([0, *by_day] if until is None else [first, until, *by_day])
    counts, sofar = [], sum(number for day, number in by_day.items() if day < first)
    for day in range(first, last + 1):
        sofar += by_day[day]
        counts.append(sofar)
    return Course(total=numbers.total(), first=first, counts=tuple(counts))


@lru_cache(maxsize=4096)
def _day_of(hour: str) -> date:
    """The local day of an hour in UTC, "2026-11-20 17"; a round has thousands of them."""
    return local_day(datetime.fromisoformat(f"{hour}:00:00+00:00"))


def _days(deadline: date, courses: list[Course], end: int) -> tuple[ProgressDay, ...]:
    first = min(course.first for course in courses)
    last = min(max(end, *(_last(course) for course in courses)), SHOWN_AFTER)
    return tuple(
        ProgressDay(
            day=day,
            date=deadline + timedelta(days=day),
            shares=tuple(_share(course, day) for course in courses),
        )
        for day in range(first, last + 1)
    )


def _last(course: Course) -> int:
    return course.first + len(course.counts) - 1


def _share(course: Course, day: int) -> float | None:
    if not course.total or not course.first <= day <= _last(course):
        return None
    return 100 * course.by(day) / course.total
