"""Reading papers: what was made of a revision, and what a person has asked for."""

from collections.abc import Iterable

from django.db.models import QuerySet

from surveys.background.models import Job
from surveys.background.queries import jobs_about
from surveys.organisations.models import User
from surveys.responses.models import Response, ResponseRevision
from surveys.responses.papers.models import RevisionPaper

TASK = "surveys.responses.papers.tasks.write_paper"


def paper_of(revision: ResponseRevision, language: str = "vi") -> RevisionPaper | None:
    """The revision's paper, with the bytes that a signed one is compared with; None before it is made."""
    return RevisionPaper.objects.filter(
        revision=revision, language=language, is_erased=False
    ).first()


def papers_of(revisions: Iterable[ResponseRevision]) -> dict[tuple[int, str], RevisionPaper]:
    """The papers by revision and language, in one query."""
    found = RevisionPaper.objects.filter(revision__in=list(revisions), is_erased=False)
    return {(paper.revision_id, paper.language): paper for paper in found}


def paper_jobs(response: Response, person: User) -> QuerySet[Job]:
    """The person's requests for papers of the response, the newest first."""
    return jobs_about(response, TASK).filter(owner=person).select_related("event")
