"""Totals of confidential answers that would tell of a single agency."""

import pytest

from analytics.results.models import RoundResult
from analytics.results.pages import result_page
from analytics.results.suppression import hidden_groups
from analytics.results.tasks import compute
from surveys.campaigns.enums import Anonymity, RoundStatus
from tests.varied import varied_round


@pytest.mark.parametrize(
    ("answered", "hidden"),
    [
        ({"a": 5, "b": 3}, set()),
        ({"a": 5, "b": 2, "c": 4}, {"b", "c"}),
        ({"a": 5, "b": 2, "c": 1, "d": 4}, {"b", "c"}),
        ({"a": 5, "b": 1}, {"a", "b"}),
        ({"a": 0, "b": 4}, set()),
        ({"a": 1}, {"a"}),
    ],
)
def test_what_is_hidden_together_is_not_small(answered, hidden):
    assert hidden_groups(answered) == hidden


@pytest.fixture
def page(db):
    """The result of a closed confidential round in which two of four agencies have signed."""
    round_ = varied_round()
    round_.campaign.anonymity = Anonymity.CONFIDENTIAL
    round_.status = RoundStatus.CLOSED
    compute(round_)
    return result_page(round_, RoundResult.objects.get(), "vi")


def test_a_total_of_two_answers_is_hidden(page):
    assert [row.is_hidden for row in page.rows] == [True] * 4


def test_no_type_tells_of_its_only_answer(page):
    assert {share.value for row in page.rows for share in row.by_type} == {None}


def test_nobody_is_named_as_missing_but_counted(page):
    assert [(row.missing, row.missing_count) for row in page.rows] == [
        ((), 2),
        ((), 1),
        ((), 1),
        ((), 2),
    ]


def test_totals_wait_for_the_closing(page):
    page.round.status = RoundStatus.OPEN

    assert page.is_withheld
