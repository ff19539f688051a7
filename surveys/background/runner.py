"""Runs jobs: claimed by lease, renewed by heartbeat, tried three times.

The row is the truth; the queue only says "look at number 17". Two workers with the same number are
harmless: the claim is a compare-and-set.
"""

import logging
import uuid
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.module_loading import import_string
from django.utils.timezone import now as the_clock
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from surveys.background.context import (
    LEASE,
    Clock,
    JobCancelled,
    JobContext,
    LeaseLost,
    Task,
    announce,
)
from surveys.background.enums import JobStatus
from surveys.background.heartbeat import heartbeat
from surveys.background.models import MAX_ATTEMPTS, Job
from surveys.common.errors import DomainError

FIRST_DELAY: Final = timedelta(seconds=15)
LOST: Final = _("The worker stopped in the middle of the work.")

logger = logging.getLogger(__name__)


def run(job_id: int, *, clock: Clock = the_clock) -> bool:
    """Claim the job and run its task; False when it is not to be had (done, failed, stopped, taken)."""
    job = claim(job_id, at=clock())
    if job is None:
        return False
    context = JobContext(job, clock=clock)
    try:
        _attempt(job, context)
    except JobCancelled:
        logger.info("Job %s was stopped", job.pk)
    except LeaseLost:
        logger.warning("Job %s was taken over by another worker", job.pk)
    return True


def run_pending(limit: int | None = None, *, clock: Clock = the_clock) -> int:
    """Run, here and now, what waits; the number of jobs run. For commands and tests.

    Jobs that the run itself brings about are run too; a job that fails waits for its next attempt.
    """
    tried: set[int] = set()
    while limit is None or len(tried) < limit:
        waiting = Job.objects.claimable(clock()).exclude(pk__in=tried).order_by("pk")
        job_id = waiting.values_list("pk", flat=True).first()
        if job_id is None:
            break
        tried.add(job_id)
        run(job_id, clock=clock)
    return len(tried)


def claim(job_id: int, *, at: datetime) -> Job | None:
    """Take the lease of a job that waits or whose worker went silent."""
    taken = (
        Job.objects.claimable(at)
        .filter(pk=job_id)
        .update(
            status=JobStatus.RUNNING,
            lease_token=uuid.uuid4().hex,
            leased_until=at + LEASE,
            attempts=F("attempts") + 1,
            started_at=at,
            progress=0,
            message="",
        )
    )
    return Job.objects.select_related("event", "owner").get(pk=job_id) if taken else None


def give_up_lost(*, at: datetime) -> int:
    """Fail the jobs whose worker went silent at the last attempt; their number."""
    with transaction.atomic():
        lost = list(Job.objects.lost(at).values_list("pk", flat=True))
        for job_id in lost:
            Job.objects.lost(at).filter(pk=job_id).update(
                status=JobStatus.FAILED, error=str(LOST), finished_at=at, lease_token=""
            )
            announce(job_id, at=at)
    return len(lost)


def _attempt(job: Job, context: JobContext) -> None:
    """Run the task once and write down what became of it; raises LeaseLost.

    What the task says is in its owner's language.
    """
    language = job.owner.language if job.owner else settings.LANGUAGE_CODE
    try:
        with heartbeat(context), override(language):
            task: Task = import_string(job.task)
            result = task(context)
    except LeaseLost:
        raise
    except DomainError as refusal:
        with override(language):
            _fail(job, context, str(refusal), final=True)
    except Exception as error:
        logger.exception("Job %s (%s) failed at attempt %s", job.pk, job.task, job.attempts)
        final = job.attempts >= MAX_ATTEMPTS
        _fail(job, context, f"{type(error).__name__}: {error}", final=final)
    else:
        context.report(
            status=JobStatus.DONE,
            result=dict(result or {}),
            error="",
            progress=F("total"),
            finished_at=context.now(),
            leased_until=None,
        )


def _fail(job: Job, context: JobContext, error: str, *, final: bool) -> None:
    at = context.now()
    fields: dict[str, Any] = {"error": error[:2000]}
    if final:
        fields |= {"status": JobStatus.FAILED, "finished_at": at, "leased_until": None}
    else:
        delay = FIRST_DELAY * 4 ** (job.attempts - 1)
        fields |= {"status": JobStatus.WAITING, "leased_until": at + delay}
    context.report(**fields)
