"""Background work of webhooks: messages are made after events, and sent every minute or when woken."""

from typing import Any

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from surveys.background.context import JobContext
from surveys.webhooks import notifications, services
from surveys.webhooks.enums import DeliveryStatus
from surveys.webhooks.models import Webhook, WebhookDelivery


def queue_messages(job: JobContext) -> dict[str, Any]:
    """Make the messages that follow from the event, and wake their delivery."""
    made = services.queue_following(job.id, job.event, at=job.now())
    if made:
        deliver_messages()
    return {"messages": made}


def wake(_job: JobContext) -> None:
    """Wake the delivery: something may be due at once."""
    deliver_messages()


def tell_of_end(job: JobContext) -> dict[str, Any]:
    """Tell the owner's administrators that a webhook was switched off, unless one has removed it."""
    webhook = Webhook.objects.filter(pk=job.event.subject_id).first()
    if webhook is None:
        return {"told": 0}
    return {"told": notifications.tell_of_end(webhook, event=job.event, at=job.now())}


@db_task()  # type: ignore[untyped-decorator]  # huey has no types
def deliver_messages() -> None:
    """Send what was made just now."""
    _deliver()


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]  # huey has no types
def deliver_messages_every_minute() -> None:
    """Send what was put off, what its worker left behind, and what nobody was woken for."""
    _deliver()


@db_periodic_task(crontab(hour="3", minute="20"))  # type: ignore[untyped-decorator]  # huey has no types
def forget_old_messages() -> None:
    """Every night, delete messages that are long over."""
    services.forget_old(at=timezone.now())


def _deliver() -> None:
    """Send what is due; goes on in a task of its own after a while, if something was taken."""
    tally = services.deliver_due(clock=timezone.now)
    if tally[DeliveryStatus.DELIVERED] and _is_due():
        deliver_messages()


def _is_due() -> bool:
    return WebhookDelivery.objects.due(timezone.now()).exists()
