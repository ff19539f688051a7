"""Forgetting messages that are long over."""

from datetime import datetime, timedelta
from typing import Final

from surveys.webhooks.enums import DeliveryStatus
from surveys.webhooks.models import WebhookDelivery

KEPT: Final = timedelta(days=30)


def forget_old(*, at: datetime) -> int:
    """Delete what was delivered or given up and was made more than 30 days ago; how many.

    What is deleted stands in the audit as the event that it told of.
    """
    over = WebhookDelivery.objects.filter(
        status__in=[DeliveryStatus.DELIVERED, DeliveryStatus.FAILED], queued_at__lt=at - KEPT
    )
    return over.delete()[0]
