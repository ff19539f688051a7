"""Keeps the outbox short."""

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from surveys.live import services


@db_periodic_task(crontab(minute="*/10"))  # type: ignore[untyped-decorator]  # huey has no types
def prune_messages() -> None:
    """Delete the messages that every browser has had."""
    services.prune(at=timezone.now())
