"""Requests for microdata: asking, deciding, taking back, ending. Nobody decides on their own."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from analytics.releases.enums import ReleaseStatus
from analytics.releases.models import Release
from exporters.portal.enums import RequestStatus
from exporters.portal.models import NAME_LENGTH, REASON_LENGTH, TEXT_LENGTH, DataRequest
from exporters.portal.variables import requestable
from surveys.audit.enums import Event
from surveys.audit.services import record
from surveys.campaigns.deadlines import local_day
from surveys.common.errors import DomainError
from surveys.organisations.models import User

LONGEST: Final = timedelta(days=2 * 365)
"""For so long an approval holds at most."""


class RequestUnfit(DomainError):
    """Whoever decides knows for what, by whom, which variables, until when."""

    code = "data_request_unfit"
    message = _("Say for which institution and purpose, how the data are kept, and what you need.")
    status = 422


class VariablesUnknown(DomainError):
    """Variables are those of the round, and none of them is personal data."""

    code = "data_request_variables"
    message = _("Choose at least one variable of this data set.")
    status = 422


class UntilUnfit(DomainError):
    """An approval ends."""

    code = "data_request_until"
    message = _("The last day lies ahead, and at most two years away.")
    status = 422


class RequestNotOpen(DomainError):
    """Single answers of what is withdrawn, corrected or confidential are not given."""

    code = "data_request_closed"
    message = _("Single answers of this data set are not given.")
    status = 403


class RequestDoubled(DomainError):
    """One at a time."""

    code = "data_request_doubled"
    message = _("You have a request for this data set that waits, or that is approved.")


class RequestMovedOn(DomainError):
    """Somebody else was quicker, or it is over."""

    code = "data_request_moved_on"
    message = _("The request is decided on, withdrawn or ended already.")


class OwnRequest(DomainError):
    """Four eyes see more than two."""

    code = "data_request_own"
    message = _("This is your own request, so another administrator decides on it.")
    status = 403


class NotYourRequest(DomainError):
    """Who has asked takes it back."""

    code = "data_request_not_yours"
    message = _("Only who has asked takes a request back.")
    status = 403


class RequestReasonMissing(DomainError):
    """Whoever refuses or ends says why."""

    code = "data_request_reason_missing"
    message = _("Write why, in at most 500 characters.")
    status = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What is asked for; see ``DataRequest``."""

    institution: str
    purpose: str
    safeguards: str
    variables: tuple[str, ...]
    until: date


@transaction.atomic
def ask_for_microdata(release: Release, need: Need, *, actor: User, at: datetime) -> DataRequest:
    """Ask for single answers of a publication in force.

    Raises RequestNotOpen, RequestUnfit, VariablesUnknown, UntilUnfit or RequestDoubled.
    """
    if release.status != ReleaseStatus.APPROVED or release.round.campaign.is_confidential:
        raise RequestNotOpen
    _refuse_unfit(release, need, at=at)
    mine = DataRequest.objects.filter(release=release, asked_by=actor)
    if mine.in_force(local_day(at)).exists():
        raise RequestDoubled
    request = DataRequest(
        release=release,
        asked_by=actor,
        asked_at=at,
        institution=need.institution.strip(),
        purpose=need.purpose.strip(),
        safeguards=need.safeguards.strip(),
        variables=list(dict.fromkeys(need.variables)),
        until=need.until,
    )
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as error:
        raise RequestDoubled from error
    _record(Event.DATA_REQUESTED, request, actor=actor, at=at, variables=request.variables)
    return request


@transaction.atomic
def approve_request(request: DataRequest, *, actor: User, at: datetime) -> DataRequest:
    """Open the asked variables to who has asked, until the asked day. Raises RequestMovedOn, OwnRequest,
    RequestNotOpen, or UntilUnfit where the day has passed meanwhile."""
    locked = _decidable(request, actor)
    release = locked.release
    if release.status != ReleaseStatus.APPROVED or release.round.campaign.is_confidential:
        raise RequestNotOpen
    if locked.until < local_day(at):
        raise UntilUnfit
    return _decide(locked, RequestStatus.APPROVED, Event.DATA_REQUEST_APPROVED, actor=actor, at=at)


