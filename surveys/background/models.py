"""The job record: the truth about background work; the queue only carries its id."""

from datetime import datetime, timedelta
from typing import ClassVar, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from surveys.background.enums import PENDING, JobStatus

MAX_ATTEMPTS: Final = 3


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs by what a worker may do with them. In a waiting job ``leased_until`` is "not before"."""

    def claimable(self, at: datetime) -> Self:
        """Jobs that may be started: waiting and due, or running under a lease that ran out."""
        return self.filter(
            Q(leased_until__isnull=True) | Q(leased_until__lt=at),
            status__in=PENDING,
            attempts__lt=MAX_ATTEMPTS,
        )

    def to_wake(self, at: datetime, *, patience: timedelta) -> Self:
        """Claimable jobs that the queue has had time to deliver and did not, oldest first."""
        return self.claimable(at).filter(created_at__lt=at - patience).order_by("pk")

    def lost(self, at: datetime) -> Self:
        """Jobs whose worker went silent at the last attempt."""
        return self.filter(
            status=JobStatus.RUNNING, leased_until__lt=at, attempts__gte=MAX_ATTEMPTS
        )


class Job(models.Model):
    """A piece of background work that follows an audit event.

    A worker writes only while it holds the lease (``lease_token``, until ``leased_until``).
    ``payload`` names what to work on, ``result`` what came of it; ``progress`` of ``total`` steps.
    """

    event = models.ForeignKey("surveys.AuditEvent", on_delete=models.PROTECT, related_name="jobs")
    task = models.CharField(max_length=120)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="jobs"
    )
    payload = models.JSONField(default=dict)
    status = models.CharField(max_length=9, choices=JobStatus, default=JobStatus.WAITING)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_token = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[JobQuerySet] = JobQuerySet.as_manager()  # type: ignore[assignment]  # a manager with the queryset's methods

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "task"], name="job_once_per_event_and_task")
        ]
        indexes = [
            models.Index(fields=["status", "leased_until"], name="job_to_sweep"),
            models.Index(fields=["owner", "-created_at"], name="job_by_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.task} ({self.status})"

    @property
    def percent(self) -> int:
        """How far it is, in percent."""
        return round(100 * self.progress / self.total) if self.total else 0
