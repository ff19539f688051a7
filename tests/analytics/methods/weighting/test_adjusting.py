"""Design weights, non-response and post-stratification."""

import numpy as np
import pytest

from analytics.methods.weighting import (
    CellWithoutCount,
    DesignError,
    EmptyCell,
    UnusableWeight,
    design_weights,
    nonresponse_weights,
    poststratified,
)


def test_a_design_weight_is_one_over_the_chance():
    assert design_weights([0.5, 0.1, 1]).tolist() == [2, 10, 1]


@pytest.mark.parametrize("chance", [0, -0.1, 1.1, np.nan])
def test_a_chance_that_is_none_is_refused(chance):
    with pytest.raises(UnusableWeight):
        design_weights([0.5, chance])


def test_respondents_take_over_the_weight_of_their_cell():
    found = nonresponse_weights([2, 2, 2, 4, 4], list("aaabb"), [True, False, False, True, True])

    assert found.tolist() == [6, 0, 0, 4, 4]


def test_non_response_keeps_the_total():
    rng = np.random.default_rng(1)
    weights, cells = rng.uniform(1, 9, 60), rng.integers(0, 3, 60)

    found = nonresponse_weights(weights, cells, rng.random(60) < 0.6)

    assert np.bincount(cells, found) == pytest.approx(np.bincount(cells, weights))


def test_a_cell_in_which_nobody_responded_is_refused_by_name():
    with pytest.raises(EmptyCell) as refusal:
        nonresponse_weights([1, 1, 1], list("aab"), [True, True, False])

    assert refusal.value.names == ("b",)


def test_a_cell_that_weighs_nothing_stays_at_nothing():
    assert nonresponse_weights([0, 0, 3], list("aab"), [False, True, True]).tolist() == [0, 0, 3]


def test_cells_add_up_to_the_population():
    found = poststratified([1, 1, 2, 3], list("aabb"), {"a": 30, "b": 10})

    assert found.tolist() == [15, 15, 4, 6]


def test_a_cell_of_the_sample_without_a_count_is_refused_by_name():
    with pytest.raises(CellWithoutCount) as refusal:
        poststratified([1, 1], ["a", "c"], {"a": 30})

    assert refusal.value.names == ("c",)


@pytest.mark.parametrize("weights", [[1, 1, 0], [1, 1, 0.0]])
def test_a_cell_of_the_population_without_weight_is_refused_by_name(weights):
    with pytest.raises(EmptyCell) as refusal:
        poststratified(weights, list("aab"), {"a": 30, "b": 10, "c": 5, "d": 0})

    assert refusal.value.names == ("b", "c")


@pytest.mark.parametrize("cells", [["a", None], [1.0, np.nan]])
def test_a_row_without_a_cell_is_refused(cells):
    with pytest.raises(DesignError, match="no cell"):
        poststratified([1, 1], cells, {"a": 30})


def test_cells_of_another_length_are_refused():
    with pytest.raises(DesignError, match="length"):
        poststratified([1, 1], ["a"], {"a": 30})
