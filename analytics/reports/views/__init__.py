"""The report of a round, and the profiles of units."""

from analytics.reports.views.profiles import (
    OwnReportPaperView,
    OwnReportView,
    UnitProfilePaperView,
    UnitProfileView,
)
from analytics.reports.views.rounds import RoundReportView

__all__ = [
    "OwnReportPaperView",
    "OwnReportView",
    "RoundReportView",
    "UnitProfilePaperView",
    "UnitProfileView",
]
