"""Handing a file to its owner."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from exporters.orders import places, queries
from exporters.orders.enums import ExportState
from exporters.orders.models import Export
from exporters.orders.services.asking import exporter_of, refuse_confidential, refuse_unnamed
from surveys.audit.enums import Event
from surveys.audit.services import record
from surveys.common.errors import DomainError
from surveys.organisations.models import User


class ExportNotReady(DomainError):
    """The file is not there yet, or no longer."""

    code = "export_not_ready"
    message = _("The file is not ready, or its time has run out. Ask for it again.")


def refuse_missing(export: Export, *, at: datetime) -> Path:
    """Where the file lies. Raises ExportNotReady, AnswersConfidential or ExportRefused where its owner
    cannot have it at that time."""
    refuse_unnamed(exporter_of(export), export.release)
    for each in (export.round, *queries.rounds_beside(export)):
        refuse_confidential(exporter_of(export), each)
    path = places.file_of(export)
    if path is None or export.state(at) != ExportState.READY or queries.is_withheld(export):
        raise ExportNotReady
    return path


@transaction.atomic
def fetch(export: Export, *, actor: User, at: datetime) -> Path:
    """The file for its owner, noted in the audit. Raises what ``refuse_missing`` raises."""
    path = refuse_missing(export, at=at)
    record(Event.EXPORT_DOWNLOADED, export, actor=actor, at=at, data={"sha256": export.sha256})
    return path
