"""Rounds are postponed, copied, cancelled, closed and reopened, each with its reason."""

from datetime import date, timedelta

import pytest

from surveys.audit.enums import Event
from surveys.campaigns import services
from surveys.campaigns.deadlines import end_of, start_of
from surveys.campaigns.enums import AssignmentStatus, Disposition, RoundStatus
from surveys.campaigns.services import Dates
from surveys.campaigns.workflow import RoundAlreadyClosed, RoundCancelled, RoundStillRunning
from surveys.models import Assignment, AuditEvent, LiveMessage, Round
from tests.surveys.campaigns.factories import NOW, TODAY, AssignmentFactory, RoundFactory

pytestmark = pytest.mark.django_db

OPEN, CLOSED = RoundStatus.OPEN, RoundStatus.CLOSED
LATER = end_of(date(2026, 12, 10))


def asked(round_, **kwargs):
    return AssignmentFactory.create(round=round_, **kwargs)


def due_of(assignment):
    return Assignment.objects.get(pk=assignment.pk).due_at


def postpone(round_, closes_at=LATER, *, opens_at=None, reason="Bão"):
    dates = Dates(opens_at or round_.opens_at, closes_at)
    return services.postpone_round(round_, dates, actor=None, at=NOW, reason=reason)


def test_a_planned_round_takes_other_dates_and_keeps_its_cut_off():
    round_ = RoundFactory.create()

    postpone(round_, opens_at=start_of(date(2026, 12, 1)))

    after = Round.objects.get(pk=round_.pk)
    assert (after.opens_at, after.closes_at) == (start_of(date(2026, 12, 1)), LATER)
    assert (after.reference_date, after.reason, after.status) == (TODAY, "Bão", "planned")


def test_deadlines_that_equal_the_rounds_follow_and_later_ones_stay():
    round_ = RoundFactory.create(status=OPEN)
    usual, sooner, later = (
        asked(round_),
        asked(round_, due_at=round_.closes_at + timedelta(days=2)),
        asked(round_, due_at=LATER + timedelta(days=5)),
    )

    number = postpone(round_)

    assert number == 2
    assert [due_of(each) for each in (usual, sooner, later)] == [
        LATER,
        LATER,
        LATER + timedelta(days=5),
    ]


def test_who_submitted_late_is_late_by_the_new_deadline_only():
    round_ = RoundFactory.create(status=OPEN)
    within = asked(round_, status="submitted", late_days=3, submitted_at=LATER - timedelta(days=1))
    beyond = asked(round_, status="submitted", late_days=12, submitted_at=LATER + timedelta(days=1))

    postpone(round_)

    late = dict(Assignment.objects.values_list("pk", "late_days"))
    assert (late[within.pk], late[beyond.pk]) == (0, 2)


def test_postponing_is_recorded_and_told():
    round_ = RoundFactory.create(status=OPEN)
    asked(round_)

    postpone(round_)

    event = AuditEvent.objects.get(kind=Event.ROUND_POSTPONED)
    said = {name: event.data[name] for name in ("from", "to", "reason", "agencies")}
    assert said == {"from": "2026-11-30", "to": "2026-12-10", "reason": "Bão", "agencies": 1}
    assert LiveMessage.objects.filter(topic=f"round:{round_.pk}").exists()


@pytest.mark.parametrize(
    ("status", "changes", "refusal"),
    [
        (OPEN, {"closes_at": end_of(date(2026, 11, 30))}, services.DeadlineNotLater),
        (OPEN, {"opens_at": NOW}, services.OpeningPassed),
        (OPEN, {"reason": "  "}, services.RoundReasonMissing),
        ("planned", {"closes_at": NOW}, services.DeadlineNotAhead),
        ("planned", {"opens_at": LATER}, services.RoundClosesBeforeOpening),
        (CLOSED, {}, RoundAlreadyClosed),
        ("cancelled", {}, RoundCancelled),
    ],
)
def test_dates_that_do_not_fit_are_refused(status, changes, refusal):
    round_ = RoundFactory.create(status=status)

    with pytest.raises(refusal):
        postpone(round_, **changes)


