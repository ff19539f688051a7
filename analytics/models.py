"""Django's discovery point: every model of the app, wherever its context lies."""

from analytics.results.models import RoundResult

__all__ = [
    "RoundResult",
]
