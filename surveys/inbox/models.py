"""Notices, and how each person wants them."""

from datetime import datetime
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from surveys.inbox import words
from surveys.inbox.enums import NoticeKind, Way
from surveys.inbox.kinds import KINDS
from surveys.organisations.rules import Person

FIRST_HOUR: Final = 7
"""The hour of the digest, in the country's time, of people who chose none."""

MAILED_WAYS: Final = [Way.AT_ONCE.value, Way.DAILY.value, Way.WEEKLY.value]


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices by reader and state."""

    def visible_to(self, user: Person) -> Self:
        """The person's own."""
        return (
            self.filter(user=user.pk) if user.is_authenticated and user.is_active else self.none()
        )

    def unread(self) -> Self:
        """Those not read yet."""
        return self.filter(read_at__isnull=True)

    def to_mail(self, *, until: datetime) -> Self:
        """Unread notices told until then that go by mail and have not gone yet."""
        return self.unread().filter(
            mailed_at__isnull=True, way__in=MAILED_WAYS, at__lte=until, user__is_active=True
        )


class Notice(models.Model):
    """One thing one person is told of.

    ``about`` names what it concerns ("round:12", "assignment:55"), ``url`` the page where to act, and
    ``event`` what brought it about ("audit:981"; "2026-12-01" for a thing of the calendar): so a
    repeated job makes no second one. ``data`` holds what the sentence needs, never the sentence.
    ``way`` is the person's choice when it was made, and follows the choice until it is mailed.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    # A NoticeKind; as choices every new kind would want a migration.
    kind = models.CharField(max_length=20)
    about = models.CharField(max_length=40)
    event = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    url = models.CharField(max_length=300)
    way = models.CharField(max_length=8, choices=Way)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "about", "event"], name="notice_once")
        ]
        indexes = [
            models.Index(fields=["user", "-at", "-id"], name="notice_by_user"),
            models.Index(
                fields=["user"], condition=Q(read_at__isnull=True), name="notice_unread_by_user"
            ),
            models.Index(fields=["kind", "event"], name="notice_by_event"),
            models.Index(
                fields=["at"],
                condition=Q(read_at__isnull=True, mailed_at__isnull=True, way__in=MAILED_WAYS),
                name="notice_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"

    @property
    def sentence(self) -> str:
        """What it says, in the reader's language."""
        return words.sentence(self.kind, self.data)

    @property
    def label(self) -> str:
        """The name of its kind."""
        return str(NoticeKind(self.kind).label)

    @property
    def icon(self) -> str:
        """The icon of its kind."""
        return KINDS[self.kind].icon


class NoticePreference(models.Model):
    """How a person wants one kind of notice, or, without a kind, all those not chosen one by one.

    ``hour`` stands in the row without a kind: when the digest is sent, in the country's time.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preferences"
    )
    kind = models.CharField(max_length=20, blank=True)
    way = models.CharField(max_length=8, choices=Way, blank=True)
    hour = models.PositiveSmallIntegerField(default=FIRST_HOUR)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="notice_preference_once"),
            models.CheckConstraint(
                condition=Q(hour__lt=24), name="notice_preference_hour_of_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind or 'all'} {self.way}"
