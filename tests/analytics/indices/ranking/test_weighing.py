"""Other weights in plain arithmetic: the same as the pipeline's, to the rank."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.definitions.specs import Aggregation
from analytics.definitions.vocabulary import AggregationMethod
from analytics.indices.ranking.weighing import Contender, agrees, is_weighable, weigh
from analytics.methods.index.aggregating import aggregate
from analytics.methods.index.ranking import rank

MEANS = [
    Aggregation(),
    Aggregation(method=AggregationMethod.GEOMETRIC),
    Aggregation(method=AggregationMethod.HARMONIC),
    Aggregation(method=AggregationMethod.POWER, power=2.5),
    Aggregation(method=AggregationMethod.POWER, power=-1.5),
    Aggregation(method=AggregationMethod.POWER, power=1),
    Aggregation(method=AggregationMethod.SUM),
]
CHILDREN = st.one_of(st.none(), st.just(0.0), st.just(-3.0), st.floats(0.5, 100))
UNITS = st.lists(st.tuples(CHILDREN, CHILDREN, CHILDREN), min_size=1, max_size=12)
WEIGHTS = st.tuples(*[st.one_of(st.just(0.0), st.floats(0.01, 1))] * 3)


def contenders(*children, blocks=()):
    named = blocks or [""] * len(children)
    return [
        Contender(str(place), block, tuple(each))
        for place, (each, block) in enumerate(zip(children, named, strict=True))
    ]


@pytest.mark.parametrize("aggregation", MEANS, ids=lambda each: f"{each.method}{each.power}")
@given(units=UNITS, weights=WEIGHTS)
def test_scores_and_ranks_are_those_of_the_pipeline(aggregation, units, weights):
    values = np.array([[np.nan if v is None else v for v in unit] for unit in units], dtype=float)
    scores, why = aggregate(values, np.array(weights), aggregation)
    blocks = ["a" if place % 3 else "b" for place in range(len(units))]
    ranked = np.ones(len(units), dtype=np.bool_)
    expected = rank(scores, why, ranked=ranked, blocks=blocks)

    found = weigh(contenders(*units, blocks=blocks), weights, aggregation)

    assert [each.score for each in found] == [
        None if np.isnan(score) else pytest.approx(score, rel=1e-12, abs=1e-12) for score in scores
    ]
    assert [each.label or None for each in found] == list(expected.within_labels)


def test_a_missing_child_leaves_its_weight_to_the_others():
    found = weigh(contenders((80.0, None)), (0.5, 0.5), Aggregation())

    assert found[0].score == 80


def test_a_weight_of_nought_takes_a_zero_out_of_the_geometric_mean():
    units = contenders((0.0, 40.0))
    geometric = Aggregation(method=AggregationMethod.GEOMETRIC)

    scores = [weigh(units, weights, geometric)[0].score for weights in ((0.5, 0.5), (0.0, 1.0))]

    assert scores == [None, pytest.approx(40)]


def test_figures_that_differ_in_the_sixteenth_digit_share_a_rank():
    found = weigh(contenders((0.1 + 0.2,), (0.3,), (0.1,)), (1.0,), Aggregation())

    assert [each.label for each in found] == ["=1", "=1", "3"]


def test_a_unit_that_is_not_ranked_takes_nobodys_place():
    units = [Contender("a", "", (90.0,), is_ranked=False), Contender("b", "", (10.0,))]

    found = weigh(units, (1.0,), Aggregation())

    assert [(each.score, each.label) for each in found] == [(90, ""), (10, "1")]


def test_a_unit_with_too_few_values_has_no_score_whatever_the_weights():
    found = weigh([Contender("a", "", (90.0, None), is_short=True)], (1.0, 0.0), Aggregation())

    assert (found[0].score, found[0].rank) == (None, None)


def test_weights_of_nought_for_all_give_nobody_a_score():
    assert weigh(contenders((1.0, 2.0)), (0.0, 0.0), Aggregation())[0].score is None


@pytest.mark.parametrize(
    "method", [AggregationMethod.COPELAND, AggregationMethod.MINIMUM, AggregationMethod.CONJUNCTIVE]
)
def test_what_compares_units_or_knows_no_weights_is_not_weighed(method):
    assert not is_weighable(Aggregation(method=method))


@pytest.mark.parametrize(("stored", "expected"), [(50.0, True), (50.0000001, False), (None, False)])
def test_a_stored_score_that_is_another_is_noticed(stored, expected):
    found = weigh(contenders((50.0,)), (1.0,), Aggregation())

    assert agrees(found, [stored]) is expected


@pytest.mark.parametrize("power", [400.0, -400.0])
def test_a_power_that_no_float_holds_gives_no_score(power):
    aggregation = Aggregation(method=AggregationMethod.POWER, power=power)

    (found,) = weigh(contenders((90.0, 80.0)), (0.5, 0.5), aggregation)

    assert (found.score, found.rank) == (None, None)
