"""Background work of requests for microdata."""

from typing import Any

from exporters.portal import notifications
from exporters.portal.models import DataRequest
from surveys.background.context import JobContext


def tell_of_request(job: JobContext) -> dict[str, Any]:
    """Tell those who decide."""
    return {"told": notifications.tell_of_request(_request(job), event=job.event, at=job.now())}


def tell_of_decision(job: JobContext) -> dict[str, Any]:
    """Tell who has asked."""
    return {"told": notifications.tell_of_decision(_request(job), event=job.event, at=job.now())}


def _request(job: JobContext) -> DataRequest:
    found = DataRequest.objects.select_related("release__round__campaign", "asked_by")
    return found.get(pk=job.event.subject_id)
