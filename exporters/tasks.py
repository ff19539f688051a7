"""Background work of the exports; the file libraries load inside the task."""

from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string

from exporters.models import Export
from exporters.registry import exporter_named
from exporters.services import refuse_confidential, store_file
from surveys.background.context import JobContext


def write_export(job: JobContext) -> dict[str, Any]:
    """Write the file that was asked for."""
    export = Export.objects.select_related("round__campaign", "round__version").get(
        pk=job.event.subject_id
    )
    refuse_confidential(export.round)
    at = timezone.now()
    job.progress(1, 3, "reading")
    writer = import_string(exporter_named(export.name, export.format).writer)
    content = writer(export.round, language=export.language, at=at)
    job.progress(2, 3, "storing")
    store_file(export, content, at=at)
    job.progress(3, 3, "done")
    return {"export": export.pk, "size": export.size}
