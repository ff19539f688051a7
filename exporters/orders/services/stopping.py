"""Stopping the making of a file."""

from datetime import datetime

from django.db import transaction

from exporters.orders.models import Export
from surveys.audit.enums import Event
from surveys.background import services as background
from surveys.background.services import JobOver
from surveys.organisations.models import User


@transaction.atomic
def cancel(export: Export, *, actor: User, at: datetime) -> None:
    """Stop the job, whether it waits or runs; what it has written is removed. Raises JobOver, also
    where the file is there and only the job's end was not noted yet."""
    if export.job is None:
        raise JobOver
    background.cancel(export.job, event=Event.EXPORT_CANCELLED, about=export, actor=actor, at=at)
    # Read under the job's row, which the keeping of a file holds too.
    if Export.objects.filter(pk=export.pk, finished_at__isnull=False).exists():
        raise JobOver
