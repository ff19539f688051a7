"""From the finished draft through the steps of the sign-off chain."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns import services as campaigns
from surveys.campaigns.deadlines import local_day
from surveys.campaigns.enums import AssignmentStatus, Disposition, RoundStatus, SignatureKind
from surveys.campaigns.models import Round
from surveys.campaigns.signing_off import SignOffStep
from surveys.live import services as live
from surveys.organisations.models import Membership, Substitution, User
from surveys.responses.enums import RevisionKind, Step
from surveys.responses.models import Response, ResponseRevision
from surveys.responses.queries import signed_revision, unresolved
from surveys.responses.services.drafts import Draft, lock, topic
from surveys.responses.services.freezing import FROZEN, freeze
from surveys.responses.signatures.proof import Proof
from surveys.responses.signoff.authority import OWN, Authority, of_membership, of_substitution
from surveys.responses.signoff.models import SignOff, SignOffAct
from surveys.responses.signoff.queries import acts_since_sending, revision_in_question
from surveys.responses.signoff.refusals import (
    AlreadySigned,
    AuthorityUnproved,
    ChangedSinceSeen,
    DigitalSignatureDemanded,
    DigitalSignatureNotTaken,
    NoLongerAsked,
    NotWhatWasSent,
    ReservationEmpty,
    RoundEnded,
    SamePersonTwice,
    StepOfAnother,
    SubstitutionNotInForce,
    UnresolvedChecks,
)
from surveys.responses.signoff.turns import (
    agency_of,
    may_act,
    steps_of,
    waiting_position,
    waits_for,
)
from surveys.responses.workflow import SIGNED, next_status, refuse_out_of_turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What somebody who approves has to say."""

    comment: str = ""
    with_reservation: bool = False


APPROVED: Final = Verdict()


@transaction.atomic
def send_for_signature(
    response: Response | int, *, actor: User | None, at: datetime
) -> ResponseRevision:
    """Freeze what the coordinator sends; the first step of the sign-off chain waits.

    The answers are locked until somebody returns them. Possible after the deadline while the round
    is open. Raises TransitionNotAllowed, RoundEnded, NoLongerAsked, or UnresolvedChecks while a hard check fails
    or a soft one is not explained.
    """
    draft = lock(response, *FROZEN, at=at)
    status = next_status(draft.assignment.status, Step.SEND)
    _refuse_if_ended(draft)
    _refuse_unresolved(draft)
    revision = freeze(draft, kind=RevisionKind.SENT, actor=actor, at=at)
    campaigns.move(draft.assignment, status, at=at)
    audit.record(
        Event.RESPONSE_SENT, draft.response, actor=actor, at=at, data=data_of(draft, revision)
    )
    live.publish(topic(draft.response.pk), ["status"], at=at)
    return revision


@transaction.atomic
def approve_step(
    response: Response | int,
    *,
    actor: User | None,
    at: datetime,
    verdict: Verdict = APPROVED,
    authority: Authority = OWN,
    shown: str | None = None,
) -> SignOff:
    """Approve at the step that waits, with a reservation or without; the next step waits then.

    Before the agency's signature or, at its superior's steps, after it. ``shown`` is as for ``sign``.
    Raises TransitionNotAllowed, OutOfTurn, ChangedSinceSeen, StepOfAnother, SamePersonTwice,
    AuthorityUnproved, SubstitutionNotInForce, ReservationEmpty, or RoundEnded before the signature.
    """
    draft = lock(response, *FROZEN, at=at)
    assignment = draft.assignment
    next_status(assignment.status, Step.APPROVE)
    refuse_out_of_turn(Step.APPROVE, waits_for(assignment))
    revision = _seen(draft, shown)
    if assignment.status == AssignmentStatus.AWAITING_SIGNATURE:
        _refuse_if_ended(draft)
    if verdict.with_reservation and not verdict.comment.strip():
        raise ReservationEmpty
    done = _record(draft, revision, act=SignOffAct.APPROVE, actor=actor, at=at, authority=authority)
    done.comment = verdict.comment.strip()
    done.with_reservation = verdict.with_reservation
    done.save()
    campaigns.step_on(assignment, at=at)
    data = data_of(draft, revision) | facts_of(done)
    audit.record(Event.RESPONSE_APPROVED, draft.response, actor=actor, at=at, data=data)
    live.publish(topic(draft.response.pk), ["status"], at=at)
    return done


