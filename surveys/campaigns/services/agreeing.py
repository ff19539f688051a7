"""What is agreed with one agency: a later deadline, or that it does not answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.campaigns.deadlines import end_of, last_day, late_days
from surveys.campaigns.enums import Disposition, ExtensionStatus, RoundStatus
from surveys.campaigns.models import Assignment, Extension, Refusal
from surveys.campaigns.queries.counts import DONE
from surveys.campaigns.services.locking import hold_round
from surveys.campaigns.services.standing import topic
from surveys.common.errors import DomainError
from surveys.live import services as live
from surveys.organisations.models import User


class ExtensionNotLater(DomainError):
    """An extension gives more time."""

    code = "extension_not_later"
    message = _("The new deadline must be after the present one, %(due)s.")
    status = 422


class AgreementReasonMissing(DomainError):
    """What departs from the rule says why."""

    code = "agreement_reason_missing"
    message = _("Say why.")
    status = 422


class RoundNotRunning(DomainError):
    """Deadlines move while the round is open."""

    code = "round_not_running"
    message = _("The round is not open, so nothing can be agreed about it.")


class NothingToExtend(DomainError):
    """Who has submitted in time, refused or is no longer asked needs no time."""

    code = "nothing_to_extend"
    message = _("This agency needs no more time: it has submitted, refused or is no longer asked.")


class ExtensionAlreadyAsked(DomainError):
    """One wish at a time."""

    code = "extension_already_asked"
    message = _("More time is asked for already. Wait for the answer, or withdraw that request.")


class ExtensionDecided(DomainError):
    """A decided wish stays decided."""

    code = "extension_decided"
    message = _("This request is decided or withdrawn already.")


class RefusalNotPossible(DomainError):
    """Who has submitted has not refused, and nobody refuses twice."""

    code = "refusal_not_possible"
    message = _("This agency has submitted, has refused already or is no longer asked.")


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why something is agreed, and by which document of the agency."""

    reason: str
    document_number: str = ""
    document_on: date | None = None

    def checked(self) -> "Grounds":
        """The same without blanks around it. Raises AgreementReasonMissing."""
        if not self.reason.strip():
            raise AgreementReasonMissing
        return Grounds(self.reason.strip(), self.document_number.strip(), self.document_on)


@transaction.atomic
def ask_extension(
    assignment: Assignment, *, until: date, grounds: Grounds, actor: User, at: datetime
) -> Extension:
    """An agency's wish for time until the end of ``until``; the owner decides.

    Raises RoundNotRunning, NothingToExtend, ExtensionNotLater, ExtensionAlreadyAsked or
    AgreementReasonMissing.
    """
    locked = _lock(assignment)
    _refuse_unless_extensible(locked, until)
    if locked.extensions.filter(status=ExtensionStatus.ASKED).exists():
        raise ExtensionAlreadyAsked
    extension = _write(locked, until, grounds.checked(), actor=actor, at=at)
    _record(Event.EXTENSION_ASKED, extension, actor=actor, at=at)
    return extension


@transaction.atomic
def grant_extension(
    extension: Extension, *, actor: User, at: datetime, note: str = "", until: date | None = None
) -> Extension:
    """Grant what was asked for, or another day; the agency's own deadline moves.

    Raises ExtensionDecided, RoundNotRunning, NothingToExtend or ExtensionNotLater.
    """
    extension = _undecided(extension)
    locked = _lock(extension.assignment)
    extension.until = until or extension.until
    _refuse_unless_extensible(locked, extension.until)
    _grant(extension, locked, note=note, actor=actor, at=at)
    return extension


@transaction.atomic
def extend(
    assignments: Iterable[Assignment], *, until: date, grounds: Grounds, actor: User, at: datetime
) -> list[Extension]:
    """Give agencies time until the end of ``until`` without having been asked; all or none.

    A wish of one of them that waits is decided by it. Raises RoundNotRunning, NothingToExtend,
    ExtensionNotLater or AgreementReasonMissing; ``details["agency"]`` names the agency.
    """
    checked = grounds.checked()
    extensions = []
    for assignment in sorted(assignments, key=lambda each: each.pk):
        locked = _lock(assignment)
        _refuse_unless_extensible(locked, until)
        asked = locked.extensions.filter(status=ExtensionStatus.ASKED).first()
        if asked is None:
            asked = _write(locked, until, checked, actor=actor, at=at)
        asked.until = until
        _grant(asked, locked, note="", actor=actor, at=at)
        extensions.append(asked)
    return extensions


@transaction.atomic
def deny_extension(extension: Extension, *, note: str, actor: User, at: datetime) -> Extension:
    """Say no, and why. Raises ExtensionDecided or AgreementReasonMissing."""
    extension = _undecided(extension)
    if not note.strip():
        raise AgreementReasonMissing
    _decide(extension, ExtensionStatus.DENIED, note=note, actor=actor, at=at)
    _record(Event.EXTENSION_DENIED, extension, actor=actor, at=at)
    return extension


