"""From children to a score; each against the formula by hand."""

import numpy as np
import pytest

from analytics.definitions import Reason
from analytics.definitions.specs import Aggregation, Step
from analytics.definitions.vocabulary import AggregationMethod
from analytics.methods.index import aggregate, copeland, reason_of

NAN = np.nan
WEIGHTS = np.array([1.0, 3.0])


def scored(method, rows, weights=WEIGHTS, **more):
    spec = Aggregation(method=AggregationMethod(method), **more)
    values, why = aggregate(np.array(rows, dtype=float), np.asarray(weights, dtype=float), spec)
    return values.tolist(), [reason_of(int(code)) for code in why]


def score(method, row, weights=WEIGHTS, **more):
    (value,), _ = scored(method, [row], weights, **more)
    return value


def reason(method, row, weights=WEIGHTS, **more):
    (value,), (why,) = scored(method, [row], weights, **more)
    assert np.isnan(value)
    return why


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("arithmetic", (2 + 3 * 8) / 4),
        ("geometric", (2 * 8**3) ** 0.25),
        ("harmonic", 4 / (1 / 2 + 3 / 8)),
        ("sum", 2 + 3 * 8),
        ("minimum", 2),
    ],
)
def test_each_mean_is_its_formula(method, expected):
    assert score(method, [2, 8]) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("power", [-2.0, -0.5, 0.5, 2.0, 3.0])
def test_the_generalised_mean_is_its_formula(power):
    expected = ((2**power + 3 * 8**power) / 4) ** (1 / power)

    assert score("power", [2, 8], power=power) == pytest.approx(expected, rel=1e-14)


def test_the_generalised_mean_of_one_is_the_arithmetic_one_also_below_zero():
    assert score("power", [-2, 8], power=1.0) == score("arithmetic", [-2, 8])


@pytest.mark.parametrize("method", ["arithmetic", "geometric", "harmonic", "power", "minimum"])
def test_a_gap_leaves_the_others_their_say(method):
    assert score(method, [NAN, 8], power=2.0) == pytest.approx(8)


@pytest.mark.parametrize("method", list(AggregationMethod))
def test_nothing_at_all_has_a_reason(method):
    assert reason(method, [NAN, NAN]) is Reason.NO_DATA


def test_a_zero_in_a_geometric_mean_has_its_own_reason():
    values, why = scored("geometric", [[0, 8], [1, 8], [-1, 8]])

    assert np.isnan(values).tolist() == [True, False, True]
    assert why == [Reason.ZERO_IN_GEOMETRIC, None, Reason.ZERO_IN_GEOMETRIC]


def test_a_zero_that_weighs_nothing_stops_no_geometric_mean():
    assert score("geometric", [0, 8], [0, 1]) == pytest.approx(8)


@pytest.mark.parametrize(
    ("row", "why"), [([0, 8], Reason.ZERO_IN_HARMONIC), ([-1, 8], Reason.NEGATIVE_IN_HARMONIC)]
)
def test_a_harmonic_mean_takes_no_zero_and_nothing_below(row, why):
    assert reason("harmonic", row) is why


def test_a_power_takes_nothing_below_zero():
    assert reason("power", [-1, 8], power=2.0) is Reason.NEGATIVE_IN_POWER
    assert reason("power", [0, 8], power=-1.0) is Reason.ZERO_IN_HARMONIC
    assert score("power", [0, 8], power=2.0) == pytest.approx((3 * 64 / 4) ** 0.5)


def test_all_weights_zero_give_no_score():
    assert reason("arithmetic", [1, 2], [0, 0]) is Reason.NO_DATA


def test_copeland_counts_wins_less_losses():
    # A beats B on 3 of 4 weights, C on all; B beats C.
    assert scored("copeland", [[1, 9], [2, 5], [0, 1]])[0] == [2, 0, -2]


def test_copeland_ties_on_one_half():
    assert scored("copeland", [[1, 0], [0, 1]], [1, 1])[0] == [0, 0]


def test_copeland_compares_on_what_both_have_whatever_the_order_of_rows():
    rows = np.array([[1.0, NAN, 3.0], [2, 5, NAN], [NAN, 9, 1], [0, NAN, NAN]])
    weights = np.array([1.0, 2, 3])
    scores = copeland(rows, weights)

    # A-B on the first: B. A-C on the third: A. A-D: A. B-C on the second: C. B-D: B. C-D: nothing.
    assert scores.tolist() == [1, 1, 0, -2]
    assert copeland(rows[::-1], weights).tolist() == scores[::-1].tolist()


def test_copeland_takes_figures_that_print_the_same_for_equal():
    assert scored("copeland", [[0.1 + 0.2], [0.3]], [1])[0] == [0, 0]


def test_copeland_over_more_units_than_one_block_of_rows():
    values = np.arange(600.0)[:, None]

    assert copeland(values, np.ones(1)).tolist() == [2 * each - 599 for each in range(600)]


def test_ranks_are_averaged_from_the_least_up():
    rows = [[1, 5], [2, 5], [3, 9]]

    assert scored("mean_rank", rows, [1, 1])[0] == [1, 1.5, 3]
    assert scored("mean_rank", rows, [1, 3])[0] == [1, 1.25, 3]


def test_the_median_rank_passes_over_gaps():
    rows = [[1, 5, NAN], [2, NAN, NAN], [3, 9, 1]]

    assert scored("median_rank", rows, [1, 1, 1])[0] == [1, 2, 2]


def test_a_conjunctive_rule_gives_the_highest_step_that_holds():
    steps = (
        Step(value=1, threshold=10, count=2),
        Step(value=2, threshold=20),
        Step(value=3, threshold=30, count=1),
    )
    rows = [[10, 10, 0], [20, 20, 20], [30, 0, 0], [9, 9, 10], [NAN, 10, 10]]

    assert scored("conjunctive", rows, [1, 1, 1], steps=steps)[0] == [1, 2, 3, 0, 1]


def test_a_missing_child_cannot_have_reached_a_step_for_all():
    assert score("conjunctive", [NAN, 9], steps=(Step(value=1, threshold=1),)) == 0


@pytest.mark.parametrize("method", ["harmonic", "power"])
def test_the_smallest_figures_overflow_no_mean(method):
    assert score(method, [1e-310, 1e-310], power=-1.0) == pytest.approx(1e-310)
