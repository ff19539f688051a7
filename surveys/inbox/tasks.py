"""What huey runs: the mails of notices, every minute."""

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from surveys.inbox import services


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]  # huey has no types
def send_digests() -> None:
    """Queue what is told at once, and the digests whose hour has come."""
    services.send_digests(at=timezone.now())
