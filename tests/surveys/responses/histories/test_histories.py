"""Every acknowledged edit is in the final document, or its author was told."""

import os

import pytest
import time_machine
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from surveys.organisations.enums import MembershipRole
from tests.factories import member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import draft, open_assignment
from tests.surveys.responses.histories.editor import Editor
from tests.surveys.responses.histories.machine import Draft
from tests.surveys.responses.histories.questionnaire import DEFINITION

pytestmark = pytest.mark.django_db

HISTORIES = int(os.environ.get("HISTORIES", "25"))
"""``HISTORIES=1000`` is what the reach asks for; it takes some minutes."""


def test_no_acknowledged_edit_is_lost_in_any_history():
    with time_machine.travel(NOW, tick=False):
        run_state_machine_as_test(
            Draft,
            settings=settings(
                max_examples=HISTORIES,
                stateful_step_count=40,
                deadline=None,
                # Shrinking a history takes minutes; the seed that is printed finds it again.
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )


def test_an_edit_behind_a_repeated_one_meets_what_a_colleague_wrote_between():
    response = draft(open_assignment(DEFINITION))
    people = [member(response.assignment.agency, MembershipRole.CONTRIBUTOR) for _ in range(2)]
    with time_machine.travel(NOW, tick=False):
        first, second = (Editor(person, response) for person in people)
        first.type("q0", "1")
        first.send(loses_answer=True)
        second.load()
        second.type("q0", "2")
        second.send()
        first.type("q0", "3")
        first.send()

    response.refresh_from_db()
    assert (response.answers["q0"], [edit.value for edit in first.told]) == ("2", ["3"])


def test_choices_ticked_behind_others_take_nothing_away_that_a_colleague_ticked_between():
    response = draft(open_assignment(DEFINITION))
    people = [member(response.assignment.agency, MembershipRole.CONTRIBUTOR) for _ in range(2)]
    with time_machine.travel(NOW, tick=False):
        first, second = (Editor(person, response) for person in people)
        second.type("q3", ["security"])
        second.send()
        first.type("q3", ["data"])
        first.send(loses_answer=True)
        first.type("q3", ["data", "cloud"])
        first.send()

    response.refresh_from_db()
    assert set(response.answers["q3"]) == {"security", "data", "cloud"}
