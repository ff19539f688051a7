"""Mann-Whitney, Kruskal-Wallis and Dunn."""

import math

import numpy as np
import pytest
from scipy import stats

from analytics.definitions.reasons import Reason
from analytics.methods.comparisons import ComparisonMethod, dunn, kruskal_wallis, mann_whitney

# Hollander & Wolfe 1973, p. 69: permeability of the amnion; wilcox.test of R gives W = 35.
TERM = (0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46)
EARLY = (1.15, 0.88, 0.90, 0.74, 1.21)

# Hollander & Wolfe 1973, p. 116: mucociliary efficiency; kruskal.test of R gives H = 0.77143, p = 0.68.
CLEARANCE = {
    "normal": (2.9, 3.0, 2.5, 2.6, 3.2),
    "obstructive": (3.8, 2.7, 4.0, 2.4),
    "asbestosis": (2.8, 3.4, 3.7, 2.2, 2.0),
}


def test_small_untied_groups_are_compared_exactly():
    found = mann_whitney(TERM, EARLY)

    assert (found.method, found.statistic) == (ComparisonMethod.EXACT, 35.0)
    assert found.p == pytest.approx(0.2544, abs=5e-5)


def test_the_exact_p_of_complete_separation_is_two_in_all_orders():
    found = mann_whitney(range(5), range(5, 10))

    assert [found.p, found.effect] == pytest.approx([2 / math.comb(10, 5), -1.0])


def test_tied_groups_are_compared_by_the_normal_distribution():
    # U = 6.5 by counting pairs; variance 25/12 (11 - 54/90): 2 ties of 3 and 1 of 2 among ten values.
    first, second = (1, 1, 2, 3, 4), (2, 2, 3, 5, 1)
    u = sum((a > b) + 0.5 * (a == b) for a in first for b in second)
    ties = sum(t**3 - t for t in (3, 3, 2, 1, 1))
    deviation = math.sqrt(25 / 12 * (11 - ties / 90))
    z = (abs(u - 12.5) - 0.5) / deviation

    found = mann_whitney(first, second)

    assert (found.method, found.statistic) == (ComparisonMethod.NORMAL, u)
    assert found.p == pytest.approx(2 * stats.norm.sf(z), rel=1e-9)


def test_fifty_values_are_compared_by_the_normal_distribution():
    assert mann_whitney(range(50), np.arange(6) + 0.5).method is ComparisonMethod.NORMAL


def test_rank_biserial_is_the_share_above_less_the_share_below():
    found = mann_whitney(TERM, EARLY)

    above = sum(a > b for a in TERM for b in EARLY)
    assert found.effect == pytest.approx((above - (50 - above)) / 50)


def test_values_that_print_the_same_are_tied():
    assert (
        mann_whitney((0.1 + 0.2, 1, 2, 3, 4), (0.3, 5, 6, 7, 8)).method is ComparisonMethod.NORMAL
    )


def test_missing_values_are_left_out_and_counted():
    found = mann_whitney((*TERM, None), (*EARLY, math.nan))

    assert (found.sizes, found.missing, found.statistic) == ((10, 5), 2, 35.0)


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ((1, 2, 3, 4), range(9), Reason.TOO_FEW_PER_GROUP),
        ((), range(9), Reason.TOO_FEW_PER_GROUP),
        ([None] * 9, range(9), Reason.TOO_FEW_PER_GROUP),
        ([3] * 9, [3] * 7, Reason.CONSTANT),
    ],
)
def test_two_groups_that_cannot_be_compared_say_why(first, second, reason):
    assert mann_whitney(first, second).reason is reason


@pytest.mark.parametrize("values", [[1, 2, "KAD", 3, 4]])
def test_text_among_the_numbers_is_refused(values):
    with pytest.raises(ValueError, match="text"):
        mann_whitney(values, range(9))


def test_kruskal_wallis_of_the_published_example():
    found = kruskal_wallis(CLEARANCE, least_per_group=4)

    assert [found.statistic, found.p] == pytest.approx([0.77143, 0.68], abs=5e-5)
    assert found.df == 2


def test_kruskal_wallis_effect_sizes():
    found = kruskal_wallis(CLEARANCE, least_per_group=4)

    assert [found.epsilon_squared, found.eta_squared_h] == pytest.approx(
        [0.77143 / 13, (0.77143 - 2) / 11], abs=1e-6
    )


def test_kruskal_wallis_corrects_for_ties():
    # By hand: 12/(N(N+1)) sum R²/n - 3(N+1), over 1 - sum(t³ - t)/(N³ - N).
    groups = {"a": (1, 1, 2, 2, 3), "b": (2, 3, 3, 4, 4)}
    ranks = {"a": (1.5, 1.5, 4, 4, 7), "b": (4, 7, 7, 9.5, 9.5)}
    plain = 12 / 110 * sum(sum(r) ** 2 / 5 for r in ranks.values()) - 33
    ties = sum(t**3 - t for t in (2, 3, 3, 2))

    assert kruskal_wallis(groups).statistic == pytest.approx(plain / (1 - ties / 990), rel=1e-12)


def test_a_small_group_is_refused_by_name():
    found = kruskal_wallis(CLEARANCE)

    assert (found.reason, found.small_groups) == (Reason.TOO_FEW_PER_GROUP, ("obstructive",))


def test_a_group_without_values_is_left_out():
    found = kruskal_wallis({"a": range(5), "b": [math.nan] * 5, "c": range(5)})

    assert (found.groups, found.df, found.missing) == (("a", "c"), 1, 5)


@pytest.mark.parametrize(
    ("groups", "reason"),
    [
        ({}, Reason.NO_DATA),
        ({"a": [None], "b": []}, Reason.NO_DATA),
        ({"a": range(9)}, Reason.ONE_GROUP),
        ({"a": [1] * 5, "b": [1] * 5}, Reason.CONSTANT),
    ],
)
def test_groups_that_cannot_be_compared_say_why(groups, reason):
    assert (kruskal_wallis(groups).reason, dunn(groups)) == (reason, ())


def test_dunn_of_two_groups_is_the_root_of_kruskal_wallis():
    groups = {"a": (1, 1, 2, 2, 3), "b": (2, 3, 3, 4, 4)}

    (pair,) = dunn(groups)

    assert pair.z**2 == pytest.approx(kruskal_wallis(groups).statistic, rel=1e-12)


def test_dunn_compares_every_pair_with_holm():
    groups = {"a": range(5), "b": range(3, 8), "c": range(20, 25)}

    pairs = dunn(groups)

    by_p = sorted(pairs, key=lambda pair: pair.p)
    assert [(pair.first, pair.second) for pair in pairs] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert by_p[0].p_adjusted == pytest.approx(3 * by_p[0].p)
    assert {pair.tests for pair in pairs} == {3}


def test_dunn_derived_by_hand():
    # Ranks of three separate groups of five: means 3, 8, 13; variance 15 x 16/12 (1/5 + 1/5) = 8.
    first, *_ = dunn({"a": range(5), "b": range(5, 10), "c": range(10, 15)})

    assert first.z == pytest.approx(-5 / math.sqrt(8))


def test_dunn_weighs_groups_by_their_size():
    # 14 untied values: variance 14 x 15/12 = 17.5; mean ranks of five and of four.
    pairs = dunn(CLEARANCE, least_per_group=4)

    ranks = stats.rankdata(np.concatenate(list(CLEARANCE.values())))
    expected = (ranks[:5].mean() - ranks[5:9].mean()) / math.sqrt(17.5 * (1 / 5 + 1 / 4))
    assert pairs[0].z == pytest.approx(expected, rel=1e-12)
