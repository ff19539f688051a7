"""More time, and refusals."""

from datetime import date, timedelta

import pytest

from surveys.audit.enums import Event
from surveys.campaigns import services
from surveys.campaigns.deadlines import end_of
from surveys.campaigns.enums import AssignmentStatus, Disposition, RoundStatus
from surveys.campaigns.services import Grounds
from surveys.models import AuditEvent, Extension, Refusal
from tests.factories import UserFactory
from tests.surveys.campaigns.factories import NOW, AssignmentFactory

pytestmark = pytest.mark.django_db

LATER = date(2026, 12, 10)
GROUNDS = Grounds("Bão số 12", "45/UBND-KGVX", date(2026, 11, 19))


@pytest.fixture
def assignment():
    return AssignmentFactory.create(round__status=RoundStatus.OPEN)


@pytest.fixture
def person():
    return UserFactory.create()


def ask(assignment, person, until=LATER, grounds=GROUNDS):
    return services.ask_extension(assignment, until=until, grounds=grounds, actor=person, at=NOW)


def test_a_wish_waits_and_moves_nothing(assignment, person):
    wish = ask(assignment, person)

    assignment.refresh_from_db()
    assert (wish.status, assignment.due_at) == ("asked", end_of(date(2026, 11, 30)))
    assert AuditEvent.objects.get().data["until"] == "2026-12-10"


def test_a_granted_wish_moves_the_agencys_own_deadline(assignment, person):
    other = AssignmentFactory.create(round=assignment.round)

    granted = services.grant_extension(ask(assignment, person), actor=person, at=NOW)

    assignment.refresh_from_db()
    other.refresh_from_db()
    assert granted.previous_due_at == end_of(date(2026, 11, 30))
    assert (assignment.due_at, other.due_at) == (end_of(LATER), end_of(date(2026, 11, 30)))


def test_another_day_than_the_one_asked_for_can_be_granted(assignment, person):
    services.grant_extension(ask(assignment, person), until=date(2026, 12, 3), actor=person, at=NOW)

    assignment.refresh_from_db()
    assert assignment.due_at == end_of(date(2026, 12, 3))


def test_a_denied_wish_says_why_and_moves_nothing(assignment, person):
    wish = ask(assignment, person)
    with pytest.raises(services.AgreementReasonMissing):
        services.deny_extension(wish, note=" ", actor=person, at=NOW)

    services.deny_extension(wish, note="Số liệu phải chốt trong tháng", actor=person, at=NOW)

    assignment.refresh_from_db()
    assert assignment.due_at == end_of(date(2026, 11, 30))
    assert [event.kind for event in AuditEvent.objects.order_by("pk")] == [
        Event.EXTENSION_ASKED,
        Event.EXTENSION_DENIED,
    ]


@pytest.mark.parametrize(
    "decide",
    [
        lambda wish, by: services.grant_extension(wish, actor=by, at=NOW),
        lambda wish, by: services.deny_extension(wish, note="Không", actor=by, at=NOW),
        lambda wish, by: services.withdraw_extension(wish, actor=by, at=NOW),
    ],
    ids=["granting", "denying", "withdrawing"],
)
def test_a_decided_wish_stays_decided(assignment, person, decide):
    wish = ask(assignment, person)
    services.withdraw_extension(wish, actor=person, at=NOW)

    with pytest.raises(services.ExtensionDecided):
        decide(wish, person)


def test_one_wish_at_a_time(assignment, person):
    ask(assignment, person)

    with pytest.raises(services.ExtensionAlreadyAsked):
        ask(assignment, person)


@pytest.mark.parametrize(
    ("changes", "until", "grounds", "refusal"),
    [
        ({}, date(2026, 11, 30), GROUNDS, services.ExtensionNotLater),
        ({}, LATER, Grounds("  "), services.AgreementReasonMissing),
        ({"round__status": RoundStatus.CLOSED}, LATER, GROUNDS, services.RoundNotRunning),
        ({"status": AssignmentStatus.SUBMITTED}, LATER, GROUNDS, services.NothingToExtend),
        ({"disposition": Disposition.REFUSED}, LATER, GROUNDS, services.NothingToExtend),
        ({"disposition": Disposition.INELIGIBLE}, LATER, GROUNDS, services.NothingToExtend),
    ],
)
def test_what_cannot_be_extended_is_refused(person, changes, until, grounds, refusal):
    asked = AssignmentFactory.create(**({"round__status": RoundStatus.OPEN} | changes))

    with pytest.raises(refusal):
        ask(asked, person, until=until, grounds=grounds)
    with pytest.raises(refusal):
        services.extend([asked], until=until, grounds=grounds, actor=person, at=NOW)

    assert not Extension.objects.exists()


def test_many_are_given_time_together_or_none(assignment, person):
    submitted = AssignmentFactory.create(
        round=assignment.round, status=AssignmentStatus.SUBMITTED, submitted_at=NOW
    )

    with pytest.raises(services.NothingToExtend):
        services.extend([assignment, submitted], until=LATER, grounds=GROUNDS, actor=person, at=NOW)

    assignment.refresh_from_db()
    assert assignment.due_at == end_of(date(2026, 11, 30))


def test_time_that_is_given_answers_the_wish_that_waits(assignment, person):
    wish = ask(assignment, person)

    services.extend([assignment], until=date(2026, 12, 5), grounds=GROUNDS, actor=person, at=NOW)

    wish.refresh_from_db()
    assert (wish.status, wish.until) == ("granted", date(2026, 12, 5))


def test_who_was_late_is_less_late_by_an_extension(assignment, person):
    assignment.status, assignment.late_days = AssignmentStatus.SUBMITTED, 5
    assignment.submitted_at = assignment.due_at + timedelta(days=4, hours=3)
    assignment.save()

    services.extend([assignment], until=date(2026, 12, 2), grounds=GROUNDS, actor=person, at=NOW)

    assignment.refresh_from_db()
    assert assignment.late_days == 3


def test_a_refusal_is_noted_and_withdrawn(assignment, person):
    refusal = services.record_refusal(assignment, grounds=GROUNDS, actor=person, at=NOW)
    assignment.refresh_from_db()
    assert assignment.disposition == Disposition.REFUSED

    services.withdraw_refusal(refusal, actor=person, at=NOW)

    assignment.refresh_from_db()
    assert assignment.disposition == Disposition.ASKED
    assert [event.kind for event in AuditEvent.objects.order_by("pk")] == [
        Event.REFUSAL_RECORDED,
        Event.REFUSAL_WITHDRAWN,
    ]


def test_nobody_refuses_twice_or_after_submitting(assignment, person):
    services.record_refusal(assignment, grounds=GROUNDS, actor=person, at=NOW)
    submitted = AssignmentFactory.create(
        round=assignment.round, status=AssignmentStatus.SUBMITTED, submitted_at=NOW
    )

    for each in (assignment, submitted):
        with pytest.raises(services.RefusalNotPossible):
            services.record_refusal(each, grounds=GROUNDS, actor=person, at=NOW)

    assert Refusal.objects.count() == 1
