"""Asking for papers, keeping the one of a revision, handing them out, and erasing what they show."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.background.models import Job
from surveys.background.queries import jobs_about
from surveys.common.errors import DomainError
from surveys.files import storage
from surveys.organisations.models import User
from surveys.responses.models import Response, ResponseRevision
from surveys.responses.papers.keeping import discard, kept_file
from surveys.responses.papers.models import LANGUAGES, RevisionPaper
from surveys.responses.papers.queries import TASK, paper_of

DRAFTS: Final = "drafts"
"""The kind of file that a print of a draft is."""


class LanguageUnknown(DomainError):
    """A paper is in Vietnamese or in English."""

    code = "paper_language_unknown"
    message = _("A response is printed in Vietnamese or in English.")
    status = 400


class PaperNotReady(DomainError):
    """The file is not there yet, or no longer."""

    code = "paper_not_ready"
    message = _("The file is not ready, or its time has run out. Ask for it again.")
    status = 404


@transaction.atomic
def ask_for_paper(
    response: Response,
    *,
    revision: ResponseRevision | None,
    language: str,
    actor: User | None,
    at: datetime,
) -> RevisionPaper | None:
    """Ask for the PDF of a revision, or of the draft with ``None``; a background job makes it.

    A revision's paper is made once: where it is there already, it comes back and nothing is asked
    for. Raises LanguageUnknown.
    """
    if language not in LANGUAGES:
        raise LanguageUnknown(given=language)
    if revision is not None and (known := paper_of(revision, language)) is not None:
        return known
    data: dict[str, Any] = {**about(response), "language": language}
    if revision is not None:
        data |= {"revision": revision.pk, "number": revision.number, "sha256": revision.sha256}
    audit.record(Event.RESPONSE_PAPER_REQUESTED, response, actor=actor, at=at, data=data)
    return None


def keep_paper(
    revision: ResponseRevision, content: bytes, *, language: str, at: datetime
) -> RevisionPaper:
    """Keep what was made of a revision; where another worker was quicker, its paper stands."""
    paper = RevisionPaper(
        revision=revision,
        language=language,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        made_at=at,
    )
    # The content first: what a kill leaves behind is found by the nightly cleaning.
    storage.keep(paper.pk, content)
    try:
        with transaction.atomic():
            paper.save(force_insert=True)
    except IntegrityError:
        storage.discard(paper.pk)
        return RevisionPaper.objects.get(revision=revision, language=language, is_erased=False)
    return paper


def content_of(paper: RevisionPaper) -> bytes:
    """The PDF, byte by byte as it was made; raises FileLost."""
    with storage.open_content(paper.pk) as file:
        return file.read()


@transaction.atomic
def fetch_paper(paper: RevisionPaper, *, actor: User, at: datetime) -> bytes:
    """The PDF of a revision for a person; noted in the audit. Raises PaperNotReady."""
    if paper.is_erased:
        raise PaperNotReady
    content = content_of(paper)
    revision = paper.revision
    data = about(revision.response) | {
        "number": revision.number,
        "language": paper.language,
        "sha256": paper.sha256,
    }
    audit.record(Event.RESPONSE_PAPER_DOWNLOADED, revision.response, actor=actor, at=at, data=data)
    return content


@transaction.atomic
def fetch_draft(job: Job, response: Response, *, actor: User, at: datetime) -> Path:
    """The print of a draft for who asked for it; noted in the audit. Raises PaperNotReady."""
    path = kept_file(DRAFTS, job, at=at)
    if path is None or job.owner_id != actor.pk:
        raise PaperNotReady
    data = about(response) | {"sha256": job.result["sha256"]}
    audit.record(Event.RESPONSE_PAPER_DOWNLOADED, response, actor=actor, at=at, data=data)
    return path


def erase_papers(response: Response, revisions: set[int]) -> int:
    """Make the content of papers go that show erased personal data, and prints of the draft; part of
    an erasing, which records it. How many papers it were.
    """
    papers = RevisionPaper.objects.filter(revision__in=revisions, is_erased=False)
    ids: list[UUID] = list(papers.values_list("pk", flat=True))
    papers.update(is_erased=True)
    prints = list(jobs_about(response, TASK).values_list("pk", flat=True))
    transaction.on_commit(lambda: _discard(ids, prints))
    return len(ids)


def about(response: Response) -> dict[str, Any]:
    """What the audit keeps of every act on a response."""
    assignment = response.assignment
    return {
        "assignment": assignment.pk,
        "round": assignment.round_id,
        "agency": assignment.agency_id,
    }


def _discard(papers: list[UUID], prints: list[int]) -> None:
    for paper_id in papers:
        storage.discard(paper_id)
    discard(DRAFTS, prints)
