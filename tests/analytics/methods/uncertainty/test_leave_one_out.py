import numpy as np
import pytest

from analytics.definitions.reasons import Reason
from analytics.methods.uncertainty.leave_one_out import leave_one_out
from tests.analytics.methods.uncertainty.trees import NAN, evaluator_of, leaf, node

TREE = node("index", node("p", leaf("a"), leaf("b")), node("q", leaf("c")))
ROWS = [[9, 9, 1], [5, 5, 4], [1, 1, 6]]


def test_what_helps_a_unit_costs_it_places_when_it_is_removed():
    (without_p,) = leave_one_out(evaluator_of(TREE, ROWS), ["p"])

    # With p: 5, 4.5, 3.5; without: 1, 4, 6.
    assert without_p.shifts == (2, 0, -2)
    assert without_p.mean_shift == pytest.approx(4 / 3)


def test_an_indicator_that_says_what_its_sibling_says_moves_nobody():
    assert leave_one_out(evaluator_of(TREE, ROWS), ["a"])[0].mean_shift == 0


def test_removing_the_only_leaf_removes_its_node():
    leaf_gone, node_gone = leave_one_out(evaluator_of(TREE, ROWS), ["c", "q"])

    assert leaf_gone.shifts == node_gone.shifts


def test_a_unit_that_lived_on_the_element_alone_loses_its_rank():
    (found,) = leave_one_out(
        evaluator_of(node("index", leaf("a"), leaf("b")), [[1, NAN], [2, 3]]), ["a"]
    )

    assert (found.shifts, found.unranked) == ((None, 0), 1)


def test_removing_all_there_is_has_a_reason():
    (found,) = leave_one_out(evaluator_of(node("index", leaf("a")), [[1], [2]]), ["a"])

    assert (found.mean_shift, found.unranked, found.reason) == (None, 2, Reason.NO_DATA)


def test_shifts_are_counted_within_blocks():
    (found,) = leave_one_out(evaluator_of(TREE, ROWS), ["p"], blocks=np.array([0, 1, 1]))

    assert found.shifts == (0, 1, -1)


def test_an_element_that_is_not_in_the_tree_is_refused():
    with pytest.raises(KeyError):
        leave_one_out(evaluator_of(TREE, ROWS), ["z"])
