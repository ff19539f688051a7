"""Approving step by step, before the signature and after it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine

from surveys.audit.enums import Event
from surveys.campaigns.enums import AssignmentStatus as Status
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.signing_off import StepAct
from surveys.models import AuditEvent, Membership, SignOff, Substitution
from surveys.responses.enums import Step
from surveys.responses.services import (
    Authority,
    AuthorityUnproved,
    ChangedSinceSeen,
    ReservationEmpty,
    ReturnOfAnother,
    RoundEnded,
    SamePersonTwice,
    StepOfAnother,
    SubstitutionNotInForce,
    Verdict,
    approve_step,
    return_as_permitted,
    return_to_draft,
    send_for_signature,
    sign,
)
from surveys.responses.signoff.authority import of_substitution
from surveys.responses.signoff.turns import waits_for
from surveys.responses.workflow import OutOfTurn, TransitionNotAllowed, refuse_out_of_turn
from tests.factories import UserFactory, member
from tests.surveys.campaigns.factories import NOW, TODAY
from tests.surveys.responses.signoff.chains import ABOVE, NOBODY_NOW, REVIEW, SIGN, sent, superior

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def standing(response):
    """Status and place now."""
    response.assignment.refresh_from_db()
    return response.assignment.status, response.assignment.step


def test_an_approval_lets_the_next_step_wait():
    response = sent(REVIEW, SIGN)

    done = approve_step(response, **NOBODY_NOW)

    assert (done.step, done.position, done.act) == ("review", 0, "approve")
    assert standing(response) == (Status.AWAITING_SIGNATURE, 1)
    assert AuditEvent.objects.filter(kind=Event.RESPONSE_APPROVED).count() == 1


def test_the_signature_waits_for_the_approval():
    with pytest.raises(OutOfTurn):
        sign(sent(REVIEW, SIGN), **NOBODY_NOW)


def test_a_signature_is_not_an_approval():
    with pytest.raises(OutOfTurn):
        approve_step(sent(SIGN), **NOBODY_NOW)


def test_what_was_not_sent_is_not_approved():
    response = sent(REVIEW, SIGN)
    return_to_draft(response, actor=UserFactory(), at=NOW, reason="Sai")

    with pytest.raises(TransitionNotAllowed):
        approve_step(response, **NOBODY_NOW)


def test_a_reservation_is_said_in_words():
    response = sent(REVIEW, SIGN)
    with pytest.raises(ReservationEmpty):
        approve_step(response, **NOBODY_NOW, verdict=Verdict(with_reservation=True, comment=" "))

    done = approve_step(
        response, **NOBODY_NOW, verdict=Verdict(with_reservation=True, comment=" Thiếu số liệu xã ")
    )

    assert (done.with_reservation, done.comment) == (True, "Thiếu số liệu xã")


def test_only_what_was_shown_is_approved():
    with pytest.raises(ChangedSinceSeen):
        approve_step(sent(REVIEW, SIGN), **NOBODY_NOW, shown="0" * 64)


def test_nobody_approves_for_the_agency_in_a_closed_round():
    response = sent(REVIEW, SIGN)
    close(response)

    with pytest.raises(RoundEnded):
        approve_step(response, **NOBODY_NOW)


def test_the_superior_approves_also_when_the_round_is_closed():
    response = sent(SIGN, ABOVE)
    sign(response, **NOBODY_NOW)
    close(response)

    approve_step(response, **NOBODY_NOW)

    assert standing(response) == (Status.SUBMITTED, 2)


def close(response):
    """Close its round."""
    round_ = response.assignment.round
    round_.status = RoundStatus.CLOSED
    round_.save()


def test_the_agency_counts_as_submitted_at_its_own_signature():
    response = sent(SIGN, ABOVE)
    sign(response, **NOBODY_NOW)

    approve_step(response, actor=None, at=response.assignment.due_at + timedelta(days=3))

    response.assignment.refresh_from_db()
    assert (response.assignment.submitted_at, response.assignment.late_days) == (NOW, 0)


def test_nobody_verifies_before_the_superior_has_approved():
    response = sent(SIGN, ABOVE)
    sign(response, **NOBODY_NOW)
    response.assignment.refresh_from_db()
    with pytest.raises(OutOfTurn):
        refuse_out_of_turn(Step.VERIFY, waits_for(response.assignment))

    approve_step(response, **NOBODY_NOW)

    response.assignment.refresh_from_db()
    refuse_out_of_turn(Step.VERIFY, waits_for(response.assignment))


@pytest.mark.parametrize("waits", [StepAct.APPROVE, StepAct.SIGN])
def test_returning_is_never_out_of_turn(waits):
    refuse_out_of_turn(Step.RETURN, waits)


def test_after_a_return_the_chain_begins_anew():
    response = sent(REVIEW, SIGN, ABOVE)
    reviewer = member(response.assignment.agency, "reviewer")
    above = superior(response, "reviewer")
    approve_step(response, actor=reviewer, at=NOW)
    sign(response, **NOBODY_NOW)

    return_to_draft(response, actor=above, at=NOW, reason="Đối chiếu lại")
    send_for_signature(response, **NOBODY_NOW)
    approve_step(response, actor=reviewer, at=NOW)

    assert standing(response) == (Status.AWAITING_SIGNATURE, 1)
    acts = SignOff.objects.values_list("step", "act")
    assert list(acts) == [
        ("review", "approve"),
        ("sign", "sign"),
        ("above", "return"),
        ("review", "approve"),
    ]


def test_a_reviewer_does_not_return_what_was_signed_meanwhile():
    response = sent(REVIEW, SIGN)
    reviewer = member(response.assignment.agency, "reviewer")
    approve_step(response, **NOBODY_NOW)
    sign(response, **NOBODY_NOW)

    with pytest.raises(ReturnOfAnother):
        return_as_permitted(response, actor=reviewer, at=NOW, reason="Sai")

    assert standing(response) == (Status.SUBMITTED, 2)


def test_whoever_has_the_step_that_waits_returns_it():
    response = sent(REVIEW, SIGN)
    reviewer = member(response.assignment.agency, "reviewer")

    return_as_permitted(response, actor=reviewer, at=NOW, reason="Sai")

    assert standing(response)[0] == Status.RETURNED


STRANGERS = [
    ((REVIEW, SIGN), "signatory"),
    ((REVIEW, SIGN), "coordinator"),
    ((SIGN, ABOVE), "reviewer"),
]


@pytest.mark.parametrize(("chain", "role"), STRANGERS)
def test_a_step_is_not_done_by_whoever_it_is_not_for(chain, role):
    response = sent(*chain)
    if chain[0] is SIGN:
        sign(response, **NOBODY_NOW)

    with pytest.raises(StepOfAnother):
        approve_step(response, actor=member(response.assignment.agency, role), at=NOW)


def test_a_person_acts_at_one_step_only():
    response = sent(REVIEW, SIGN)
    person = member(response.assignment.agency, "reviewer", "signatory")
    approve_step(response, actor=person, at=NOW)

    with pytest.raises(SamePersonTwice):
        sign(response, actor=person, at=NOW)


def test_a_person_acts_again_where_the_round_says_so():
    again = replace(SIGN, may_repeat=True)
    response = sent(REVIEW, again)
    person = member(response.assignment.agency, "reviewer", "signatory")
    approve_step(response, actor=person, at=NOW)

    assert sign(response, actor=person, at=NOW).receipt


def test_a_member_signs_as_the_agency_has_it_recorded():
    response = sent(SIGN)
    person = member(response.assignment.agency, "signatory")
    Membership.objects.update(signs_as="KT. Chủ tịch, Phó Chủ tịch")

    revision = sign(response, actor=person, at=NOW)

    done = SignOff.objects.get()
    assert revision.signs_as == "KT. Chủ tịch, Phó Chủ tịch"
    assert (done.capacity, done.revision) == ("KT.", revision)


@pytest.mark.parametrize("capacity", ["KT.", "TL.", "TUQ."])
def test_signing_for_another_names_a_document(capacity):
    response = sent(SIGN)
    with pytest.raises(AuthorityUnproved):
        sign(response, **NOBODY_NOW, authority=Authority(capacity=capacity, document_number="12"))

    sign(
        response,
        **NOBODY_NOW,
        authority=Authority(
            capacity=capacity,
            signs_as=f"{capacity} Giám đốc",
            document_number="12/QĐ",
            document_on=date(2026, 1, 5),
            document_issuer="Giám đốc Sở",
        ),
    )

    done = SignOff.objects.get()
    assert (done.document_number, done.document_on) == ("12/QĐ", date(2026, 1, 5))


def substitution(response, substitute, **kwargs):
    """A record by which the person stands in for the agency's signatory this week."""
    agency = response.assignment.agency
    return Substitution.objects.create(
        **{
            "agency": agency,
            "role": "signatory",
            "absent": member(agency, "signatory"),
            "substitute": substitute,
            "from_on": TODAY,
            "to_on": TODAY + timedelta(days=6),
            "capacity": "TUQ.",
            "signs_as": "Chủ tịch",
            "document_number": "7/GUQ",
            "document_on": TODAY,
            "document_issuer": "Chủ tịch",
            "created_at": NOW,
            **kwargs,
        }
    )


