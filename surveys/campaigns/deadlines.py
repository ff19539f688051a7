"""Days and deadlines in the country's time.

A deadline is stored as the first instant that is too late: midnight after its last day, in
Asia/Ho_Chi_Minh. So a deadline of 31/1 holds to 24:00 of 31/1.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)


def start_of(day: date) -> datetime:
    """The first instant of ``day``."""
    return datetime.combine(day, time.min, tzinfo=ZONE)


def end_of(day: date) -> datetime:
    """The first instant after ``day``, at which a deadline of that day has passed."""
    return start_of(day + DAY)


def last_day(due_at: datetime) -> date:
    """The last day on which an answer is in time."""
    return (due_at - timedelta(microseconds=1)).astimezone(ZONE).date()


def local_day(at: datetime) -> date:
    """The day on which ``at`` falls."""
    return at.astimezone(ZONE).date()


def late_days(due_at: datetime, at: datetime) -> int:
    """Begun days after the deadline; 0 while ``at`` is in time."""
    return max((at - due_at) // DAY + 1, 0)


def days_left(due_at: datetime, at: datetime) -> int:
    """Days until the last day: 0 on it, negative after it."""
    return (last_day(due_at) - local_day(at)).days
