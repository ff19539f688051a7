"""Stopping a job."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from surveys.audit.enums import Event
from surveys.audit.services import record
from surveys.background.context import announce
from surveys.background.enums import PENDING, JobStatus
from surveys.background.models import Job
from surveys.common.errors import DomainError

if TYPE_CHECKING:
    from surveys.organisations.models import User


class JobOver(DomainError):
    """What is done, failed or stopped cannot be stopped."""

    code = "job_over"
    message = _("The work is over already; there is nothing to stop.")


@transaction.atomic
def cancel(job: Job, *, event: Event, about: Model, actor: "User | None", at: datetime) -> None:
    """Stop a job that waits or runs, for good; ``event`` and ``about`` are how its context records it.

    A worker that has it in hand loses its lease at once: its next report of progress raises
    JobCancelled, and nothing that it writes under its lease is kept. Raises JobOver.
    """
    stopped = Job.objects.filter(pk=job.pk, status__in=PENDING).update(
        status=JobStatus.CANCELLED, lease_token="", leased_until=None, finished_at=at
    )
    if not stopped:
        raise JobOver
    record(event, about, actor=actor, at=at, data={"job": job.pk, "task": job.task})
    announce(job.pk, at=at)
    job.refresh_from_db()
