"""What profiles read beside the run: who the unit is, what was verified, the PDF that was made."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from analytics.indices.models import IndexRun, IndexRunUnit
from analytics.releases.models import Release
from analytics.reports.models import ProfilePaper
from surveys.audit.models import AuditEvent
from surveys.background.models import Job
from surveys.background.queries import jobs_about
from surveys.campaigns.models import Assignment
from surveys.engine import text_in
from surveys.verification.models import VerificationItem

TASK: Final = "analytics.reports.tasks.write_profile"
LANGUAGES: Final = ("vi", "en")


@dataclass(frozen=True, slots=True)
class VerifiedLine:
    """A scored answer: what the agency claimed, and what stood after verification."""

    code: str
    name: str
    most: Decimal
    claimed: Decimal | None
    verified: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """Verified less claimed."""
        if self.claimed is None or self.verified is None:
            return None
        return self.verified - self.claimed


def unit_of(release: Release, assignment: Assignment) -> IndexRunUnit | None:
    """What the agency got in the run that is published; None without a run."""
    if release.run_id is None:
        return None
    units = IndexRunUnit.objects.filter(run=release.run_id, agency=assignment.agency_id)
    return units.first()


def verified_lines(assignment: Assignment, language: str) -> list[VerifiedLine]:
    """Claimed and verified points of the agency, once the verification is over; one query."""
    items = VerificationItem.objects.filter(
        case__assignment=assignment, case__plan__frozen_at__isnull=False
    ).order_by("position")
    return [
        VerifiedLine(
            code=each.code,
            name=text_in(each.label, language) or each.code,
            most=each.most,
            claimed=each.claimed,
            verified=each.verified,
        )
        for each in items
    ]


def verified_of(unit: IndexRunUnit, run: IndexRun, language: str) -> list[VerifiedLine]:
    """The same for a unit of a run; two queries."""
    found = Assignment.objects.filter(round=run.round_id, agency=unit.agency_id).first()
    return verified_lines(found, language) if found else []


def paper_of(unit: IndexRunUnit, release: Release | None, language: str) -> ProfilePaper | None:
    """The PDF, if it was made."""
    papers = ProfilePaper.objects.filter(unit=unit, release=release, language=language)
    return papers.first()


def paper_job(unit: IndexRunUnit, release: Release | None, language: str) -> Job | None:
    """The newest job for that PDF."""
    jobs: Iterable[Job] = jobs_about(unit, TASK).select_related("event")
    wanted = (release.pk if release else None, language)
    return next((job for job in jobs if _asked(job.event) == wanted), None)


def _asked(event: AuditEvent) -> tuple[int | None, str]:
    return event.data.get("release"), event.data.get("language", "")
