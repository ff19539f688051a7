"""Weights of a group."""

import numpy as np
import pytest

from analytics.definitions import Reason
from analytics.definitions.vocabulary import Loadings
from analytics.methods.index import ahp, budget, critic, entropy, equal, given, pca

SAATY = ((1, 3, 5), (1 / 3, 1, 3), (1 / 5, 1 / 3, 1))


def test_saatys_matrix_gives_its_known_weights_and_consistency():
    found = ahp([SAATY])

    assert found.shares == pytest.approx((0.63698557, 0.25828499, 0.10472943), abs=1e-8)
    assert found.figures["consistency_ratio"] == pytest.approx(0.0332, abs=5e-5)
    assert found.reason is None


def test_a_matrix_against_itself_is_named_inconsistent():
    found = ahp([((1, 9, 1 / 9), (1 / 9, 1, 9), (9, 1 / 9, 1))])

    assert found.reason is Reason.INCONSISTENT
    assert found.shares == pytest.approx((1 / 3,) * 3)


def test_a_consistent_matrix_gives_back_the_weights_it_was_made_of():
    weights = np.array([0.5, 0.3, 0.15, 0.05])
    found = ahp([(weights[:, None] / weights).tolist()])

    assert found.shares == pytest.approx(weights, abs=1e-12)
    assert found.figures["consistency_ratio"] == pytest.approx(0, abs=1e-12)


def test_two_children_are_always_consistent():
    assert ahp([((1, 4), (0.25, 1))]).figures["consistency_ratio"] == 0
    assert ahp([((1, 4), (0.25, 1))]).shares == pytest.approx((0.8, 0.2))


def test_several_experts_count_by_their_geometric_mean():
    found = ahp([((1, 4), (1 / 4, 1)), ((1, 1), (1, 1))])

    assert found.shares == pytest.approx((2 / 3, 1 / 3))
    assert found.spread == pytest.approx((np.std([0.8, 0.5], ddof=1),) * 2)


def test_budgets_are_means_of_shares_with_their_disagreement():
    found = budget([[60, 40], [80, 20]])

    assert found.shares == pytest.approx((0.7, 0.3))
    assert found.spread == pytest.approx((np.sqrt(0.02), np.sqrt(0.02)))
    assert found.figures["cv_1"] == pytest.approx(np.sqrt(0.02) / 0.3)


def test_weights_add_up_to_one():
    assert given([2, 1, 1]).shares == (0.5, 0.25, 0.25)
    assert equal(4).shares == (0.25,) * 4


@pytest.mark.parametrize(
    ("weights", "reason"), [([0, 0], Reason.ZERO_WEIGHTS), ([1, -1], Reason.NEGATIVE_WEIGHT)]
)
def test_weights_that_are_none_have_a_reason(weights, reason):
    assert given(weights).shares is None
    assert given(weights).reason is reason


def test_entropy_weighs_what_tells_units_apart():
    # p = (1/2, 1/2, 0): E = ln 2 / ln 3; a constant column has E = 1 and weighs nothing.
    values = np.array([[1.0, 3, 1], [1, 3, 0], [0, 3, 0]])
    spread = 1 - np.log(2) / np.log(3)

    assert entropy(values).shares == pytest.approx((spread / (spread + 1), 0, 1 / (spread + 1)))


def test_entropy_refuses_values_below_zero():
    assert entropy(np.array([[-1.0, 1], [1, 2]])).reason is Reason.NOT_POSITIVE


def test_constant_children_have_no_weights_from_data():
    values = np.ones((5, 3))

    assert entropy(values).reason is Reason.ZERO_WEIGHTS
    assert pca(values).reason is Reason.CONSTANT
    assert critic(values).reason is Reason.CONSTANT


def test_critic_is_spread_times_conflict():
    values = np.array([[0.0, 0, 1], [0.5, 0.5, 0.5], [1, 1, 0]])

    # r(1,2) = 1, r(1,3) = r(2,3) = -1, all sd equal: C = (2, 2, 4).
    assert critic(values * [1, 10, 100]).shares == pytest.approx((0.25, 0.25, 0.5))


def test_squared_loadings_of_the_first_component_add_up_to_one():
    rng = np.random.default_rng(7)
    values = rng.normal(size=(50, 4))
    values[:, 1] += 2 * values[:, 0]
    scaled = (values - values.mean(0)) / values.std(0, ddof=1)
    first = np.linalg.svd(scaled, full_matrices=False)[2][0]

    found = pca(values)

    assert found.shares == pytest.approx(first**2, abs=1e-10)
    assert found.shares is not None
    assert sum(found.shares) == pytest.approx(1)


def test_signed_loadings_are_refused_where_one_is_negative():
    rng = np.random.default_rng(7)
    one = rng.normal(size=50)
    values = np.column_stack(
        [one, one + 0.1 * rng.normal(size=50), 0.1 * rng.normal(size=50) - one]
    )

    assert pca(values, Loadings.SIGNED).reason is Reason.NEGATIVE_WEIGHT
    assert pca(values[:, :2], Loadings.SIGNED).shares == pytest.approx((0.5, 0.5))


def test_too_few_units_give_no_component():
    assert pca(np.array([[1.0, 2], [2, 1]])).reason is Reason.TOO_FEW_UNITS


def test_gaps_are_left_out_and_not_counted_as_zero():
    values = np.array([[1.0, 1], [2, 3], [3, 2], [np.nan, 100], [4, 4]])

    assert pca(values).shares == pca(np.delete(values, 3, axis=0)).shares
    for found in (critic(values).shares, entropy(values).shares):
        assert found is not None
        assert sum(found) == pytest.approx(1)


def test_where_two_components_explain_the_same_neither_is_the_first():
    square = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])

    assert pca(square).reason is Reason.NOT_UNIQUE


@pytest.mark.parametrize("method", [entropy, pca, critic])
def test_a_child_without_any_figure_weighs_nothing_and_costs_nobody(method):
    rng = np.random.default_rng(5)
    values = rng.random((30, 2))
    values[:, 1] += values[:, 0]
    found = method(np.column_stack([values, np.full(30, np.nan)]))

    assert found.reason is None
    assert found.shares == pytest.approx((*method(values).shares, 0))
