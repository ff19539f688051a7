"""Giving work, and what becomes of it."""

from datetime import timedelta

import pytest

from surveys.audit.enums import Event
from surveys.campaigns.deadlines import last_day
from surveys.campaigns.enums import AssignmentStatus, RoundStatus
from surveys.models import AuditEvent, Delegation
from surveys.organisations.enums import MembershipRole
from surveys.responses.delegation.refusals import (
    DelegationWithdrawn,
    DueDayUnfit,
    FormNotAtWork,
    NothingGiven,
    PartsGivenToOthers,
    PartUnknown,
    PersonOfAnotherAgency,
)
from surveys.responses.delegation.services import (
    Work,
    change_due_day,
    give,
    reopen,
    report_done,
    withdraw,
)
from tests.factories import member
from tests.surveys.campaigns.factories import NOW, TODAY
from tests.surveys.responses.delegation.factories import (
    IN_A_WEEK,
    contributor,
    coordinator,
    given,
)
from tests.surveys.responses.factories import open_assignment

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def assignment():
    return open_assignment()


@pytest.fixture
def bao(assignment):
    return contributor(assignment)


@pytest.fixture
def mai(assignment):
    return contributor(assignment, "Lò Thị Mai")


def test_several_parts_are_given_at_once(assignment, bao):
    delegation = given(assignment, bao, "people", "budget")

    assert (delegation.user, delegation.parts, delegation.due_on) == (
        bao,
        ["people", "budget"],
        IN_A_WEEK,
    )


def test_giving_is_recorded_once_with_what_and_to_whom(assignment, bao):
    delegation = given(assignment, bao, "people")

    event = AuditEvent.objects.get(kind=Event.DELEGATION_GIVEN)
    assert (event.subject_id, event.data["user"], event.data["parts"], event.data["due_on"]) == (
        str(delegation.pk),
        bao.pk,
        ["people"],
        IN_A_WEEK.isoformat(),
    )


def test_a_part_of_somebody_else_moves_only_when_that_is_said(assignment, bao, mai):
    given(assignment, bao, "people", "budget_page")

    with pytest.raises(PartsGivenToOthers) as refusal:
        given(assignment, mai, "people")

    assert refusal.value.details["parts"] == ["people"]


def test_a_moved_part_is_the_other_persons_and_the_rest_stays(assignment, bao, mai):
    first = given(assignment, bao, "people", "budget_page")

    second = given(assignment, mai, "people", moves=True)

    first.refresh_from_db()
    assert (first.parts, first.withdrawn_at, second.parts) == (["budget_page"], None, ["people"])


def test_a_delegation_that_loses_its_last_part_is_withdrawn(assignment, bao, mai):
    first = given(assignment, bao, "people")

    given(assignment, mai, "people", moves=True)

    first.refresh_from_db()
    assert first.withdrawn_at == NOW


def test_an_own_part_comes_into_the_new_delegation_without_asking(assignment, bao):
    given(assignment, bao, "people")

    given(assignment, bao, "people", "budget_page")

    active = Delegation.objects.active().filter(assignment=assignment)
    assert [each.parts for each in active] == [["people", "budget_page"]]


REFUSED = [
    # parts, days from today, the refusal
    ((), 7, NothingGiven),
    (("no_such",), 7, PartUnknown),
    (("planned",), 7, PartUnknown),
    (("men",), 7, PartUnknown),
    (("people",), -1, DueDayUnfit),
    (("people",), 400, DueDayUnfit),
]


@pytest.mark.parametrize(("parts", "days", "refusal"), REFUSED)
def test_work_that_does_not_fit_is_refused(assignment, bao, parts, days, refusal):
    work = Work(parts=parts, due_on=TODAY + timedelta(days=days))

    with pytest.raises(refusal):
        give(assignment, person=bao, work=work, actor=coordinator(assignment), at=NOW)

    assert not Delegation.objects.exists()


def test_the_last_day_of_the_form_is_the_latest(assignment, bao):
    work = Work(parts=("people",), due_on=last_day(assignment.due_at))

    delegation = give(assignment, person=bao, work=work, actor=coordinator(assignment), at=NOW)

    assert delegation.due_on == last_day(assignment.due_at)


@pytest.mark.parametrize("role", [MembershipRole.SIGNATORY])
def test_who_does_not_write_in_the_agency_gets_no_work(assignment, role):
    with pytest.raises(PersonOfAnotherAgency):
        given(assignment, member(assignment.agency, role), "people")


def test_people_of_another_agency_get_no_work(assignment):
    with pytest.raises(PersonOfAnotherAgency):
        given(assignment, contributor(open_assignment()), "people")


@pytest.mark.parametrize(
    "status", [AssignmentStatus.AWAITING_SIGNATURE, AssignmentStatus.SUBMITTED]
)
def test_nothing_is_given_while_the_answers_are_locked(assignment, bao, status):
    assignment.status = status
    assignment.save()

    with pytest.raises(FormNotAtWork):
        given(assignment, bao, "people")


def test_nothing_is_given_in_a_closed_round(assignment, bao):
    assignment.round.status = RoundStatus.CLOSED
    assignment.round.save()

    with pytest.raises(FormNotAtWork):
        given(assignment, bao, "people")


def test_the_last_day_of_work_can_be_changed(assignment, bao):
    delegation = given(assignment, bao, "people")

    change_due_day(delegation, due_on=TODAY, actor=bao, at=LATER)

    delegation.refresh_from_db()
    event = AuditEvent.objects.get(kind=Event.DELEGATION_CHANGED)
    assert (delegation.due_on, event.data["due_before"]) == (TODAY, IN_A_WEEK.isoformat())


def test_a_person_says_that_it_is_done_and_takes_it_back(assignment, bao):
    delegation = given(assignment, bao, "people")

    done = report_done(delegation, actor=bao, at=LATER).done_at
    again = report_done(delegation, actor=bao, at=LATER + timedelta(hours=1)).done_at
    reopened = reopen(delegation, actor=bao, at=LATER).done_at

    assert (done, again, reopened) == (LATER, LATER, None)
    kinds = AuditEvent.objects.filter(subject_id=delegation.pk).order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == [
        Event.DELEGATION_GIVEN,
        Event.DELEGATION_DONE,
        Event.DELEGATION_REOPENED,
    ]


ACTS = [withdraw, report_done, reopen]


@pytest.mark.parametrize("act", ACTS)
def test_what_was_withdrawn_is_over(assignment, bao, act):
    delegation = given(assignment, bao, "people")
    withdraw(delegation, actor=bao, at=LATER)

    with pytest.raises(DelegationWithdrawn):
        act(delegation, actor=bao, at=LATER)