def test_a_substitute_signs_with_the_capacity_and_the_document_of_the_record():
    response, person = sent(SIGN), UserFactory()
    record = substitution(response, person)

    revision = sign(response, actor=person, at=NOW)

    done = SignOff.objects.get()
    assert revision.signs_as == "TUQ. Chủ tịch"
    assert (done.substitution, done.document_number) == (record, "7/GUQ")
    assert done.on_behalf_of == str(record.absent)


def test_a_substitution_that_is_over_gives_no_right():
    response, person = sent(SIGN), UserFactory()
    record = substitution(response, person, from_on=TODAY, to_on=TODAY)

    with time_machine.travel(NOW + timedelta(days=1)), pytest.raises(StepOfAnother):
        sign(
            response,
            actor=person,
            at=NOW + timedelta(days=1),
            authority=of_substitution(record),
        )


def test_a_substitution_of_another_person_gives_no_authority():
    response = sent(SIGN)
    record = substitution(response, UserFactory())
    signatory = member(response.assignment.agency, "signatory")

    with pytest.raises(SubstitutionNotInForce):
        sign(response, actor=signatory, at=NOW, authority=of_substitution(record))


def test_the_last_day_is_one_of_its_days():
    response, person = sent(SIGN), UserFactory()
    record = substitution(response, person, from_on=TODAY, to_on=TODAY)

    assert sign(response, actor=person, at=NOW, authority=of_substitution(record)).receipt
