"""Wilcoxon, Friedman, McNemar and the paired bootstrap."""

import math

import numpy as np
import pytest
from scipy import stats

from analytics.definitions.reasons import Reason
from analytics.methods.comparisons import (
    ComparisonMethod,
    friedman,
    mcnemar,
    paired_bootstrap,
    wilcoxon,
)

# Hollander & Wolfe 1973, p. 29: depression scale at two visits; wilcox.test of R gives V = 40, p = 0.03906.
FIRST_VISIT = (1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30)
SECOND_VISIT = (0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29)


def test_signed_ranks_of_the_published_example():
    found = wilcoxon(SECOND_VISIT, FIRST_VISIT)

    assert (found.method, found.statistic, found.sizes) == (ComparisonMethod.EXACT, 40.0, (9,))
    assert found.p == pytest.approx(0.0390625, rel=1e-9)


def test_the_effect_of_signed_ranks_is_the_share_up_less_the_share_down():
    assert wilcoxon(SECOND_VISIT, FIRST_VISIT).effect == pytest.approx((40 - 5) / 45)


def test_tied_differences_are_compared_by_the_normal_distribution():
    # Differences 1 1 2 -1 3 0: ranks of the five that moved 2 2 4 2 5, so V = 13 of 15, mean 7.5.
    before, after = (1, 2, 3, 4, 5, 6), (2, 3, 5, 3, 8, 6)
    deviation = math.sqrt(5 * 6 * 11 / 24 - (27 - 3) / 48)

    found = wilcoxon(before, after)

    assert (found.method, found.statistic) == (ComparisonMethod.NORMAL, 13.0)
    assert found.p == pytest.approx(2 * stats.norm.sf((5.5 - 0.5) / deviation), rel=1e-9)


def test_what_is_left_of_rounding_is_no_difference():
    found = wilcoxon([0.1 + 0.2] * 5, [0.3] * 5)

    assert found.reason is Reason.CONSTANT


def test_pairs_with_a_missing_value_are_left_out():
    found = wilcoxon((*SECOND_VISIT, None), (*FIRST_VISIT, 3))

    assert (found.sizes, found.missing, found.statistic) == ((9,), 1, 40.0)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ([1, 2, 3, 4], [2, 3, 4, 5], Reason.TOO_FEW_CASES),
        ([], [], Reason.TOO_FEW_CASES),
        ([None] * 9, range(9), Reason.TOO_FEW_CASES),
        (range(9), range(9), Reason.CONSTANT),
    ],
)
def test_pairs_that_cannot_be_compared_say_why(before, after, reason):
    assert wilcoxon(before, after).reason is reason


def test_columns_of_different_length_are_refused():
    with pytest.raises(ValueError, match="length"):
        wilcoxon([1, 2], [1])


# Hollander & Wolfe 1973, p. 140: rounding first base; friedman.test of R gives 11.143, df 2, p = 0.003805.
ROUNDING = np.array(
    [
        "5.40",
        "5.50",
        "5.55",
        "5.85",
        "5.70",
        "5.75",
        "5.20",
        "5.60",
        "5.50",
        "5.55",
        "5.50",
        "5.40",
        "5.90",
        "5.85",
        "5.70",
        "5.45",
        "5.55",
        "5.60",
        "5.40",
        "5.40",
        "5.35",
        "5.45",
        "5.50",
        "5.35",
        "5.25",
        "5.15",
        "5.00",
        "5.85",
        "5.80",
        "5.70",
        "5.25",
        "5.20",
        "5.10",
        "5.65",
        "5.55",
        "5.45",
        "5.60",
        "5.35",
        "5.45",
        "5.05",
        "5.00",
        "4.95",
        "5.50",
        "5.50",
        "5.40",
        "5.45",
        "5.55",
        "5.50",
        "5.55",
        "5.55",
        "5.35",
        "5.45",
        "5.50",
        "5.55",
        "5.50",
        "5.45",
        "5.25",
        "5.65",
        "5.60",
        "5.40",
        "5.70",
        "5.65",
        "5.55",
        "6.30",
        "6.30",
        "6.25",
    ],
    dtype=float,
).reshape(22, 3)


