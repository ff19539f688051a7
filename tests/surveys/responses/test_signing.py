"""From the finished draft to the signature, and back with a reason."""

from datetime import timedelta
from typing import Any

import pytest

from surveys.audit.enums import Event
from surveys.campaigns.enums import AssignmentStatus, Disposition, RoundStatus
from surveys.models import Assignment, AuditEvent, ResponseRevision
from surveys.responses.enums import RevisionKind
from surveys.responses.services import (
    AlreadySigned,
    Authority,
    CellEdit,
    ChangedSinceSeen,
    NoLongerAsked,
    ReasonRequired,
    RoundEnded,
    UnresolvedChecks,
    return_to_draft,
    send_for_signature,
    sign,
)
from surveys.responses.workflow import TransitionNotAllowed
from tests.factories import UserFactory, member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import draft, finished, save, seen

pytestmark = pytest.mark.django_db

NOBODY_NOW: dict[str, Any] = {"actor": None, "at": NOW}


@pytest.fixture
def response():
    """A draft that passes its checks."""
    return finished()


@pytest.fixture
def sent(response):
    """A response that awaits a signature."""
    send_for_signature(response, **NOBODY_NOW)
    return response


def status_of(response):
    """Where its assignment stands now."""
    response.assignment.refresh_from_db()
    return response.assignment.status


def events(kind):
    """How often it was recorded."""
    return AuditEvent.objects.filter(kind=kind).count()


def test_sending_freezes_a_revision_and_awaits_the_signature(response):
    revision = send_for_signature(response, **NOBODY_NOW)

    assert (revision.kind, revision.receipt) == (RevisionKind.SENT, None)
    assert status_of(response) == AssignmentStatus.AWAITING_SIGNATURE
    assert events(Event.RESPONSE_SENT) == 1


def test_sending_is_refused_while_a_required_answer_is_missing():
    response = draft()

    with pytest.raises(UnresolvedChecks) as refusal:
        send_for_signature(response, **NOBODY_NOW)

    assert [(p.code, p.path) for p in refusal.value.problems] == [("required_missing", "staff")]


def test_sending_is_refused_while_a_hard_check_fails(response):
    save(response, "women", CellEdit("women", "11", seen("4")))

    with pytest.raises(UnresolvedChecks) as refusal:
        send_for_signature(response, **NOBODY_NOW)

    assert "women" in {problem.path for problem in refusal.value.problems}
    assert status_of(response) == AssignmentStatus.DRAFT


def test_sending_is_refused_while_a_text_cannot_be_read(response):
    save(response, "typed", CellEdit("budget/oda/planned", "nhiều", seen("12.5")))

    with pytest.raises(UnresolvedChecks):
        send_for_signature(response, **NOBODY_NOW)


def test_sending_is_refused_while_a_soft_check_is_not_explained(response):
    save(response, "women", CellEdit("women", "6", seen("4")))

    with pytest.raises(UnresolvedChecks) as refusal:
        send_for_signature(response, **NOBODY_NOW)

    assert [problem.path for problem in refusal.value.problems] == ["women"]


def test_an_explained_soft_check_lets_it_through(response):
    save(response, "women", CellEdit("women", "6", seen("4"), explanation="Đặc thù đơn vị"))

    send_for_signature(response, **NOBODY_NOW)

    assert status_of(response) == AssignmentStatus.AWAITING_SIGNATURE


def test_signing_submits_with_a_receipt_number(sent):
    revision = sign(
        sent,
        actor=member(sent.assignment.agency, "signatory"),
        at=NOW,
        authority=Authority(signs_as="KT. CHỦ TỊCH"),
    )

    assert revision.receipt == f"KS-2026-{revision.pk:06d}"
    assert (revision.kind, revision.signs_as) == (RevisionKind.SIGNED, "KT. CHỦ TỊCH")
    assert status_of(sent) == AssignmentStatus.SUBMITTED
    assert (sent.assignment.submitted_at, sent.assignment.late_days) == (NOW, 0)


def test_the_signature_is_under_what_was_sent(sent):
    revision = sign(sent, **NOBODY_NOW)

    assert revision.sha256 == ResponseRevision.objects.get(kind=RevisionKind.SENT).sha256


