"""Dossiers packed in the background."""

from typing import Any

from surveys.audit.sealing import seal_all
from surveys.background.context import JobContext
from surveys.responses.dossier.contents import files_of
from surveys.responses.dossier.services import DOSSIERS
from surveys.responses.dossier.verify import pack
from surveys.responses.models import Response
from surveys.responses.papers.keeping import made_file, size_and_hash
from surveys.responses.papers.models import RevisionPaper
from surveys.responses.papers.tasks import made_paper


def write_dossier(job: JobContext) -> dict[str, Any]:
    """The dossier of the response that the event is about; ``name`` is what the file is called.

    The same request gives the same bytes, once its events are sealed, which happens here.
    """
    response = Response.objects.select_related(
        "assignment__agency", "assignment__round__campaign__owner"
    ).get(pk=job.event.subject_id)
    seal_all()
    files = files_of(response, _papers(response, job), until=job.event)
    with made_file(DOSSIERS, job.id, at=job.now()) as target:
        for done in pack(target, iter(files.items())):
            job.progress(done, len(files))
    assignment = response.assignment
    name = f"ho-so-{assignment.round.code}-{assignment.agency.key}.zip"
    return {**size_and_hash(DOSSIERS, job.id), "name": name, "files": len(files)}


def _papers(response: Response, job: JobContext) -> list[RevisionPaper]:
    """Every paper that is kept, and one of the newest revision, which is made where there is none."""
    newest = (
        response.revisions.filter(at__lte=job.event.at)
        .select_related("version", "actor", "response__assignment__round__campaign__owner")
        .order_by("-number")[0]
    )
    made_paper(newest, language="vi", job=job)
    return list(
        RevisionPaper.objects.filter(revision__response=response, is_erased=False)
        .filter(revision__number__lte=newest.number)
        .select_related("revision")
    )
