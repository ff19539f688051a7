"""Filling in drafts in the background."""

from dataclasses import asdict
from typing import Any

from surveys.background.context import JobContext
from surveys.responses.prefilled.models import PrefillUpload
from surveys.responses.prefilling import services


def fill_drafts(job: JobContext) -> dict[str, Any]:
    """Store what the table of the event fills in, and put it into the drafts of its round."""
    uploads = PrefillUpload.objects.select_related("round", "applied_by")
    upload = uploads.get(pk=job.payload["upload"])
    services.store_values(upload)
    filled = services.fill_drafts(upload, actor=job.owner, clock=job.now, progress=job.progress)
    return asdict(filled)
