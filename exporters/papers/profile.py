"""The profile of a unit of a run as PDF: what its page shows, and the answers behind it."""

from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from analytics.indices.models import IndexRun, IndexRunUnit
from analytics.releases.enums import ReleaseStatus
from analytics.releases.models import Release
from analytics.reports.papers import Occasion, paper_of_profile
from analytics.reports.profile import Reading, profile_of
from analytics.reports.queries import verified_of
from exporters.order import Order, Progress
from surveys.common.errors import DomainError


class UnitUnknown(DomainError):
    """The run has no such unit."""

    code = "profile_unit_unknown"
    message = _("The run has no such unit. Name one of its units by its key.")
    status = 404


def write_profile(order: Order, out: Path, progress: Progress) -> None:
    """The profile of the unit whose key is the option ``unit``, as it is published where its run is.
    Raises UnitUnknown."""
    from surveys.documents.response_pdf import response_pdf  # noqa: PLC0415  (loads typst)

    progress(0, 2, "reading")
    run = IndexRun.objects.select_related("version__index", "round__campaign__owner").get(
        pk=order.subject_as(IndexRun).pk
    )
    unit = _unit(run, str(order.options.get("unit", "")))
    release = Release.objects.filter(run=run, status=ReleaseStatus.APPROVED).first()
    reading = Reading(order.language, published_only=release is not None)
    with translation.override(order.language):
        occasion = Occasion(run, release, verified_of(unit, run, order.language))
        profile = profile_of(run, unit, reading)
        paper = paper_of_profile(profile, occasion, language=order.language)
    progress(1, 2, "writing")
    out.write_bytes(response_pdf(paper))
    progress(2, 2, "done")


def _unit(run: IndexRun, key: str) -> IndexRunUnit:
    units = IndexRunUnit.objects.select_related("agency__parent")
    found = units.filter(run=run, key=key).first()
    if found is None:
        raise UnitUnknown
    found.run = run
    return found
