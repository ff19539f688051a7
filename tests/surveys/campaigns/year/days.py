"""Days of the simulated year."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from surveys.campaigns.deadlines import ZONE


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of the day in the country's time."""
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)


def days(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last."""
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)
