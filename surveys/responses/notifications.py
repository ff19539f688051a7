"""Whom a step of a response concerns, and what they are told of it."""

from datetime import datetime

from surveys.audit.models import AuditEvent
from surveys.campaigns.models import Assignment, AssignmentQuerySet
from surveys.campaigns.notifications import news_for_members
from surveys.inbox import services as inbox
from surveys.inbox.enums import NoticeKind
from surveys.organisations.enums import MembershipRole
from surveys.responses.rules import WRITERS


def tell_of_sending(event: AuditEvent, *, at: datetime) -> int:
    """Tell the agency's signatories that answers wait for them; how many were told."""
    news = news_for_members(_assignment(event), MembershipRole.SIGNATORY, without=event.actor)
    return inbox.notify(NoticeKind.SENT, news, event=inbox.cause(event), at=at)


def tell_of_signature(event: AuditEvent, *, at: datetime) -> int:
    """Tell those who wrote the answers that they are submitted; how many were told."""
    news = news_for_members(_assignment(event), *WRITERS, without=event.actor)
    return inbox.notify(NoticeKind.SIGNED, news, event=inbox.cause(event), at=at)


def tell_of_return(event: AuditEvent, *, at: datetime) -> int:
    """Tell the agency why its answers come back; how many were told."""
    news = news_for_members(_assignment(event), without=event.actor, reason=event.data["reason"])
    return inbox.notify(NoticeKind.RETURNED, news, event=inbox.cause(event), at=at)


def tell_of_move(event: AuditEvent, *, at: datetime) -> int:
    """Tell those who write that their draft stands under a newer version; how many were told."""
    news = news_for_members(_assignment(event), *WRITERS, version=event.data["to"])
    return inbox.notify(NoticeKind.MIGRATED, news, event=inbox.cause(event), at=at)


def _assignment(event: AuditEvent) -> AssignmentQuerySet:
    return Assignment.objects.filter(response=int(event.subject_id))
