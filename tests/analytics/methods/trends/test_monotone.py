from collections import Counter
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analytics.definitions.reasons import Reason
from analytics.methods.trends.kendall import distribution_of_s, variance_of_s
from analytics.methods.trends.monotone import mann_kendall, sen_slope

FIVE = [1, 2, 3, 4, 5]
RATIOS = [1.26, 1.27, 1.12, 1.16, 1.03]


def s_of(values):
    return sum(
        (later > earlier) - (later < earlier)
        for place, earlier in enumerate(values)
        for later in values[place + 1 :]
    )


@pytest.mark.parametrize("values", [(1, 2, 3, 4), (1, 1, 2, 3), (1, 1, 2, 2, 3), (1, 1, 1), (1,)])
def test_the_distribution_of_s_is_that_of_all_orders(values):
    every = Counter(s_of(order) for order in permutations(values))
    ties = tuple(sorted(Counter(values).values()))
    counts = distribution_of_s(ties)
    repeats = sum(every.values()) // sum(counts.values())

    assert {s: count * repeats for s, count in counts.items() if count} == dict(every)


@pytest.mark.parametrize("ties", [(1,) * 9, (1, 2, 3), (4, 4)])
def test_the_variance_is_that_of_the_exact_distribution(ties):
    counts = distribution_of_s(ties)
    exact = sum(s * s * count for s, count in counts.items()) / sum(counts.values())

    assert variance_of_s(sum(ties), ties) == pytest.approx(exact, rel=1e-12)


def test_four_rising_rounds_have_the_exact_p_of_one_in_twelve():
    found = mann_kendall([1, 2, 3, 4], [1.0, 2.0, 3.0, 4.0])

    assert (found.s, found.tau, found.exact) == (6, 1.0, True)
    assert found.p == pytest.approx(1 / 12)


def test_without_ties_the_exact_test_is_that_of_scipy():
    known = stats.kendalltau(FIVE, RATIOS, method="exact")

    found = mann_kendall(FIVE, RATIOS)

    assert found.s == -6
    assert (found.tau, found.p) == pytest.approx((known.statistic, known.pvalue))


def test_many_rounds_are_tested_by_the_normal_distribution_with_ties():
    values = [
        float(each)
        for each in (3, 5, 5, 7, 6, 8, 8, 8, 10, 9, 11, 12, 12, 14, 13, 15, 15, 17, 16, 18, 20, 19)
    ]
    n, s = len(values), s_of(values)
    groups = Counter(values).values()
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in groups)) / 18

    found = mann_kendall(range(n), values)

    assert found.z == pytest.approx((s - 1) / variance**0.5, rel=1e-12)
    assert not found.exact


def test_a_constant_series_has_no_trend():
    found = mann_kendall([1, 2, 3, 4], [5.0] * 4)

    assert (found.s, found.tau, found.p) == (0, None, 1.0)


def test_a_long_constant_series_has_no_trend():
    found = mann_kendall(range(30), [5.0] * 30)

    assert (found.z, found.p) == (0.0, 1.0)


def test_values_that_differ_in_the_sixteenth_digit_are_tied():
    assert mann_kendall([1, 2, 3, 4], [0.3, 0.1 + 0.2, 0.3, 0.3]).s == 0


def test_three_rounds_are_too_few():
    assert mann_kendall([1, 2, 3, 4], [1.0, 2.0, None, 4.0]).reason is Reason.TOO_FEW_ROUNDS
    assert sen_slope([1, 2, 3], [1.0, 2.0, 4.0]).reason is Reason.TOO_FEW_ROUNDS


def test_the_slope_is_the_median_of_all_slopes():
    found = sen_slope(FIVE, RATIOS)

    # The ten slopes: -.15 -.13 -.08 -.07 -.0575 -.055 -.045 -.0333 .01 .04
    assert found.slope == pytest.approx((-0.0575 - 0.055) / 2, abs=1e-12)
    assert (found.low, found.high) == pytest.approx((-0.15, 0.04), abs=1e-12)
    assert found.confidence == pytest.approx(1 - 2 / 120)


def test_a_lower_confidence_has_a_narrower_interval():
    found = sen_slope(FIVE, RATIOS, confidence=0.9)

    # P(S >= 8) = 5/120 = .0417, so M = 2: the second and the second last slope.
    assert (found.low, found.high) == pytest.approx((-0.13, 0.01), abs=1e-12)


def test_four_rounds_have_a_slope_but_no_interval_of_95_percent():
    found = sen_slope([1, 2, 3, 4], [1.0, 2.0, 3.0, 4.0])

    assert (found.slope, found.low, found.interval_reason) == (1.0, None, Reason.TOO_FEW_ROUNDS)


def test_the_interval_of_many_rounds_is_that_of_scipy():
    rng = np.random.default_rng(5)
    times = [float(each) for each in range(25)]
    values = [float(each) for each in 0.3 * np.array(times) + rng.normal(size=25)]
    known = stats.theilslopes(values, times, alpha=0.95)

    found = sen_slope(times, values)

    assert found.slope == pytest.approx(known.slope, rel=1e-12)
    assert found.intercept == pytest.approx(
        float(np.median(np.array(values) - known.slope * np.array(times)))
    )
    assert found.low == pytest.approx(known.low_slope, abs=0.02)


@given(st.lists(st.floats(-100, 100), min_size=5, max_size=12))
def test_a_slope_always_lies_in_its_interval(values):
    found = sen_slope(range(len(values)), values)

    ends = [each for each in (found.low, found.slope, found.high) if each is not None]
    assert len(ends) == 3
    assert ends == sorted(ends)


def test_a_confidence_of_one_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        sen_slope(FIVE, RATIOS, confidence=1)
