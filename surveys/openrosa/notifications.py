"""Who is told that something of what a device sent waits for a person."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.urls import reverse

from surveys.audit.models import AuditEvent
from surveys.campaigns.models import Assignment
from surveys.campaigns.notifications import news_for_members
from surveys.inbox import services as inbox
from surveys.inbox.enums import NoticeKind
from surveys.inbox.services import News
from surveys.organisations.enums import MembershipRole
from surveys.responses.devices.models import DeviceSubmission


def tell_of_waiting(event: AuditEvent, *, at: datetime) -> int:
    """Tell the agency's coordinators of the answers that wait, unless somebody has decided on them; how
    many were told."""
    waiting = DeviceSubmission.objects.open().filter(pk=event.data["submission"])
    submission = waiting.select_related("response").first()
    if submission is None or not event.data["left"]:
        return 0
    news = _news(submission, answers=event.data["left"])
    return inbox.notify(NoticeKind.DEVICE_WAITS, news, event=inbox.cause(event), at=at)


def _news(submission: DeviceSubmission, *, answers: int) -> Iterator[News]:
    assignment = submission.response.assignment_id
    page = reverse("device_submission", args=[assignment, submission.pk])
    concerned = Assignment.objects.filter(pk=assignment)
    for each in news_for_members(concerned, MembershipRole.COORDINATOR, answers=answers):
        yield replace(each, url=page)
