"""``manage.py erase_expired [--at TIME] [--json]``: personal data whose time is over go."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from surveys.management.schedule import ScheduleCommand
from surveys.responses.erasing.services import erase_expired


class Command(ScheduleCommand):
    """Does what the task queue does every night; a second run does nothing."""

    help = "Erase the personal data of closed rounds whose time is over; safe to break off."

    def work(self, *, at: datetime) -> Mapping[str, Any]:
        """How many rounds were erased, and which."""
        erased = erase_expired(at=at)
        return {"done": len(erased), "rounds": [round_.code for round_ in erased]}
