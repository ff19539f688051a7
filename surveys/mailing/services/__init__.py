"""Queueing, withdrawing, handing over, trying again, and what came back."""

from surveys.mailing.services.bounces import Recorded, record_bounces
from surveys.mailing.services.delivery import Delivery, deliver_due
from surveys.mailing.services.queueing import MailUnfit, NewMail, queue, withdraw
from surveys.mailing.services.retrying import (
    AddressUnusable,
    NothingToRetry,
    retry,
    retry_failed,
    rewrite,
)

__all__ = [
    "AddressUnusable",
    "Delivery",
    "MailUnfit",
    "NewMail",
    "NothingToRetry",
    "Recorded",
    "deliver_due",
    "queue",
    "record_bounces",
    "retry",
    "retry_failed",
    "rewrite",
    "withdraw",
]
