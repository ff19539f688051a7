"""Background work of the exports; the file libraries load inside the task."""

from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from exporters.order import Writer
from exporters.orders import notifications, places, services
from exporters.orders.models import Export
from exporters.orders.queries import RELATED
from surveys.background.context import JobContext


def write_export(job: JobContext) -> dict[str, Any]:
    """Write the file that was asked for, beside all other attempts, and keep it if the job is still
    this one's."""
    export = _export(job)
    if export.finished_at is None:
        order = services.begin(export, at=job.now())
        writer: Writer = import_string(services.exporter_of(export).writer)
        with places.part_of(export, job.attempt) as part:
            writer(order, part, job.progress)
            services.keep_file(export, part, job=job, at=job.now())
    return {"export": export.pk, "size": export.size}


def tell_of_file(job: JobContext) -> dict[str, Any]:
    """Tell the owner that a file is there, if it took long."""
    return {"told": notifications.tell_of_file(_export(job), event=job.event, at=job.now())}


def withdraw_files(job: JobContext) -> dict[str, Any]:
    """Remove at once what somebody may not have any more."""
    return {"files": services.remove_withheld(at=job.now())}


@db_periodic_task(crontab(minute="*/10"))  # type: ignore[untyped-decorator]  # huey has no types
def sweep_files() -> None:
    """Every ten minutes, remove what is kept no longer."""
    at = timezone.now()
    services.remove_expired(at=at)
    services.remove_withheld(at=at)
    services.remove_orphans(at=at)


def _export(job: JobContext) -> Export:
    return Export.objects.select_related("owner", *RELATED).get(pk=job.event.subject_id)
