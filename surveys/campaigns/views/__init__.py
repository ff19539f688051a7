"""The pages of campaigns and rounds."""

from surveys.campaigns.views.campaigns import (
    CampaignCreateView,
    CampaignListView,
    CampaignTargetsView,
    RoundCreateView,
)
from surveys.campaigns.views.library import LibraryItemRoundsView
from surveys.campaigns.views.rounds import (
    RoundCloseView,
    RoundFiguresView,
    RoundOpenView,
    RoundOverviewView,
    RoundUnitsView,
)
from surveys.campaigns.views.versions import VersionRoundsView

__all__ = [
    "CampaignCreateView",
    "CampaignListView",
    "CampaignTargetsView",
    "LibraryItemRoundsView",
    "RoundCloseView",
    "RoundCreateView",
    "RoundFiguresView",
    "RoundOpenView",
    "RoundOverviewView",
    "RoundUnitsView",
    "VersionRoundsView",
]
