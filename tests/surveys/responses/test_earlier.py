"""The last values of a place, along the rounds."""

from dataclasses import replace

import pytest

from surveys.engine import Group, Question
from surveys.models import Response
from surveys.responses.earlier import earlier_values
from surveys.responses.services import CellEdit, start
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import draft, open_assignment, save
from tests.surveys.responses.rounds import CARRIED, followed, newer, signed, with_answers

pytestmark = pytest.mark.django_db


def rounds(first: str, *others: str) -> Response:
    """A signed response in the last of rounds with those answers."""
    response = signed(with_answers(draft(open_assignment(CARRIED)), posts=first))
    for each in others:
        response = signed(with_answers(draft(followed(response)), posts=each))
    return response


def test_up_to_four_rounds_are_told_the_oldest_first():
    last = rounds("1", "2", "3", "4", "5")

    found = earlier_values(followed(last), "posts")

    assert [each.value for each in found] == ["2", "3", "4", "5"]


def test_a_round_without_an_answer_is_told_as_one():
    first = signed(with_answers(draft(open_assignment(CARRIED)), posts="1"))
    unanswered = followed(first)
    unanswered_too = draft(unanswered)

    found = earlier_values(followed(unanswered_too), "posts")

    assert [each.value for each in found] == ["1", None]


def test_a_renamed_question_is_followed_back():
    last = rounds("1", "2")
    staffing, *others = CARRIED.children
    assert isinstance(staffing, Group)
    posts, *rest = staffing.children
    assert isinstance(posts, Question)
    renamed = replace(posts, name="posts_now", successor_of="posts")
    version = newer(
        last, replace(CARRIED, children=(replace(staffing, children=(renamed, *rest)), *others))
    )

    found = earlier_values(followed(last, version), "posts_now")

    assert [each.value for each in found] == ["1", "2"]


def test_personal_data_is_not_told():
    first = draft(open_assignment(CARRIED))
    save(first, "a", CellEdit("head_name", "An"), CellEdit("posts", "1"))

    assert [each.value for each in earlier_values(followed(signed(first)), "head_name")] == [None]


def test_a_first_round_has_no_earlier_values():
    assert earlier_values(open_assignment(CARRIED), "posts") == ()


def test_four_rounds_cost_no_more_queries_than_one(django_assert_max_num_queries):
    assignment = followed(rounds("1", "2", "3", "4"))

    with django_assert_max_num_queries(3):
        earlier_values(assignment, "posts")


def test_a_draft_of_a_round_in_between_is_no_value():
    first = rounds("1")
    following = followed(first)
    with_answers(start(following, actor=None, at=NOW), posts="9")

    assert [each.value for each in earlier_values(followed(following.response), "posts")] == [
        "1",
        None,
    ]
