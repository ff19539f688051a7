"""Reading what is to be filled in."""

from collections.abc import Collection, Mapping

from django.db.models import QuerySet

from surveys.background.models import Job
from surveys.background.queries import jobs_about
from surveys.campaigns.models import Assignment, Round
from surveys.responses.enums import Channel
from surveys.responses.models import AnswerChange, Response
from surveys.responses.prefilled.models import PrefillUpload, PrefillValue

TASK = "surveys.responses.prefilling.tasks.fill_drafts"


def values_for(assignment: Assignment) -> dict[str, PrefillValue]:
    """What the agency's answers are to be filled in with, by path."""
    values = PrefillValue.objects.filter(
        round=assignment.round_id, agency=assignment.agency_id
    ).order_by("pk")
    return {value.path: value for value in values}


def values_of(round_: Round, agencies: Collection[int]) -> Mapping[int, dict[str, PrefillValue]]:
    """The same for many agencies at once, by agency; one query."""
    found: dict[int, dict[str, PrefillValue]] = {agency: {} for agency in agencies}
    for value in PrefillValue.objects.filter(round=round_, agency__in=agencies).order_by("pk"):
        found[value.agency_id][value.path] = value
    return found


def touched_by_people(response: Response) -> frozenset[str]:
    """The paths at which somebody has saved something, and be it that it was emptied."""
    changes = AnswerChange.objects.filter(response=response).exclude(channel=Channel.PREFILL)
    saved = changes.values_list("changes", flat=True).iterator(chunk_size=200)
    return frozenset(change[0] for each in saved for change in each)


def filling_of(upload: PrefillUpload) -> Job | None:
    """The work that puts the values into the drafts; None before the table is applied."""
    jobs: QuerySet[Job] = jobs_about(upload.round, TASK)
    return jobs.filter(payload__upload=str(upload.pk)).first()
