"""Profiles as PDF, made in the background; typst loads inside the task."""

from typing import Any

from django.utils import translation

from analytics.indices.models import IndexRun, IndexRunUnit
from analytics.releases.models import Release
from analytics.reports import services
from analytics.reports.papers import Occasion, paper_of_profile
from analytics.reports.profile import Reading, profile_of
from analytics.reports.queries import paper_of, verified_of
from surveys.background.context import JobContext


def write_profile(job: JobContext) -> dict[str, Any]:
    """The PDF of the profile that the event names, kept once."""
    from surveys.documents.response_pdf import response_pdf  # noqa: PLC0415  (loads typst)

    language = job.payload["language"]
    unit = IndexRunUnit.objects.select_related("agency__parent").get(pk=job.event.subject_id)
    release = _release(job.payload["release"])
    if (known := paper_of(unit, release, language)) is not None:
        return {"sha256": known.sha256}
    run = IndexRun.objects.select_related("version__index", "round__campaign__owner").get(
        pk=unit.run_id
    )
    unit.run = run
    reading = Reading(language, published_only=release is not None)
    with translation.override(language):
        occasion = Occasion(run, release, verified_of(unit, run, language))
        paper = paper_of_profile(profile_of(run, unit, reading), occasion, language=language)
        content = response_pdf(paper)
    kept = services.keep_paper(unit, release, content, language=language, at=job.now())
    return {"sha256": kept.sha256}


def _release(release_id: int | None) -> Release | None:
    if release_id is None:
        return None
    return Release.objects.select_related("corrects").get(pk=release_id)
