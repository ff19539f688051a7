"""What a writer is given, and the keeping of what it has written."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import transaction

from exporters.order import Order
from exporters.orders import places, queries
from exporters.orders.models import Export
from exporters.orders.sameness import sameness_of
from exporters.orders.services.asking import (
    ExportRefused,
    exporter_of,
    refuse_confidential,
    refuse_unnamed,
)
from exporters.orders.states import newest_of
from surveys.audit.enums import Event
from surveys.audit.services import record
from surveys.background.context import JobContext

KEPT_FOR: Final = timedelta(days=7)


def order_of(export: Export) -> Order:
    """What the writer is given: the data as they are now, for who asked. Raises ExportUnknown,
    AnswersConfidential, or ExportRefused where the right is gone since."""
    exporter = exporter_of(export)
    beside = queries.rounds_beside(export)
    for each in (export.round, *beside):
        refuse_confidential(exporter, each)
    refuse_unnamed(exporter, export.release)
    if queries.is_withheld(export):
        raise ExportRefused
    subject = export.subject_as(exporter.subject)
    return Order(
        name=export.name,
        format=export.format,
        language=export.language,
        subject=subject,
        audience=queries.audience_for(export),
        as_of=newest_of(subject, beside),
        options=export.options,
        actor=export.owner,
        beside=tuple(beside),
    )


def begin(export: Export, *, at: datetime) -> Order:
    """Note which state of the data is being read from now on; what ``order_of`` gives and raises."""
    export.begun_at = at
    order = order_of(export)
    export.as_of, export.sameness = order.as_of, sameness_of(export)
    export.save(update_fields=["begun_at", "as_of", "sameness"])
    return order


def keep_file(export: Export, part: Path, *, job: JobContext, at: datetime) -> Export:
    """Keep for seven days what an attempt has written, if it still has the job: the file is moved into
    its place while nobody can take the job over or stop it. Raises LeaseLost."""
    size, sha256 = part.stat().st_size, places.hash_of(part)
    places.settle(part)
    with transaction.atomic():
        job.renew()
        export.file = places.put(export, part, sha256)
        export.size, export.sha256 = size, sha256
        export.finished_at, export.expires_at = at, at + KEPT_FOR
        export.save(update_fields=["file", "size", "sha256", "finished_at", "expires_at"])
        data = {"sha256": sha256, "size": size, "as_of": export.as_of}
        record(Event.EXPORT_FINISHED, export, actor=export.owner, at=at, data=data)
    return export
