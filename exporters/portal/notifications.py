"""What is told of requests for microdata: to those who decide, and to who has asked."""

from datetime import datetime

from django.urls import reverse

from exporters.portal.models import DataRequest
from surveys.audit.models import AuditEvent
from surveys.campaigns.notifications import news_for_department
from surveys.inbox import services as inbox
from surveys.inbox.enums import NoticeKind
from surveys.inbox.services import News
from surveys.organisations.enums import DepartmentRoleName


def tell_of_request(request: DataRequest, *, event: AuditEvent, at: datetime) -> int:
    """Tell the administrators of the owner; how many were told."""
    news = news_for_department(
        request.release.round,
        DepartmentRoleName.ADMINISTRATOR,
        without=event.actor,
        url=reverse("data_request", args=[request.pk]),
        actor=str(request.asked_by),
    )
    return inbox.notify(NoticeKind.DATA_REQUESTED, news, event=inbox.cause(event), at=at)


def tell_of_decision(request: DataRequest, *, event: AuditEvent, at: datetime) -> int:
    """Tell who has asked what became of it; how many were told."""
    round_ = request.release.round
    data = {"campaign": round_.campaign.titles, "period": round_.periods}
    news = News(
        request.asked_by_id,
        f"data_request:{request.pk}",
        reverse("data_request", args=[request.pk]),
        data,
    )
    return inbox.notify(NoticeKind.DATA_REQUEST_DECIDED, [news], event=inbox.cause(event), at=at)
