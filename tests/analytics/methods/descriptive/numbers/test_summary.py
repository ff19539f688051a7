"""Numbers."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analytics.methods.descriptive import (
    Answers,
    Design,
    Estimate,
    Method,
    Mode,
    NoInterval,
    Spread,
    number_summary,
)
from tests.analytics.methods.descriptive.intervals import interval_of, value_of

COLUMN = [1.0, 2.0, 0.0, "KAD", "about ten", None, float("inf"), 5.0, 9.0, 3.5]
NUMBERS = np.array([1.0, 2.0, 0.0, 5.0, 9.0, 3.5])


def test_text_in_a_number_is_neither_blank_nor_a_code():
    base = number_summary(Answers(COLUMN)).base

    assert (base.rows, base.n, base.blank, base.unreadable) == (10, 6, 1, 2)
    assert base.missing == {"KAD": 1, "CCSL": 0, "HC": 0}


def test_the_numbers_are_those_of_numpy_and_scipy():
    found = number_summary(Answers(COLUMN))
    spread = found.spread

    assert found.mean.value == pytest.approx(NUMBERS.mean())
    assert spread.sd == pytest.approx(NUMBERS.std(ddof=1))
    assert (spread.first_quartile, spread.third_quartile) == (1.25, 4.625)
    assert (found.median.value, spread.mad) == (2.75, stats.median_abs_deviation(NUMBERS))
    assert (spread.least, spread.greatest, found.zeros, found.sum) == (0.0, 9.0, 1, 20.5)


def test_the_trimmed_mean_leaves_out_a_tenth_at_either_end():
    column = [-1000.0, *range(1, 19), 1000.0]

    assert number_summary(Answers(column)).spread.trimmed_mean == stats.trim_mean(column, 0.1)


def test_a_sample_has_intervals_of_mean_median_and_total():
    found = number_summary(Answers(COLUMN), design=Design(Mode.SAMPLE, 34))
    error = np.sqrt((1 - 6 / 34) * NUMBERS.var(ddof=1) / 6)

    assert found.mean.error == pytest.approx(error)
    assert interval_of(found.mean).method is Method.T_FPC
    assert interval_of(found.mean).high == pytest.approx(
        NUMBERS.mean() + stats.t.ppf(0.975, 5) * error
    )
    assert interval_of(found.median).method is Method.ORDER_STATISTICS
    assert (value_of(found.total), found.total and found.total.error) == pytest.approx(
        (34 * 20.5 / 6, 34 * error)
    )


def test_five_answers_have_a_mean_with_an_interval_but_not_a_median():
    found = number_summary(Answers([1, 2, 3, 4, 6]), design=Design(Mode.SAMPLE, 34))

    assert found.mean.interval is not None
    assert found.median.why_none is NoInterval.FEW


def test_a_census_has_a_sum_and_no_estimated_total():
    found = number_summary(Answers(COLUMN))

    assert (found.sum, found.total, found.mean.why_none) == (20.5, None, NoInterval.CENSUS)


@pytest.mark.parametrize(
    "column",
    [np.array(COLUMN, dtype=object), pd.Series(COLUMN, dtype=object)],
    ids=["array", "series"],
)
def test_every_kind_of_column_gives_the_same(column):
    assert number_summary(Answers(column)) == number_summary(Answers(COLUMN))


def test_a_column_of_floats_reads_nan_as_blank():
    found = number_summary(Answers(np.array([1.0, np.nan, 3.0])))

    assert (found.n, found.base.blank, found.mean.value) == (2, 1, 2.0)


def test_a_column_is_not_changed():
    column = np.array([1.0, np.inf])
    number_summary(Answers(column))

    assert column.tolist() == [1.0, np.inf]


def test_weights_repeat_answers():
    heavy = number_summary(Answers([1.0, 2.0, 10.0], weights=[2, 2, 1]))
    plain = number_summary(Answers([1.0, 1.0, 2.0, 2.0, 10.0]))

    assert (heavy.mean.value, heavy.median.value) == (plain.mean.value, plain.median.value)
    assert (heavy.sum, heavy.base.weight_answered, heavy.n) == (16.0, 5.0, 3)


def test_equal_weights_change_no_error():
    column, design = [1.0, 2, 4, 8, 16, 32], Design(Mode.SAMPLE, 100)
    plain = number_summary(Answers(column), design=design)
    heavy = number_summary(Answers(column, weights=[3.0] * 6), design=design)

    assert heavy.mean.error == pytest.approx(plain.mean.error)
    assert interval_of(heavy.mean).method is Method.T_LINEARISED
    assert heavy.spread.sd == pytest.approx(plain.spread.sd)


def test_a_weighted_median_has_woodruffs_interval():
    rng = np.random.default_rng(3)
    column, weights = rng.normal(size=400), rng.uniform(1, 2, size=400)
    found = number_summary(Answers(column, weights=weights), design=Design(Mode.SAMPLE, 10_000))

    assert interval_of(found.median).method is Method.WOODRUFF
    assert interval_of(found.median).low < value_of(found.median) < interval_of(found.median).high


def test_a_constant_sample_has_no_interval_of_its_mean():
    found = number_summary(Answers([0.1] * 9), design=Design(Mode.SAMPLE, 34))

    assert found.mean.why_none is NoInterval.NO_VARIANCE
    assert found.spread.sd == pytest.approx(0.0, abs=1e-15)


def test_one_answer_has_no_deviation():
    found = number_summary(Answers([7.0]))

    assert (found.mean.value, found.median.value, found.spread.sd) == (7.0, 7.0, None)


@pytest.mark.parametrize("column", [[], [None, "KAD"], ["text"], np.array([np.nan])])
def test_nobody_gave_a_number(column):
    found = number_summary(Answers(column), design=Design(Mode.SAMPLE, 34))

    assert (found.mean.value, found.median.value, found.sum) == (None,) * 3
    assert found.total == Estimate(None, why_none=NoInterval.FEW)
    assert (found.spread, found.histogram.bins) == (Spread(), ())


def test_weights_of_zero_have_no_mean():
    found = number_summary(Answers([1.0, 2.0], weights=[0, 0]))

    assert (found.n, found.mean.value, found.median.value) == (2, None, None)
    assert found.spread == Spread()


def test_numbers_whose_squares_are_none_are_unreadable():
    found = number_summary(Answers(["KAD", 1e200, 2.0]))

    assert (found.n, found.base.unreadable) == (1, 1)


@pytest.mark.parametrize(
    "column",
    [np.array([1.0, np.inf, np.nan]), [1, "inf", None], [1.0, -np.inf, pd.NA]],
    ids=["floats", "texts", "mixed"],
)
def test_infinity_is_unreadable_and_not_blank(column):
    base = number_summary(Answers(column)).base

    assert (base.n, base.unreadable, base.blank) == (1, 1, 1)


def test_truth_values_are_zero_and_one():
    assert number_summary(Answers(np.array([True, False]))).mean.value == 0.5
