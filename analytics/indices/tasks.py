"""Background work of indices; the heavy modules load inside the task."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from analytics.indices.models import IndexRun
from analytics.indices.services import store_results
from surveys.background.context import JobContext


def compute_run(job: JobContext) -> dict[str, Any]:
    """Compute the run that was asked for, unless another worker has done so already."""
    from analytics.indices.compute import STEPS, outcome_of  # noqa: PLC0415  (loads numpy)

    run = IndexRun.objects.select_related("version__index", "round__campaign").get(
        pk=job.event.subject_id
    )
    if run.computed_at is None:
        outcome = outcome_of(run, progress=job.progress)
        with transaction.atomic():
            # While the job is held, nobody takes it over or stops it: results are kept whole or not at all.
            job.renew()
            store_results(run, outcome, at=timezone.now())
        job.progress(STEPS, STEPS)
    return {"run": run.pk}
