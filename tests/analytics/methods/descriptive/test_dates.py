"""Dates and durations."""

from datetime import date

import numpy as np
import pytest

from analytics.methods.descriptive import Answers, number_summary
from analytics.methods.descriptive.dates import Step, date_summary, seconds_between


def test_the_numbers_of_dates():
    found = date_summary(Answers(["2026-05-03", "2026-05-01", "2026-05-01", "2026-05-09", None]))

    assert (found.first, found.median, found.last) == (
        date(2026, 5, 1),
        date(2026, 5, 1),
        date(2026, 5, 9),
    )
    assert (found.n, found.base.blank, found.step) == (4, 1, Step.DAY)
    assert [(p.label, p.n) for p in found.periods[:3]] == [
        ("2026-05-01", 2),
        ("2026-05-02", 0),
        ("2026-05-03", 1),
    ]


def test_what_is_no_date_is_unreadable():
    base = date_summary(Answers(["2026-02-30", "soon", "KAD", "2026-02-01"])).base

    assert (base.n, base.unreadable, base.missing["KAD"], base.blank) == (1, 2, 1, 0)


@pytest.mark.parametrize(
    ("last", "step", "periods"),
    [("2026-02-09", Step.DAY, 40), ("2026-02-10", Step.MONTH, 2), ("2036-01-01", Step.YEAR, 11)],
)
def test_periods_are_as_short_as_forty_of_them_allow(last, step, periods):
    found = date_summary(Answers(["2026-01-01", last]))

    assert (found.step, len(found.periods)) == (step, periods)


def test_weights_move_the_median():
    found = date_summary(Answers(["2026-01-01", "2027-01-01"], weights=[1, 3]))

    assert found.median == date(2027, 1, 1)


def test_a_date_of_units_that_were_not_asked_is_passed_over():
    found = date_summary(Answers(["2026-01-01", "2027-01-01"], asked=[True, False]))

    assert (found.last, found.n) == (date(2026, 1, 1), 1)


@pytest.mark.parametrize("column", [[], [None], ["KAD", "soon"]])
def test_nobody_gave_a_date(column):
    found = date_summary(Answers(column))

    assert (found.n, found.first, found.median, found.step, found.periods) == (
        0,
        None,
        None,
        None,
        (),
    )


def test_weights_of_zero_have_no_median():
    found = date_summary(Answers(["2026-01-01"], weights=[0.0]))

    assert (found.first, found.median) == (date(2026, 1, 1), None)


def test_durations_are_seconds_and_none_runs_backwards():
    started = ["2026-05-01T08:00:00+07:00", "2026-05-01T08:00:00+07:00", None, "2026-05-01"]
    ended = ["2026-05-01T08:12:30+07:00", "2026-05-01T07:00:00+07:00", "2026-05-02", "soon"]
    seconds = seconds_between(started, ended)

    assert seconds[0] == 750.0
    assert np.isnan(seconds[1:]).all()
    assert number_summary(Answers(seconds)).median.value == 750.0
