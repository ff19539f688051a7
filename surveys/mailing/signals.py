"""What the outbox tells within its own context."""

from typing import Final

from django.dispatch import Signal

mail_queued: Final = Signal()
"""Sent inside the transaction in which mails were put into the outbox."""
