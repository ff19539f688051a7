import numpy as np
import pandas as pd
import pytest

from analytics.methods.uncertainty.analysis import uncertainty
from analytics.methods.uncertainty.edges import WeightsMissing
from tests.analytics.methods.uncertainty.trees import definition_of, leaf, node

TREE = node("index", node("p", leaf("a"), leaf("b")), leaf("c"))
UNITS = pd.DataFrame(np.random.default_rng(1).uniform(0, 9, (8, 3)), columns=["a", "b", "c"])


def test_runs_and_seed_are_the_definitions_unless_told():
    definition = definition_of(TREE, uncertainty={"runs": 30, "seed": 5})

    own = uncertainty(definition, UNITS).monte_carlo
    told = uncertainty(definition, UNITS, runs=20, seed=6).monte_carlo

    assert ((own.runs, own.seed), (told.runs, told.seed)) == ((30, 5), (20, 6))


def test_every_node_and_indicator_is_removed_once():
    found = uncertainty(definition_of(TREE), UNITS, runs=5)

    assert [each.code for each in found.removals] == ["p", "a", "b", "c"]


def test_dominance_is_told_of_the_normalised_indicators():
    turned = definition_of(
        node("index", leaf("a"), leaf("b")),
        indicators=[{"code": "a", "direction": "up"}, {"code": "b", "direction": "down"}],
    )

    found = uncertainty(turned, pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [9.0, 5.0, 7.0]}), runs=5)

    assert (found.dominance.pairs, found.dominance.dominated) == (3, 2)


def test_the_whole_analysis_is_bit_identical_when_made_again():
    definition = definition_of(
        TREE,
        uncertainty={"aggregation": [{"method": "geometric"}], "leave_out": True},
        normalisation={"range": [1, 100]},
    )

    once, again = (uncertainty(definition, UNITS, runs=100) for _ in range(2))

    assert once.monte_carlo.units == again.monte_carlo.units
    assert once.removals == again.removals


def test_a_node_without_weights_is_refused_with_its_reason():
    definition = definition_of(TREE, weighting={"by_node": {"p": {"method": "entropy"}}})

    with pytest.raises(WeightsMissing) as refusal:
        uncertainty(definition, UNITS[:1], runs=5)

    assert refusal.value.node == "p"
