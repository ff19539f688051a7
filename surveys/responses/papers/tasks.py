"""Papers made in the background; typst loads inside the task."""

from typing import Any

from surveys.background.context import JobContext
from surveys.responses.models import Response, ResponseRevision
from surveys.responses.papers import services
from surveys.responses.papers.front import paper_of_draft, paper_of_revision
from surveys.responses.papers.keeping import made_file, size_and_hash
from surveys.responses.papers.models import RevisionPaper
from surveys.responses.papers.queries import paper_of


def write_paper(job: JobContext) -> dict[str, Any]:
    """The PDF of the revision that the event names, kept once, or of the draft, kept for a week."""
    language = job.payload["language"]
    if "revision" in job.payload:
        revision = ResponseRevision.objects.select_related(
            "version", "actor", "response__assignment__round__campaign__owner"
        ).get(pk=job.payload["revision"])
        paper = made_paper(revision, language=language, job=job)
        return {"paper": str(paper.pk), "sha256": paper.sha256, "number": revision.number}
    from surveys.documents.response_pdf import response_pdf  # noqa: PLC0415  (loads typst)

    response = Response.objects.select_related("assignment__round__campaign__owner").get(
        pk=job.event.subject_id
    )
    content = response_pdf(paper_of_draft(response, at=job.event.at, language=language))
    with made_file(services.DRAFTS, job.id, at=job.now()) as target:
        target.write(content)
    return size_and_hash(services.DRAFTS, job.id)


def made_paper(revision: ResponseRevision, *, language: str, job: JobContext) -> RevisionPaper:
    """The revision's paper: the one that is kept, else made now."""
    known = paper_of(revision, language)
    if known is not None:
        return known
    from surveys.documents.response_pdf import response_pdf  # noqa: PLC0415  (loads typst)

    content = response_pdf(paper_of_revision(revision, language=language))
    return services.keep_paper(revision, content, language=language, at=job.now())
