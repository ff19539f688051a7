"""What an owner's administrators are told of their webhooks."""

from datetime import datetime

from django.urls import reverse

from surveys.audit.models import AuditEvent
from surveys.inbox import services as inbox
from surveys.inbox.enums import NoticeKind
from surveys.inbox.services import News
from surveys.organisations.enums import DepartmentRoleName
from surveys.organisations.models import DepartmentRole
from surveys.webhooks.models import Webhook
from surveys.webhooks.services import host_of


def tell_of_end(webhook: Webhook, *, event: AuditEvent, at: datetime) -> int:
    """Tell them that a webhook was switched off because nobody took its messages; how many were told."""
    people = DepartmentRole.objects.filter(
        owner=webhook.owner_id, role=DepartmentRoleName.ADMINISTRATOR, user__is_active=True
    )
    page = reverse("webhook_detail", args=[webhook.pk])
    news = [
        News(user, f"webhook:{webhook.pk}", page, {"host": host_of(webhook)})
        for user in people.values_list("user", flat=True).order_by("user")
    ]
    return inbox.notify(NoticeKind.WEBHOOK_OFF, news, event=inbox.cause(event), at=at)
