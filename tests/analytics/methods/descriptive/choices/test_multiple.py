"""Several answers at once."""

import numpy as np
import pytest

from analytics.methods.descriptive import Answers, Design, Method, Mode, multiple_response
from analytics.methods.descriptive.choices import indicators
from tests.analytics.methods.descriptive.intervals import interval_of

COLUMN = ["a b", "", "none", None, "KAD", "a none", "c c", "b"]


def made(**more):
    return multiple_response(Answers(COLUMN), ["a", "b", "none"], exclusive=["none"], **more)


def test_shares_of_respondents_may_sum_to_more_than_one():
    found = made()

    assert [(o.code, o.n, o.of_respondents.value) for o in found.options] == [
        ("a", 2, 2 / 6),
        ("b", 2, 2 / 6),
        ("none", 2, 2 / 6),
        ("c", 1, 1 / 6),
    ]


def test_shares_of_responses_sum_to_one_without_the_exclusive_option():
    found = made()

    assert found.responses == 5
    assert [o.of_responses for o in found.options] == [0.4, 0.4, None, 0.2]


def test_nothing_ticked_is_an_answer_and_blank_is_none():
    found = made()

    assert (found.n, found.unticked, found.base.blank, found.base.missing["KAD"]) == (6, 1, 1, 1)


def test_none_of_these_beside_an_option_is_a_contradiction():
    assert made().contradictory == 1


def test_what_is_no_choice_is_not_listed():
    assert [o.listed for o in made().options] == [True, True, True, False]


def test_a_sample_has_an_interval_for_each_option():
    methods = {
        interval_of(o.of_respondents).method for o in made(design=Design(Mode.SAMPLE, 34)).options
    }

    assert methods == {Method.WILSON_FPC}


def test_weights_are_those_of_respondents():
    found = multiple_response(Answers(["a b", "a", ""], weights=[1, 2, 1]), ["a", "b"])

    assert [o.of_respondents.value for o in found.options] == [0.75, 0.25]
    assert [o.of_responses for o in found.options] == [0.75, 0.25]


def test_nobody_answered():
    found = multiple_response(Answers([None, None]), ["a"])

    assert (found.n, found.unticked, found.options[0].of_respondents.value) == (0, 0, None)
    assert found.options[0].of_responses is None


def test_no_rows_at_all():
    assert multiple_response(Answers([]), ["a"]).n == 0


def test_nobody_ticked_anything():
    found = multiple_response(Answers(["", ""]), ["a"])

    assert (found.unticked, found.options[0].of_respondents.value) == (2, 0.0)
    assert found.options[0].of_responses is None


def test_many_rows_are_counted_as_one_by_one():
    rng = np.random.default_rng(7)
    ticked = rng.random((2_000, 12)) < 0.3
    codes = np.array(list("abcdefghijkl"))
    column = [" ".join(codes[row]) for row in ticked]
    found = multiple_response(Answers(column), list(codes))

    assert [o.n for o in found.options] == ticked.sum(axis=0).tolist()
    assert found.unticked == int((~ticked.any(axis=1)).sum())
    assert (indicators(column, list(codes)) == ticked).all()


def test_the_table_of_ticks_is_empty_where_the_answer_is_blank():
    assert indicators(["b", None, ""], ["a", "b"]) == pytest.approx(
        np.array([[0, 1], [np.nan, np.nan], [0, 0]]), nan_ok=True
    )
