"""Ordered scales."""

import numpy as np
import pytest
from scipy import stats

from analytics.methods.descriptive import Answers, Design, Mode, NoInterval, Scale, likert
from tests.analytics.methods.descriptive.intervals import interval_of, value_of

SCALE = Scale(("1", "2", "3", "4", "5"), ("dk",))
COLUMN = ["1", "2", "4", "4", "5", "5", "5", "3", "dk", None, "KAD"]


def test_answers_beside_the_scale_are_in_one_distribution_and_not_in_the_other():
    found = likert(Answers(COLUMN), SCALE)

    assert (found.options.n, found.on_scale.n, found.n) == (9, 8, 8)
    assert found.options.options[0].valid.value == 1 / 9
    assert found.on_scale.options[0].valid.value == 1 / 8
    assert found.on_scale.base.missing["dk"] == 1


def test_the_numbers_of_a_scale():
    found = likert(Answers(COLUMN), SCALE)

    assert (found.median, found.mean.value, found.rescaled.value) == (4.0, 29 / 8, 65.625)
    assert (found.top.value, found.bottom.value, found.net) == (5 / 8, 2 / 8, 3 / 8)
    assert found.mean_is_of_ordinal


def test_a_reversed_item_is_turned_round():
    plain = likert(Answers(["1", "1", "2"]), SCALE)
    turned = likert(Answers(["1", "1", "2"]), Scale(SCALE.points, reversed_item=True))

    assert turned.mean.value == pytest.approx(6 - value_of(plain.mean))
    assert (turned.top.value, turned.bottom.value) == (1.0, 0.0)
    assert [o.code for o in turned.on_scale.options] == ["5", "4", "3", "2", "1"]


def test_the_middle_of_an_odd_scale_lies_on_both_sides():
    found = likert(Answers(["1", "3", "3", "5"]), SCALE)

    assert [(s.code, s.start, s.end) for s in found.diverging] == [
        ("1", -0.5, -0.25),
        ("2", -0.25, -0.25),
        ("3", -0.25, 0.25),
        ("4", 0.25, 0.25),
        ("5", 0.25, 0.5),
    ]


def test_an_even_scale_hangs_between_its_halves():
    found = likert(Answers(["a", "b", "c", "d"]), Scale(("a", "b", "c", "d")))

    assert [(s.start, s.end) for s in found.diverging] == [
        (-0.5, -0.25),
        (-0.25, 0.0),
        (0.0, 0.25),
        (0.25, 0.5),
    ]


def test_a_scale_of_three_has_one_point_at_either_end():
    found = likert(Answers(["a", "b", "c", "c"]), Scale(("a", "b", "c")))

    assert (found.scale.boxes, found.top.value, found.bottom.value) == (1, 0.5, 0.25)


def test_a_sample_has_students_interval_around_the_mean():
    found = likert(Answers(COLUMN), SCALE, design=Design(Mode.SAMPLE, 1_000_000_000))
    numbers = np.array([1, 2, 4, 4, 5, 5, 5, 3])
    low, high = stats.t.interval(0.95, 7, numbers.mean(), stats.sem(numbers))

    assert (interval_of(found.mean).low, interval_of(found.mean).high) == pytest.approx((low, high))
    assert interval_of(found.rescaled).low == pytest.approx((low - 1) * 25)


def test_a_median_between_two_points_is_the_middle_of_them():
    assert likert(Answers(["1", "2"]), SCALE).median == 1.5


def test_weights_move_median_and_mean():
    found = likert(Answers(["1", "5"], weights=[1, 3]), SCALE)

    assert (found.median, found.mean.value, found.net) == (5.0, 4.0, 0.5)


def test_a_sample_of_one_mind_has_no_interval():
    found = likert(Answers(["4"] * 9), SCALE, design=Design(Mode.SAMPLE, 34))

    assert (found.mean.value, found.mean.why_none) == (4.0, NoInterval.NO_VARIANCE)


@pytest.mark.parametrize("column", [[], [None, "KAD"], ["dk"]])
def test_nobody_on_the_scale(column):
    found = likert(Answers(column), SCALE)

    assert (found.n, found.median, found.mean.value, found.net) == (0, None, None, None)
    assert (found.rescaled.value, found.diverging) == (None, ())


@pytest.mark.parametrize("points", [("1",), ("1", "1"), ()])
def test_what_is_no_scale_is_refused(points):
    with pytest.raises(ValueError, match="at least two points"):
        Scale(points)
