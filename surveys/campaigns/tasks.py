"""Background work of the campaigns."""

from typing import Any

from surveys.background.context import JobContext
from surveys.campaigns import notifications
from surveys.campaigns.models import Round


def tell_of_opening(job: JobContext) -> dict[str, Any]:
    """Tell agencies and department that a round is open."""
    return {"told": notifications.tell_of_opening(_round(job), event=job.event, at=job.now())}


def tell_of_closing(job: JobContext) -> dict[str, Any]:
    """Tell the department that a round is closed."""
    return {"told": notifications.tell_of_closing(_round(job), event=job.event, at=job.now())}


def _round(job: JobContext) -> Round:
    return Round.objects.select_related("campaign").get(pk=job.event.subject_id)
