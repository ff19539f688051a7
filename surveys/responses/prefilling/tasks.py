"""Filling in drafts in the background."""

from dataclasses import asdict
from typing import Any

from surveys.background.context import JobContext
from surveys.responses.prefilled.models import PrefillUpload
from surveys.responses.prefilling import services


def fill_drafts(job: JobContext) -> dict[str, Any]:
    """Put what the table of the event fills in into the drafts of its round."""
    upload = PrefillUpload.objects.select_related("round").get(pk=job.payload["upload"])
    filled = services.fill_drafts(upload, actor=job.owner, clock=job.now, progress=job.progress)
    return asdict(filled)
