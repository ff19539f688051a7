"""Background work of the copies; pyarrow loads inside the task."""

from typing import Any

from surveys.background.context import JobContext
from surveys.campaigns.models import Round
from surveys.responses.models import Response


def append_response(job: JobContext) -> dict[str, Any]:
    """Bring the response that was signed, returned or verified into its round's copy, or out of it.

    Others with newer revisions come along, up to a thousand; their own jobs find nothing left to do.
    """
    from analytics.columnar import services  # noqa: PLC0415  (loads pyarrow)

    response = Response.objects.select_related("assignment__round").get(pk=job.event.subject_id)
    round_ = response.assignment.round
    written = services.append(round_, [response.pk], at=job.now())
    return {"written": written, "compacted": services.compact(round_, at=job.now())}


def synchronise_round(job: JobContext) -> dict[str, Any]:
    """Bring a whole round's copy up to the live tables, after agencies have come or gone."""
    from analytics.columnar import services  # noqa: PLC0415  (loads pyarrow)

    round_ = Round.objects.get(pk=job.event.subject_id)
    return {"written": services.synchronise(round_, at=job.now())}