def test_only_what_was_shown_is_signed(sent):
    with pytest.raises(ChangedSinceSeen):
        sign(sent, **NOBODY_NOW, shown="0" * 64)

    shown = sent.revisions.get(kind=RevisionKind.SENT).sha256
    assert sign(sent, **NOBODY_NOW, shown=shown).receipt


def test_signing_is_recorded_with_hash_and_receipt(sent):
    revision = sign(sent, **NOBODY_NOW)

    data = AuditEvent.objects.get(kind=Event.RESPONSE_SIGNED).data
    assert (data["sha256"], data["receipt"]) == (revision.sha256, revision.receipt)


def test_signing_after_the_deadline_counts_the_begun_days(sent):
    at = sent.assignment.due_at + timedelta(days=1, hours=1)

    sign(sent, actor=None, at=at)

    assert status_of(sent) == AssignmentStatus.SUBMITTED
    assert sent.assignment.late_days == 2


def test_a_second_signature_is_refused_naming_the_receipt(sent):
    revision = sign(sent, **NOBODY_NOW)

    with pytest.raises(AlreadySigned) as refusal:
        sign(sent, **NOBODY_NOW)

    assert str(revision.receipt) in str(refusal.value)
    assert (ResponseRevision.objects.count(), events(Event.RESPONSE_SIGNED)) == (2, 1)


def test_a_draft_cannot_be_signed(response):
    with pytest.raises(TransitionNotAllowed):
        sign(response, **NOBODY_NOW)


def test_a_response_is_not_sent_twice(sent):
    with pytest.raises(TransitionNotAllowed):
        send_for_signature(sent, **NOBODY_NOW)


def test_nothing_is_sent_in_a_closed_round(response):
    close(response)

    with pytest.raises(RoundEnded):
        send_for_signature(response, **NOBODY_NOW)


def test_nothing_is_signed_in_a_closed_round(sent):
    close(sent)

    with pytest.raises(RoundEnded):
        sign(sent, **NOBODY_NOW)


@pytest.mark.parametrize("step", [send_for_signature, sign])
def test_who_was_taken_out_of_the_round_hands_nothing_in(step, request):
    handed = request.getfixturevalue("sent" if step is sign else "response")
    Assignment.objects.update(disposition=Disposition.INELIGIBLE)

    with pytest.raises(NoLongerAsked):
        step(handed, **NOBODY_NOW)


def close(response):
    """Close its round."""
    round_ = response.assignment.round
    round_.status = RoundStatus.CLOSED
    round_.save()


def test_the_signatory_returns_it_with_a_reason(sent):
    returned = return_to_draft(
        sent, actor=UserFactory.create(), at=NOW, reason=" Sai số nữ ", cited={"women": ""}
    )

    assert (returned.reason, returned.cited) == ("Sai số nữ", {"women": ""})
    assert status_of(sent) == AssignmentStatus.RETURNED
    assert events(Event.RESPONSE_RETURNED) == 1


def test_a_return_without_a_reason_is_refused(sent):
    with pytest.raises(ReasonRequired):
        return_to_draft(sent, actor=UserFactory.create(), at=NOW, reason="  ")

    assert status_of(sent) == AssignmentStatus.AWAITING_SIGNATURE


def test_a_draft_cannot_be_returned(response):
    with pytest.raises(TransitionNotAllowed):
        return_to_draft(response, actor=UserFactory.create(), at=NOW, reason="Sai")


def test_a_returned_response_is_sent_and_signed_anew(sent):
    sign(sent, **NOBODY_NOW)
    return_to_draft(sent, actor=UserFactory.create(), at=NOW, reason="Sai số nữ")
    save(sent, "women", CellEdit("women", "3", seen("4")))

    send_for_signature(sent, **NOBODY_NOW)
    revision = sign(sent, **NOBODY_NOW)

    assert revision.number == 4
    receipts = ResponseRevision.objects.filter(kind=RevisionKind.SIGNED).values_list("receipt")
    assert len(set(receipts)) == 2
