import numpy as np
import pandas as pd
import pytest

from analytics.definitions.reasons import Reason
from analytics.methods.index import compute
from analytics.methods.uncertainty.building import DRAWS, index_of
from analytics.methods.uncertainty.setting import DataChoice, Options
from tests.analytics.methods.uncertainty.trees import NAN, definition_of, leaf, node, vary

FLAT = node("index", leaf("a"), leaf("b"))
UNITS = pd.DataFrame(
    {"a": [0.0, 4.0, 10.0, NAN], "b": [1.0, 3.0, 2.0, 5.0]}, index=["u", "v", "w", "x"]
)


def index(tree=FLAT, frame=UNITS, uncertainty=None, **settings):
    return index_of(definition_of(tree, uncertainty=uncertainty or {}, **settings), frame)


def leaves(found, **choice):
    return found.setting.prepare(DataChoice(**choice)).leaves.values


def test_the_nominal_run_is_the_pipeline():
    found = index()

    result = vary(found.setting, runs=3, seed=1)

    scores = found.tables.scores.column("index")
    assert [unit.score.nominal for unit in result.units] == pytest.approx(scores.tolist())
    assert [unit.rank.nominal for unit in result.units] == found.tables.ranks[
        "index"
    ].within.tolist()


def test_nothing_but_weights_varies_unless_the_definition_says_so():
    setting = index().setting

    assert (setting.options, setting.aggregations, setting.left_out) == (Options(), (None,), ())
    assert setting.spread.by_depth == (0.25,)


def test_another_normalisation_is_that_of_a_definition_with_it():
    other = {"method": "z", "mean": 50, "sd": 10}
    found = index(uncertainty={"normalisation": [other]})

    known = compute(definition_of(FLAT, normalisation=other), UNITS)

    np.testing.assert_array_equal(leaves(found, normalisation=1), known.normalised.values)


def test_an_indicator_with_a_rule_of_its_own_keeps_it():
    indicators = [
        {"code": "a", "direction": "up", "normalisation": {"method": "points"}},
        {"code": "b", "direction": "up"},
    ]
    found = index(indicators=indicators, uncertainty={"normalisation": [{"method": "rank"}]})

    np.testing.assert_array_equal(leaves(found, normalisation=1)[:, 0], UNITS["a"])
    assert leaves(found, normalisation=1)[:, 1].tolist() == [1, 3, 2, 4]


def test_another_limit_of_winsorising_is_that_of_a_definition_with_it():
    values = np.append(np.random.default_rng(1).normal(0, 1, 40), [60.0, 50.0, 40.0])
    frame = pd.DataFrame({"a": values, "b": np.arange(43.0)})
    treatment = {"method": "winsorise", "then": "none"}
    found = index(frame=frame, treatment=treatment, uncertainty={"most_points": [1]})

    known = compute(definition_of(FLAT, treatment=treatment | {"most_points": 1}), frame)

    np.testing.assert_array_equal(leaves(found, winsorising=1), known.normalised.values)
    assert (leaves(found) != leaves(found, winsorising=1)).any()


def test_a_limit_of_winsorising_is_no_option_where_nothing_is_winsorised():
    found = index(treatment={"method": "winsorise"}, uncertainty={"most_points": [1, 2]})

    assert found.setting.options.winsorising == 1


def test_blanks_are_filled_as_defined_or_not_at_all_or_by_chance():
    found = index(missing={"imputation": {"method": "mean"}}, uncertainty={"imputation": True})

    assert found.setting.options.imputation == 2 + DRAWS
    assert leaves(found)[3, 0] == pytest.approx(100 * (14 / 3) / 10)
    assert np.isnan(leaves(found, imputation=1)[3, 0])
    drawn = {float(leaves(found, imputation=option)[3, 0]) for option in range(2, 2 + DRAWS)}
    assert drawn <= {0.0, 40.0, 100.0}
    assert len(drawn) > 1


def test_without_blanks_imputation_is_no_option():
    found = index(frame=UNITS.dropna(), uncertainty={"imputation": True})

    assert found.setting.options.imputation == 1


def test_a_cell_that_does_not_apply_is_never_drawn():
    frame = UNITS.astype(object)
    frame.loc["x", "a"] = "KAD"
    frame.loc["u", "a"] = None
    found = index(frame=frame, uncertainty={"imputation": True})

    assert all(np.isnan(leaves(found, imputation=option)[3, 0]) for option in range(2 + DRAWS))