@transaction.atomic
def refuse_request(request: DataRequest, *, reason: str, actor: User, at: datetime) -> DataRequest:
    """Refuse it and say why. Raises RequestMovedOn, OwnRequest or RequestReasonMissing."""
    locked = _decidable(request, actor)
    locked.reason = _said(reason)
    return _decide(locked, RequestStatus.REFUSED, Event.DATA_REQUEST_REFUSED, actor=actor, at=at)


@transaction.atomic
def withdraw_request(request: DataRequest, *, actor: User, at: datetime) -> DataRequest:
    """Take one's own request back before it is decided on. Raises NotYourRequest or RequestMovedOn."""
    locked = _locked(request, RequestStatus.ASKED)
    if locked.asked_by_id != actor.pk:
        raise NotYourRequest
    locked.status, locked.ended_at = RequestStatus.WITHDRAWN, at
    locked.save(update_fields=["status", "ended_at"])
    _record(Event.DATA_REQUEST_WITHDRAWN, locked, actor=actor, at=at)
    return locked


@transaction.atomic
def end_request(request: DataRequest, *, reason: str, actor: User, at: datetime) -> DataRequest:
    """End an approval before its day: files that came of it are removed.

    Raises RequestMovedOn or RequestReasonMissing.
    """
    locked = _locked(request, RequestStatus.APPROVED)
    locked.reason = _said(reason)
    locked.status, locked.ended_at = RequestStatus.ENDED, at
    locked.save(update_fields=["status", "reason", "ended_at"])
    _record(Event.DATA_REQUEST_ENDED, locked, actor=actor, at=at, reason=locked.reason)
    return locked


def _refuse_unfit(release: Release, need: Need, *, at: datetime) -> None:
    limits = (
        (need.institution, NAME_LENGTH),
        (need.purpose, TEXT_LENGTH),
        (need.safeguards, TEXT_LENGTH),
    )
    if any(not text.strip() or len(text) > most or "\0" in text for text, most in limits):
        raise RequestUnfit
    known = dict(requestable(release.round))
    if not need.variables or not set(need.variables) <= known.keys():
        raise VariablesUnknown
    today = local_day(at)
    if not today <= need.until <= today + LONGEST:
        raise UntilUnfit


def _decidable(request: DataRequest, actor: User) -> DataRequest:
    locked = _locked(request, RequestStatus.ASKED)
    if locked.asked_by_id == actor.pk:
        raise OwnRequest
    return locked


def _locked(request: DataRequest, status: RequestStatus) -> DataRequest:
    """The request as it stands now, if it stands there. Raises RequestMovedOn."""
    rows = DataRequest.objects.select_for_update(of=("self",), no_key=True)
    locked = rows.select_related("release__round__campaign").get(pk=request.pk)
    if locked.status != status:
        raise RequestMovedOn
    return locked


def _decide(
    locked: DataRequest, status: RequestStatus, event: Event, *, actor: User, at: datetime
) -> DataRequest:
    locked.status, locked.decided_by, locked.decided_at = status, actor, at
    locked.save(update_fields=["status", "decided_by", "decided_at", "reason"])
    _record(event, locked, actor=actor, at=at, until=locked.until.isoformat(), reason=locked.reason)
    return locked


def _said(reason: str) -> str:
    said = reason.strip()
    if not said or len(said) > REASON_LENGTH or "\0" in said:
        raise RequestReasonMissing
    return said


def _record(event: Event, request: DataRequest, *, actor: User, at: datetime, **more: Any) -> None:
    release = request.release
    data = {"round": release.round_id, "number": release.number, **more}
    record(event, request, actor=actor, at=at, data=data)
