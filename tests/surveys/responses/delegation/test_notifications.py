"""What people are told of the work that was given to them."""

from datetime import timedelta

import pytest

from surveys.background.runner import run_pending
from surveys.inbox.words import sentence
from surveys.models import AuditEvent, Delegation, Notice
from surveys.organisations.services.invitations import accept_invitation
from surveys.responses.delegation.notifications import tell_of_due_work
from surveys.responses.delegation.services import (
    Guest,
    Work,
    change_due_day,
    give,
    give_to_address,
    report_done,
    withdraw,
)
from surveys.responses.services import CellEdit, SaveStatus
from tests.factories import PASSWORD
from tests.surveys.campaigns.factories import NOW, TODAY
from tests.surveys.responses.delegation.factories import (
    IN_A_WEEK,
    contributor,
    coordinator,
    given,
)
from tests.surveys.responses.factories import draft, open_assignment, save

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def assignment():
    return open_assignment()


@pytest.fixture
def bao(assignment):
    return contributor(assignment)


def notices() -> list[tuple[str, str]]:
    """The kinds and the names of their parts."""
    found = Notice.objects.order_by("pk")
    return [(each.kind, each.data["part"]["vi"]) for each in found]


def test_a_person_is_told_what_was_given(assignment, bao):
    given(assignment, bao, "budget_page", "staff")
    run_pending()

    notice = Notice.objects.get()
    assert (notice.user, notice.kind, notice.data["part"]["vi"]) == (
        bao,
        "part_given",
        "Số người; Kinh phí",
    )
    assert "27/11/2026" in sentence(notice.kind, notice.data)


def test_a_person_is_told_of_another_due_day(assignment, bao):
    delegation = given(assignment, bao, "staff")
    change_due_day(delegation, due_on=TODAY, actor=coordinator(assignment), at=NOW)
    run_pending()

    notice = Notice.objects.get(kind="part_changed")
    assert (notice.user, notice.data["due_on"]) == (bao, TODAY.isoformat())


def test_a_person_is_told_that_work_was_taken_back(assignment, bao):
    withdraw(given(assignment, bao, "staff"), actor=coordinator(assignment), at=NOW)
    run_pending()

    assert notices()[-1] == ("part_withdrawn", "Số người")


def test_a_person_is_told_which_part_was_given_to_somebody_else(assignment, bao):
    given(assignment, bao, "budget_page", "staff")
    run_pending()
    other, head = contributor(assignment), coordinator(assignment)
    work = Work(parts=("staff",), due_on=IN_A_WEEK, moves=True)
    give(assignment, person=other, work=work, actor=head, at=NOW)
    run_pending()

    told = Notice.objects.filter(user=bao).latest("pk")
    assert (told.kind, told.data["part"]["vi"]) == ("part_withdrawn", "Số người")


def test_who_gives_to_oneself_is_not_told(assignment):
    head = coordinator(assignment)
    give(assignment, person=head, work=Work(parts=("people",), due_on=TODAY), actor=head, at=NOW)
    run_pending()

    assert notices() == []


WHEN = [
    # days before the last day, kinds of notices
    (2, []),
    (1, ["part_due"]),
    (0, ["part_due"]),
    (-1, ["part_late"]),
]


@pytest.mark.parametrize(("before", "kinds"), WHEN)
def test_people_are_reminded_before_the_last_day_and_after_it(assignment, bao, before, kinds):
    given(assignment, bao, "people")

    tell_of_due_work(at=NOW + (IN_A_WEEK - TODAY) - before * DAY)

    assert [kind for kind, _part in notices()] == kinds


def test_a_reminder_comes_once_however_often_it_is_due(assignment, bao):
    given(assignment, bao, "people")
    at = NOW + (IN_A_WEEK - TODAY)

    assert [tell_of_due_work(at=at), tell_of_due_work(at=at)] == [1, 0]


def test_what_is_done_needs_no_reminder(assignment, bao):
    report_done(given(assignment, bao, "people"), actor=bao, at=NOW)

    assert tell_of_due_work(at=NOW + 9 * DAY) == 0


def test_reminding_costs_the_same_for_many_forms(bao, assignment, django_assert_max_num_queries):
    for each in [assignment, *(open_assignment(agency=assignment.agency) for _ in range(3))]:
        given(each, bao, "people")
    tell_of_due_work(at=NOW + 7 * DAY)

    with django_assert_max_num_queries(12):
        tell_of_due_work(at=NOW + 9 * DAY)


def test_an_invited_person_takes_the_work_over_and_edits_it():
    response = draft()
    assignment = response.assignment
    delegation = give_to_address(
        assignment,
        guest=Guest("Moi@coquan.vn", "Người Mới"),
        work=Work(parts=("people",), due_on=TODAY),
        actor=coordinator(assignment),
        at=NOW,
    )
    invitation = assignment.agency.invitations.get()

    person = accept_invitation(invitation, full_name="Người Mới", password=PASSWORD, at=NOW).user
    at_once = save(response, "1", CellEdit("note", "x"), actor=person)
    run_pending()

    delegation.refresh_from_db()
    assert (at_once.status, delegation.user, delegation.invited_email) == (
        SaveStatus.SAVED,
        person,
        "",
    )
    assert AuditEvent.objects.filter(kind="delegation.taken_over").count() == 1


def test_who_has_an_account_gets_the_work_at_once(assignment):
    known = contributor(open_assignment())

    delegation = give_to_address(
        assignment,
        guest=Guest(known.email),
        work=Work(parts=("people",), due_on=TODAY),
        actor=coordinator(assignment),
        at=NOW,
    )

    assert delegation.user == known


def test_work_waits_for_the_invited_person_and_is_nobody_elses(assignment, bao):
    response = draft(assignment)
    give_to_address(
        assignment,
        guest=Guest("moi@coquan.vn"),
        work=Work(parts=("people",), due_on=TODAY),
        actor=coordinator(assignment),
        at=NOW,
    )

    (refused,) = save(response, "1", CellEdit("note", "x"), actor=bao).refused

    assert "moi@coquan.vn" in refused.message
    assert Delegation.objects.get().who == "moi@coquan.vn"
