"""An order asked for."""

import pytest

from analytics.methods.descriptive import Answers, Design, Mode, ranked

CHOICES = ["a", "b", "c", "d"]
COLUMN = ["a b c d", "b a", "b c a d", None, "", "KAD"]


def test_mean_ranks_are_over_those_who_ranked_the_option():
    found = ranked(Answers(COLUMN), CHOICES)

    assert [(o.code, o.n, o.mean_rank) for o in found.options] == [
        ("a", 3, 2.0),
        ("b", 3, pytest.approx(4 / 3)),
        ("c", 2, 2.5),
        ("d", 2, 4.0),
    ]


def test_first_choices_and_the_top_three_are_shares_of_those_who_answered():
    found = ranked(Answers(COLUMN), CHOICES)

    assert [o.first.value for o in found.options] == [1 / 3, 2 / 3, 0.0, 0.0]
    assert [o.top_three.value for o in found.options] == [1.0, 1.0, 2 / 3, 0.0]


def test_borda_gives_nothing_to_what_was_left_out():
    found = ranked(Answers(COLUMN), CHOICES)

    assert [o.borda for o in found.options] == pytest.approx([6 / 9, 8 / 9, 3 / 9, 0.0])


def test_incomplete_orders_are_counted():
    found = ranked(Answers(COLUMN), CHOICES)

    assert (found.n, found.incomplete, found.base.blank) == (3, 1, 2)


def test_weights_are_those_of_respondents():
    found = ranked(Answers(["a b", "b a"], weights=[3, 1]), ["a", "b"])

    assert [o.first.value for o in found.options] == [0.75, 0.25]
    assert [o.mean_rank for o in found.options] == [1.25, 1.75]
    assert [o.borda for o in found.options] == [0.75, 0.25]


def test_a_name_given_twice_counts_where_it_stands_first():
    found = ranked(Answers(["a a b"]), ["a", "b"])

    assert [(o.n, o.mean_rank) for o in found.options] == [(1, 1.0), (1, 2.0)]


def test_tied_options_have_the_same_numbers():
    one, other = ranked(Answers(["a b", "b a"]), ["a", "b"]).options

    assert (one.mean_rank, one.borda) == (other.mean_rank, other.borda)


def test_nobody_ranked_anything():
    (option,) = ranked(Answers([None]), ["a"], design=Design(Mode.SAMPLE, 5)).options

    assert (option.n, option.mean_rank, option.first.value, option.borda) == (0, None, None, None)
