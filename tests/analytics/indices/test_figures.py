"""How scores are written."""

import pytest

from analytics.indices.figures import decimals
from analytics.indices.pages import level_words
from analytics.indices.ranking.standings import Standing
from analytics.indices.ranking.table import scale_of


def standing(score):
    """A unit with the score and nothing else."""
    return Standing(
        pk=1,
        position=1,
        key="u",
        vietnamese_name="",
        english_name="",
        type="",
        block="",
        score=score,
        level=None,
        rank=1,
        rank_label="1",
        rank_low=None,
        rank_high=None,
        agency_id=None,
    )


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 1, 4),
        (0, 0.05, 4),
        (-1, 1, 4),
        (1, 5, 2),
        (0, 10, 2),
        (0, 100, 1),
        (0, 320, 0),
        (0, 1000, 0),
    ],
)
def test_decimals_follow_from_what_a_score_can_be(low, high, expected):
    assert decimals(low, high) == expected


def test_a_score_that_can_only_be_nought_has_decimals_too():
    assert decimals(0, 0) > 0


@pytest.mark.parametrize(
    ("level", "names", "expected"),
    [
        (None, {}, ""),
        (3, {}, "3"),
        (5, {5: "Dẫn dắt"}, "5 · Dẫn dắt"),
        (4, {4: "Mức 4"}, "Mức 4"),
        (1, {1: "Mức 10"}, "1 · Mức 10"),
    ],
)
def test_a_level_is_told_by_number_and_name(level, names, expected):
    assert level_words(level, names) == expected


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((0.332, 0.905), (0.3, 1.0, 1)),
        ((8, 312), (0, 400, 0)),
        ((41.2, 63.9), (40, 70, 0)),
        ((), (0, 1, 1)),
    ],
)
def test_a_strip_ends_at_round_figures(scores, expected):
    found = scale_of([standing(each) for each in scores], {})

    assert (found.low, found.high, found.digits) == expected
