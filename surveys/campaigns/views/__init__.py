"""The pages of campaigns and rounds."""

from surveys.campaigns.views.acts import (
    RoundCancelView,
    RoundCopyView,
    RoundPostponeView,
    RoundReopenView,
    RoundSettingsView,
)
from surveys.campaigns.views.agreements import (
    ExtensionAskView,
    ExtensionDecideView,
    ExtensionWithdrawView,
    RefusalWithdrawView,
    RoundAgreementsView,
    RoundExtendView,
    RoundRefusalView,
)
from surveys.campaigns.views.campaigns import (
    CampaignCreateView,
    CampaignListView,
    CampaignTargetsView,
    RoundCreateView,
)
from surveys.campaigns.views.chains import SignOffChainView
from surveys.campaigns.views.conducting import (
    CampaignDetailView,
    CampaignEditView,
    CampaignEndView,
    CampaignPauseView,
    CampaignPlanView,
    CampaignStartView,
)
from surveys.campaigns.views.library import LibraryItemRoundsView
from surveys.campaigns.views.links import AccessLinkView, AccessView
from surveys.campaigns.views.log import RoundLogView
from surveys.campaigns.views.mails import (
    RoundMailAgainView,
    RoundMailRevokeView,
    RoundMailsView,
    RoundMailWordsResetView,
    RoundMailWordsView,
    RoundRemindView,
)
from surveys.campaigns.views.rounds import (
    RoundCloseView,
    RoundFiguresView,
    RoundOpenView,
    RoundOverviewView,
    RoundUnitsFileView,
    RoundUnitsView,
)
from surveys.campaigns.views.targets import (
    CampaignRulePreviewView,
    CampaignRuleView,
    RoundAskedView,
)
from surveys.campaigns.views.versions import VersionRoundsView

__all__ = [
    "AccessLinkView",
    "AccessView",
    "CampaignCreateView",
    "CampaignDetailView",
    "CampaignEditView",
    "CampaignEndView",
    "CampaignListView",
    "CampaignPauseView",
    "CampaignPlanView",
    "CampaignRulePreviewView",
    "CampaignRuleView",
    "CampaignStartView",
    "CampaignTargetsView",
    "ExtensionAskView",
    "ExtensionDecideView",
    "ExtensionWithdrawView",
    "LibraryItemRoundsView",
    "RefusalWithdrawView",
    "RoundAgreementsView",
    "RoundAskedView",
    "RoundCancelView",
    "RoundCloseView",
    "RoundCopyView",
    "RoundCreateView",
    "RoundExtendView",
    "RoundFiguresView",
    "RoundLogView",
    "RoundMailAgainView",
    "RoundMailRevokeView",
    "RoundMailWordsResetView",
    "RoundMailWordsView",
    "RoundMailsView",
    "RoundOpenView",
    "RoundOverviewView",
    "RoundPostponeView",
    "RoundRefusalView",
    "RoundRemindView",
    "RoundReopenView",
    "RoundSettingsView",
    "RoundUnitsFileView",
    "RoundUnitsView",
    "SignOffChainView",
    "VersionRoundsView",
]