def test_friedman_of_the_published_example():
    found = friedman(dict(zip("abc", ROUNDING.T, strict=True)))

    assert [found.statistic, found.p] == pytest.approx([11.143, 0.003805], abs=5e-4)
    assert (found.df, found.sizes) == (2, (22,))


def test_kendalls_w_of_full_agreement_is_one():
    assert friedman({"a": range(6), "b": range(1, 7), "c": range(2, 8)}).effect == pytest.approx(1)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"a": range(9)}, Reason.ONE_GROUP),
        ({}, Reason.ONE_GROUP),
        ({"a": range(4), "b": range(4)}, Reason.TOO_FEW_CASES),
        ({"a": range(9), "b": range(9)}, Reason.CONSTANT),
        ({"a": range(9), "b": [None] * 9}, Reason.TOO_FEW_CASES),
    ],
)
def test_measurements_that_cannot_be_compared_say_why(columns, reason):
    assert friedman(columns).reason is reason


def test_mcnemar_of_the_published_example():
    # Agresti 1990, p. 350: approval at two surveys, 86 and 150 changed; (64 - 1)²/236.
    found = mcnemar([[794, 86], [150, 570]])

    assert found.method is ComparisonMethod.CHI_SQUARE_CONTINUITY
    assert [found.statistic, found.p] == pytest.approx(
        [63**2 / 236, math.erfc(63 / math.sqrt(2 * 236))], rel=1e-9
    )


def test_the_odds_ratio_of_changes_is_of_turning_to_yes():
    assert mcnemar([[794, 86], [150, 570]]).effect == pytest.approx(150 / 86)


def test_few_changes_are_tested_by_the_binomial_distribution():
    # 1 of 8 changes to no: 2 (1 + 8)/256.
    found = mcnemar([[20, 1], [7, 20]])

    assert (found.method, found.effect) == (ComparisonMethod.EXACT_BINOMIAL, 7.0)
    assert found.p == pytest.approx(18 / 256)


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ([[0, 0], [0, 0]], Reason.TOO_FEW_CASES),
        ([[1, 1], [1, 1]], Reason.TOO_FEW_CASES),
        ([[9, 0], [0, 9]], Reason.CONSTANT),
    ],
)
def test_changes_that_cannot_be_tested_say_why(counts, reason):
    assert mcnemar(counts).reason is reason


def test_an_odds_ratio_over_nobody_is_blank():
    assert mcnemar([[9, 0], [5, 9]]).effect is None


def test_a_table_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="2 x 2"):
        mcnemar([1, 2, 3])


def test_the_bootstrap_has_the_change_and_an_error_near_the_formula():
    rng = np.random.default_rng(5)
    before = rng.normal(50, 10, 400)
    after = before + rng.normal(2, 5, 400)

    found = paired_bootstrap(before, after)

    difference = after - before
    assert found.change == pytest.approx(difference.mean())
    assert found.error == pytest.approx(difference.std(ddof=1) / 20, rel=0.05)


def test_the_bootstrap_repeats_itself_bit_by_bit():
    assert paired_bootstrap(FIRST_VISIT, SECOND_VISIT) == paired_bootstrap(
        FIRST_VISIT, SECOND_VISIT
    )


def test_an_equal_change_for_all_has_an_interval_of_one_point():
    found = paired_bootstrap(range(6), range(1, 7), replicates=199)

    assert (found.lower, found.upper, found.p) == (1.0, 1.0, 2 / 200)


def test_no_change_at_all_is_not_significant():
    assert paired_bootstrap(range(6), range(6), replicates=99).p == 1.0


def test_too_few_pairs_are_not_drawn_from():
    assert paired_bootstrap([1, 2], [2, 3]).reason is Reason.TOO_FEW_CASES


def test_a_level_beyond_one_is_refused():
    with pytest.raises(ValueError, match="level"):
        paired_bootstrap(range(9), range(9), level=95)
