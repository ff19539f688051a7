import pytest

from analytics.definitions.reasons import Reason
from analytics.methods.trends.transitions import (
    Movement,
    Standing,
    level_transitions,
    rank_changes,
)

LEVELS = ("1", "2", "3")


def test_moves_are_counted_from_row_to_column():
    found = level_transitions(
        {"a": "1", "b": "2", "c": "3", "d": "2"}, {"a": "2", "b": "2", "c": "2", "d": "3"}, LEVELS
    )

    assert found.counts == ((0, 1, 0), (0, 1, 1), (0, 1, 0))
    assert (found.risen, found.fallen, found.stayed) == (2, 1, 1)


def test_shares_are_of_the_units_that_began_there():
    found = level_transitions({"a": "1", "b": "1"}, {"a": "1", "b": "3"}, LEVELS)

    assert found.shares == ((0.5, 0.0, 0.5), (None, None, None), (None, None, None))


def test_units_of_one_round_only_are_named():
    found = level_transitions(
        {"a": "1", "b": "2", "d": None}, {"a": "1", "b": None, "c": "3"}, LEVELS
    )

    assert (found.only_before, found.only_after) == (("b",), ("c",))


def test_no_units_at_all_make_an_empty_matrix():
    assert level_transitions({}, {}, LEVELS).counts == ((0, 0, 0),) * 3


def test_an_unknown_level_is_refused():
    with pytest.raises(ValueError, match="Not a level: 9"):
        level_transitions({"a": "9"}, {}, LEVELS)


def test_a_level_that_stands_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        level_transitions({}, {}, ("1", "1"))


@pytest.mark.parametrize(
    ("before", "after", "places", "movement"),
    [
        (Standing(9, 8, 10), Standing(3, 2, 4), 6, Movement.ROSE),
        (Standing(3, 2, 4), Standing(9, 8, 10), -6, Movement.FELL),
        (Standing(9, 4, 10), Standing(3, 2, 4), 6, Movement.UNCERTAIN),
        (Standing(3, 1, 4), Standing(3, 9, 9), 0, Movement.SAME),
        (Standing(9), Standing(3, 2, 4), 6, Movement.UNCERTAIN),
    ],
)
def test_a_rank_moved_when_its_intervals_lie_apart(before, after, places, movement):
    (change,) = rank_changes({"a": before}, {"a": after})

    assert (change.places, change.movement) == (places, movement)


def test_a_unit_without_two_ranks_is_named_with_its_reason():
    changes = rank_changes({"a": Standing(1), "b": None, "c": None}, {"b": Standing(1), "c": None})

    assert [(each.unit, each.reason) for each in changes] == [
        ("b", Reason.ONE_ROUND_ONLY),
        ("c", Reason.NOT_RANKED),
        ("a", Reason.ONE_ROUND_ONLY),
    ]