@transaction.atomic
def sign(
    response: Response | int,
    *,
    actor: User | None,
    at: datetime,
    authority: Authority = OWN,
    shown: str | None = None,
    proof: Proof | None = None,
) -> ResponseRevision:
    """Freeze the answers under the signatory's name and give them a receipt number.

    ``shown`` is the SHA-256 of the revision that the signatory was shown; ``None`` where nobody was
    shown anything. ``proof`` is a verified digital signature of that revision's PDF; the frozen text
    is that of the revision, character by character, or else NotWhatWasSent is raised. The agency
    counts as submitted at ``at``, whatever its superior has still to say. Raises AlreadySigned
    (naming the first receipt), DigitalSignatureDemanded or DigitalSignatureNotTaken as the round
    asks, and what ``right_to_sign`` raises.
    """
    draft = lock(response, *FROZEN, at=at)
    came_at = None if proof is None else at
    done = right_to_sign(
        draft, actor=actor, at=at, authority=authority, shown=shown, came_at=came_at
    )
    refuse_way_of_signing(draft, is_digital=proof is not None)
    revision = freeze(draft, kind=RevisionKind.SIGNED, actor=actor, at=at, signs_as=done.signs_as)
    if proof is not None and revision.sha256 != done.revision.sha256:
        raise NotWhatWasSent
    done.revision = revision
    done.save()
    if proof is not None:
        proof.keep(done)
    assignment = draft.assignment
    status = next_status(assignment.status, Step.SIGN)
    campaigns.move(assignment, status, at=at, step=assignment.step + 1)
    data = data_of(draft, revision) | facts_of(done) | (proof.facts if proof else {})
    audit.record(Event.RESPONSE_SIGNED, draft.response, actor=actor, at=at, data=data)
    live.publish(topic(draft.response.pk), ["status"], at=at)
    return revision


def right_to_sign(
    draft: Draft,
    *,
    actor: User | None,
    at: datetime,
    authority: Authority,
    shown: str | None,
    came_at: datetime | None = None,
) -> SignOff:
    """The act of signing, with the revision that the person has before them; not stored yet.

    What had come at ``came_at``, before the round was closed, is judged as of then: a signed PDF is
    verified in the background, and the deadline does not wait for that.
    Raises AlreadySigned, TransitionNotAllowed unless the response awaits a signature, OutOfTurn,
    ChangedSinceSeen, StepOfAnother, SamePersonTwice, AuthorityUnproved, SubstitutionNotInForce,
    RoundEnded, NoLongerAsked or UnresolvedChecks.
    """
    assignment = draft.assignment
    if assignment.status in SIGNED:
        raise _already_signed(draft)
    next_status(assignment.status, Step.SIGN)
    refuse_out_of_turn(Step.SIGN, waits_for(assignment))
    sent = _seen(draft, shown)
    _refuse_if_ended(draft, came_at=came_at)
    _refuse_unresolved(draft)
    return _record(draft, sent, act=SignOffAct.SIGN, actor=actor, at=at, authority=authority)


def refuse_way_of_signing(draft: Draft, *, is_digital: bool) -> None:
    """Raise DigitalSignatureDemanded or DigitalSignatureNotTaken unless the round takes it so."""
    way = draft.assignment.round.signature
    if way == SignatureKind.DIGITAL and not is_digital:
        raise DigitalSignatureDemanded
    if way == SignatureKind.SIMPLE and is_digital:
        raise DigitalSignatureNotTaken


def facts_of(done: SignOff) -> dict[str, Any]:
    """An act of the chain as the audit keeps it; what is blank is left out."""
    facts = {
        "step": done.step,
        "capacity": done.capacity,
        "signs_as": done.signs_as,
        "on_behalf_of": done.on_behalf_of,
        "document": done.document_number,
        "substitution": done.substitution_id,
        "with_reservation": done.with_reservation,
        "comment": done.comment,
    }
    return {name: value for name, value in facts.items() if value}


