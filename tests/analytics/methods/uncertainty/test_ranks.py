import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.methods.index.ranking import descending
from analytics.methods.uncertainty.ranks import ranks_of_runs

NAN = float("nan")


def test_the_best_is_first_and_ties_share_the_least_place():
    scores = np.array([[3.0, 9.0, 3.0, 1.0], [1.0, 2.0, 3.0, 4.0]])

    assert ranks_of_runs(scores).tolist() == [[2, 1, 2, 4], [4, 3, 2, 1]]


def test_a_unit_without_a_score_has_no_rank():
    assert ranks_of_runs(np.array([[NAN, 2.0, 1.0]])).tolist() == [[0, 1, 2]]


def test_nobody_has_a_rank_without_scores():
    assert ranks_of_runs(np.array([[NAN, NAN]])).tolist() == [[0, 0]]


def test_one_unit_is_first():
    assert ranks_of_runs(np.array([[5.0]])).tolist() == [[1]]


@pytest.mark.parametrize("sign", [1, -1])
def test_values_that_print_alike_are_tied(sign):
    assert ranks_of_runs(sign * np.array([[5.1, 5.1 + 1e-15, 5.0]]))[0, :2].tolist() in (
        [1, 1],
        [2, 2],
    )


def test_blocks_are_ranked_apart_and_negative_ones_not_at_all():
    scores = np.array([[5.0, 4.0, 3.0, 2.0, 9.0]])

    assert ranks_of_runs(scores, np.array([0, 1, 0, 1, -1])).tolist() == [[1, 1, 2, 2, 0]]


@given(
    arrays(
        np.float64,
        (2, 9),
        elements=st.sampled_from([0.3, 0.1 + 0.2, -5.1, -5.1 - 1e-15, 0.0, 7.0, 7e-8, NAN]),
    )
)
def test_ranks_are_those_of_the_pipeline(scores):
    expected = [np.nan_to_num(descending(row)).tolist() for row in scores]

    assert ranks_of_runs(scores).tolist() == expected
