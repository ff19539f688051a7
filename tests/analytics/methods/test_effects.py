"""Effect sizes."""

import math

import numpy as np
import pytest
from scipy import stats

from analytics.methods.effects import (
    cohen_d,
    cramers_v,
    cramers_v_corrected,
    epsilon_squared,
    eta_squared_h,
    hedges_g,
    odds_ratio,
    phi,
    rank_biserial,
)


def test_cramers_v_agrees_with_scipy():
    counts = np.array([[12, 25, 31], [18, 22, 19], [30, 11, 9]])

    assert cramers_v(counts) == pytest.approx(stats.contingency.association(counts), rel=1e-12)


def test_cramers_v_of_full_association_is_one():
    found = [cramers_v(np.eye(3) * 7), cramers_v_corrected(np.eye(3) * 700)]

    assert found == pytest.approx([1, 1], abs=1e-3)


def test_corrected_v_of_a_table_that_is_not_square():
    # Expected 20 everywhere, X² = 4 x 100/20 = 20 of 120: phi² 1/6, less 2/119; rows 2 - 1/119.
    counts = np.array([[30, 20, 10], [10, 20, 30]])

    assert cramers_v_corrected(counts) == pytest.approx(
        math.sqrt((1 / 6 - 2 / 119) / (1 - 1 / 119)), rel=1e-12
    )
    assert cramers_v_corrected(counts.T) == pytest.approx(cramers_v_corrected(counts))


def test_corrected_v_of_independence_is_zero():
    assert cramers_v_corrected(np.full((3, 3), 9)) == 0


@pytest.mark.parametrize("counts", [np.zeros((2, 2)), np.array([[3, 4], [0, 0]]), np.ones((1, 1))])
def test_association_of_a_constant_is_blank(counts):
    assert (cramers_v(counts), cramers_v_corrected(counts)) == (None, None)


def test_phi_has_a_sign():
    assert (phi(np.array([[0, 5], [5, 0]])), phi(np.array([[5, 0], [0, 5]]))) == (-1, 1)


def test_phi_with_an_empty_margin_is_blank():
    assert phi(np.array([[3, 4], [0, 0]])) is None


def test_phi_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="2 x 2"):
        phi(np.ones((2, 3)))


def test_odds_ratio_is_the_cross_product():
    assert odds_ratio(np.array([[30, 10], [20, 40]])) == 6.0


def test_odds_ratio_with_an_empty_cell_adds_a_half():
    assert odds_ratio(np.array([[3, 0], [2, 4]])) == pytest.approx(3.5 * 4.5 / (0.5 * 2.5))


def test_odds_ratio_with_an_empty_margin_is_blank():
    assert odds_ratio(np.array([[3, 0], [2, 0]])) is None


def test_rank_effects():
    found = [rank_biserial(35, 10, 5), epsilon_squared(6, 13), eta_squared_h(6, 3, 13)]

    assert found == pytest.approx([0.4, 0.5, 0.4])


def test_cohens_d_derived_by_hand():
    # Variances 2.5 and 2.5, means 3 and 5.
    assert cohen_d(range(1, 6), range(3, 8)) == pytest.approx(-2 / math.sqrt(2.5))


def test_hedges_g_shrinks_d_by_the_exact_factor():
    # J(8) = gamma(4)/(2 gamma(3.5)) = 6/(2 x 3.3233509704) = 0.9027033.
    expected = -2 / math.sqrt(2.5) * 3 / math.gamma(3.5)

    assert hedges_g(range(1, 6), range(3, 8)) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("first", "second"), [([1], [1, 2]), ([3, 3], [3, 3]), ([], []), ([None, 1], [1, 2])]
)
def test_a_difference_without_spread_is_blank(first, second):
    assert (cohen_d(first, second), hedges_g(first, second)) == (None, None)
