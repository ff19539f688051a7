"""Strengths and weaknesses, and how much of the peers is shown."""

import pytest

from analytics.reports.marks import apart, marks_of
from analytics.reports.sight import Sight

TEN = [0.0, 0.1, 0.2, 0.3, 0.45, 0.55, 0.7, 0.8, 0.9, 1.0]


def leaves(*shares, of=34, **more):
    """Indicators at which these shares of the peers stand lower."""
    return {
        f"i{place}": {
            "peers": {"rank": round((1 - share) * (of - 1)) + 1, "of": of, "percentile": share},
            **more,
        }
        for place, share in enumerate(shares)
    }


def codes(marks):
    return [each.code for each in marks.strengths], [each.code for each in marks.weaknesses]


def test_the_highest_are_strengths_and_the_lowest_weaknesses():
    assert codes(marks_of(leaves(*TEN), fewest=5)) == (["i9", "i8", "i7"], ["i0", "i1", "i2"])


def test_ties_at_the_edge_are_all_strengths():
    found = marks_of(leaves(0.1, 0.6, 0.8, 0.8, 0.8, 0.9), fewest=5)

    assert codes(found)[0] == ["i5", "i2", "i3", "i4"]


def test_nothing_below_the_half_is_a_strength_and_nothing_above_it_a_weakness():
    assert codes(marks_of(leaves(0.1, 0.2, 0.3), fewest=5)) == ([], ["i0", "i1", "i2"])
    assert codes(marks_of(leaves(0.6, 0.7, 0.8), fewest=5)) == (["i2", "i1", "i0"], [])


def test_one_of_the_first_three_is_a_strength_in_any_case():
    shares = [1.0] * 12 + [0.95, 0.1]

    assert "i12" in codes(marks_of(leaves(*shares), fewest=5))[0]


def test_what_was_filled_in_is_neither():
    assert codes(marks_of(leaves(*TEN, imputed="median"), fewest=5)) == ([], [])


def test_few_peers_tell_nothing():
    assert codes(marks_of(leaves(*TEN, of=4), fewest=5)) == ([], [])


def test_pillars_are_named_by_their_distance_from_the_median():
    differences = {"a": 3.0, "b": -1.0, "c": 5.0, "d": None, "e": 4.0, "f": 0.0}

    assert apart(differences) == (["c", "e"], ["b"])


def test_a_second_pillar_is_named_only_if_it_is_half_as_far_away():
    assert apart({"a": 7.5, "b": 2.1, "c": -1.0, "d": -0.5}) == (["a"], ["c", "d"])


def test_a_tie_with_most_of_the_peers_is_neither():
    tied = {"i": {"peers": {"rank": 1, "of": 34, "percentile": 0.0}}}

    assert codes(marks_of(tied, fewest=5)) == ([], [])


@pytest.mark.parametrize(
    ("number", "protects", "shown"),
    [
        (4, False, (None, None, None)),
        (5, False, (1.0, 2.0, 3.0)),
        (9, True, (None, None, None)),
        (10, True, (None, 2.0, None)),
        (19, True, (None, 2.0, None)),
        (20, True, (1.0, 2.0, 3.0)),
    ],
)
def test_no_quantile_is_shown_over_too_few(number, protects, shown):
    found = Sight(minimum=5, protects=protects).shown([number, 1.0, 2.0, 3.0])

    assert (found.low, found.median, found.high) == shown
