"""Background work of publications."""

from typing import Any

from analytics.releases import notifications
from analytics.releases.models import Release
from surveys.background.context import JobContext


def tell_of_proposal(job: JobContext) -> dict[str, Any]:
    """Tell those who may approve it."""
    told = notifications.tell_of_proposal(_release(job), event=job.event, at=job.now())
    return {"told": told}


def tell_of_release(job: JobContext) -> dict[str, Any]:
    """Tell agencies and department that results are published."""
    told = notifications.tell_of_release(_release(job), event=job.event, at=job.now())
    return {"told": told}


def _release(job: JobContext) -> Release:
    found = Release.objects.select_related("round__campaign", "proposed_by")
    return found.get(pk=job.event.subject_id)
