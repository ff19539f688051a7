"""A ratio of totals."""

import math

import numpy as np
import pytest

from analytics.methods.descriptive import Answers, Design, Method, Mode, NoInterval
from analytics.methods.descriptive.numbers import ratio_of_totals
from tests.analytics.methods.descriptive.intervals import interval_of, value_of

ABOVE = [4.0, 3, 10, 8, 1, 6]
BELOW = [10.0, 5, 20, 25, 2, 12]


def test_totals_are_divided_and_not_ratios_averaged():
    found = ratio_of_totals(Answers(ABOVE), Answers(BELOW))

    assert (found.above, found.below, found.n) == (32.0, 74.0, 6)
    assert value_of(found.ratio) == 32 / 74


def test_the_error_is_the_linearised_one():
    found = ratio_of_totals(Answers(ABOVE), Answers(BELOW), design=Design(Mode.SAMPLE, 60))
    residuals = np.array(ABOVE) - 32 / 74 * np.array(BELOW)
    error = math.sqrt(0.9 / 6 * (residuals @ residuals) / 5) / (74 / 6)

    assert found.ratio.error == pytest.approx(error)
    assert interval_of(found.ratio).method is Method.T_LINEARISED


def test_a_unit_with_one_number_is_incomplete():
    found = ratio_of_totals(
        Answers([1.0, "KAD", 3, 4], asked=[True, True, True, False]),
        Answers([2.0, 2, None, 4]),
    )

    assert (found.n, found.incomplete, found.ratio.value) == (1, 2, 0.5)


def test_weights_are_those_of_the_units():
    found = ratio_of_totals(Answers([1.0, 2], weights=[3, 1]), Answers([2.0, 2]))

    assert (found.ratio.value, found.weighted) == (5 / 8, True)


def test_a_total_of_zero_has_no_ratio():
    assert ratio_of_totals(Answers([1.0]), Answers([0.0])).ratio.why_none is NoInterval.ZERO_BELOW


def test_nobody_gave_both():
    found = ratio_of_totals(Answers([None]), Answers([1.0]))

    assert (found.ratio.value, found.n, found.incomplete) == (None, 0, 1)


def test_columns_of_different_length_are_refused():
    with pytest.raises(ValueError, match="2 numbers above, 1 below"):
        ratio_of_totals(Answers([1.0, 2]), Answers([1.0]))