def test_closing_before_the_end_needs_a_reason():
    round_ = RoundFactory.create(status=OPEN, grace_days=3)

    with pytest.raises(services.RoundReasonMissing):
        services.close_round(round_, actor=None, at=round_.ends_at - timedelta(seconds=1))
    services.close_round(round_, actor=None, at=NOW, reason="Đã đủ")

    assert Round.objects.get().reason == "Đã đủ"


@pytest.mark.parametrize("reason", ["x" * 501, "a\0b"])
def test_a_reason_that_no_database_holds_is_refused(reason):
    round_ = RoundFactory.create(status=OPEN)

    with pytest.raises(services.RoundReasonUnfit):
        services.close_round(round_, actor=None, at=NOW, reason=reason)


def test_closing_counts_who_is_inside_and_is_not_before_the_last_of_them():
    round_ = RoundFactory.create(status=OPEN)
    last = round_.ends_at + timedelta(seconds=5)
    asked(round_, status="submitted", submitted_at=last)
    asked(round_)
    asked(round_, disposition=Disposition.REFUSED)

    services.close_round(round_, actor=None, at=round_.ends_at)

    event = AuditEvent.objects.get(kind=Event.ROUND_CLOSED)
    assert (event.data["submitted"], event.data["agencies"]) == (1, 3)
    assert Round.objects.get().closed_at == last


def test_a_cancelled_round_keeps_what_came_in():
    round_ = RoundFactory.create(status=OPEN)
    assignment = asked(round_, status="submitted")

    services.cancel_round(round_, actor=None, at=NOW, reason="Trùng")

    assert (round_.status, round_.reason) == (RoundStatus.CANCELLED, "Trùng")
    assert Assignment.objects.get() == assignment
    with pytest.raises(RoundCancelled):
        services.cancel_round(round_, actor=None, at=NOW, reason="Trùng")


def test_a_reopened_round_waits_for_who_owes_and_leaves_what_was_signed():
    round_ = RoundFactory.create(status=CLOSED, closed_at=NOW)
    owing = asked(round_, status=AssignmentStatus.RETURNED)
    signed = asked(round_, status=AssignmentStatus.SUBMITTED, late_days=2)

    number = services.reopen_round(round_, closes_at=LATER, actor=None, at=NOW, reason="Sửa số")

    assert (round_.status, round_.closed_at, number) == (OPEN, None, 1)
    assert (due_of(owing), due_of(signed)) == (LATER, round_.closes_at - timedelta(days=10))
    assert Assignment.objects.get(pk=signed.pk).late_days == 2


@pytest.mark.parametrize(
    ("status", "changes", "refusal"),
    [
        (CLOSED, {"reason": ""}, services.RoundReasonMissing),
        (CLOSED, {"closes_at": NOW}, services.DeadlineNotAhead),
        (OPEN, {}, RoundStillRunning),
        ("cancelled", {}, RoundCancelled),
    ],
)
def test_reopening_is_refused_where_it_cannot_be(status, changes, refusal):
    round_ = RoundFactory.create(status=status)
    given = {"closes_at": LATER, "reason": "Sửa số"} | changes

    with pytest.raises(refusal):
        services.reopen_round(round_, actor=None, at=NOW, **given)


def test_a_copy_follows_what_it_was_copied_from_and_gets_a_code_of_its_own():
    round_ = RoundFactory.create(campaign__code="nam", version_pinned=True, grace_days=4)
    dates = Dates(start_of(date(2027, 1, 1)), end_of(date(2027, 1, 31)))

    def copy():
        return services.copy_round(
            round_,
            dates,
            period="Năm 2027",
            reference_date=date(2026, 12, 31),
            actor=None,
            at=NOW,
        )

    first, second = copy(), copy()

    assert [first.code, second.code] == ["nam-nam-2027", "nam-nam-2027-2"]
    assert (first.previous, first.version, first.grace_days) == (round_, round_.version, 4)
    assert AuditEvent.objects.earliest("pk").data["copied_from"] == round_.code
