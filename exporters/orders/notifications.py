"""What the owner of a file is told."""

from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse

from exporters.orders.models import Export
from surveys.audit.models import AuditEvent
from surveys.inbox import services as inbox
from surveys.inbox.enums import NoticeKind
from surveys.inbox.services import News

LONG: Final = timedelta(seconds=30)
"""Who waits for less still looks at the page."""


def tell_of_file(export: Export, *, event: AuditEvent, at: datetime) -> int:
    """Tell the owner that the file is there, if it took long; how many were told."""
    if export.finished_at is None or export.finished_at - export.requested_at < LONG:
        return 0
    round_ = export.round
    data = {"campaign": round_.campaign.titles, "period": round_.periods}
    place = f"export:{export.pk}"
    news = News(export.owner_id, place, reverse("export_list"), data)
    return inbox.notify(NoticeKind.FILE_READY, [news], event=inbox.cause(event), at=at)
