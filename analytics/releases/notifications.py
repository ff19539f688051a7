"""Whom a publication concerns, and what they are told of it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.urls import reverse

from analytics.releases.models import Release
from surveys.audit.models import AuditEvent
from surveys.campaigns.models import Assignment
from surveys.campaigns.notifications import news_for_department, news_for_members
from surveys.inbox import services as inbox
from surveys.inbox.enums import NoticeKind
from surveys.inbox.services import News
from surveys.organisations.enums import DepartmentRoleName


def tell_of_proposal(release: Release, *, event: AuditEvent, at: datetime) -> int:
    """Tell the administrators who may approve it; how many were told."""
    department = news_for_department(
        release.round,
        DepartmentRoleName.ADMINISTRATOR,
        without=event.actor,
        url=reverse("release_approve", args=[release.pk]),
        actor=str(release.proposed_by),
    )
    cause = inbox.cause(event)
    return inbox.notify(NoticeKind.RELEASE_PROPOSED, department, event=cause, at=at)


def tell_of_release(release: Release, *, event: AuditEvent, at: datetime) -> int:
    """Tell the members of every agency of the round, and the department; how many were told.

    Who is told as a member too, is told once.
    """
    page = reverse("release_detail", args=[release.pk])
    asked = Assignment.objects.expected().filter(round=release.round)
    members = _leading(news_for_members(asked, without=event.actor), page)
    department = news_for_department(release.round, without=event.actor, url=page)
    once = {each.user: each for each in (*department, *members)}
    return inbox.notify(NoticeKind.RELEASED, once.values(), event=inbox.cause(event), at=at)


def _leading(news: Iterable[News], page: str) -> Iterator[News]:
    """The same news, leading to the publication."""
    for each in news:
        yield News(each.user, each.about, page, each.data)
