"""Giving parts of a form to people of the agency, and what becomes of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.deadlines import last_day, local_day
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Assignment
from surveys.organisations.enums import MembershipRole
from surveys.organisations.models import User
from surveys.organisations.services.invitations import Part, invite_person
from surveys.questionnaires.queries import form_of
from surveys.responses.delegation.models import Delegation
from surveys.responses.delegation.parts import part_names
from surveys.responses.delegation.queries import people_of
from surveys.responses.delegation.refusals import (
    DelegationWithdrawn,
    DueDayUnfit,
    FormNotAtWork,
    NothingGiven,
    PartsGivenToOthers,
    PartUnknown,
    PersonOfAnotherAgency,
)
from surveys.responses.workflow import AT_WORK


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is given: names of parts, the last day for them, and a word about them.

    ``moves`` says that parts which somebody else has are taken from them.
    """

    parts: tuple[str, ...]
    due_on: date
    note: str = ""
    moves: bool = False


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is invited by e-mail to do a part."""

    email: str
    full_name: str = ""


@transaction.atomic
def give(
    assignment: Assignment, *, person: User, work: Work, actor: User, at: datetime
) -> Delegation:
    """Give parts of the form to one of the agency's coordinators or contributors.

    From now on contributors change what is theirs only. What the person has already comes into the
    new delegation. Raises FormNotAtWork, PersonOfAnotherAgency, NothingGiven, PartUnknown,
    DueDayUnfit, or PartsGivenToOthers unless the work ``moves``.
    """
    locked = _locked(assignment)
    if person not in people_of(locked.agency_id):
        raise PersonOfAnotherAgency(user=person.pk)
    return _give(locked, {"user": person}, work, actor=actor, at=at)


@transaction.atomic
def give_to_address(
    assignment: Assignment, *, guest: Guest, work: Work, actor: User, at: datetime
) -> Delegation:
    """Give parts to somebody who is invited to the agency as a contributor for that.

    Whoever has an account gets them at once; others with the invitation's acceptance, and what they
    are to do waits for them. Raises what ``give`` and ``invite_person`` raise.
    """
    locked = _locked(assignment)
    _refuse_unless_at_work(locked)
    part = Part(locked.agency, MembershipRole.CONTRIBUTOR)
    invited = invite_person(part, email=guest.email, full_name=guest.full_name, actor=actor, at=at)
    if invited.membership is not None:
        who: dict[str, Any] = {"user": invited.membership.user}
    else:
        who = {"invited_email": guest.email.strip().lower()}
    return _give(locked, who, work, actor=actor, at=at)


@transaction.atomic
def take_over(person: User, *, at: datetime) -> int:
    """Make what was given to the person's address the person's own; how many delegations it was."""
    waiting = list(
        Delegation.objects.select_related("assignment").filter(
            user__isnull=True, invited_email=person.email
        )
    )
    for delegation in waiting:
        delegation.user, delegation.invited_email = person, ""
        delegation.save(update_fields=["user", "invited_email"])
        _record(Event.DELEGATION_TAKEN_OVER, delegation, actor=person, at=at)
    return len(waiting)


@transaction.atomic
def change_due_day(
    delegation: Delegation, *, due_on: date, actor: User, at: datetime
) -> Delegation:
    """Give another last day. Raises DelegationWithdrawn, FormNotAtWork or DueDayUnfit."""
    locked = _held(delegation)
    _refuse_day(locked.assignment, due_on, at=at)
    before, locked.due_on = locked.due_on, due_on
    locked.save(update_fields=["due_on"])
    _record(Event.DELEGATION_CHANGED, locked, actor=actor, at=at, more={"due_before": before})
    return locked


@transaction.atomic
def withdraw(delegation: Delegation, *, actor: User, at: datetime) -> Delegation:
    """Take the parts back; when none is given to anybody, all contributors change everything again.

    Raises DelegationWithdrawn or FormNotAtWork.
    """
    locked = _held(delegation)
    locked.withdrawn_at = at
    locked.save(update_fields=["withdrawn_at"])
    _record(Event.DELEGATION_WITHDRAWN, locked, actor=actor, at=at)
    return locked


@transaction.atomic
def report_done(delegation: Delegation, *, actor: User, at: datetime) -> Delegation:
    """Say that the own parts are done; said twice it stands as it was said first.

    Raises DelegationWithdrawn or FormNotAtWork.
    """
    locked = _held(delegation)
    if locked.done_at is None:
        locked.done_at = at
        locked.save(update_fields=["done_at"])
        _record(Event.DELEGATION_DONE, locked, actor=actor, at=at)
    return locked


@transaction.atomic
def reopen(delegation: Delegation, *, actor: User, at: datetime) -> Delegation:
    """Take the word back that it is done. Raises DelegationWithdrawn or FormNotAtWork."""
    locked = _held(delegation)
    if locked.done_at is not None:
        locked.done_at = None
        locked.save(update_fields=["done_at"])
        _record(Event.DELEGATION_REOPENED, locked, actor=actor, at=at)
    return locked


def _give(
    assignment: Assignment, who: Mapping[str, Any], work: Work, *, actor: User, at: datetime
) -> Delegation:
    _refuse_unless_at_work(assignment)
    parts = list(dict.fromkeys(work.parts))
    if not parts:
        raise NothingGiven
    unknown = set(parts) - part_names(form_of(assignment.version))
    if unknown:
        raise PartUnknown(parts=sorted(unknown))
    _refuse_day(assignment, work.due_on, at=at)
    taken = _take(assignment, set(parts), who, work, at=at)
    delegation = Delegation.objects.create(
        assignment=assignment,
        parts=parts,
        due_on=work.due_on,
        note=work.note,
        given_by=actor,
        given_at=at,
        **who,
    )
    more = {"taken_from": list(taken), "taken_parts": taken}
    _record(Event.DELEGATION_GIVEN, delegation, actor=actor, at=at, more=more)
    return delegation


def _take(
    assignment: Assignment, parts: set[str], who: Mapping[str, Any], work: Work, *, at: datetime
) -> dict[int, list[str]]:
    """Take the parts out of earlier delegations; what was taken from other people's, by their ids."""
    met = [
        each
        for each in Delegation.objects.active().filter(assignment=assignment)
        if parts & set(each.parts)
    ]
    others = [each for each in met if not _is_whose(each, who)]
    if others and not work.moves:
        raise PartsGivenToOthers(parts=sorted({p for each in others for p in each.parts} & parts))
    taken = {each.pk: [part for part in each.parts if part in parts] for each in others}
    for each in met:
        each.parts = [part for part in each.parts if part not in parts]
        each.withdrawn_at = None if each.parts else at
        each.save(update_fields=["parts", "withdrawn_at"])
    return taken


