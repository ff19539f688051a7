import math

import pytest
from scipy import stats

from analytics.definitions.reasons import Reason
from analytics.methods.trends.growth import (
    Growth,
    compound_growth,
    linear_trend,
    relative_change,
    trend_per_period,
)


def test_compound_growth_takes_the_root_of_the_ratio():
    assert compound_growth(100, 121, periods=2).value == pytest.approx(0.1, abs=1e-15)


def test_equal_ends_grow_by_nothing():
    assert compound_growth(7, 7, periods=3) == Growth(0.0)


def test_an_end_of_zero_is_the_loss_of_everything():
    assert compound_growth(7, 0, periods=3) == Growth(-1.0)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (0, 5, Reason.ZERO_START),
        (-1, 5, Reason.NEGATIVE_VALUE),
        (5, -1, Reason.NEGATIVE_VALUE),
        (None, 5, Reason.NO_DATA),
        (5, math.nan, Reason.NO_DATA),
    ],
)
def test_compound_growth_that_cannot_be_said_has_a_reason(before, after, reason):
    assert compound_growth(before, after, periods=1) == Growth(None, reason)


def test_growth_over_no_time_is_refused():
    with pytest.raises(ValueError, match="positive number of periods"):
        compound_growth(1, 2, periods=0)


def test_a_change_may_end_below_zero():
    assert relative_change(4, -2) == Growth(-1.5)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [(0, 5, Reason.ZERO_START), (-1, 5, Reason.NEGATIVE_VALUE), (None, None, Reason.NO_DATA)],
)
def test_a_relative_change_that_cannot_be_said_has_a_reason(before, after, reason):
    assert relative_change(before, after) == Growth(None, reason)


def test_the_line_of_least_squares_is_that_of_scipy():
    times, values = [2021, 2022, 2024, 2025], [3.0, 5.0, 4.0, 9.0]
    known = stats.linregress(times, values)

    line = linear_trend(times, values)

    assert (line.slope, line.standard_error, line.p) == pytest.approx(
        (known.slope, known.stderr, known.pvalue), rel=1e-12
    )
    assert line.fitted_first == pytest.approx(known.intercept + 2021 * known.slope, rel=1e-9)


def test_two_points_have_a_line_without_an_error():
    line = linear_trend([2024, 2026], [4.0, 8.0])

    assert (line.slope, line.fitted_first, line.standard_error, line.p) == (2.0, 4.0, None, None)


def test_rounds_without_a_value_are_left_out():
    assert linear_trend([1, 2, 3], [4.0, None, 8.0]) == linear_trend([1, 3], [4.0, 8.0])


def test_one_point_is_no_trend():
    assert linear_trend([1, 2], [4.0, None]).reason is Reason.TOO_FEW_ROUNDS


def test_a_constant_series_has_a_level_line():
    line = linear_trend([1, 2, 3], [5.0, 5.0, 5.0])

    assert (line.slope, line.p) == (0.0, 1.0)


def test_a_perfect_line_is_certain():
    assert linear_trend([1, 2, 3], [1.0, 2.0, 3.0]).p == 0.0


def test_a_trend_over_two_points_is_the_relative_change_per_period():
    assert trend_per_period([2024, 2026], [4.0, 8.0]) == Growth(0.5)


def test_a_trend_from_a_fitted_zero_has_a_reason():
    assert trend_per_period([0, 1, 2], [0.0, 1.0, 2.0]) == Growth(None, Reason.ZERO_START)


def test_times_that_do_not_rise_are_refused():
    with pytest.raises(ValueError, match="rise strictly"):
        linear_trend([2, 2], [1.0, 2.0])
