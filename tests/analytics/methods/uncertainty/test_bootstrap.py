import numpy as np
import pytest

from analytics.definitions.reasons import Reason
from analytics.methods.uncertainty.bootstrap import Respondents, bootstrap_units, weighted_scoring

NAN = float("nan")


def respondents(unit, answers, *, weights=None, strata=None):
    n = len(unit)
    return Respondents(
        unit=np.array(unit),
        answers=np.array(answers, dtype=float).reshape(n, -1),
        weights=np.ones(n) if weights is None else np.array(weights, dtype=float),
        strata=np.zeros(n, dtype=int) if strata is None else np.array(strata),
    )


def test_the_error_of_a_mean_is_that_of_the_formula():
    answers = np.random.default_rng(1).normal(50, 10, 40)
    people = respondents([0] * 40, answers)

    (found,) = bootstrap_units(
        people, units=1, scoring=weighted_scoring([1]), resamples=4000, seed=2
    )

    assert found.score == pytest.approx(answers.mean())
    assert found.standard_error == pytest.approx(answers.std(ddof=1) / 40**0.5, rel=0.05)


def test_the_error_of_small_strata_is_not_too_small():
    # Two strata of two: the plain bootstrap would have half of this variance.
    people = respondents([0] * 4, [0, 10, 100, 110], strata=[0, 0, 1, 1])

    (found,) = bootstrap_units(
        people, units=1, scoring=weighted_scoring([1]), resamples=4000, seed=3
    )

    # Var of the mean of two strata of equal size: (50 / 2 + 50 / 2) / 4.
    assert found.standard_error == pytest.approx(12.5**0.5, rel=0.05)


def test_strata_of_different_sizes_keep_their_weights():
    # One of two of the first stratum is drawn, two of three of the second: with its factor each
    # still counts for its whole stratum.
    people = respondents([0] * 5, [0, 0, 10, 10, 10], strata=[0, 0, 1, 1, 1])

    (found,) = bootstrap_units(people, units=1, scoring=weighted_scoring([1]), resamples=50)

    assert (found.low, found.high) == pytest.approx((6, 6))


def test_weights_count_in_the_score():
    people = respondents([0, 0], [0, 10], weights=[1, 3])

    assert (
        bootstrap_units(people, units=1, scoring=weighted_scoring([1]), resamples=5)[0].score == 7.5
    )


def test_ranks_of_two_units_far_apart_are_sure():
    people = respondents([0, 0, 1, 1], [10, 12, 90, 95])

    low, high = bootstrap_units(people, units=2, scoring=weighted_scoring([1]), resamples=50)

    assert (low.rank, low.rank_low, low.rank_high) == (2, 2, 2)
    assert (high.rank, high.rank_low, high.rank_high) == (1, 1, 1)


def test_several_indicators_are_scored_together():
    people = respondents([0, 0], [[0, 4], [2, NAN]])

    (found,) = bootstrap_units(people, units=1, scoring=weighted_scoring([1, 3]), resamples=5)

    assert found.score == 0.25 * 1 + 0.75 * 4


def test_a_unit_without_respondents_has_a_reason():
    found = bootstrap_units(
        respondents([0, 0], [1, 2]), units=2, scoring=weighted_scoring([1]), resamples=5
    )

    assert (found[1].score, found[1].reason, found[1].respondents) == (None, Reason.NO_DATA, 0)


def test_a_single_respondent_is_never_redrawn_and_counted():
    (found,) = bootstrap_units(
        respondents([0], [7]), units=1, scoring=weighted_scoring([1]), resamples=5
    )

    assert (found.low, found.high, found.single) == (7.0, 7.0, 1)


def test_weights_of_zero_leave_no_score():
    (found,) = bootstrap_units(
        respondents([0, 0], [1, 2], weights=[0, 0]),
        units=1,
        scoring=weighted_scoring([1]),
        resamples=5,
    )

    assert found.reason is Reason.NO_DATA


def test_the_same_seed_gives_the_same_bits_and_more_resamples_begin_with_them():
    people = respondents([0] * 6 + [1] * 6, np.arange(12.0))
    seen = []

    def scoring(means):
        seen.append(means[:, 0].tolist())
        return means[:, 0]

    bootstrap_units(people, units=2, scoring=scoring, resamples=4, seed=9)
    first, seen[:] = list(seen), []
    bootstrap_units(people, units=2, scoring=scoring, resamples=6, seed=9)

    assert seen[:5] == first


@pytest.mark.parametrize(
    ("people", "message"),
    [
        (respondents([0], [1], weights=[-1]), "negative weight"),
        (respondents([3], [1]), "unit that is not there"),
    ],
)
def test_impossible_respondents_are_refused(people, message):
    with pytest.raises(ValueError, match=message):
        bootstrap_units(people, units=1, scoring=weighted_scoring([1]))
