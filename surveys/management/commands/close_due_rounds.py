"""``manage.py close_due_rounds [--at TIME] [--json]``: what is due closes, and nothing twice."""

from datetime import datetime

from surveys.campaigns.services import Due, close_due_rounds
from surveys.management.schedule import RoundsCommand


class Command(RoundsCommand):
    """Prints what became of each round that was due."""

    help = "Close the open rounds whose deadlines and grace are over; safe to repeat."

    def due(self, *, at: datetime) -> list[Due]:
        """What became of each."""
        return close_due_rounds(at=at)
