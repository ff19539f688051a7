"""Reading signed PDFs."""

from dataclasses import dataclass, field

from surveys.audit.enums import Event
from surveys.background.enums import JobStatus
from surveys.background.models import Job
from surveys.responses.models import Response, ResponseRevision
from surveys.responses.signatures.models import SignedPdf, SignedPdfStatus
from surveys.responses.signatures.words import FLAWS, NOT_EXAMINED, reasons_of


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A signed PDF as its signatory sees it; ``reasons`` say why it was refused, and what to do."""

    pdf: SignedPdf
    is_waiting: bool
    reasons: list[str] = field(default_factory=list)


def last_handed_in(response: Response, revision: ResponseRevision | None) -> HandedIn | None:
    """The last one that was handed in for the revision."""
    found = SignedPdf.objects.filter(response=response, revision=revision)
    pdf = found.select_related("uploaded_by").order_by("uploaded_at", "pk").last()
    if pdf is None:
        return None
    if pdf.status != SignedPdfStatus.WAITING:
        return HandedIn(pdf, is_waiting=False, reasons=reasons_of(pdf))
    if has_failed(pdf):
        return HandedIn(pdf, is_waiting=False, reasons=[str(FLAWS[NOT_EXAMINED])])
    return HandedIn(pdf, is_waiting=True)


def has_failed(pdf: SignedPdf) -> bool:
    """Whether the examination broke down, so that nobody will conclude upon the file."""
    return Job.objects.filter(
        event__kind=Event.SIGNED_PDF_UPLOADED,
        event__subject_id=str(pdf.response_id),
        payload__signed_pdf=str(pdf.pk),
        status=JobStatus.FAILED,
    ).exists()
