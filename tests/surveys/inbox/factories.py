"""Notices for tests."""

from datetime import UTC, datetime
from typing import Any, Final

from surveys.inbox.enums import NoticeKind
from surveys.inbox.services import News, notify
from surveys.models import Notice, User

NOW: Final = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
"""09:30 of 20/11/2026 in Viet Nam, a Friday."""

DATA: Final = {
    "agency": {"vi": "Tỉnh Lào Cai", "en": "Lao Cai Province"},
    "campaign": {"vi": "Năng lực số", "en": "Digital capacity"},
    "period": "Năm 2026",
    "due_on": "2026-11-30",
    "reason": "Câu 3 chưa khớp.",
}


def news(user: User, about: str = "assignment:1", **data: Any) -> News:
    """What an agency's person is told about an assignment."""
    return News(user.pk, about, "/agencies/", {**DATA, **data})


def told(
    user: User,
    kind: NoticeKind = NoticeKind.ASSIGNED,
    *,
    event: str = "audit:1",
    at: datetime = NOW,
    about: str = "assignment:1",
) -> Notice:
    """The notice of somebody who was told."""
    notify(kind, [news(user, about)], event=event, at=at)
    return Notice.objects.get(user=user, kind=kind, event=event, about=about)
