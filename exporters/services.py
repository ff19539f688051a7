"""Asking for a file, storing it, fetching it."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from exporters.models import Export
from exporters.registry import exporter_named
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
    """A workbook has a row for each agency, and totals alone are what the results page shows."""

    code = "answers_confidential"
    message = _(
        "The answers of this campaign are confidential. Workbooks show single agencies, so none is "
        "made; the results page shows the totals."
    )
    status = 403


def refuse_confidential(round_: Round) -> None:
    """Raises AnswersConfidential if nobody may get rows of the round."""
    if round_.campaign.is_confidential:
        raise AnswersConfidential


@transaction.atomic
def request_export(
    *, round_: Round, name: str, file_format: str, language: str, actor: User, at: datetime
) -> Export:
    """Ask for a file; a background job writes it. Raises ExportUnknown or AnswersConfidential."""
    refuse_confidential(round_)
    try:
        exporter_named(name, file_format)
    except KeyError as error:
        raise ExportUnknown from error
    export = Export.objects.create(
        round=round_,
        name=name,
        format=file_format,
        language=language,
        owner=actor,
        requested_at=at,
    )
    data = {"round": round_.code, "name": name, "format": file_format}
    event = record(Event.EXPORT_REQUESTED, export, actor=actor, at=at, data=data)
    export.job = Job.objects.get(event=event)
    export.save(update_fields=["job"])
    return export


def file_of(export: Export) -> Path:
    """Where the file of an export lies."""
    return Path(settings.MEDIA_ROOT) / "exports" / export.file


@transaction.atomic
def store_file(export: Export, content: bytes, *, at: datetime) -> Export:
    """Keep the written file for seven days and note its size and hash."""
    export.file = f"{export.pk}-{export.round.code}.{export.format}"
    path = file_of(export)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    path.chmod(0o600)
    export.size = len(content)
    export.sha256 = hashlib.sha256(content).hexdigest()
    export.finished_at = at
    export.expires_at = at + KEPT_FOR
    export.save(update_fields=["file", "size", "sha256", "finished_at", "expires_at"])
    data = {"sha256": export.sha256, "size": export.size}
    record(Event.EXPORT_FINISHED, export, actor=export.owner, at=at, data=data)
    return export


@transaction.atomic
def fetch(export: Export, *, actor: User, at: datetime) -> Path:
    """The file for its owner, noted in the audit. Raises ExportNotReady or AnswersConfidential."""
    refuse_confidential(export.round)
    path = file_of(export)
    expired = export.expires_at is None or export.expires_at <= at
    if expired or not export.file or not path.is_file():
        raise ExportNotReady
    record(Event.EXPORT_DOWNLOADED, export, actor=actor, at=at, data={"sha256": export.sha256})
    return path
