import numpy as np
import pytest

from analytics.methods.uncertainty import draws
from analytics.methods.uncertainty.draws import (
    WeightSpread,
    drawn_options,
    drawn_weights,
    left_out,
    perturbed,
)
from tests.analytics.methods.uncertainty.trees import evaluator_of, leaf, node

TREE = node("index", node("p", leaf("a", 1), leaf("b", 3), weight=2), leaf("c", 2))
EDGES = evaluator_of(TREE, [[1.0, 2.0, 3.0]]).edges


def test_edges_have_their_weights_and_depths():
    assert dict(zip(EDGES.children, EDGES.weights, strict=True)) == {
        "a": 1,
        "b": 3,
        "p": 2,
        "c": 2,
    }
    assert dict(zip(EDGES.children, EDGES.depths, strict=True)) == {"a": 2, "b": 2, "p": 1, "c": 1}


def test_weights_stay_within_their_spread_before_they_are_shares():
    weights = drawn_weights(EDGES, WeightSpread((0.25,)), runs=500, seed=1)
    a, b = weights[:, EDGES.to("a")[0]], weights[:, EDGES.to("b")[0]]

    assert (a / b).min() >= (0.25 * 0.75) / (0.75 * 1.25)
    assert (a / b).max() <= (0.25 * 1.25) / (0.75 * 0.75)


def test_siblings_add_up_to_what_they_do_nominally():
    for spread in (WeightSpread((0.5,)), WeightSpread(concentration=10.0)):
        weights = drawn_weights(EDGES, spread, runs=50, seed=1)

        for group in EDGES.of_node.values():
            np.testing.assert_allclose(weights[:, group].sum(axis=1), EDGES.weights[group].sum())


def test_a_depth_without_a_spread_keeps_its_weights():
    weights = drawn_weights(EDGES, WeightSpread((0.0, 0.3)), runs=50, seed=1)
    top, below = EDGES.of_node["index"], EDGES.of_node["p"]

    assert (weights[:, top] == EDGES.weights[top]).all()
    assert (weights[:, below] != EDGES.weights[below]).all()


def test_the_middle_of_the_interval_is_the_nominal_weight():
    middle = np.full((1, len(EDGES.weights)), 0.5)

    assert perturbed(EDGES, WeightSpread((0.25,)), middle).tolist() == [EDGES.weights.tolist()]


def test_the_ends_of_the_interval_are_a_quarter_below_and_above():
    pair = evaluator_of(node("index", leaf("a"), leaf("b")), [[1.0, 2.0]]).edges

    found = perturbed(pair, WeightSpread((0.25,)), np.array([[0.0, 1.0]]))

    assert found[0] == pytest.approx([0.75, 1.25])


def test_dirichlet_weights_have_the_mean_and_the_spread_they_promise():
    weights = drawn_weights(EDGES, WeightSpread(concentration=20.0), runs=20_000, seed=2)
    a = weights[:, EDGES.to("a")[0]] / 4

    assert a.mean() == pytest.approx(0.25, abs=0.003)
    assert a.std() == pytest.approx((0.25 * 0.75 / 21) ** 0.5, rel=0.02)


def test_a_tiny_concentration_leaves_no_run_without_weights():
    weights = drawn_weights(EDGES, WeightSpread(concentration=1e-300), runs=100, seed=2)

    assert np.isfinite(weights).all()


def test_a_weight_of_zero_stays_zero():
    edges = evaluator_of(node("index", leaf("a", 0), leaf("b")), [[1.0, 2.0]]).edges

    for spread in (WeightSpread((0.5,)), WeightSpread(concentration=5.0)):
        assert drawn_weights(edges, spread, runs=9, seed=1)[:, 0].tolist() == [0.0] * 9


@pytest.mark.parametrize("spread", [WeightSpread((0.25,)), WeightSpread(concentration=5.0)])
def test_more_runs_begin_with_the_same_weights(spread):
    few, many = (drawn_weights(EDGES, spread, runs=runs, seed=3) for runs in (7, 70))

    assert few.tolist() == many[:7].tolist()


def test_options_are_equally_likely_and_independent_of_other_factors():
    normalisations = drawn_options("normalisation", 4, runs=20_000, seed=4)
    aggregations = drawn_options("aggregation", 4, runs=20_000, seed=4)

    assert np.bincount(normalisations) / 20_000 == pytest.approx([0.25] * 4, abs=0.015)
    assert (normalisations == aggregations).mean() == pytest.approx(0.25, abs=0.015)


def test_what_is_left_out_weighs_nothing():
    weights = left_out(EDGES, np.tile(EDGES.weights, (3, 1)), ("c", "p"), np.array([0, 1, 2]))

    assert [
        [code for code, w in zip(EDGES.children, row, strict=True) if w == 0] for row in weights
    ] == [
        [],
        ["c"],
        ["p"],
    ]


@pytest.mark.parametrize("wrong", [{"by_depth": ()}, {"by_depth": (1.5,)}, {"concentration": 0.0}])
def test_an_impossible_spread_is_refused(wrong):
    with pytest.raises(ValueError, match="of weights"):
        WeightSpread(**wrong)


@pytest.mark.parametrize("spread", [WeightSpread((0.25,)), WeightSpread(concentration=5.0)])
def test_drawing_in_pieces_makes_no_difference(spread, monkeypatch):
    whole = drawn_weights(EDGES, spread, runs=50, seed=3)
    monkeypatch.setattr(draws, "RUNS_AT_ONCE", 7)

    assert drawn_weights(EDGES, spread, runs=50, seed=3).tolist() == whole.tolist()
