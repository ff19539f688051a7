import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.definitions.reasons import Reason
from analytics.methods.trends.decomposition import ChangeNode, RoundValues, decompose
from analytics.methods.trends.means import Mean, MeanKind

GEOMETRIC = Mean(MeanKind.GEOMETRIC)
NAN = float("nan")


def leaf(code):
    return ChangeNode(code)


def column(*values):
    return np.array(values, dtype=float)


def test_fixed_weights_give_weight_times_change():
    tree = ChangeNode("index", children=(leaf("a"), leaf("b")))
    weights = {"a": 0.25, "b": 0.75}
    before = RoundValues({"a": column(40), "b": column(60), "index": column(55)}, weights)
    after = RoundValues({"a": column(60), "b": column(56), "index": column(57)}, weights)

    found = decompose(tree, before, after)

    assert found.leaves == ("a", "b")
    assert found.by_value.tolist() == [[5.0, -3.0]]
    assert found.by_weight.tolist() == [[0.0, 0.0]]


def test_changed_weights_are_taken_by_the_midpoint():
    tree = ChangeNode("index", children=(leaf("a"), leaf("b")))
    before = RoundValues(
        {"a": column(40), "b": column(60), "index": column(50)}, {"a": 0.5, "b": 0.5}
    )
    after = RoundValues(
        {"a": column(80), "b": column(60), "index": column(75)}, {"a": 0.75, "b": 0.25}
    )

    found = decompose(tree, before, after)

    # mean(w) dx = 0.625 * 40; mean(x) dw = 60 * 0.25 and 60 * -0.25.
    assert found.by_value.tolist() == [[25.0, 0.0]]
    assert found.by_weight.tolist() == [[15.0, -15.0]]


def test_a_geometric_mean_is_taken_by_logarithms():
    tree = ChangeNode("index", GEOMETRIC, (leaf("a"), leaf("b")))
    weights = {"a": 0.5, "b": 0.5}
    before = RoundValues({"a": column(10), "b": column(40), "index": column(20)}, weights)
    after = RoundValues({"a": column(40), "b": column(40), "index": column(40)}, weights)

    found = decompose(tree, before, after)

    assert found.by_value[0] == pytest.approx([20.0, 0.0], abs=1e-12)


def test_shares_of_a_geometric_mean_are_those_of_the_logarithms():
    tree = ChangeNode("index", GEOMETRIC, (leaf("a"), leaf("b")))
    weights = {"a": 0.3, "b": 0.7}
    before, after = (
        RoundValues({"a": column(a), "b": column(b), "index": column(a**0.3 * b**0.7)}, weights)
        for a, b in ((20, 50), (30, 80))
    )

    found = decompose(tree, before, after).by_value[0]

    expected = 0.3 * np.log(30 / 20), 0.7 * np.log(80 / 50)
    assert found / found.sum() == pytest.approx(np.array(expected) / sum(expected), abs=1e-12)


def test_nested_arithmetic_nodes_are_read_by_effective_weights():
    tree = ChangeNode(
        "index", children=(ChangeNode("p", children=(leaf("a"), leaf("b"))), leaf("c"))
    )
    before = RoundValues(
        {k: column(v) for k, v in {"a": 10, "b": 30, "c": 50, "p": 20, "index": 35}.items()},
        {"p": 0.5, "c": 0.5, "a": 0.5, "b": 0.5},
    )
    after = RoundValues(
        {k: column(v) for k, v in {"a": 20, "b": 30, "c": 50, "p": 25, "index": 30}.items()},
        {"p": 0.8, "c": 0.2, "a": 0.5, "b": 0.5},
    )

    found = decompose(tree, before, after)

    # Effective weights of a: 0.25 and 0.4.
    assert found.by_value[0] == pytest.approx([3.25, 0, 0], abs=1e-12)
    assert found.by_weight[0] == pytest.approx([15 * 0.15, 30 * 0.15, 50 * -0.3], abs=1e-12)


def test_a_leaf_that_came_anew_adds_the_effect_of_its_weight():
    tree = ChangeNode("index", children=(leaf("a"), leaf("b")))
    before = RoundValues(
        {"a": column(40), "b": column(NAN), "index": column(40)}, {"a": 1.0, "b": 0.0}
    )
    after = RoundValues(
        {"a": column(40), "b": column(80), "index": column(60)}, {"a": 0.5, "b": 0.5}
    )

    found = decompose(tree, before, after)

    assert found.by_value.tolist() == [[0.0, 0.0]]
    assert found.by_weight.tolist() == [[-20.0, 40.0]]


def test_a_node_below_coverage_in_one_round_hands_its_effect_to_its_leaves():
    pillar = ChangeNode("p", GEOMETRIC, (leaf("a"), leaf("b")))
    tree = ChangeNode("index", children=(pillar, leaf("c")))
    before = RoundValues(
        {k: column(v) for k, v in {"a": 9, "b": NAN, "p": NAN, "c": 10, "index": 10}.items()},
        {"p": 0.0, "c": 1.0, "a": NAN, "b": NAN},
    )
    after = RoundValues(
        {k: column(v) for k, v in {"a": 16, "b": 4, "p": 8, "c": 10, "index": 9}.items()},
        {"p": 0.5, "c": 0.5, "a": 0.5, "b": 0.5},
    )

    found = decompose(tree, before, after)

    assert found.by_leaf[0] == pytest.approx([2.0, 2.0, -5.0], abs=1e-12)


