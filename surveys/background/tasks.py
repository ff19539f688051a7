"""What huey runs: one job by its id, and every minute the sweep."""

from datetime import timedelta
from importlib import import_module
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from huey import crontab
from huey.contrib.djhuey import HUEY, db_periodic_task, db_task, on_startup

from surveys.background import runner
from surveys.background.models import Job

PATIENCE: Final = timedelta(seconds=30)
ENOUGH: Final = 100


@on_startup()  # type: ignore[untyped-decorator]  # huey has no types
def load_modules() -> None:
    """Load what ``settings.JOB_MODULES`` names before the first job: who asks first waits no longer
    than who asks later."""
    for name in import_string(settings.JOB_MODULES):
        import_module(name)


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
