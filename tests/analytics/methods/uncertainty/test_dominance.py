import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.definitions.reasons import Reason
from analytics.methods.uncertainty import dominance
from analytics.methods.uncertainty.dominance import Dominance, dominance_share

NAN = float("nan")


def test_a_unit_that_is_never_worse_dominates():
    assert dominance_share(np.array([[1.0, 2.0], [2.0, 2.0], [0.0, 5.0]])) == Dominance(3, 1, 1 / 3)


def test_two_equal_units_count_once():
    assert dominance_share(np.array([[1.0, 2.0], [1.0, 2.0]])) == Dominance(1, 1, 1.0)


def test_only_common_indicators_decide():
    assert dominance_share(np.array([[1.0, NAN], [2.0, 0.0]])).dominated == 1


def test_a_pair_without_a_common_indicator_is_not_counted():
    found = dominance_share(np.array([[1.0, NAN], [NAN, 0.0]]))

    assert found == Dominance(0, 0, None, Reason.NO_DATA)


def test_one_unit_has_no_pair():
    assert dominance_share(np.array([[1.0]])).reason is Reason.NO_DATA


@given(arrays(np.float64, (6, 3), elements=st.sampled_from([0.0, 1.0, 2.0, NAN])))
def test_pieces_count_what_the_whole_counts(matrix):
    def worse(a, b):
        both = np.isfinite(a) & np.isfinite(b)
        return both.any() and ((a[both] <= b[both]).all() or (a[both] >= b[both]).all())

    expected = sum(worse(matrix[i], matrix[j]) for i in range(6) for j in range(i))

    assert dominance_share(matrix).dominated == expected


def test_small_pieces_make_no_difference(monkeypatch):
    matrix = np.random.default_rng(1).integers(0, 3, (20, 2)).astype(float)
    whole = dominance_share(matrix)
    monkeypatch.setattr(dominance, "CELLS_AT_ONCE", 1)

    assert dominance_share(matrix) == whole
