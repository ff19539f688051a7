"""What the page of a round's letters shows of the work in the background."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.template.defaultfilters import date as date_format
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from surveys.background.enums import JobStatus
from surveys.background.models import Job
from surveys.background.queries import jobs_about
from surveys.campaigns.letters.services import expiry_of
from surveys.campaigns.models import Round
from surveys.organisations.models import User

NAMES: Final = {
    "agency": gettext_lazy("the agency that is written to"),
    "issuer": gettext_lazy("the issuing body"),
    "campaign": gettext_lazy("the campaign's title"),
    "round": gettext_lazy("the round's period"),
    "deadline": gettext_lazy("the agency's own deadline"),
    "reference_date": gettext_lazy("the day to which the data refer"),
    "basis": gettext_lazy("number, date and issuer of the legal basis"),
    "abstract": gettext_lazy("the abstract of the legal basis"),
    "link": gettext_lazy("the round's short link"),
}
"""What each name in braces stands for."""
TASK: Final = "surveys.campaigns.letters.tasks.write_letters"
SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class JobLine:
    """A file that was asked for, as ``components/job.html`` shows it."""

    title: str
    sub: str
    state: str
    value: int
    message: str
    url: str


def own_jobs(round_: Round, person: User) -> list[Job]:
    """The person's newest requests for letters of the round."""
    jobs = jobs_about(round_, TASK).filter(owner=person).select_related("event")
    return list(jobs[:SHOWN])


def job_line(job: Job, round_: Round, *, at: datetime) -> JobLine:
    """How far a request is, and where its file can be fetched."""
    expires_at = expiry_of(job)
    expired = bool(expires_at and expires_at <= at)
    ready = job.status == JobStatus.DONE and not expired
    return JobLine(
        title=job.payload.get("name") or _all(job.payload["number"]),
        sub=job.payload["format"].upper(),
        state="expired" if expired else str(job.status),
        value=job.percent,
        message=_kept(job, expires_at) if ready else job.error,
        url=reverse("round_letters_file", args=[round_.code, job.pk]) if ready else "",
    )


def _all(number: int) -> str:
    text = ngettext("The letter to %(number)d agency", "The letters to %(number)d agencies", number)
    return text % {"number": number}


def _kept(job: Job, expires_at: datetime | None) -> str:
    return _("%(size)s, kept until %(day)s") % {
        "size": filesizeformat(job.result["size"]),
        "day": date_format(expires_at, "SHORT_DATE_FORMAT"),
    }
