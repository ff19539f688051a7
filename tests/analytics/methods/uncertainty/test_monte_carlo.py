from itertools import pairwise

import numpy as np
import pytest

from analytics.definitions.reasons import Reason
from analytics.definitions.specs import Aggregation
from analytics.definitions.vocabulary import AggregationMethod
from analytics.methods.index.arrays import Grid
from analytics.methods.uncertainty import monte_carlo as module
from analytics.methods.uncertainty import storing
from analytics.methods.uncertainty.draws import WeightSpread, drawn_weights
from analytics.methods.uncertainty.setting import DataChoice, Options, Prepared
from tests.analytics.methods.uncertainty.trees import (
    NAN,
    evaluator_of,
    leaf,
    node,
    setting_of_tree,
    vary,
)

FLAT = node("index", leaf("a"), leaf("b"))
GEOMETRIC = Aggregation(method=AggregationMethod.GEOMETRIC)


def test_every_figure_is_that_of_the_runs_one_by_one():
    rng = np.random.default_rng(1)
    rows = rng.uniform(1, 9, (6, 2))
    setting = setting_of_tree(FLAT, rows, spread=WeightSpread((0.8,)))
    weights = drawn_weights(setting.edges, setting.spread, runs=200, seed=5)
    scores = np.array([rows @ (own / own.sum()) for own in weights])
    ranks = 1 + (scores[:, None, :] > scores[:, :, None]).sum(axis=2)

    found = vary(setting, runs=200, seed=5, top=2)

    unit = found.units[3]
    assert unit.score.nominal == pytest.approx(rows[3].mean(), rel=1e-14)
    assert (unit.score.mean, unit.score.sd) == pytest.approx(
        (scores[:, 3].mean(), scores[:, 3].std(ddof=1)), rel=1e-12
    )
    assert (unit.rank.q05, unit.rank.median, unit.rank.q95) == tuple(
        np.quantile(ranks[:, 3], [0.05, 0.5, 0.95])
    )
    assert (unit.score.q05, unit.score.median, unit.score.q95) == pytest.approx(
        np.quantile(scores[:, 3], [0.05, 0.5, 0.95]).tolist(), rel=1e-12
    )
    assert unit.top == (ranks[:, 3] <= 2).mean()
    assert unit.first == (ranks[:, 3] == 1).mean()
    assert found.outranking[3, 4] == (scores[:, 3] > scores[:, 4]).mean()


def test_weights_that_do_not_vary_leave_every_rank_where_it_is():
    setting = setting_of_tree(FLAT, [[1, 2], [3, 4], [5, 6]], spread=WeightSpread((0.0,)))

    found = vary(setting, runs=20, seed=1)

    assert [(unit.rank.q05, unit.rank.nominal, unit.rank.q95) for unit in found.units] == [
        (3, 3, 3),
        (2, 2, 2),
        (1, 1, 1),
    ]


def test_the_same_seed_gives_the_same_bits_and_another_one_does_not():
    setting = setting_of_tree(FLAT, np.random.default_rng(2).uniform(0, 9, (30, 2)))
    once, again, other = (vary(setting, runs=300, seed=seed) for seed in (7, 7, 8))

    assert once.units == again.units
    assert once.units != other.units


def test_a_file_in_place_of_memory_changes_nothing(monkeypatch):
    setting = setting_of_tree(FLAT, np.random.default_rng(2).uniform(0, 9, (30, 2)))
    in_memory = vary(setting, runs=300, seed=7)
    monkeypatch.setattr(storing, "MOST_IN_MEMORY", 0)
    monkeypatch.setattr(module, "CELLS_AT_ONCE", 1)

    assert vary(setting, runs=300, seed=7).units == in_memory.units


def test_two_tied_units_outrank_each_other_never():
    found = vary(setting_of_tree(FLAT, [[5, 7], [5, 7], [1, 1]]), runs=50, seed=1)

    assert found.outranking[:2, :2].tolist() == [
        [pytest.approx(NAN, nan_ok=True), 0.0],
        [0.0, pytest.approx(NAN, nan_ok=True)],
    ]
    assert [unit.rank.mean for unit in found.units] == [1, 1, 3]


def test_the_chances_of_two_units_and_of_a_tie_add_up():
    setting = setting_of_tree(FLAT, [[1, 9], [9, 1]])

    outranking = vary(setting, runs=500, seed=1).outranking

    assert outranking[0, 1] + outranking[1, 0] == 1
    assert outranking[0, 1] == pytest.approx(0.5, abs=0.06)


def test_a_unit_without_a_score_has_a_reason_and_fails_no_run():
    found = vary(setting_of_tree(FLAT, [[1, 2], [NAN, NAN]]), runs=10, seed=1)

    assert (found.units[1].score, found.units[1].reason) == (None, Reason.NO_DATA)
    assert found.used == 10


def test_one_unit_is_always_first():
    found = vary(setting_of_tree(FLAT, [[1, 2]]), runs=10, seed=1)

    assert (found.units[0].rank.q95, found.units[0].top, found.neighbours) == (1, 1.0, ())


def test_one_run_has_no_standard_deviation():
    assert vary(setting_of_tree(FLAT, [[1, 2]]), runs=1, seed=1).units[0].score.sd is None


