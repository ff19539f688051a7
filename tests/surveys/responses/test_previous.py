"""What the same agency answered in the round before."""

from dataclasses import replace

import pytest

from surveys.engine import Group, Kind, Question
from surveys.responses.previous import PreviousAnswers
from surveys.responses.services import CellEdit, add_row
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import (
    DEFINITION,
    finished,
    open_assignment,
    save,
)
from tests.surveys.responses.rounds import followed, newer, signed

pytestmark = pytest.mark.django_db


def test_the_answers_of_the_round_before_come_from_its_signed_revision():
    assignment = followed(signed(finished()))

    answers = PreviousAnswers(assignment)

    assert answers["staff"] == "10"


def test_personal_data_does_not_come_from_the_round_before():
    response = finished()
    row = add_row(response, repeat="contacts", edit_id="add", actor=None, at=NOW).row
    save(
        response,
        "contact",
        CellEdit(f"contacts/{row}/contact_name", "An"),
        CellEdit(f"contacts/{row}/contact_age", "30"),
    )

    answers = PreviousAnswers(followed(signed(response)))

    assert answers["contacts"] == [{"_id": row, "contact_age": "30"}]


def test_what_was_not_signed_is_no_answer_of_the_round_before():
    assert dict(PreviousAnswers(followed(finished()))) == {}


def test_a_first_round_has_none_before():
    assert dict(PreviousAnswers(open_assignment())) == {}


def test_what_was_renamed_since_stands_under_its_new_name():
    response = signed(finished())
    people, *pages = DEFINITION.children
    assert isinstance(people, Group)
    renamed = Question(
        name="headcount", kind=Kind.INTEGER, label={"vi": "Số người"}, successor_of="staff"
    )
    version = newer(
        response, replace(DEFINITION, children=(replace(people, children=(renamed,)), *pages))
    )

    answers = PreviousAnswers(followed(response, version))

    assert answers["headcount"] == "10"
    assert "staff" not in answers


def test_nothing_is_read_until_it_is_asked_for(django_assert_num_queries):
    assignment = followed(signed(finished()))

    with django_assert_num_queries(0):
        answers = PreviousAnswers(assignment)
    with django_assert_num_queries(1):
        assert (answers["staff"], answers["women"]) == ("10", "4")


def test_another_revision_is_another_basis():
    assert PreviousAnswers(followed(signed(finished()))).basis
    assert PreviousAnswers(open_assignment()).basis == ""
