"""What huey runs: one job by its id, and every minute the sweep."""

from datetime import timedelta
from typing import Final

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import HUEY, db_periodic_task, db_task

from surveys.background import runner
from surveys.background.models import Job

PATIENCE: Final = timedelta(seconds=30)
ENOUGH: Final = 100


@db_task()  # type: ignore[untyped-decorator]  # huey has no types
def run_job(job_id: int) -> None:
    """Run one job, unless it is done or in other hands."""
    runner.run(job_id)


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]  # huey has no types
def sweep_jobs() -> None:
    """Wake the jobs that the queue lost or whose worker died.

    While the queue itself is long, nothing is lost, only waiting.
    """
    at = timezone.now()
    runner.give_up_lost(at=at)
    if HUEY.pending_count() >= ENOUGH:
        return
    for job_id in Job.objects.to_wake(at, patience=PATIENCE).values_list("pk", flat=True)[:ENOUGH]:
        run_job(job_id)
