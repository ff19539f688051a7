"""Correlations of pairs."""

import numpy as np
import pytest
from scipy import stats

from analytics.definitions.reasons import Reason
from analytics.methods.correlations import (
    Bounds,
    CorrelationMethod,
    Flag,
    correlate,
    correlations,
    with_parents,
)

X, Y = (1, 2, 3, 4, 5), (2, 1, 4, 3, 5)


@pytest.mark.parametrize(
    ("method", "r"),
    [
        # Sum of products of deviations 8 over 10; 8 of 10 pairs in order.
        (CorrelationMethod.PEARSON, 0.8),
        (CorrelationMethod.SPEARMAN, 0.8),
        (CorrelationMethod.KENDALL, 0.6),
    ],
)
def test_a_correlation_derived_by_hand(method, r):
    assert correlate(X, Y, method)[1] == pytest.approx(r)


def test_the_p_value_is_of_students_t():
    p = 2 * stats.t.sf(0.8 * np.sqrt(3 / (1 - 0.64)), 3)

    assert correlate(X, Y)[2] == pytest.approx(p)


@pytest.mark.parametrize(
    ("method", "oracle"),
    [(CorrelationMethod.SPEARMAN, stats.spearmanr), (CorrelationMethod.KENDALL, stats.kendalltau)],
)
def test_tied_ranks_agree_with_scipy(method, oracle):
    rng = np.random.default_rng(9)
    first, second = rng.integers(0, 6, 80), rng.integers(0, 6, 80)

    found = correlate(first, second, method)

    expected = oracle(first, second)
    assert found[:3] == pytest.approx((80, expected.statistic, expected.pvalue))


def test_only_rows_with_both_values_count():
    assert correlate((*X, None, 7), (*Y, 9, None))[:2] == pytest.approx((5, 0.8))


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (X, (3, 3, 3, 3, 3), Reason.CONSTANT),
        (X, (0.3, 0.1 + 0.2, 0.3, 0.3, 0.3), Reason.CONSTANT),
        ((1, 2), (2, 1), Reason.TOO_FEW_CASES),
        ((), (), Reason.TOO_FEW_CASES),
        (X, (None,) * 5, Reason.TOO_FEW_CASES),
    ],
)
def test_a_pair_that_cannot_be_correlated_is_blank(first, second, reason):
    assert correlate(first, second)[1:] == (None, None, reason)


def test_pairs_beyond_the_bounds_are_flagged():
    columns = {"a": X, "b": (1, 2, 3, 4, 6), "c": (5, 4, 3, 2, 1), "d": (2, 2, 1, 2, 2)}

    found = {(one.first, one.second): one.flag for one in correlations(columns)}

    assert found == {
        ("a", "b"): Flag.REDUNDANT,
        ("a", "c"): Flag.CONTRADICTORY,
        ("a", "d"): None,
        ("b", "c"): Flag.CONTRADICTORY,
        ("b", "d"): None,
        ("c", "d"): None,
    }


def test_the_bounds_may_be_chosen():
    (found,) = correlations({"a": X, "b": Y}, bounds=Bounds(redundant=0.7))

    assert found.flag is Flag.REDUNDANT


def test_a_blank_has_no_flag():
    (found,) = correlations({"a": X, "b": (1,) * 5})

    assert (found.flag, found.reason) == (None, Reason.CONSTANT)


def test_an_indicator_that_hardly_moves_with_its_parent_is_weak():
    indicators = {"a": X, "b": (5, 1, 3, 1, 3), "c": X}

    found = with_parents(indicators, {"p": Y}, {"a": "p", "b": "p"})

    assert [(one.first, one.flag) for one in found] == [("a", None), ("b", Flag.WEAK)]
