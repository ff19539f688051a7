"""Unit sets: packing, differences of two, and what many sets tell together."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.methods.disclosure.differencing import (
    Difference,
    UnitSet,
    difference,
    symmetric_differences,
)

ALL = UnitSet.of(range(100))


@given(st.sets(st.integers(0, 2**40)))
def test_a_set_comes_out_as_it_was_packed(units):
    one = UnitSet.of(units)

    assert UnitSet.unpacked(one.packed()).ids.tolist() == sorted(units)


@given(st.sets(st.integers(0, 30)), st.lists(st.sets(st.integers(0, 30)), max_size=5))
def test_symmetric_differences_are_those_of_sets(new, shown):
    found = symmetric_differences(UnitSet.of(new), [UnitSet.of(one) for one in shown])

    assert found.tolist() == [len(new ^ one) for one in shown]


@pytest.mark.parametrize(("less", "found"), [(1, 1), (4, 4), (5, None)])
def test_a_set_of_a_few_units_less_tells_of_them(less, found):
    told = difference(UnitSet.of(range(100 - less)), [ALL], minimum=5)

    assert (told.few if told else None) == found


def test_a_set_may_be_shown_again():
    assert difference(ALL, [ALL, UnitSet.of(range(3, 100))], minimum=5) is None


def test_an_answer_given_anew_is_another_unit():
    changed = UnitSet.of([*range(99), 100])

    assert difference(changed, [ALL], minimum=5) == Difference(2, (0,))


def test_three_sets_tell_together_what_no_two_do():
    """Of 0 to 39: the first half, the second half but three; their sum less all is these three."""
    shown = [UnitSet.of(range(40)), UnitSet.of(range(20))]

    assert difference(UnitSet.of(range(23, 40)), shown, minimum=5) == Difference(3, ())


def test_sets_far_from_each_other_tell_nothing():
    shown = [UnitSet.of(range(40)), UnitSet.of(range(20))]

    assert difference(UnitSet.of(range(20, 50)), shown, minimum=5) is None


def test_a_thousand_earlier_sets_are_compared_in_a_moment():
    chance = np.random.default_rng(0)
    shown = [UnitSet.of(np.flatnonzero(chance.random(200) < 0.5).tolist()) for _ in range(1000)]
    new = UnitSet.of(np.flatnonzero(chance.random(200) < 0.5).tolist())

    difference(new, shown, minimum=5)
    started = time.process_time()
    difference(new, shown, minimum=5)

    assert time.process_time() - started < 2
