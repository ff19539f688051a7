"""Django's discovery point: every model of the app, wherever its context lies."""

from analytics.columnar.models import ColumnarCopy, ColumnarSegment
from analytics.explorer.models import Coding, Tabulation, Theme
from analytics.gate.models import DisclosurePolicy, ReleasedSet, ReleasedTable
from analytics.indices.models import (
    CompositeIndex,
    IndexRun,
    IndexRunUnit,
    IndexTable,
    IndexVersion,
)
from analytics.releases.models import Release
from analytics.reports.models import ProfilePaper
from analytics.results.models import RoundResult

__all__ = [
    "Coding",
    "ColumnarCopy",
    "ColumnarSegment",
    "CompositeIndex",
    "DisclosurePolicy",
    "IndexRun",
    "IndexRunUnit",
    "IndexTable",
    "IndexVersion",
    "ProfilePaper",
    "Release",
    "ReleasedSet",
    "ReleasedTable",
    "RoundResult",
    "Tabulation",
    "Theme",
]