def test_no_units_have_no_figures():
    found = vary(setting_of_tree(FLAT, np.empty((0, 2))), runs=3, seed=1)

    assert (found.units, found.neighbours, found.used) == ((), (), 3)


def test_runs_that_meet_a_zero_in_a_geometric_mean_fail_and_are_counted():
    setting = setting_of_tree(
        FLAT, [[0, 4], [4, 9]], spread=WeightSpread((0.0,)), aggregations=(None, GEOMETRIC)
    )

    found = vary(setting, runs=400, seed=1)

    assert found.failed == {Reason.ZERO_IN_GEOMETRIC: pytest.approx(200, abs=40)}
    assert found.used == 400 - found.failed[Reason.ZERO_IN_GEOMETRIC]
    assert found.units[1].score.mean == 6.5


def test_when_every_run_fails_each_unit_says_why():
    setting = setting_of_tree(FLAT, [[0, 4], [4, 9]], aggregations=(GEOMETRIC,))

    found = vary(setting, runs=10, seed=1)

    assert {unit.reason for unit in found.units} == {Reason.ZERO_IN_GEOMETRIC}
    assert (found.used, found.neighbours) == (0, ())


def test_a_refusal_that_is_nominal_too_fails_no_run():
    tree = node("index", node("p", leaf("a"), leaf("b"), method="geometric"), leaf("c"))

    found = vary(setting_of_tree(tree, [[0, 4, 5], [1, 4, 6]]), runs=10, seed=1)

    assert found.failed == {}


def test_leaving_one_out_moves_who_lived_on_it():
    rows = [[9, 1], [4, 4]]
    still = setting_of_tree(FLAT, rows, spread=WeightSpread((0.0,)))
    moving = setting_of_tree(FLAT, rows, spread=WeightSpread((0.0,)), left_out=("a", "b"))

    assert vary(still, runs=300, seed=1).units[0].score.sd == 0
    found = vary(moving, runs=300, seed=1)
    assert (found.units[0].score.q05, found.units[0].score.q95) == (1, 9)
    assert found.outranking[0, 1] == pytest.approx(2 / 3, abs=0.08)


def test_every_option_of_the_data_is_asked_for_once():
    asked = []
    evaluator = evaluator_of(FLAT, [[1, 2], [3, 4]])

    def prepare(choice):
        asked.append(choice)
        leaves = Grid.of(evaluator.leaves.values + choice.normalisation)
        return Prepared(leaves, evaluator.edges.weights)

    setting = setting_of_tree(FLAT, [[1, 2], [3, 4]], spread=WeightSpread((0.0,)))
    setting = type(setting)(
        units=setting.units,
        plan=setting.plan,
        edges=setting.edges,
        prepare=prepare,
        options=Options(normalisation=3),
        spread=setting.spread,
    )

    found = vary(setting, runs=90, seed=1)

    assert asked[1:] == [DataChoice(normalisation=option) for option in (0, 1, 2)]
    assert found.units[0].score.mean == pytest.approx(2.5, abs=0.3)


def test_levels_have_their_probabilities():
    def levels(nodes):
        return np.where(nodes["index"] >= 5, 2.0, 1.0)

    setting = setting_of_tree(
        FLAT, [[1, 9.2], [9, 9]], spread=WeightSpread((0.5,)), levels=levels, level_codes=(1, 2)
    )

    unsure, sure = vary(setting, runs=400, seed=1).units

    assert sure.levels == {1: 0.0, 2: 1.0}
    assert sum(unsure.levels.values()) == pytest.approx(1)
    assert 0.4 < unsure.levels[2] < 0.7


def test_blocks_are_ranked_apart_and_who_is_not_ranked_has_a_score_only():
    setting = setting_of_tree(
        FLAT, [[9, 9], [1, 1], [5, 5], [7, 7]], blocks=np.array([0, 0, 1, -1])
    )

    found = vary(setting, runs=10, seed=1)

    assert [unit.rank and unit.rank.nominal for unit in found.units] == [1, 2, 1, None]
    assert (found.units[3].reason, found.units[3].score.nominal) == (Reason.NOT_RANKED, 7)
    assert np.isnan(found.outranking[0, 2])


def test_neighbours_follow_each_other_in_the_nominal_ranking():
    setting = setting_of_tree(FLAT, [[1, 1], [9, 9], [5, 5]])

    found = vary(setting, runs=10, seed=1)

    assert [(pair.upper, pair.lower, pair.outranks) for pair in found.neighbours] == [
        ("u1", "u2", 1.0),
        ("u2", "u0", 1.0),
    ]


def test_more_than_two_hundred_units_have_neighbours_in_place_of_a_matrix():
    setting = setting_of_tree(FLAT, np.random.default_rng(1).uniform(0, 9, (201, 2)))

    found = vary(setting, runs=10, seed=1)

    assert found.outranking is None
    ranks = {unit.unit: unit.rank.nominal for unit in found.units}
    assert all(ranks[one.upper] < ranks[one.lower] for one in found.neighbours)
    assert all(one.lower == other.upper for one, other in pairwise(found.neighbours))


def test_no_runs_are_refused():
    with pytest.raises(ValueError, match="At least one run"):
        vary(setting_of_tree(FLAT, [[1, 2]]), runs=0, seed=1)