def data_of(draft: Draft, revision: ResponseRevision | None = None) -> dict[str, Any]:
    """What the audit keeps of every act on a response."""
    assignment = draft.assignment
    data: dict[str, Any] = {
        "assignment": assignment.pk,
        "round": assignment.round_id,
        "agency": assignment.agency_id,
    }
    if revision is not None:
        data |= {
            "revision": revision.pk,
            "number": revision.number,
            "sha256": revision.sha256,
            "receipt": revision.receipt,
        }
    return data


def _record(
    draft: Draft,
    revision: ResponseRevision,
    *,
    act: SignOffAct,
    actor: User | None,
    at: datetime,
    authority: Authority,
) -> SignOff:
    """The act at the step that waits, not stored yet.

    Raises StepOfAnother, SamePersonTwice, AuthorityUnproved or SubstitutionNotInForce.
    """
    position = waiting_position(draft.assignment)
    assert position is not None, "refused before as out of turn"
    step = steps_of(draft.assignment)[position]
    if actor is not None:
        _refuse_person(draft, step, actor)
    right = _right(draft, step, actor, authority, at)
    return SignOff(
        response=draft.response,
        revision=revision,
        position=position,
        step=step.key,
        act=act,
        at=at,
        actor=actor,
        capacity=right.capacity,
        signs_as=right.signs_as,
        on_behalf_of=right.on_behalf_of,
        document_number=right.document_number.strip(),
        document_on=right.document_on,
        document_issuer=right.document_issuer.strip(),
        substitution=right.substitution,
    )


def _refuse_person(draft: Draft, step: SignOffStep, actor: User) -> None:
    # Judged under the lock: the page was opened for a step that may be done by now.
    if not may_act(actor, draft.assignment, step):
        raise StepOfAnother(step=step.key)
    if step.may_repeat:
        return
    if any(each.actor_id == actor.pk for each in acts_since_sending(draft.response)):
        raise SamePersonTwice(step=step.key)


def _right(
    draft: Draft, step: SignOffStep, actor: User | None, given: Authority, at: datetime
) -> Authority:
    """By which right the person acts; who stands in for somebody always says so."""
    agency = agency_of(draft.assignment, step)
    in_force = Substitution.objects.in_force(local_day(at)).filter(
        agency=agency, role=step.role, substitute=actor
    )
    if given.substitution is not None:
        if not in_force.filter(pk=given.substitution.pk).exists():
            raise SubstitutionNotInForce(substitution=given.substitution.pk)
        return of_substitution(given.substitution)
    own = Membership.objects.filter(user=actor, agency=agency, role=step.role).first()
    lent = in_force.select_related("absent").first() if own is None else None
    if lent is not None:
        return of_substitution(lent)
    if not given.is_proved:
        raise AuthorityUnproved(capacity=given.capacity)
    return of_membership(own) if given == OWN and own is not None else given


def _seen(draft: Draft, shown: str | None) -> ResponseRevision:
    """What the person has before them; raises ChangedSinceSeen where they were shown another."""
    revision = revision_in_question(draft.response)
    if revision is None or (shown is not None and shown != revision.sha256):
        raise ChangedSinceSeen
    return revision


def _refuse_if_ended(draft: Draft, *, came_at: datetime | None = None) -> None:
    round_ = campaigns.hold_round(draft.assignment)
    if round_.status != RoundStatus.OPEN and not _came_before_closing(round_, came_at):
        raise RoundEnded
    if draft.assignment.disposition == Disposition.INELIGIBLE:
        raise NoLongerAsked


def _came_before_closing(round_: Round, came_at: datetime | None) -> bool:
    if came_at is None:
        return False
    closed = Round.objects.filter(pk=round_.pk, status=RoundStatus.CLOSED, closed_at__gt=came_at)
    return closed.exists()


def _refuse_unresolved(draft: Draft) -> None:
    if problems := unresolved(draft.state):
        raise UnresolvedChecks(problems)


def _already_signed(draft: Draft) -> AlreadySigned:
    revision = signed_revision(draft.response)
    receipt = "" if revision is None else revision.receipt or ""
    return AlreadySigned(str(AlreadySigned.message) % {"receipt": receipt}, receipt=receipt)
