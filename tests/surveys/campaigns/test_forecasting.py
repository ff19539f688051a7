"""Forecasts of the final number of submissions."""

from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.campaigns.forecasting import Course, forecast

EARLIER = Course(100, -4, (10, 20, 40, 60, 80, 90))


@st.composite
def courses(draw):
    """A course of 1 to 500 agencies over up to 60 days that begins 30 days before the deadline."""
    total = draw(st.integers(1, 500))
    steps = draw(st.lists(st.integers(0, 20), min_size=1, max_size=60))
    counts, sofar = [], 0
    for step in steps:
        sofar = min(sofar + step, total)
        counts.append(sofar)
    return Course(total, -30, tuple(counts))


def test_a_round_that_goes_like_the_last_one_ends_like_it():
    own = Course(100, -4, (10, 20, 40))

    seen = forecast(own, [EARLIER], day=-2, end=1)

    assert seen is not None
    assert seen.from_earlier
    assert seen.expected == pytest.approx(90)


def test_a_slower_round_ends_lower_by_the_same_odds_ratio():
    own = Course(100, -4, (5, 12, 30))
    odds = (90.5 / 10.5) * (30.5 / 70.5) / (40.5 / 60.5)
    share = odds / (1 + odds)

    seen = forecast(own, [EARLIER], day=-2, end=1)

    assert seen is not None
    assert seen.expected == pytest.approx(share * 101 - 0.5)


def test_the_interval_is_woolfs_of_the_odds_ratio():
    own = Course(100, -4, (10, 20, 40))
    error = (2 * (1 / 40.5 + 1 / 60.5)) ** 0.5
    low = 1 / (1 + exp(1.959963984540054 * error - log(90.5 / 10.5)))

    seen = forecast(own, [EARLIER], day=-2, end=1)

    assert seen is not None
    assert seen.low == pytest.approx(low * 101 - 0.5)


def test_two_earlier_rounds_count_together():
    own = Course(100, -2, (30,))
    first, second = Course(100, -2, (20, 50, 90)), Course(100, -2, (40, 60, 70))

    seen = forecast(own, [first, second], day=-2, end=0)

    assert seen is not None
    assert seen.expected == pytest.approx(80, abs=0.3)


def test_without_earlier_rounds_a_logistic_curve_is_continued():
    days = range(-9, 1)
    counts = tuple(round(1000 / (1 + exp(-(0.3 * day + 0.5)))) for day in days)

    seen = forecast(Course(1000, -9, counts), [], day=0, end=5)

    assert seen is not None
    assert not seen.from_earlier
    assert seen.rate == pytest.approx(100 / (1 + exp(-2.0)), abs=0.3)


def test_a_few_days_are_not_enough():
    assert forecast(Course(100, -9, (1, 2, 3, 4)), [], day=-6, end=0) is None


def test_earlier_rounds_that_had_hardly_begun_say_nothing():
    earlier = Course(100, -9, (1, 2, 3, 50, 90))

    assert forecast(Course(100, -9, (0, 0, 0)), [earlier], day=-7, end=0) is None


def test_after_the_end_there_is_nothing_to_forecast():
    assert forecast(Course(100, -4, (10, 20)), [EARLIER], day=1, end=1) is None


def test_who_refused_is_not_expected_to_come():
    own = Course(100, -4, (10, 20, 60))

    seen = forecast(own, [Course(100, -4, (10, 20, 40, 60, 80, 100))], day=-2, end=1, most=85)

    assert seen is not None
    assert (seen.expected, seen.high) == (85, 85)


@given(courses(), st.lists(courses(), max_size=2), st.integers(-30, 25), st.integers(0, 40))
def test_a_forecast_lies_between_what_is_submitted_and_everybody(own, earlier, day, ahead):
    seen = forecast(own, earlier, day=day, end=day + ahead)

    if seen is not None:
        assert own.by(day) <= seen.low <= seen.expected <= seen.high <= own.total


@given(courses(), courses(), st.integers(-30, 25), st.integers(1, 30))
def test_more_submissions_today_never_lower_the_forecast(own, earlier, day, ahead):
    here = own.by(day)
    more = Course(own.total, day, (min(here + 1, own.total),))
    less = Course(own.total, day, (here,))
    before, after = (forecast(each, [earlier], day=day, end=day + ahead) for each in (less, more))

    if before is not None and after is not None:
        assert before.expected <= after.expected


@given(courses(), st.lists(courses(), max_size=2), st.integers(-30, 25), st.integers(1, 30))
def test_a_later_end_never_lowers_the_forecast(own, earlier, day, ahead):
    before, after = (forecast(own, earlier, day=day, end=day + days) for days in (ahead, ahead + 1))

    if before is not None and after is not None:
        assert before.expected <= after.expected + 1e-9


def test_a_rounds_own_days_look_no_further_ahead_than_back():
    own = Course(100, -30, (2, 5, 9, 14, 20, 26))

    assert forecast(own, [], day=-25, end=-18) is None
    assert forecast(own, [], day=-25, end=-19) is not None
