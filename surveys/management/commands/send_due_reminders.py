"""``send_due_reminders --at 2026-12-03 --json``: queue what the plans of the open rounds say is due."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from surveys.campaigns import services
from surveys.management.schedule import ScheduleCommand


class Command(ScheduleCommand):
    """Queues the reminders that are due: each once, however often it is run."""

    help = "Queue the reminders that are due; the outbox sends them"

    def work(self, *, at: datetime) -> Mapping[str, Any]:
        """``{"done": n}``: n mails were queued."""
        return {"done": services.send_due_reminders(at=at)}
