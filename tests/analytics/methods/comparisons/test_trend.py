"""Trend of a share over ordered groups."""

import pytest

from analytics.definitions.reasons import Reason
from analytics.methods.comparisons import cochran_armitage

# Fleiss 1981, p. 139: smokers among patients; prop.trend.test of R gives 8.2249, p = 0.004132.
SMOKERS, PATIENTS = (83, 90, 129, 70), (86, 93, 136, 82)


def test_the_trend_of_the_published_example():
    found = cochran_armitage(SMOKERS, PATIENTS)

    assert [found.statistic, found.p] == pytest.approx([8.2249, 0.004132], rel=1e-4)


def test_the_scale_of_the_scores_does_not_matter():
    found = cochran_armitage(SMOKERS, PATIENTS, (10, 20, 30, 40))

    assert found.statistic == pytest.approx(cochran_armitage(SMOKERS, PATIENTS).statistic)


def test_the_slope_of_a_straight_trend_is_its_step():
    assert cochran_armitage((10, 20, 30), (100, 100, 100)).effect == pytest.approx(0.1)


def test_two_groups_give_pearson():
    # 30 of 50 against 10 of 50: X² of [[30, 10], [20, 40]] is 50/3.
    assert cochran_armitage((30, 10), (50, 50)).statistic == pytest.approx(50 / 3)


@pytest.mark.parametrize(
    ("yes", "sizes", "reason"),
    [
        ((3,), (9,), Reason.ONE_GROUP),
        ((3, 1), (9, 4), Reason.TOO_FEW_PER_GROUP),
        ((0, 0), (0, 0), Reason.TOO_FEW_PER_GROUP),
        ((0, 0), (9, 9), Reason.CONSTANT),
        ((9, 9), (9, 9), Reason.CONSTANT),
    ],
)
def test_a_trend_that_cannot_be_tested_says_why(yes, sizes, reason):
    assert cochran_armitage(yes, sizes).reason is reason


def test_more_than_all_is_refused():
    with pytest.raises(ValueError, match="outside"):
        cochran_armitage((9, 10), (9, 9))


def test_scores_of_another_length_are_refused():
    with pytest.raises(ValueError, match="length"):
        cochran_armitage((3, 4), (9, 9), (1, 2, 3))
