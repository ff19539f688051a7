"""Eigenvalues, KMO and Bartlett's test."""

import math

import numpy as np
import pytest

from analytics.definitions.reasons import Reason
from analytics.methods.correlations import components

X, Y = (1, 2, 3, 4, 5), (2, 1, 4, 3, 5)


def many():
    rng = np.random.default_rng(6)
    common = rng.normal(size=200)
    return {name: common + rng.normal(size=200) for name in "abcd"}


def test_two_columns_have_one_plus_and_one_minus_r():
    found = components({"x": X, "y": Y})

    assert found.eigenvalues == pytest.approx((1.8, 0.2))
    assert found.explained == pytest.approx((0.9, 0.1))
    assert found.kept == 1


def test_loadings_of_two_columns_are_equal_and_positive():
    found = components({"x": X, "y": Y})

    assert [row[0] for row in found.loadings] == pytest.approx([math.sqrt(0.9)] * 2)


def test_loadings_give_the_correlations_back():
    columns = many()

    loadings = np.array(components(columns).loadings)

    assert loadings @ loadings.T == pytest.approx(np.corrcoef(list(columns.values())))


def test_kmo_of_two_columns_is_a_half():
    # With two columns the partial correlation is the correlation.
    assert components({"x": X, "y": Y}).kmo == pytest.approx(0.5)


def test_kmo_of_three_equally_correlated_columns():
    # r = 0.5 on each pair; partial correlations are r/(1 + r) = 1/3, so (1/4)/(1/4 + 1/9).
    basis = np.linalg.qr(np.random.default_rng(1).normal(size=(20, 4)) - 0.0)[0]
    basis = np.linalg.qr(basis - basis.mean(axis=0))[0][:, :3]
    matrix = np.full((3, 3), 0.5) + 0.5 * np.eye(3)
    columns = basis @ np.linalg.cholesky(matrix).T

    found = components(dict(zip("abc", columns.T, strict=True)))

    assert [found.kmo, *found.kmo_by_column] == pytest.approx([9 / 13] * 4)
    # det R = (1 - r)²(1 + 2r) = 1/2.
    assert found.bartlett == pytest.approx(-(20 - 1 - 11 / 6) * math.log(0.5))
    assert found.bartlett_df == 3


def test_columns_that_repeat_each_other_are_singular():
    found = components({"x": X, "y": Y, "z": X})

    assert (found.singular, found.kmo, found.bartlett) == (True, None, None)
    assert found.eigenvalues[-1] == pytest.approx(0, abs=1e-12)


def test_rows_with_a_blank_are_left_out():
    with_blank = {"x": (*X, None), "y": (*Y, 3)}

    assert components(with_blank) == components({"x": X, "y": Y})


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({}, Reason.ONE_ITEM),
        ({"x": X}, Reason.ONE_ITEM),
        ({"x": (1, 2), "y": (2, 1)}, Reason.TOO_FEW_CASES),
        ({"x": (), "y": ()}, Reason.TOO_FEW_CASES),
        ({"x": X, "y": (None,) * 5}, Reason.TOO_FEW_CASES),
    ],
)
def test_columns_that_cannot_be_summed_up_say_why(columns, reason):
    assert components(columns).reason is reason


def test_constant_columns_are_named():
    found = components({"x": X, "y": (2,) * 5})

    assert (found.reason, found.constant) == (Reason.CONSTANT, ("y",))
