"""How many will have submitted at the end of a round: plain arithmetic over days.

Days are counted from the deadline: 0 is the last day in time, -1 the day before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Final

LEAST_DAYS: Final = 5
"""So many days with a change are needed before a curve is laid through a round's own days."""
LEAST_EARLIER: Final = 5
"""So many must have submitted by the same day of the earlier rounds before they say anything."""
WIDTH: Final = 1.959963984540054
"""Standard errors on either side of a 95 % interval."""
HALF: Final = 0.5
"""Added to both sides of every odds (Haldane, Anscombe), so that nobody and everybody have odds too."""


@dataclass(frozen=True, slots=True)
class Course:
    """How submissions of one round came in.

    ``counts`` are the cumulated numbers by the end of each day, the first of them of day ``first``;
    ``total`` agencies are expected. The last day may be a begun one.
    """

    total: int
    first: int
    counts: tuple[int, ...]

    @property
    def latest(self) -> int:
        """How many have submitted by the last day that is known."""
        return self.counts[-1] if self.counts else 0

    def by(self, day: int) -> int:
        """How many had submitted by the end of ``day``; 0 before the first, the last after the last."""
        if day < self.first or not self.counts:
            return 0
        return self.counts[min(day - self.first, len(self.counts) - 1)]


@dataclass(frozen=True, slots=True)
class Forecast:
    """The number expected to have submitted, with a 95 % interval; none is below what is submitted."""

    expected: float
    low: float
    high: float
    total: int
    from_earlier: bool

    @property
    def rate(self) -> float:
        """The expected number per hundred."""
        return 100 * self.expected / self.total

    @property
    def rates(self) -> tuple[float, float]:
        """The ends of the interval per hundred."""
        return 100 * self.low / self.total, 100 * self.high / self.total


def forecast(
    own: Course, earlier: Sequence[Course], *, day: int, end: int, most: int | None = None
) -> Forecast | None:
    """How many will have submitted by the end of day ``end``, as seen at the end of ``day``, the last whole one.

    With earlier rounds that say something on the same day, their final share is moved by the odds
    ratio between this round and them today. Otherwise a logistic curve is laid through the round's
    own days. None: not enough days yet, or nothing is left to come. ``most`` is how many can submit
    at all (those who refused cannot); all, if it is not given.
    """
    ceiling = own.total if most is None else most
    here = own.latest
    if day >= end or here >= ceiling:
        return None
    known = [course for course in earlier if course.total and course.by(day) >= LEAST_EARLIER]
    line = _from_earlier(own, known, day, end) if known else _from_own_days(own, day, end)
    if line is None:
        return None
    middle, error = line
    low, expected, high = (
        min(max(_count(middle + side * WIDTH * error, own.total), here), ceiling)
        for side in (-1, 0, 1)
    )
    return Forecast(expected, low, high, own.total, from_earlier=bool(known))


def _from_earlier(
    own: Course, earlier: Sequence[Course], day: int, end: int
) -> tuple[float, float]:
    """The log odds at the end and their standard error (Woolf's, of the odds ratio)."""
    total = sum(course.total for course in earlier)
    then = sum(course.by(day) for course in earlier)
    finally_ = sum(course.by(end) for course in earlier)
    shift = _log_odds(own.by(day), own.total) - _log_odds(then, total)
    error = sqrt(_variance(own.by(day), own.total) + _variance(then, total))
    return _log_odds(finally_, total) + shift, error


def _from_own_days(own: Course, day: int, end: int) -> tuple[float, float] | None:
    """A line through the log odds of the days, each weighted by what it tells, continued to ``end``.

    It looks no further ahead than it looks back; None where that, or ``LEAST_DAYS``, is not reached.

    Days follow from one another, so the interval is narrower than the truth of a first round.
    """
    days = [each for each in range(own.first, day + 1) if own.by(each) > own.by(each - 1)]
    if len(days) < LEAST_DAYS or end - day > day - days[0] + 1:
        return None
    points = [
        (each, _log_odds(own.by(each), own.total), 1 / _variance(own.by(each), own.total))
        for each in days
    ]
    weight = sum(w for _x, _y, w in points)
    mean_x = sum(w * x for x, _y, w in points) / weight
    mean_y = sum(w * y for _x, y, w in points) / weight
    spread = sum(w * (x - mean_x) ** 2 for x, _y, w in points)
    slope = sum(w * (x - mean_x) * (y - mean_y) for x, y, w in points) / spread
    left = sum(w * (y - mean_y - slope * (x - mean_x)) ** 2 for x, y, w in points)
    scale = max(left / (len(points) - 2), 1.0)
    error = sqrt(scale * (1 / weight + (end - mean_x) ** 2 / spread))
    return mean_y + slope * (end - mean_x), error


def _log_odds(number: int, total: int) -> float:
    return log((number + HALF) / (total - number + HALF))


def _variance(number: int, total: int) -> float:
    return 1 / (number + HALF) + 1 / (total - number + HALF)


def _count(log_odds: float, total: int) -> float:
    """The number that has these odds."""
    share = 1 / (1 + exp(-log_odds)) if log_odds >= 0 else exp(log_odds) / (1 + exp(log_odds))
    return share * (total + 2 * HALF) - HALF
