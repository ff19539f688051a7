"""Background work of the responses."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from surveys.background.context import JobContext
from surveys.campaigns.models import Round
from surveys.organisations.models import User
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.responses import notifications, services
from surveys.responses.cleaning import discard_orphans
from surveys.responses.comments import notifications as comments
from surveys.responses.delegation import notifications as work
from surveys.responses.delegation.services import take_over
from surveys.responses.erasing import services as erasing
from surveys.responses.links import services as links
from surveys.responses.models import Evidence
from surveys.responses.papers.models import RevisionPaper
from surveys.responses.presence import services as presence
from surveys.responses.signatures.examining import Paper, content_of, examine
from surveys.responses.signatures.models import SignedPdf, SignedPdfStatus


@db_periodic_task(crontab(hour="19", minute="40"))  # type: ignore[untyped-decorator]  # huey has no types
def clean_storage() -> None:
    """Every night, Hanoi time, delete what no file knows."""
    discard_orphans(at=timezone.now())


@db_periodic_task(crontab(hour="20", minute="10"))  # type: ignore[untyped-decorator]  # huey has no types
def erase_expired() -> None:
    """Every night, Hanoi time, erase the personal data whose time is over."""
    erasing.erase_expired(at=timezone.now())


@db_periodic_task(crontab(minute="15"))  # type: ignore[untyped-decorator]  # huey has no types
def remind_of_work() -> None:
    """Every hour, remind people of the work that is due by tomorrow or late."""
    work.tell_of_due_work(at=timezone.now())


@db_periodic_task(crontab(minute="*/10"))  # type: ignore[untyped-decorator]  # huey has no types
def forget_visits() -> None:
    """Keep nothing of who was at which response."""
    presence.forget_visits(at=timezone.now())


@db_periodic_task(crontab(hour="20", minute="40"))  # type: ignore[untyped-decorator]  # huey has no types
def verify_signatures() -> None:
    """Every night, Hanoi time, verify all signed PDFs anew; what fails is recorded."""
    for _broken in services.broken_signatures(at=timezone.now()):
        continue


def verify_signed_pdf(job: JobContext) -> dict[str, Any]:
    """Examine a signed PDF that was handed in, and sign the answers if it counts; what became of it."""
    pdf = SignedPdf.objects.select_related("revision").get(pk=job.payload["signed_pdf"])
    if pdf.status != SignedPdfStatus.WAITING:
        return {"status": pdf.status}
    papers = RevisionPaper.objects.filter(revision=pdf.revision, is_erased=False)
    examination = examine(
        content_of(pdf),
        [Paper(paper.size, paper.sha256) for paper in papers],
        received_at=pdf.uploaded_at,
    )
    return {"status": services.conclude(pdf, examination, at=job.now()).status}


def tell_of_work(job: JobContext) -> dict[str, Any]:
    """Tell a person what the coordinator gave."""
    return {"told": work.tell_of_work(job.event, at=job.now())}


def tell_of_changed_work(job: JobContext) -> dict[str, Any]:
    """Tell people of another due day for their work, and of work that was taken from them."""
    return {"told": work.tell_of_changed_work(job.event, at=job.now())}


def take_over_work(job: JobContext) -> dict[str, Any]:
    """Make what waits for an invited address the work of the person who took the invitation up."""
    person = User.objects.get(pk=job.payload["user"])
    return {"delegations": take_over(person, at=job.now())}


def tell_of_mention(job: JobContext) -> dict[str, Any]:
    """Tell those whom a comment names."""
    return {"told": comments.tell_of_mention(job.event, at=job.now())}


def migrate_drafts(job: JobContext) -> dict[str, Any]:
    """Move the drafts of the round that the event is about to the version that it names."""
    moved = services.migrate_drafts(
        Round.objects.get(pk=job.event.subject_id),
        to_version=QuestionnaireVersion.objects.get(pk=job.payload["version"]),
        actor=job.owner,
        clock=job.now,
        progress=job.progress,
    )
    return asdict(moved)


def tell_of_turn(job: JobContext) -> dict[str, Any]:
    """Tell those whose step of the sign-off chain waits now."""
    return {"told": notifications.tell_of_turn(job.event, at=job.now())}


def tell_of_signature(job: JobContext) -> dict[str, Any]:
    """Tell those who wrote the answers that they are submitted."""
    return {"told": notifications.tell_of_signature(job.event, at=job.now())}


def tell_of_return(job: JobContext) -> dict[str, Any]:
    """Tell the agency why its answers come back."""
    return {"told": notifications.tell_of_return(job.event, at=job.now())}


def tell_of_refused_pdf(job: JobContext) -> dict[str, Any]:
    """Tell whoever handed a signed PDF in that it was not accepted."""
    return {"told": notifications.tell_of_refused_pdf(job.event, at=job.now())}


def tell_of_move(job: JobContext) -> dict[str, Any]:
    """Tell those who write that their draft stands under a newer version."""
    return {"told": notifications.tell_of_move(job.event, at=job.now())}


def archive_link(job: JobContext) -> dict[str, Any]:
    """Keep what stands behind a link that was cited."""
    evidence = Evidence.objects.get(pk=job.payload["evidence"])
    return {"problem": links.archive_link(evidence, at=job.now())}
