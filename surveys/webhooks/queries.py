"""Webhooks and their messages as lists."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from surveys.organisations.enums import DepartmentRoleName
from surveys.organisations.models import Agency, User
from surveys.organisations.rules import owners_of
from surveys.webhooks.enums import DeliveryStatus
from surveys.webhooks.models import Webhook, WebhookDelivery


def webhooks_of(user: User) -> QuerySet[Webhook, Any]:
    """The webhooks that the person manages, with ``waiting`` and ``given_up`` messages counted."""
    waiting = Q(deliveries__status__in=[DeliveryStatus.WAITING, DeliveryStatus.SENDING])
    return (
        Webhook.objects.visible_to(user)
        .select_related("owner")
        .annotate(
            waiting=Count("deliveries", filter=waiting),
            given_up=Count("deliveries", filter=Q(deliveries__status=DeliveryStatus.FAILED)),
        )
    )


def owners_to_choose(user: User) -> QuerySet[Agency]:
    """The owners that the person administers."""
    administered = owners_of(user, DepartmentRoleName.ADMINISTRATOR)
    return Agency.objects.filter(pk__in=administered).order_by("official_order", "pk")


def deliveries_of(webhook: Webhook) -> QuerySet[WebhookDelivery]:
    """Its messages, the newest first."""
    return webhook.deliveries.order_by("-queued_at", "-pk")
