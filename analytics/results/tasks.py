"""Background work of the analysis; the heavy modules load inside the task."""

from typing import Any

from django.utils import timezone

from analytics.answers import base_now
from analytics.gate.queries import policy_of
from analytics.results.queries import is_withheld, result_of
from analytics.results.services import Figures, store_result
from surveys.background.context import JobContext
from surveys.campaigns.models import Round
from surveys.responses.models import Response


def compute_round_result(job: JobContext) -> dict[str, Any]:
    """Compute the round of the response that was signed or returned.

    Many signatures in a short time make one computation: a job whose response is already in the
    stored result, or out of it again, has nothing left to do.
    """
    response = Response.objects.select_related("assignment__round__version").get(
        pk=job.event.subject_id
    )
    round_ = response.assignment.round
    if is_current(round_):
        return {"skipped": True}
    return compute(round_)


def is_current(round_: Round) -> bool:
    """Whether the stored result rests on the signed revisions that count now."""
    stored = result_of(round_)
    if stored is None:
        return False
    return all(stored.base.get(name) == number for name, number in base_now(round_).items())


def compute_closed_round(job: JobContext) -> dict[str, Any]:
    """Compute a round when it was closed, or another policy was set for it."""
    return compute(Round.objects.select_related("campaign", "version").get(pk=job.event.subject_id))


def compute(round_: Round) -> dict[str, Any]:
    """Compute and store the indicators of a round: as they are, and through the disclosure gate."""
    from analytics.results.compute import indicators_from, round_data  # noqa: PLC0415  (pandas)
    from analytics.results.protecting import protected_indicators  # noqa: PLC0415  (pandas)

    if is_withheld(round_):
        return {"withheld": True}
    at = timezone.now()
    data = round_data(round_, at=at)
    indicators, base = indicators_from(data)
    figures = Figures(
        indicators=indicators,
        base=base,
        protected=protected_indicators(round_, indicators, data, at=at),
        identity=policy_of(round_).identity,
    )
    store_result(round_, figures, at=at)
    return base
