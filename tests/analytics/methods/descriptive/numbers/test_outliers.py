"""Numbers that stand out."""

import numpy as np
import pytest

from analytics.methods.descriptive.numbers import (
    Rule,
    against_history,
    against_last_round,
    among_peers,
)


def rows(found):
    return [each.row for each in found.found]


def test_the_modified_z_of_numbers_with_a_median_of_2_45_and_a_mad_of_0_15():
    values = np.array([2.1, 2.6, 2.4, 2.5, 2.3, 2.1, 2.3, 2.6, 8.2, 8.3])
    found = among_peers(values)

    assert [(each.row, round(each.score, 1)) for each in found.found] == [(9, 26.3), (8, 25.9)]
    assert (found.judged, found.unjudged) == (10, 0)


def test_where_most_are_the_same_the_mean_deviation_takes_the_place_of_the_mad():
    found = among_peers(np.array([5.0, 5, 5, 5, 5, 5, 50]))

    assert rows(found) == [6]
    assert found.found[0].score == pytest.approx(45 / (45 / 7 / np.sqrt(2 / np.pi)))


def test_fences_count_in_distances_of_the_quartiles():
    found = among_peers(np.array([1.0, 2, 3, 4, 5, 20, -9]), rule=Rule.FENCES)

    assert [(each.row, each.value) for each in found.found] == [(5, 20.0), (6, -9.0)]
    assert found.found[0].score == pytest.approx((20 - 4.5) / 3)
    assert found.found[1].score == pytest.approx((-9 - 1.5) / 3)


def test_a_number_is_judged_among_its_own_group():
    values = np.array([1.0, 2, 3, 2, 1, 100, 101, 102, 99, 2])
    groups = ["small"] * 5 + ["great"] * 5

    assert rows(among_peers(values, groups)) == [9]
    assert 9 not in rows(among_peers(values))


@pytest.mark.parametrize("values", [[7.0] * 9, [1.0, 2, 3, 400], [np.nan] * 6, [], [5.0]], ids=str)
@pytest.mark.parametrize("rule", [Rule.MODIFIED_Z, Rule.FENCES])
def test_nothing_is_judged_without_peers_or_without_spread(values, rule):
    found = among_peers(np.array(values, dtype=float), rule=rule)

    assert (found.found, found.judged) == ((), 0)
    assert found.unjudged == int((~np.isnan(np.array(values, dtype=float))).sum())


def test_another_rule_is_refused():
    with pytest.raises(ValueError, match="last_round"):
        among_peers(np.ones(5), rule=Rule.LAST_ROUND)


def test_groups_of_another_length_are_refused():
    with pytest.raises(ValueError, match="1 groups beside 2 values"):
        among_peers(np.ones(2), ["a"])


def test_a_number_is_judged_by_the_units_own_past():
    earlier = np.array([[10.0, 12, 11, 10], [10, 12, 11, 10], [10, 12, np.nan, 10]])
    found = against_history(np.array([30.0, 12.0, 30.0]), earlier)

    assert (rows(found), found.judged, found.unjudged) == ([0], 2, 1)
    assert found.found[0].score == pytest.approx(0.6744897501960817 * 19.5 / 0.5)


def test_a_constant_past_judges_nothing():
    assert against_history(np.array([5.0]), np.array([[3.0] * 4])).unjudged == 1


def test_a_past_of_other_units_is_refused():
    with pytest.raises(ValueError, match="beside 1 values"):
        against_history(np.array([5.0]), np.ones((2, 4)))


def test_a_change_is_judged_by_the_changes_of_the_others():
    last = np.array([100.0, 200, 300, 400, 500, 600, 700, 800])
    now = last * np.array([1.0, 1.2, 1.1, 1.05, 1.15, 1.1, 10.0, 1.02])
    found = against_last_round(now, last)

    assert (rows(found), found.judged) == ([6], 8)


def test_a_fall_counts_as_much_as_a_rise():
    last = np.array([100.0] * 9)
    now = np.array([100.0, 101, 99, 102, 98, 100.0, 100, 400, 25])
    scores = {each.row: each.score for each in against_last_round(now, last, size=0.0).found}

    assert scores[8] == pytest.approx(-scores[7], rel=0.1)


def test_a_change_from_or_to_zero_is_not_judged():
    found = against_last_round(
        np.array([0.0, 1, 2, 3, 4, 5.5, np.nan]), np.array([1.0, 0, 2, 3, 4, 5, 6])
    )

    assert (found.judged, found.unjudged) == (0, 6)


def test_units_that_all_changed_alike_are_not_judged():
    found = against_last_round(np.full(6, 10.0), np.full(6, 10.0))

    assert (found.found, found.judged) == ((), 0)
