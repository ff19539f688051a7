"""Kish's figures of unequal weights."""

import numpy as np
import pytest

from analytics.definitions.reasons import Reason
from analytics.methods.weighting import UnusableWeight, weight_summary


def test_equal_weights_cost_nothing():
    found = weight_summary([3, 3, 3])

    assert (found.deff, found.effective, found.total) == (1, 3, 9)


def test_unequal_weights_derived_by_hand():
    # 4 (1 + 1 + 1 + 9)/6² = 4/3.
    found = weight_summary([1, 1, 1, 3])

    assert [found.deff, found.effective, found.least, found.greatest] == pytest.approx(
        [4 / 3, 3, 1, 3]
    )


def test_weights_of_zero_are_counted_apart():
    assert (weight_summary([0, 2, 2]).n, weight_summary([0, 2, 2]).zeros) == (2, 1)


@pytest.mark.parametrize("weights", [[], [0, 0]])
def test_no_weight_has_no_figures(weights):
    found = weight_summary(weights)

    assert (found.deff, found.reason) == (None, Reason.NO_DATA)


def test_tiny_weights_do_not_vanish():
    assert weight_summary(np.array([1, 1, 1, 3]) * 1e-200).deff == pytest.approx(4 / 3)


def test_a_negative_weight_is_refused():
    with pytest.raises(UnusableWeight):
        weight_summary([1, -1])
