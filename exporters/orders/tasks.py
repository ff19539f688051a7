"""Background work of the exports; the file libraries load inside the task."""

from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string

from exporters.order import Writer
from exporters.orders import services
from exporters.orders.models import Export
from surveys.background.context import JobContext


def write_export(job: JobContext) -> dict[str, Any]:
    """Write the file that was asked for."""
    export = Export.objects.select_related(
        "round__campaign", "round__version", "run__version__index", "release", "owner"
    ).get(pk=job.event.subject_id)
    order = services.order_of(export)
    writer: Writer = import_string(services.exporter_of(export).writer)
    path = services.place_for(export)
    writer(order, path, job.progress)
    services.keep_file(export, path, at=timezone.now())
    return {"export": export.pk, "size": export.size}
