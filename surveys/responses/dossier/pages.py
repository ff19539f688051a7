"""What the page of papers and dossiers shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.template.defaultfilters import date as date_format
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.background.enums import PENDING, JobStatus
from surveys.background.models import Job
from surveys.organisations.models import User
from surveys.responses.dossier.queries import dossier_jobs
from surveys.responses.dossier.services import DOSSIERS
from surveys.responses.enums import RevisionKind
from surveys.responses.models import Response, ResponseRevision
from surveys.responses.papers.keeping import expiry_of, kept_file
from surveys.responses.papers.models import LANGUAGES
from surveys.responses.papers.queries import paper_jobs, papers_of
from surveys.responses.papers.services import DRAFTS

SHOWN: Final = 5
NAMES: Final = {"vi": gettext_lazy("Vietnamese"), "en": gettext_lazy("English")}


@dataclass(frozen=True, slots=True)
class Print:
    """A language in which something can be printed; ``url`` leads to the paper where it is there."""

    code: str
    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """A revision that can be printed."""

    revision: ResponseRevision
    kind: str
    prints: tuple[Print, ...]


@dataclass(frozen=True, slots=True)
class JobLine:
    """A file that was asked for, as ``components/job.html`` shows it."""

    title: str
    sub: str
    state: str
    value: int
    message: str
    url: str


def draft_prints() -> tuple[Print, ...]:
    """In which languages a draft can be printed; it is made anew each time."""
    return tuple(Print(code, str(NAMES[code])) for code in LANGUAGES)


def revision_lines(response: Response) -> list[RevisionLine]:
    """The revisions, the newest first."""
    revisions = list(
        response.revisions.defer("canonical").select_related("actor").order_by("-number")
    )
    papers = papers_of(revisions)
    assignment = response.assignment_id
    return [
        RevisionLine(
            each,
            str(RevisionKind(each.kind).label),
            tuple(
                Print(
                    code,
                    str(NAMES[code]),
                    reverse("response_paper", args=[assignment, each.number, code])
                    if (each.pk, code) in papers
                    else "",
                )
                for code in LANGUAGES
            ),
        )
        for each in revisions
    ]


def job_lines(response: Response, person: User, *, at: datetime) -> tuple[list[JobLine], bool]:
    """The person's newest requests, and whether one of them is still being worked on."""
    jobs = [*paper_jobs(response, person)[:SHOWN], *dossier_jobs(response, person)[:SHOWN]]
    jobs.sort(key=lambda job: job.pk, reverse=True)
    shown = jobs[:SHOWN]
    lines = [_line(job, response, at) for job in shown]
    return lines, any(job.status in PENDING for job in shown)


def _line(job: Job, response: Response, at: datetime) -> JobLine:
    url, kept = next(_place(job, response, at), ("", ""))
    is_gone = job.status == JobStatus.DONE and not url
    return JobLine(
        title=_title(job),
        sub=str(NAMES[job.payload["language"]]) if "language" in job.payload else "ZIP",
        state="expired" if is_gone else str(job.status),
        value=job.percent,
        message=kept or job.error,
        url=url,
    )


def _place(job: Job, response: Response, at: datetime) -> Iterator[tuple[str, str]]:
    """Where the file of a job is, and until when."""
    if job.status != JobStatus.DONE:
        return
    assignment = response.assignment_id
    if "paper" in job.result:
        language = job.payload["language"]
        yield reverse("response_paper", args=[assignment, job.result["number"], language]), ""
        return
    kind, name = (
        (DRAFTS, "response_draft_paper") if "language" in job.payload else (DOSSIERS, "dossier")
    )
    expires_at = expiry_of(job)
    if kept_file(kind, job, at=at) and expires_at:
        words = {
            "size": filesizeformat(job.result["size"]),
            "day": date_format(expires_at, "SHORT_DATE_FORMAT"),
        }
        yield (
            reverse(name, args=[assignment, job.pk]),
            _("%(size)s, kept until %(day)s") % words,
        )


def _title(job: Job) -> str:
    if "language" not in job.payload:
        return _("Dossier")
    if "revision" not in job.payload:
        return _("Print of the draft")
    return _("PDF of answers no. %(number)s") % {"number": job.payload["number"]}
