"""Pages of the explorer: they read stored results only."""

from analytics.explorer.views.explorer import AnalysisListView, RoundExplorerView
from analytics.explorer.views.themes import (
    AnswerCodeView,
    RoundThemesView,
    ThemeCreateView,
    ThemeRemoveView,
)

__all__ = [
    "AnalysisListView",
    "AnswerCodeView",
    "RoundExplorerView",
    "RoundThemesView",
    "ThemeCreateView",
    "ThemeRemoveView",
]
