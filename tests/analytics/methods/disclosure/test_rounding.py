"""Rounding: to the nearest, at random with the same figure every time, and so that sums hold."""

import pytest

from analytics.methods.disclosure import Sum
from analytics.methods.disclosure.rounding import (
    CannotBeRounded,
    rounded,
    rounded_at_random,
    rounded_together,
)


@pytest.mark.parametrize(
    ("value", "base", "found"),
    [(32, 5, 30), (33, 5, 35), (2.5, 5, 5), (-7.5, 5, -10), (0, 5, 0), (7, 1, 7)],
)
def test_the_nearest_multiple_halves_up(value, base, found):
    assert rounded(value, base) == found


def test_a_cell_is_rounded_the_same_however_often_it_is_asked_for():
    found = {rounded_at_random(7, 5, key="n|a=1", seed="s") for _ in range(20)}

    assert len(found) == 1
    assert found <= {5.0, 10.0}


def test_a_residual_of_one_goes_down_two_times_of_three():
    found = [rounded_at_random(4, 3, key=f"cell {i}", seed="s") for i in range(6000)]

    assert set(found) == {3.0, 6.0}
    assert found.count(3.0) / 6000 == pytest.approx(2 / 3, abs=0.02)


def test_multiples_stay():
    assert rounded_at_random(15, 5, key="a", seed="s") == 15


def test_controlled_rounding_keeps_sums_and_stays_beside_the_figures():
    values = {"a": 3, "b": 8, "c": 11, "d": 6, "r1": 11, "r2": 17, "c1": 14, "c2": 14, "t": 28}
    sums = (
        Sum("r1", ("a", "b")),
        Sum("r2", ("c", "d")),
        Sum("c1", ("a", "c")),
        Sum("c2", ("b", "d")),
        Sum("t", ("r1", "r2")),
        Sum("t", ("c1", "c2")),
    )

    found = rounded_together(values, sums, 5)

    assert all(found[s.total] == sum(found[p] for p in s.parts) for s in sums)
    assert all(abs(found[k] - v) < 5 and found[k] % 5 == 0 for k, v in values.items())


def test_what_cannot_be_rounded_together_is_refused():
    """Each two of three ones are a two, which stays: exactly one of each two would go up."""
    values = {"a": 1, "b": 1, "c": 1, "ab": 2, "bc": 2, "ac": 2}
    sums = tuple(Sum(pair, tuple(pair)) for pair in ("ab", "bc", "ac"))

    with pytest.raises(CannotBeRounded):
        rounded_together(values, sums, 2)


def test_a_base_below_one_is_refused():
    with pytest.raises(ValueError, match="1 at least"):
        rounded(3, 0)
