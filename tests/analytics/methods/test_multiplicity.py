"""Adjusted p-values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from analytics.methods.multiplicity import Adjustment, adjusted

# Benjamini & Hochberg 1995, JRSS B 57:289, section 3.2: thrombolysis against a usual treatment.
THROMBOLYSIS = (
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
)  # fmt: skip


@pytest.mark.parametrize(
    ("method", "rejected"),
    [(Adjustment.BENJAMINI_HOCHBERG, 4), (Adjustment.HOCHBERG, 3), (Adjustment.HOLM, 3)],
)
def test_the_published_example_rejects_as_published(method, rejected):
    found = np.array(adjusted(THROMBOLYSIS, method), dtype=float)

    assert (found <= 0.05).sum() == rejected


def test_the_false_discovery_rate_of_the_published_example():
    found = adjusted(THROMBOLYSIS, Adjustment.BENJAMINI_HOCHBERG)

    assert found[:5] == pytest.approx(
        (0.0001 * 15, 0.0004 * 15 / 2, 0.0019 * 15 / 3, 0.0095 * 15 / 4, 0.0201 * 15 / 5)
    )


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
@pytest.mark.parametrize(
    ("method", "oracle"),
    [
        (Adjustment.HOLM, "holm"),
        (Adjustment.HOCHBERG, "simes-hochberg"),
        (Adjustment.BENJAMINI_HOCHBERG, "fdr_bh"),
    ],
)
def test_adjusted_values_agree_with_statsmodels(method, oracle, p_values):
    assert adjusted(p_values, method) == pytest.approx(
        tuple(multipletests(p_values, method=oracle)[1].tolist()), abs=1e-12
    )


def test_a_test_not_made_stays_blank_and_is_not_counted():
    assert adjusted([0.02, None, 0.04], Adjustment.HOLM) == (0.04, None, 0.04)


def test_no_tests_give_no_values():
    assert adjusted([], Adjustment.HOLM) == ()


def test_no_adjustment_leaves_the_values():
    assert adjusted([0.2, None], Adjustment.NONE) == (0.2, None)


@pytest.mark.parametrize("p", [-0.1, 1.1, np.nan])
def test_what_is_no_p_value_is_refused(p):
    with pytest.raises(ValueError, match="outside"):
        adjusted([p], Adjustment.HOLM)
