"""The outbox: one row is one mail."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from surveys.mailing.enums import MailStatus

DELAYS: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    *(timedelta(hours=6),) * 4,
)
"""How long a mail rests after its first, second, … attempt: about a day in all."""
MAX_ATTEMPTS: Final = len(DELAYS) + 1


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Mails by what they are about and by what may be done with them."""

    def within(self, within: str) -> Self:
        """The mails of a whole, say ``round:7``."""
        return self.filter(within=within)

    def about(self, abouts: Sequence[str]) -> Self:
        """The mails about any of these, say ``["assignment:12"]``."""
        return self.filter(about__in=abouts)

    def due(self, at: datetime) -> Self:
        """Mails that may be claimed: waiting and due, or in hand under a lease that ran out."""
        return self.filter(
            Q(status=MailStatus.WAITING) & (Q(not_before=None) | Q(not_before__lte=at))
            | Q(status=MailStatus.SENDING, leased_until__lt=at),
            attempts__lt=MAX_ATTEMPTS,
        )

    def in_hand(self, at: datetime) -> Self:
        """Mails that a worker is handing over at this moment."""
        return self.filter(status=MailStatus.SENDING, leased_until__gte=at)

    def lost(self, at: datetime) -> Self:
        """Mails whose worker went silent at the last attempt."""
        return self.filter(
            status=MailStatus.SENDING, leased_until__lt=at, attempts__gte=MAX_ATTEMPTS
        )


class OutgoingMail(models.Model):
    """One mail to one address, once for each step of what it is about.

    ``message_id`` is fixed when the row is written, so that a mail handed over twice, because a
    worker died before it could write that down, is the same mail to whoever receives it.

    ``text`` holds ``wording.SECRET_LINK`` where the link named by ``link_purpose`` and ``link_id``
    goes: the link itself is made while handing over and stands in no table.

    ``within`` is the whole by which pages count (``round:7``). ``bounce_digest`` tells which
    report made the mail come back, so that an old report is not counted again after a retry.
    """

    about = models.CharField(max_length=80)
    step = models.CharField(max_length=80)
    within = models.CharField(max_length=80, blank=True)
    to_address = models.CharField(max_length=254)
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reply_to = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    link_purpose = models.CharField(max_length=40, blank=True)
    link_id = models.BigIntegerField(null=True)
    message_id = models.CharField(max_length=255, unique=True)
    status = models.CharField(max_length=9, choices=MailStatus, default=MailStatus.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_token = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)
    bounced_at = models.DateTimeField(null=True)
    bounce_code = models.CharField(max_length=12, blank=True)
    bounce_text = models.CharField(max_length=500, blank=True)
    bounce_digest = models.CharField(max_length=64, blank=True)

    objects: ClassVar[OutgoingMailQuerySet] = OutgoingMailQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the queryset's methods

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["about", "step"], name="mail_once_per_about_and_step"),
            models.CheckConstraint(
                condition=Q(link_purpose="", link_id=None)
                | (~Q(link_purpose="") & Q(link_id__isnull=False)),
                name="mail_link_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "not_before"], name="mail_due"),
            models.Index(fields=["within", "step", "status"], name="mail_by_whole"),
            models.Index(fields=["to_address"], name="mail_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.step} ({self.status})"
