"""``manage.py open_due_rounds [--at TIME] [--json]``: what is due opens, and nothing twice."""

from datetime import datetime

from surveys.campaigns.services import Due, open_due_rounds
from surveys.management.schedule import RoundsCommand


class Command(RoundsCommand):
    """Prints what became of each round that was due."""

    help = "Open the rounds of running campaigns whose opening has come; safe to repeat."

    def due(self, *, at: datetime) -> list[Due]:
        """What became of each."""
        return open_due_rounds(at=at)
