"""What a task gets in its hand."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from surveys.audit.models import AuditEvent
from surveys.background.enums import JobStatus
from surveys.background.models import Job

if TYPE_CHECKING:
    from surveys.organisations.models import User

LEASE: Final = timedelta(seconds=60)
REPORT_EVERY: Final = timedelta(milliseconds=500)

Clock = Callable[[], datetime]
Task = Callable[["JobContext"], Mapping[str, Any] | None]


class LeaseLost(Exception):
    """Another worker has taken the job over: stop, and write nothing more."""


class JobCancelled(LeaseLost):
    """Somebody has stopped the job: stop, and write nothing more."""


class JobContext:
    """A running job as its task sees it. Everything it writes, it writes under its lease."""

    def __init__(self, job: Job, *, clock: Clock) -> None:
        self._job = job
        self._clock = clock
        self._reported_at: datetime | None = None

    @property
    def id(self) -> int:
        """The job's id; live messages about it have the topic ``job:<id>``."""
        return self._job.pk

    @property
    def attempt(self) -> str:
        """What no other attempt at this or another job has: a name for files that only this one writes."""
        return self._job.lease_token

    @property
    def event(self) -> AuditEvent:
        """The audit event that the job follows."""
        return self._job.event

    @property
    def payload(self) -> Mapping[str, Any]:
        """The event's data."""
        payload: Mapping[str, Any] = self._job.payload
        return payload

    @property
    def owner(self) -> "User | None":
        """Who did what the job follows."""
        return self._job.owner

    def now(self) -> datetime:
        """The time, from the runner's clock."""
        return self._clock()

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Say how far the work is, and renew the lease.

        Raises LeaseLost when another worker has the job by now, JobCancelled when it was stopped. Reports that follow each other
        within half a second are left out, except the last one and those with a new message.
        """
        at = self._clock()
        if not self._is_due(done, total, message, at):
            return
        self._reported_at, self._job.message = at, message[:200]
        self.report(progress=done, total=total, message=self._job.message, leased_until=at + LEASE)

    def renew(self) -> None:
        """Renew the lease without saying anything; raises LeaseLost. Within a transaction, nobody takes
        the job over or stops it until that is committed."""
        self._write(leased_until=self._clock() + LEASE)

    def report(self, **fields: Any) -> None:
        """Write to the job's row while the lease is held and tell who watches; raises LeaseLost."""
        with transaction.atomic():
            self._write(**fields)
            announce(self._job.pk, at=self._clock())

    def _write(self, **fields: Any) -> None:
        held = Job.objects.filter(
            pk=self._job.pk, lease_token=self._job.lease_token, status=JobStatus.RUNNING
        )
        if held.update(**fields):
            return
        stopped = Job.objects.filter(pk=self._job.pk, status=JobStatus.CANCELLED).exists()
        raise (JobCancelled if stopped else LeaseLost)(f"job {self._job.pk}")

    def _is_due(self, done: int, total: int, message: str, at: datetime) -> bool:
        return (
            self._reported_at is None
            or done >= total
            or message[:200] != self._job.message
            or at - self._reported_at >= REPORT_EVERY
        )


def announce(job_id: int, *, at: datetime) -> None:
    """Tell whoever ``settings.JOB_ANNOUNCER`` names that the job's row changed."""
    import_string(settings.JOB_ANNOUNCER)(job_id, at=at)
