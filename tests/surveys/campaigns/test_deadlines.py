"""A deadline holds to 24:00 of its day in Viet Nam; after it, begun days count."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.campaigns.deadlines import ZONE, days_left, end_of, last_day, late_days, start_of

DEADLINE = end_of(date(2027, 1, 31))
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
DAYS = st.dates(date(2020, 1, 1), date(2039, 12, 31))


def vietnam(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZONE)  # type: ignore[misc, arg-type]  # year to second


@pytest.mark.parametrize(
    ("at", "days"),
    [
        (vietnam(2027, 1, 1, 8), 0),
        (vietnam(2027, 1, 31, 0), 0),
        (vietnam(2027, 1, 31, 23, 59, 59), 0),
        (vietnam(2027, 2, 1, 0), 1),
        (vietnam(2027, 2, 1, 0, 0, 1), 1),
        (vietnam(2027, 2, 1, 23, 59, 59), 1),
        (vietnam(2027, 2, 2, 0), 2),
        (vietnam(2027, 2, 3, 9, 41), 3),
        (vietnam(2027, 3, 1, 12), 29),
    ],
)
def test_every_begun_day_after_the_deadline_counts(at, days):
    assert late_days(DEADLINE, at) == days


def test_the_day_is_vietnams_whatever_the_clock_of_the_machine():
    one_second_to_midnight = datetime(2027, 1, 31, 16, 59, 59, tzinfo=UTC)

    assert late_days(DEADLINE, one_second_to_midnight) == 0
    assert late_days(DEADLINE, one_second_to_midnight + timedelta(seconds=1)) == 1


@pytest.mark.parametrize(
    ("at", "days"),
    [
        (vietnam(2027, 1, 20, 23, 59), 11),
        (vietnam(2027, 1, 31, 0), 0),
        (vietnam(2027, 1, 31, 23, 59, 59), 0),
        (vietnam(2027, 2, 1, 0), -1),
        (vietnam(2027, 2, 3, 9, 41), -3),
    ],
)
def test_days_left_count_whole_days_to_the_last_one(at, days):
    assert days_left(DEADLINE, at) == days


@given(DAYS)
def test_the_last_day_of_a_deadline_is_the_day_it_was_made_of(day):
    assert last_day(end_of(day)) == day


@given(DAYS)
def test_a_day_ends_where_the_next_begins(day):
    assert end_of(day) == start_of(day + timedelta(days=1))


@given(DAYS, MOMENTS)
def test_late_days_are_the_days_past_where_the_deadline_is_a_midnight(day, at):
    assert late_days(end_of(day), at) == max(-days_left(end_of(day), at), 0)


@given(MOMENTS, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_waiting_never_makes_anybody_less_late(due_at, at, later):
    assert late_days(due_at, at + later) >= late_days(due_at, at)


@given(MOMENTS, st.integers(0, 400))
def test_a_day_later_is_one_day_later_once_late(due_at, days):
    assert late_days(due_at, due_at + timedelta(days=days)) == days + 1
