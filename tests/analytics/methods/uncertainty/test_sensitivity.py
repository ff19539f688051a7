import numpy as np
import pytest

from analytics.definitions.specs import Aggregation
from analytics.definitions.vocabulary import AggregationMethod
from analytics.methods.uncertainty.draws import WeightSpread
from analytics.methods.uncertainty.sensitivity import factors
from analytics.methods.uncertainty.sobol import Bootstrap
from tests.analytics.methods.uncertainty.trees import decide, leaf, node, setting_of_tree

TREE = node("index", node("p", leaf("a"), leaf("b")), leaf("c"), leaf("d"))
ROWS = np.random.default_rng(1).uniform(1, 9, (12, 4))
FEW = Bootstrap(resamples=20)
MINIMUM = Aggregation(method=AggregationMethod.POWER, power=-20.0)


def test_factors_are_what_varies():
    setting = setting_of_tree(TREE, ROWS, aggregations=(None, MINIMUM), left_out=("a",))

    assert factors(setting) == (
        "aggregation",
        "left_out",
        "weight:p",
        "weight:c",
        "weight:d",
        "weights_below",
    )


def test_weights_that_do_not_vary_are_no_factors():
    setting = setting_of_tree(
        TREE, ROWS, aggregations=(None, MINIMUM), spread=WeightSpread((0.0, 0.2))
    )

    assert factors(setting) == ("aggregation", "weights_below")


def test_the_factor_that_decides_has_the_greatest_index():
    setting = setting_of_tree(
        TREE, ROWS, aggregations=(None, MINIMUM), spread=WeightSpread((0.01,))
    )

    found = decide(setting, rows=64, seed=1, bootstrap=FEW).ranking

    assert found.total[0].value > 0.9
    assert max(each.value for each in found.total[1:]) < 0.1
    assert found.runs == 64 * 7


def test_the_score_of_a_unit_has_indices_of_its_own():
    # The unit lives on c: nothing else moves its score.
    rows = [[5, 5, 9, 5], [1, 2, 3, 4]]
    setting = setting_of_tree(TREE, rows, spread=WeightSpread((0.25, 0.0)))

    found = decide(setting, rows=256, seed=1, units=("u0",), bootstrap=FEW).units["u0"]

    totals = {name: each.value for name, each in zip(found.factors, found.total, strict=True)}
    assert max(totals, key=totals.__getitem__) == "weight:c"


def test_the_deeper_weights_are_one_factor_that_can_decide():
    # Both units have the same on c and d; within p alone they differ.
    rows = [[9, 1, 5, 5], [1, 9, 5, 5]]
    setting = setting_of_tree(TREE, rows, spread=WeightSpread((0.01, 0.9)))

    found = decide(setting, rows=256, seed=1, units=("u0",), bootstrap=FEW).units["u0"]

    totals = {name: each.value for name, each in zip(found.factors, found.total, strict=True)}
    assert totals["weights_below"] == pytest.approx(1, abs=0.05)


def test_the_same_seed_gives_the_same_bits():
    setting = setting_of_tree(TREE, ROWS)
    once, again = (decide(setting, rows=32, seed=3, bootstrap=FEW) for _ in range(2))

    assert once == again


def test_a_unit_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="not in tuple"):
        decide(setting_of_tree(TREE, ROWS), rows=8, seed=1, units=("nobody",))
