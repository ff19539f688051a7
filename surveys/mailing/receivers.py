"""Wakes the queue after mails were put into the outbox."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from surveys.mailing.signals import mail_queued
from surveys.mailing.tasks import deliver_mail


@receiver(mail_queued)
def wake(**_kwargs: Any) -> None:
    """Wake the queue after commit. Where that fails it is logged, and the next minute finds them."""
    transaction.on_commit(deliver_mail, robust=True)
