"""Asking for a file, storing it, fetching it."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from analytics.gate.queries import audience_of
from analytics.models import IndexRun, Release
from exporters.files import FORMATS
from exporters.order import Order, Wish
from exporters.orders.models import Export
from exporters.orders.states import as_of
from exporters.registry import Exporter, Holds, exporter_named
from surveys.audit.enums import Event
from surveys.audit.services import record
from surveys.background.models import Job
from surveys.campaigns.models import Round
from surveys.common.errors import DomainError
from surveys.organisations.models import User

KEPT_FOR: Final = timedelta(days=7)


class ExportUnknown(DomainError):
    """There is no exporter of that name and format."""

    code = "export_unknown"
    message = _("There is no such export.")
    status = 404


class ExportNotReady(DomainError):
    """The file is not there yet, or no longer."""

    code = "export_not_ready"
    message = _("The file is not ready, or its time has run out. Ask for it again.")


class AnswersConfidential(DomainError):
    """The file has a row for each agency, and totals alone are what the results page shows."""

    code = "answers_confidential"
    message = _(
        "The answers of this campaign are confidential. This file shows single agencies, so none is "
        "made; the results page shows the totals."
    )
    status = 403


def refuse_confidential(exporter: Exporter, round_: Round) -> None:
    """Raises AnswersConfidential if the file has rows that nobody may get."""
    if exporter.holds == Holds.ROWS and round_.campaign.is_confidential:
        raise AnswersConfidential


def exporter_of(export: Export) -> Exporter:
    """The line of the registry that an export was asked by. Raises ExportUnknown."""
    try:
        return exporter_named(export.name, export.format)
    except KeyError as error:
        raise ExportUnknown from error


@transaction.atomic
def request_export(
    *, subject: Round | IndexRun | Release, wish: Wish, actor: User, at: datetime
) -> Export:
    """Ask for a file; a background job writes it. Raises ExportUnknown or AnswersConfidential."""
    export = Export(
        round=subject if isinstance(subject, Round) else subject.round,
        run=subject if isinstance(subject, IndexRun) else None,
        release=subject if isinstance(subject, Release) else None,
        name=wish.name,
        format=wish.format,
        language=wish.language,
        options=dict(wish.options),
        owner=actor,
        requested_at=at,
    )
    refuse_confidential(exporter_of(export), export.round)
    export.save()
    data = {"round": export.round.code, "name": wish.name, "format": wish.format}
    data |= {"options": export.options} if export.options else {}
    event = record(Event.EXPORT_REQUESTED, export, actor=actor, at=at, data=data)
    export.job = Job.objects.get(event=event)
    export.save(update_fields=["job"])
    return export


def order_of(export: Export) -> Order:
    """What the writer is given: the data as they are now, for who asked. Raises ExportUnknown or
    AnswersConfidential."""
    exporter = exporter_of(export)
    refuse_confidential(exporter, export.round)
    subject = export.subject_as(exporter.subject)
    return Order(
        name=export.name,
        format=export.format,
        language=export.language,
        subject=subject,
        audience=audience_of(export.owner, export.round),
        as_of=as_of(subject),
        options=export.options,
        actor=export.owner,
    )


def file_name(export: Export) -> str:
    """As its owner gets it."""
    return f"{export.round.code}-{export.name}-{export.language}.{FORMATS[export.format].suffix}"


def place_for(export: Export) -> Path:
    """Where the file of an export is written; the directory is there."""
    directory = Path(settings.MEDIA_ROOT) / "exports"
    directory.mkdir(parents=True, exist_ok=True)
    return directory / f"{export.pk}-{file_name(export)}"


def file_of(export: Export) -> Path:
    """Where the stored file of an export lies."""
    return Path(settings.MEDIA_ROOT) / "exports" / export.file


@transaction.atomic
def keep_file(export: Export, path: Path, *, at: datetime) -> Export:
    """Keep the written file for seven days and note its size and hash."""
    path.chmod(0o600)
    export.file = path.name
    export.size = path.stat().st_size
    with path.open("rb") as file:
        export.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    export.finished_at = at
    export.expires_at = at + KEPT_FOR
    export.save(update_fields=["file", "size", "sha256", "finished_at", "expires_at"])
    data = {"sha256": export.sha256, "size": export.size}
    record(Event.EXPORT_FINISHED, export, actor=export.owner, at=at, data=data)
    return export


@transaction.atomic
def fetch(export: Export, *, actor: User, at: datetime) -> Path:
    """The file for its owner, noted in the audit. Raises ExportNotReady or AnswersConfidential."""
    refuse_confidential(exporter_of(export), export.round)
    path = file_of(export)
    expired = export.expires_at is None or export.expires_at <= at
    if expired or not export.file or not path.is_file():
        raise ExportNotReady
    record(Event.EXPORT_DOWNLOADED, export, actor=actor, at=at, data={"sha256": export.sha256})
    return path
