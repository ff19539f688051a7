"""What huey runs: the outbox, every minute and when a mail was queued."""

from typing import Final

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from surveys.mailing.models import OutgoingMail
from surveys.mailing.services import deliver_due

ENOUGH: Final = 500
"""Mails of one run: then other work of the queue has its turn."""


@db_task()  # type: ignore[untyped-decorator]  # huey has no types
def deliver_mail() -> None:
    """Hand over what was queued just now."""
    _deliver()


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]  # huey has no types
def deliver_mail_every_minute() -> None:
    """Find what was put off, what its worker left behind, and what nobody was woken for."""
    _deliver()


def _deliver() -> None:
    """Hand over what is due, unless somebody is at it; goes on in a task of its own after a while."""
    at = timezone.now()
    # Workers are harmless to one another, but each has the pace that the mail server bears.
    if OutgoingMail.objects.in_hand(at).exists():
        return
    delivery = deliver_due(at=at, limit=ENOUGH)
    if delivery.server_answers and OutgoingMail.objects.due(timezone.now()).exists():
        deliver_mail()
