"""Pages of the explorer: they read stored results only."""

from analytics.explorer.views.explorer import AnalysisListView, RoundExplorerView

__all__ = ["AnalysisListView", "RoundExplorerView"]
