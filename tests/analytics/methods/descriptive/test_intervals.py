"""Intervals of shares, means and medians."""

import math

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from analytics.methods.descriptive import intervals
from analytics.methods.descriptive.intervals import Method


def ends(interval):
    return pytest.approx((interval.low, interval.high), abs=1e-8)


def test_wilson_is_that_of_newcombe_1998():
    assert ends(intervals.wilson(81, 263)) == (0.25528852, 0.36620958)
    assert ends(intervals.wilson(0, 20)) == (0.0, 0.16112516)


@pytest.mark.parametrize(("count", "n"), [(81, 263), (1, 29), (15, 148), (10, 20)])
@pytest.mark.parametrize(
    ("make", "name"),
    [
        (intervals.wilson, "wilson"),
        (intervals.clopper_pearson, "beta"),
        (intervals.jeffreys, "jeffreys"),
        (intervals.agresti_coull, "agresti_coull"),
        (intervals.wald, "normal"),
    ],
)
def test_an_interval_is_the_one_that_statsmodels_makes(make, name, count, n):
    assert proportion_confint(count, n, method=name) == ends(make(count, n))


def test_jeffreys_reaches_the_end_where_all_or_none_agree():
    assert intervals.jeffreys(0, 20).low == 0.0
    assert intervals.jeffreys(20, 20).high == 1.0
    assert intervals.jeffreys(0, 20).high == pytest.approx(stats.beta(0.5, 20.5).ppf(0.975))


def test_wald_and_agresti_coull_stay_inside_0_and_1():
    assert ends(intervals.wald(0, 20)) == (0.0, 0.0)
    assert intervals.agresti_coull(20, 20).high == 1.0


def test_the_corrected_wilson_is_that_of_newcombe_1998_method_4():
    assert pytest.approx(
        (intervals.wilson_corrected(81, 263).low, intervals.wilson_corrected(81, 263).high),
        abs=5e-5,
    ) == (0.2535, 0.3682)


def test_there_is_no_correction_at_a_half_as_in_r():
    assert ends(intervals.wilson_corrected(5, 10)) == (0.23659309, 0.76340691)


def test_a_population_shortens_wilson_as_if_more_had_answered():
    adjusted = 10 * (34 - 1) / (34 - 10)
    plain = intervals.wilson(adjusted / 2, adjusted)

    assert (plain.low, plain.high) == ends(intervals.wilson_fpc(5, 10, 34))


def test_wilson_over_the_whole_population_is_the_share_itself():
    assert ends(intervals.wilson_fpc(17, 34, 34)) == (0.5, 0.5)


def test_more_answers_than_units_are_refused():
    with pytest.raises(ValueError, match="35 answers from a population of 34"):
        intervals.wilson_fpc(1, 35, 34)


@pytest.mark.parametrize(("count", "n"), [(1, 0), (3, 2), (-1, 2), (math.nan, 2)])
def test_what_is_no_share_is_refused(count, n):
    with pytest.raises(ValueError, match="no share"):
        intervals.wilson(count, n)


def test_logit_is_symmetric_in_the_log_odds():
    found = intervals.logit(0.3, 0.05, 12)
    half = stats.t.ppf(0.975, 12) * 0.05 / 0.21
    centre = math.log(0.3 / 0.7)

    assert (
        1 / (1 + math.exp(half - centre)),
        1 / (1 + math.exp(-half - centre)),
    ) == ends(found)


def test_logit_of_a_share_of_all_is_refused():
    with pytest.raises(ValueError, match="inside"):
        intervals.logit(1.0, 0.0, 12)


def test_beta_without_a_design_is_nearly_the_exact_interval():
    error = math.sqrt(0.3 * 0.7 / 100)

    assert intervals.clopper_pearson(30, 100).low == pytest.approx(
        intervals.beta(0.3, error, 100, 99).low
    )


def test_fewer_degrees_of_freedom_make_beta_longer():
    assert (
        intervals.beta(0.3, 0.05, 100, 5).high
        > intervals.beta(0.3, 0.05, 100, 99).high
        > intervals.beta(0.3, 0.05, 100, 99, level=0.9).high
    )


def test_beta_takes_n_where_everybody_agrees():
    assert (0.0, intervals.clopper_pearson(0, 20).high) == ends(intervals.beta(0.0, 0.0, 20, 19))


def test_the_mean_has_students_interval():
    values = np.array([1.0, 2, 4, 8, 16])
    low, high = stats.t.interval(0.95, 4, values.mean(), stats.sem(values))

    assert (low, high) == ends(intervals.mean(values.mean(), values.std(ddof=1), 5))


def test_a_mean_over_the_whole_population_has_no_error():
    found = intervals.mean(6.2, 6.0, 5, population=5)

    assert (found.low, found.high, found.method) == (6.2, 6.2, Method.T_FPC)


def test_the_median_of_six_lies_between_the_least_and_the_greatest():
    found = intervals.median(np.arange(6.0))
    assert found is not None

    assert (found.low, found.high, found.method) == (0.0, 5.0, Method.ORDER_STATISTICS)


def test_the_order_statistics_of_the_median_hold_their_level_and_no_more():
    found = intervals.median(np.arange(1.0, 101))
    assert found is not None
    rank = int(found.low)

    assert (found.low, found.high) == (40.0, 61.0)
    assert 1 - 2 * stats.binom.cdf(rank - 1, 100, 0.5) >= 0.95
    assert 1 - 2 * stats.binom.cdf(rank, 100, 0.5) < 0.95


def test_five_values_do_not_hold_a_median():
    assert intervals.median(np.arange(5.0)) is None
