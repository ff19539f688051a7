"""Asking for a dossier, and handing it out."""

from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.background.models import Job
from surveys.background.queries import jobs_about
from surveys.common.errors import DomainError
from surveys.organisations.models import User
from surveys.responses.dossier.queries import TASK
from surveys.responses.models import Response
from surveys.responses.papers.keeping import discard, kept_file
from surveys.responses.papers.services import PaperNotReady, about

DOSSIERS: Final = "dossiers"
"""The kind of file that a dossier is."""


class NothingToProve(DomainError):
    """A dossier proves what was sent or signed."""

    code = "dossier_nothing_to_prove"
    message = _("The answers have not been sent yet: there is nothing that a dossier could prove.")


@transaction.atomic
def ask_for_dossier(response: Response, *, actor: User | None, at: datetime) -> None:
    """Ask for the dossier of a response; a background job packs it. Raises NothingToProve."""
    newest = response.revisions.order_by("-number").first()
    if newest is None:
        raise NothingToProve
    data = about(response) | {"number": newest.number, "sha256": newest.sha256}
    audit.record(Event.DOSSIER_REQUESTED, response, actor=actor, at=at, data=data)


@transaction.atomic
def fetch_dossier(job: Job, response: Response, *, actor: User, at: datetime) -> Path:
    """The dossier for who asked for it; noted in the audit. Raises PaperNotReady."""
    path = kept_file(DOSSIERS, job, at=at)
    if path is None or job.owner_id != actor.pk:
        raise PaperNotReady
    data = about(response) | {"sha256": job.result["sha256"]}
    audit.record(Event.DOSSIER_DOWNLOADED, response, actor=actor, at=at, data=data)
    return path


def discard_dossiers(response: Response) -> None:
    """Remove the dossiers that were made of a response, once the transaction is through; part of an
    erasing, which records it: they hold the personal data that are erased.
    """
    jobs = list(jobs_about(response, TASK).values_list("pk", flat=True))
    transaction.on_commit(lambda: discard(DOSSIERS, jobs))
