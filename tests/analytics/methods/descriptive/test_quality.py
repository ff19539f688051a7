"""Signs of answers without care."""

import numpy as np
import pytest

from analytics.methods.descriptive.quality import duplicates, straight_lining, too_fast


def test_the_same_answer_to_every_item_is_a_straight_line():
    items: list[list[str | None]] = [
        ["1", "1", None, "KAD"],
        ["1", "2", "4", "4"],
        ["1", "2", "4", "4"],
        ["1", "2", "4", "4"],
    ]
    found = straight_lining(items, missing=["KAD"])

    assert (found.rows, found.judged, found.share) == ((0, 2, 3), 4, 0.75)
    assert found.longest == (4, 3, 3, 3)


def test_too_few_answers_are_no_line():
    found = straight_lining([["1", None], ["1", None], [None, None]])

    assert (found.rows, found.judged, found.share, found.longest) == ((), 0, None, (2, 0))


def test_no_items_and_no_rows():
    assert straight_lining([]).judged == 0
    assert straight_lining([[], [], []]).judged == 0


def test_columns_of_different_length_are_refused():
    with pytest.raises(ValueError, match="different lengths"):
        straight_lining([["1"], ["1", "2"]])


def test_rows_that_agree_in_everything_are_one_group():
    columns = {
        name: ["a", "b", "a", "c", "b", "a", None] for name in ("q1", "q2", "q3", "q4", "q5")
    }

    assert duplicates(columns) == ((0, 2, 5), (1, 4))


def test_short_answers_agree_by_chance():
    assert duplicates({"q1": ["a", "a"]}) == ()
    assert duplicates({"q1": ["a", "a"]}, least_answers=1) == ((0, 1),)


def test_who_needed_less_than_a_part_of_the_median_was_too_fast():
    assert too_fast(np.array([100.0, 39, 120, np.nan, 10, 90, 110])) == (4,)
    assert too_fast(np.array([100.0, 39, 120, np.nan, 10, 100, 110])) == (4, 1)


def test_nothing_was_measured():
    assert too_fast(np.array([np.nan])) == ()
    assert too_fast(np.array([])) == ()