def test_donors_are_of_the_group_that_the_imputation_names():
    frame = pd.DataFrame(
        {"a": [0.0, 0.0, 10.0, NAN], "b": [1.0, 2.0, 3.0, 4.0], "region": ["n", "n", "s", "s"]}
    )
    found = index(
        frame=frame,
        missing={"imputation": {"method": "group_mean", "group": "region"}},
        uncertainty={"imputation": True},
    )

    assert {float(leaves(found, imputation=option)[3, 0]) for option in range(2, 2 + DRAWS)} == {
        100
    }


def test_draws_are_told_by_their_seed():
    varied = definition_of(FLAT, uncertainty={"imputation": True})
    draws = [
        [
            leaves(index_of(varied, UNITS, seed=seed), imputation=n)[3, 0]
            for n in range(2, 2 + DRAWS)
        ]
        for seed in (1, 1, 2)
    ]

    assert draws[0] == draws[1] != draws[2]


def test_data_that_an_option_refuses_make_its_runs_fail_with_the_reason():
    frame = pd.DataFrame({"a": [1.0, 1.0], "b": [1.0, 2.0]})
    goalposts = {"method": "goalposts", "goalposts": [0, 10]}
    found = index(
        frame=frame,
        normalisation=goalposts,
        uncertainty={"normalisation": [{"method": "min_max", "constant": "refuse"}]},
    )

    result = vary(found.setting, runs=100, seed=1)

    assert result.failed == {Reason.CONSTANT: pytest.approx(50, abs=20)}


def test_weights_that_the_data_give_follow_the_data():
    entropy = {"by_node": {"index": {"method": "entropy"}}}
    found = index(weighting=entropy, uncertainty={"normalisation": [{"method": "rank"}]})

    own, ranked = (found.setting.prepare(DataChoice(normalisation=n)).weights for n in (0, 1))

    assert own.sum() == pytest.approx(1)
    assert own.tolist() != ranked.tolist()


def test_a_unit_merged_by_its_main_scores_is_shown_and_those_it_came_of_are_not():
    merger = [{"into": "uv", "from": ["u", "v"], "rule": "mean_of_nodes"}]
    tree = node("index", node("p", leaf("a")), node("q", leaf("b")), method="geometric")
    found = index(tree, boundaries=merger, normalisation={"range": [1, 100]})

    result = vary(found.setting, runs=5, seed=1)

    assert [unit.unit for unit in result.units] == list(found.tables.units) == ["w", "x", "uv"]
    scores = found.tables.scores.column("index")
    assert [unit.score.nominal for unit in result.units] == pytest.approx(scores.tolist())


def test_blocks_and_who_is_not_ranked_are_the_definitions():
    frame = UNITS.assign(block=["s", "s", "t", "t"])
    found = index(frame=frame, ranking={"blocks": "block", "unranked": ["v"]})

    assert found.setting.blocks.tolist() == [0, -1, 1, 1]


def test_levels_with_gates_are_those_of_the_pipeline():
    levels = [
        {"nodes": ["p", "q"], "bands": [{"level": 1, "from": 0}, {"level": 2, "from": 50}]},
        {
            "nodes": ["index"],
            "bands": [
                {"level": 1, "from": 0},
                {"level": 2, "from": 20, "gates": [{"kind": "count", "level": 2, "at_least": 1}]},
            ],
        },
    ]
    tree = node("index", node("p", leaf("a")), node("q", leaf("b")))
    found = index(tree, levels=levels, uncertainty={"weights": 0.0})

    result = vary(found.setting, runs=2, seed=1)

    nominal = found.tables.levels["index"].levels
    assert [
        max(unit.levels, key=unit.levels.__getitem__) for unit in result.units
    ] == nominal.tolist()


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"a": [3.0, 3.0], "b": [5.0, 5.0]}),
        pd.DataFrame({"a": [NAN, NAN], "b": [NAN, NAN]}),
        pd.DataFrame({"a": ["KAD", "KAD"], "b": ["KAD", "KAD"]}),
        pd.DataFrame({"a": [3.0], "b": [5.0]}),
        pd.DataFrame({"a": pd.Series(dtype=float), "b": pd.Series(dtype=float)}),
        pd.DataFrame({"a": ["x1", "three"], "b": ["", "?"]}),
    ],
    ids=["constant", "all missing", "not applicable", "one unit", "no units", "text"],
)
def test_units_that_tell_nothing_have_a_reason_in_place_of_a_figure(frame):
    varied = {"imputation": True, "leave_out": True, "normalisation": [{"method": "z"}]}
    found = index(frame=frame, uncertainty=varied)

    result = vary(found.setting, runs=20, seed=1)

    assert [(unit.score, unit.reason) for unit in result.units] == [(None, Reason.NO_DATA)] * len(
        frame
    )
