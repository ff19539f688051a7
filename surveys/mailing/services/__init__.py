"""Queueing, withdrawing, handing over, trying again, and what came back."""

from surveys.mailing.services.queueing import MailUnfit, NewMail, queue, withdraw

__all__ = ["MailUnfit", "NewMail", "queue", "withdraw"]
