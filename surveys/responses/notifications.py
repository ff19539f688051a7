"""Whom a step of a response concerns, and what they are told of it."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from django.urls import reverse

from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.campaigns.deadlines import local_day
from surveys.campaigns.models import Assignment, AssignmentQuerySet
from surveys.campaigns.notifications import news_about, news_for_members
from surveys.inbox import services as inbox
from surveys.inbox.enums import NoticeKind
from surveys.organisations.queries import people_with_role
from surveys.responses.rules import WRITERS
from surveys.responses.signoff import turns

TURNS: Final = (
    Event.RESPONSE_SENT,
    Event.RESPONSE_APPROVED,
    Event.RESPONSE_SIGNED,
    Event.RESPONSE_RETURNED,
)


def tell_of_turn(event: AuditEvent, *, at: datetime) -> int:
    """Tell those whose step of the sign-off chain waits, substitutes too; how many were told.

    Where the chain has gone on since the event, the later event tells of that.
    """
    later = AuditEvent.objects.filter(
        subject_type=event.subject_type,
        subject_id=event.subject_id,
        pk__gt=event.pk,
        kind__in=TURNS,
    )
    assignment = _assignment(event).select_related("agency", "round__campaign").get()
    step = turns.waiting_step(assignment)
    agency = None if step is None else turns.agency_of(assignment, step)
    if step is None or agency is None or later.exists():
        return 0
    people = people_with_role(agency, step.role, day=local_day(at))
    news = [news_about(assignment, each) for each in people if each != event.actor_id]
    return inbox.notify(NoticeKind.SENT, news, event=inbox.cause(event), at=at)


def tell_of_signature(event: AuditEvent, *, at: datetime) -> int:
    """Tell those who wrote the answers that they are submitted; how many were told."""
    news = news_for_members(_assignment(event), *WRITERS, without=event.actor)
    return inbox.notify(NoticeKind.SIGNED, news, event=inbox.cause(event), at=at)


def tell_of_return(event: AuditEvent, *, at: datetime) -> int:
    """Tell the agency why its answers come back; how many were told."""
    news = news_for_members(_assignment(event), without=event.actor, reason=event.data["reason"])
    return inbox.notify(NoticeKind.RETURNED, news, event=inbox.cause(event), at=at)


def tell_of_refused_pdf(event: AuditEvent, *, at: datetime) -> int:
    """Tell whoever handed a signed PDF in that it was not accepted; how many were told."""
    if event.actor_id is None:
        return 0
    assignment = _assignment(event).select_related("agency", "round__campaign").get()
    news = news_about(assignment, event.actor_id)
    address = reverse("response_sign", args=[assignment.pk])
    cause = inbox.cause(event)
    return inbox.notify(
        NoticeKind.SIGNATURE_REFUSED, [replace(news, url=address)], event=cause, at=at
    )


def tell_of_move(event: AuditEvent, *, at: datetime) -> int:
    """Tell those who write that their draft stands under a newer version; how many were told."""
    news = news_for_members(_assignment(event), *WRITERS, version=event.data["to"])
    return inbox.notify(NoticeKind.MIGRATED, news, event=inbox.cause(event), at=at)


def _assignment(event: AuditEvent) -> AssignmentQuerySet:
    return Assignment.objects.filter(response=int(event.subject_id))
