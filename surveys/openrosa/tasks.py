"""Background work of what devices send."""

from typing import Any

from surveys.background.context import JobContext
from surveys.openrosa import notifications


def tell_of_waiting(job: JobContext) -> dict[str, Any]:
    """Tell the agency's coordinators that answers wait for a decision."""
    return {"told": notifications.tell_of_waiting(job.event, at=job.now())}
