"""Django's discovery point: every model of the app, wherever its context lies."""

from analytics.indices.models import (
    CompositeIndex,
    IndexRun,
    IndexRunUnit,
    IndexTable,
    IndexVersion,
)
from analytics.results.models import RoundResult

__all__ = [
    "CompositeIndex",
    "IndexRun",
    "IndexRunUnit",
    "IndexTable",
    "IndexVersion",
    "RoundResult",
]
