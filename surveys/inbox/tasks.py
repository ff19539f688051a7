"""Background work of the inbox."""

from typing import Any

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from surveys.background.context import JobContext
from surveys.inbox import notifications, services


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]  # huey has no types
def send_digests() -> None:
    """Queue what is told at once, and the digests whose hour has come."""
    services.send_digests(at=timezone.now())


def tell_of_substitution(job: JobContext) -> dict[str, Any]:
    """Tell who stands in for whom."""
    return {"told": notifications.tell_of_substitution(job.event, at=job.now())}
