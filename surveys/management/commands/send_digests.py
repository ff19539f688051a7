"""``manage.py send_digests``: queue the mails of unread notices that are due."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from surveys.inbox.services import send_digests
from surveys.management.schedule import ScheduleCommand


class Command(ScheduleCommand):
    """Does what the task queue does every minute; a second run does nothing."""

    help = "Queue the mails that tell people of notices they have not read."

    def work(self, *, at: datetime) -> Mapping[str, Any]:
        """Mails queued, and notices in them."""
        sent = send_digests(at=at)
        return {"done": sent.mails, "notices": sent.notices}