def test_a_unit_of_one_round_only_has_a_reason():
    tree = ChangeNode("index", children=(leaf("a"),))
    before = RoundValues({"a": column(1, NAN, NAN), "index": column(1, NAN, NAN)}, {"a": 1.0})
    after = RoundValues({"a": column(2, 2, NAN), "index": column(2, 2, NAN)}, {"a": 1.0})

    found = decompose(tree, before, after)

    assert found.reasons == (None, Reason.ONE_ROUND_ONLY, Reason.NO_DATA)


def test_a_zero_below_a_geometric_mean_has_a_reason():
    tree = ChangeNode("index", GEOMETRIC, (leaf("a"), leaf("b")))
    weights = {"a": 0.5, "b": 0.5}
    before = RoundValues({"a": column(0), "b": column(4), "index": column(0)}, weights)
    after = RoundValues({"a": column(4), "b": column(4), "index": column(4)}, weights)

    assert decompose(tree, before, after).reasons == (Reason.ZERO_IN_GEOMETRIC,)


def test_weights_that_do_not_add_up_are_refused():
    tree = ChangeNode("index", children=(leaf("a"), leaf("b")))
    given_ = RoundValues({"a": column(1), "b": column(1), "index": column(1)}, {"a": 0.5, "b": 0.6})

    with pytest.raises(ValueError, match="do not add up to 1"):
        decompose(tree, given_, given_)


def test_a_total_that_is_not_the_mean_of_its_children_has_a_reason():
    tree = ChangeNode("index", children=(leaf("a"),))
    before = RoundValues({"a": column(1, 1), "index": column(1, 1)}, {"a": 1.0})
    after = RoundValues({"a": column(2, 2), "index": column(3, 2)}, {"a": 1.0})

    found = decompose(tree, before, after)

    assert found.reasons == (Reason.NOT_DECOMPOSABLE, None)
    assert np.isnan(found.change).tolist() == [True, False]


def test_a_sum_takes_its_weights_as_they_are():
    pillar = ChangeNode("p", children=(leaf("a"), leaf("b")))
    tree = ChangeNode("index", children=(pillar, leaf("c")), summed=True)
    weights = {"p": 2.0, "c": 3.0, "a": 0.5, "b": 0.5}
    before = RoundValues(
        {k: column(v) for k, v in {"a": 1, "b": 3, "p": 2, "c": 5, "index": 19}.items()}, weights
    )
    after = RoundValues(
        {k: column(v) for k, v in {"a": 3, "b": 3, "p": 3, "c": 4, "index": 18}.items()}, weights
    )

    assert decompose(tree, before, after).by_leaf.tolist() == [[2.0, 0.0, -3.0]]


def test_a_power_of_zero_is_refused():
    with pytest.raises(ValueError, match="other than 0"):
        Mean(MeanKind.POWER, 0)


MEANS = st.sampled_from(
    [
        Mean(),
        GEOMETRIC,
        Mean(MeanKind.HARMONIC),
        Mean(MeanKind.POWER, 2.0),
        Mean(MeanKind.POWER, -0.5),
    ]
)
UNITS = 3


@st.composite
def trees(draw):
    """Two pillars of two leaves below an index, any mean at each node, any weights in both rounds."""
    pillars = tuple(ChangeNode(p, draw(MEANS), (leaf(f"{p}1"), leaf(f"{p}2"))) for p in ("p", "q"))
    return ChangeNode("index", draw(MEANS), pillars)


@st.composite
def rounds(draw, tree):
    values, weights = {}, {}
    amounts = arrays(np.float64, UNITS, elements=st.floats(1, 100))
    shares = st.floats(0, 1)

    def fill(node):
        if not node.children:
            values[node.code] = draw(amounts)
            return
        share = draw(shares)
        for child, weight in zip(node.children, (share, 1 - share), strict=True):
            weights[child.code] = weight
            fill(child)
        total = sum(
            weights[child.code] * node.mean.transformed(values[child.code])
            for child in node.children
        )
        exponent = node.mean.exponent
        values[node.code] = np.exp(total) if exponent is None else total ** (1 / exponent)

    fill(tree)
    return RoundValues(values, weights)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_contributions_of_leaves_always_add_up_to_the_change(data):
    tree = data.draw(trees())
    before, after = data.draw(rounds(tree)), data.draw(rounds(tree))

    found = decompose(tree, before, after)

    assert np.abs(found.by_leaf.sum(axis=1) - found.change).max() <= 1e-9
    assert found.change.tolist() == (after.values["index"] - before.values["index"]).tolist()


@given(st.floats(0.001, 1e6), st.floats(1e-16, 1e-6), MEANS)
def test_slopes_of_nearly_equal_values_approach_the_derivative(value, step, mean):
    at = np.array([value])
    exponent = mean.exponent
    derivative = 1 / at if exponent is None else exponent * at ** (exponent - 1)

    slope = mean.slope(at, at * (1 + step))

    assert slope == pytest.approx(derivative, rel=1e-5)


def test_slopes_from_and_to_zero_of_a_square_are_the_other_value():
    square = Mean(MeanKind.POWER, 2.0)

    assert square.slope(column(0, 3, 0, 2), column(3, 0, 0, 5)).tolist() == pytest.approx(
        [3, 3, 1, 7], rel=1e-15
    )
