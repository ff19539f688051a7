"""Reading responses."""

from datetime import timedelta

import pytest

from surveys.campaigns.enums import RoundStatus
from surveys.organisations.enums import MembershipRole
from surveys.responses.queries import (
    SectionStatus,
    cell_history,
    last_change,
    my_assignments,
    task_list,
)
from surveys.responses.services import CellEdit
from tests.factories import UserFactory, member
from tests.surveys.campaigns.factories import NOW, AssignmentFactory, RoundFactory
from tests.surveys.responses.factories import draft, finished, open_assignment, save, seen

pytestmark = pytest.mark.django_db


def test_a_person_is_asked_what_their_agencies_are_asked():
    mine, _other = open_assignment(), open_assignment()
    person = member(mine.agency, MembershipRole.CONTRIBUTOR)

    assert list(my_assignments(person, at=NOW)) == [mine]


def test_a_planned_round_asks_nobody_yet():
    assignment = open_assignment()
    assignment.round.status = RoundStatus.PLANNED
    assignment.round.save()

    assert not my_assignments(member(assignment.agency), at=NOW).exists()


def test_what_is_open_comes_before_what_is_closed():
    open_one = open_assignment()
    closed = RoundFactory.create(
        status=RoundStatus.CLOSED, closes_at=NOW + timedelta(days=1), opens_at=NOW
    )
    old = AssignmentFactory.create(round=closed, agency=open_one.agency)

    assert list(my_assignments(member(open_one.agency), at=NOW)) == [open_one, old]


def test_the_task_list_of_what_was_not_started_has_every_section_untouched():
    tasks = task_list(open_assignment(), at=NOW)

    assert tasks.response is None
    assert [(task.section.name, task.status) for task in tasks.sections] == [
        ("people", SectionStatus.NOT_STARTED),
        ("contacts_page", SectionStatus.NOT_STARTED),
        ("budget_page", SectionStatus.NOT_STARTED),
    ]


def test_a_section_with_a_failing_check_has_problems():
    response = finished()
    save(response, "women", CellEdit("women", "11", seen("4")))

    people = task_list(response.assignment, at=NOW).sections[0]

    assert (people.status, people.hard) == (SectionStatus.PROBLEMS, 1)


def test_a_section_that_only_lacks_answers_is_in_progress():
    response = draft()
    save(response, "note", CellEdit("note", "bắt đầu"))

    assert task_list(response.assignment, at=NOW).sections[0].status == SectionStatus.IN_PROGRESS


def test_a_section_without_findings_is_complete():
    response = finished()

    assert task_list(response.assignment, at=NOW).sections[0].status == SectionStatus.COMPLETE


def test_the_history_of_a_cell_is_its_changes_newest_first():
    response, person = draft(), UserFactory.create()
    save(response, "1", CellEdit("staff", "4"))
    save(response, "2", CellEdit("note", "khác"))
    save(response, "3", CellEdit("staff", "5", seen("4")), actor=person)

    history = cell_history(response, "staff")

    assert [(c.number, c.old["value"], c.new["value"], c.actor) for c in history] == [
        (3, "4", "5", person),
        (1, None, "4", None),
    ]


def test_the_last_change_of_an_untouched_cell_is_none():
    assert last_change(draft(), "staff") is None
