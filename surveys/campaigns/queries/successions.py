"""The tasks that a change of agencies touches."""

from collections.abc import Sequence

from django.db.models import QuerySet

from surveys.campaigns.enums import Disposition, RoundStatus
from surveys.campaigns.models import Assignment


def open_tasks_of(agencies: Sequence[int]) -> QuerySet[Assignment]:
    """The tasks that the agencies are still asked to do, with rounds and campaigns."""
    tasks = Assignment.objects.of_agencies(list(agencies)).select_related(
        "agency", "round__campaign"
    )
    asked = tasks.filter(round__status=RoundStatus.OPEN, disposition=Disposition.ASKED)
    return asked.order_by("round__closes_at", "agency__sort_key", "pk")
