import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.definitions.reasons import Reason
from analytics.definitions.specs import Aggregation
from analytics.definitions.vocabulary import AggregationMethod
from analytics.methods.index.merging import Merged
from analytics.methods.index.plan import evaluate
from analytics.methods.index.weights import GroupWeights
from analytics.methods.uncertainty.evaluation import Evaluator, blocks
from tests.analytics.methods.uncertainty.trees import NAN, evaluator_of, leaf, node

METHODS = st.one_of(
    st.sampled_from(
        [
            {"method": method}
            for method in (
                "arithmetic",
                "geometric",
                "harmonic",
                "sum",
                "copeland",
                "mean_rank",
                "median_rank",
                "minimum",
            )
        ]
    ),
    st.sampled_from([{"method": "power", "power": p} for p in (-1.0, 0.5, 2.0)]),
    st.just({"method": "conjunctive", "steps": [{"value": 1, "threshold": 5}]}),
)
CELLS = arrays(np.float64, (4, 5), elements=st.sampled_from([0.0, 1.0, 2.5, 7.0, 9.0, NAN]))
WEIGHTS = st.sampled_from([0.0, 0.5, 1.0, 3.0])
COVERAGES = st.sampled_from([0.0, 0.5, 2 / 3, 1.0])


@st.composite
def trees(draw):
    def below(code, *children):
        kinds = draw(METHODS)
        return node(
            code,
            *children,
            weight=draw(st.sampled_from([1.0, 2.0])),
            coverage=draw(COVERAGES),
            **kinds,
        )

    return below(
        "index",
        below("p", leaf("a"), leaf("b", 2), leaf("c", draw(WEIGHTS))),
        leaf("d", draw(WEIGHTS)),
        below("q", leaf("e")),
    )


@given(trees(), CELLS)
@settings(max_examples=300, deadline=None)
def test_a_run_with_the_nominal_weights_is_the_pipeline(tree, cells):
    evaluator = evaluator_of(tree, cells)
    known = evaluate(evaluator.plan, evaluator.leaves)

    found = evaluator.evaluated(evaluator.edges.weights[None, :])

    for number, code in enumerate(evaluator.plan.codes):
        np.testing.assert_allclose(
            found.nodes[code][0], known.scores.values[:, number], rtol=1e-12, atol=1e-12
        )


@given(CELLS, st.lists(st.floats(0.1, 5), min_size=3, max_size=3))
@settings(deadline=None)
def test_a_run_with_other_weights_is_the_pipeline_with_them(cells, weights):
    tree = node(
        "index",
        node("p", leaf("a"), leaf("b"), leaf("c")),
        leaf("d"),
        leaf("e"),
        method="geometric",
    )
    evaluator = evaluator_of(tree, cells)
    shares = tuple(np.array(weights) / sum(weights))
    known = evaluate(evaluator.plan, evaluator.leaves, weights={"p": GroupWeights(shares)})
    drawn = evaluator.edges.weights.copy()
    drawn[evaluator.edges.of_node["p"]] = weights

    found = evaluator.evaluated(drawn[None, :])

    np.testing.assert_allclose(found.scores[0], known.scores.values[:, -1], rtol=1e-12, atol=1e-12)


def test_another_aggregation_takes_the_place_of_every_mean_and_of_nothing_else():
    tree = node("index", node("p", leaf("a"), leaf("b"), method="minimum"), leaf("c"))
    evaluator = evaluator_of(tree, [[4.0, 9.0, 9.0]])
    geometric = Aggregation(method=AggregationMethod.GEOMETRIC)

    found = evaluator.evaluated(evaluator.edges.weights[None, :], geometric)

    assert found.nodes["p"].tolist() == [[4.0]]
    assert found.scores[0, 0] == pytest.approx(6.0)


def test_a_zero_below_a_geometric_mean_is_told_by_run_and_unit():
    evaluator = evaluator_of(
        node("index", leaf("a"), leaf("b"), method="geometric"), [[0.0, 4.0], [4.0, 9.0]]
    )

    found = evaluator.evaluated(np.array([[0.5, 0.5], [0.0, 1.0]]))

    assert found.refused[Reason.ZERO_IN_GEOMETRIC].tolist() == [[True, False], [False, False]]
    np.testing.assert_allclose(found.scores, [[NAN, 6.0], [4.0, 9.0]])


def test_a_child_left_out_of_a_minimum_has_no_say():
    evaluator = evaluator_of(node("index", leaf("a"), leaf("b"), method="minimum"), [[1.0, 4.0]])

    assert evaluator.scores(np.array([[0.5, 0.5], [0.0, 1.0]])).tolist() == [[1.0], [4.0]]


def test_a_child_left_out_does_not_lack_in_coverage():
    evaluator = evaluator_of(node("index", leaf("a"), leaf("b"), coverage=1.0), [[1.0, 4.0]])

    assert evaluator.scores(np.array([[0.0, 1.0]])).tolist() == [[4.0]]


def test_a_node_of_which_nothing_is_left_does_not_lack_in_coverage():
    tree = node("index", node("p", leaf("a"), method="sum"), leaf("b"), method="sum", coverage=1.0)
    evaluator = evaluator_of(tree, [[1.0, 4.0]])
    without_a = np.where(np.array(evaluator.edges.children) == "a", 0.0, evaluator.edges.weights)

    assert evaluator.scores(without_a[None, :]).tolist() == [[4.0]]


def test_a_merged_unit_has_the_mean_of_the_nodes_of_those_it_came_of():
    tree = node("index", node("p", leaf("a")), node("q", leaf("b")), method="geometric")
    plain = evaluator_of(tree, [[1.0, 4.0], [3.0, 5.0], [NAN, NAN]])
    merged = Evaluator(
        plain.plan, plain.edges, plain.leaves, merged=[Merged(2, (0, 1), frozenset({"p", "q"}))]
    )

    found = merged.evaluated(plain.edges.weights[None, :])

    assert found.nodes["p"][0, 2] == 2.0
    assert found.scores[0, 2] == pytest.approx((2.0 * 4.5) ** 0.5)


def test_blocks_cover_all_runs_once():
    assert [run for block in blocks(130) for run in range(130)[block]] == list(range(130))