def _is_whose(delegation: Delegation, who: Mapping[str, Any]) -> bool:
    person = who.get("user")
    if isinstance(person, User):
        return delegation.is_of(person)
    return delegation.user is None and delegation.invited_email == who["invited_email"]


def _refuse_day(assignment: Assignment, due_on: date, *, at: datetime) -> None:
    first, last = local_day(at), last_day(assignment.due_at)
    if not first <= due_on <= max(first, last):
        raise DueDayUnfit(first, max(first, last))


def _refuse_unless_at_work(assignment: Assignment) -> None:
    if assignment.status not in AT_WORK or assignment.round.status != RoundStatus.OPEN:
        raise FormNotAtWork(status=assignment.status)


def _locked(assignment: Assignment) -> Assignment:
    """The assignment under its lock: nobody saves into its draft or divides it meanwhile."""
    return (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("round", "version", "agency")
        .defer("version__definition")
        .get(pk=assignment.pk)
    )


def _held(delegation: Delegation) -> Delegation:
    """The delegation as it stands under the assignment's lock, fit to be changed."""
    assignment = _locked(delegation.assignment)
    fresh = Delegation.objects.select_related("user").get(pk=delegation.pk)
    if fresh.withdrawn_at is not None:
        raise DelegationWithdrawn(delegation=fresh.pk)
    _refuse_unless_at_work(assignment)
    fresh.assignment = assignment
    return fresh


def _record(
    event: Event,
    delegation: Delegation,
    *,
    actor: User,
    at: datetime,
    more: Mapping[str, Any] | None = None,
) -> None:
    data = {
        "assignment": delegation.assignment_id,
        "round": delegation.assignment.round_id,
        "agency": delegation.assignment.agency_id,
        "user": delegation.user_id,
        "parts": delegation.parts,
        "due_on": delegation.due_on,
        **(more or {}),
    }
    audit.record(event, delegation, actor=actor, at=at, data=data)