@transaction.atomic
def withdraw_extension(extension: Extension, *, actor: User, at: datetime) -> Extension:
    """Take back a wish that nobody has decided yet. Raises ExtensionDecided."""
    extension = _undecided(extension)
    _decide(extension, ExtensionStatus.WITHDRAWN, note="", actor=actor, at=at)
    _record(Event.EXTENSION_WITHDRAWN, extension, actor=actor, at=at)
    return extension


@transaction.atomic
def record_refusal(
    assignment: Assignment, *, grounds: Grounds, actor: User, at: datetime
) -> Refusal:
    """Note that an agency does not answer; it is reminded no more, and its answers stay.

    Raises RoundNotRunning, RefusalNotPossible or AgreementReasonMissing.
    """
    locked = _lock(assignment)
    checked = grounds.checked()
    if locked.disposition != Disposition.ASKED or locked.status in DONE:
        raise RefusalNotPossible
    refusal = Refusal.objects.create(
        assignment=locked,
        reason=checked.reason,
        document_number=checked.document_number,
        document_on=checked.document_on,
        recorded_by=actor,
        recorded_at=at,
    )
    _dispose(locked, Disposition.REFUSED, at=at)
    data = _facts(locked) | {"reason": checked.reason, "document": checked.document_number}
    audit.record(Event.REFUSAL_RECORDED, locked, actor=actor, at=at, data=data)
    return refusal


@transaction.atomic
def withdraw_refusal(refusal: Refusal, *, actor: User, at: datetime) -> None:
    """The agency answers after all. Raises RoundNotRunning or RefusalNotPossible."""
    locked = _lock(refusal.assignment)
    current = Refusal.objects.get(pk=refusal.pk)
    if current.withdrawn_at is not None:
        raise RefusalNotPossible
    current.withdrawn_at, current.withdrawn_by = at, actor
    current.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _dispose(locked, Disposition.ASKED, at=at)
    audit.record(Event.REFUSAL_WITHDRAWN, locked, actor=actor, at=at, data=_facts(locked))


def _lock(assignment: Assignment) -> Assignment:
    """The assignment as it stands; its round stays open until the transaction ends or is refused."""
    found = Assignment.objects.select_for_update(of=("self",)).select_related("round", "agency")
    locked = found.get(pk=assignment.pk)
    if hold_round(locked).status != RoundStatus.OPEN:
        raise RoundNotRunning
    return locked


def _undecided(extension: Extension) -> Extension:
    found = Extension.objects.select_for_update(of=("self",)).select_related("assignment__round")
    current = found.get(pk=extension.pk)
    if current.status != ExtensionStatus.ASKED:
        raise ExtensionDecided
    return current


def _refuse_unless_extensible(assignment: Assignment, until: date) -> None:
    """Who submitted late may still be given the time it asked for; who did so in time needs none."""
    in_time = assignment.status in DONE and not assignment.late_days
    if in_time or assignment.disposition != Disposition.ASKED:
        raise NothingToExtend(agency=str(assignment.agency))
    due = last_day(assignment.due_at)
    if until <= due:
        message = str(ExtensionNotLater.message) % {"due": f"{due.day}/{due.month}/{due.year}"}
        raise ExtensionNotLater(message, agency=str(assignment.agency), due=due.isoformat())


def _write(
    assignment: Assignment, until: date, grounds: Grounds, *, actor: User, at: datetime
) -> Extension:
    return Extension.objects.create(
        assignment=assignment,
        status=ExtensionStatus.ASKED,
        until=until,
        reason=grounds.reason,
        document_number=grounds.document_number,
        document_on=grounds.document_on,
        asked_by=actor,
        asked_at=at,
    )


def _grant(
    extension: Extension, assignment: Assignment, *, note: str, actor: User, at: datetime
) -> None:
    extension.previous_due_at = assignment.due_at
    _decide(extension, ExtensionStatus.GRANTED, note=note, actor=actor, at=at)
    assignment.due_at = end_of(extension.until)
    if assignment.submitted_at is not None:
        assignment.late_days = late_days(assignment.due_at, assignment.submitted_at)
    assignment.save(update_fields=["due_at", "late_days"])
    _record(Event.EXTENSION_GRANTED, extension, actor=actor, at=at)
    live.publish(topic(assignment.round_id), [f"{assignment.pk}/due"], at=at)


def _decide(
    extension: Extension, status: ExtensionStatus, *, note: str, actor: User, at: datetime
) -> None:
    extension.status, extension.note = status, note.strip()
    extension.decided_by, extension.decided_at = actor, at
    extension.save()


def _dispose(assignment: Assignment, disposition: Disposition, *, at: datetime) -> None:
    assignment.disposition = disposition
    assignment.save(update_fields=["disposition"])
    live.publish(topic(assignment.round_id), [f"{assignment.pk}/status"], at=at)


def _record(kind: Event, extension: Extension, *, actor: User, at: datetime) -> None:
    data = _facts(extension.assignment) | {
        "extension": extension.pk,
        "until": extension.until,
        "reason": extension.reason,
        "document": extension.document_number,
        "note": extension.note,
    }
    audit.record(kind, extension.assignment, actor=actor, at=at, data=data)


def _facts(assignment: Assignment) -> dict[str, Any]:
    return {"round": assignment.round_id, "agency": assignment.agency_id}
