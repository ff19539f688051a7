"""The pages of agencies, signing in and the language."""

from surveys.organisations.views.accounts import (
    ClosedAccountView,
    ResetFinishedView,
    ResetFromKeyView,
    ResetSentView,
    ResetView,
    SignInView,
    SignOutView,
)
from surveys.organisations.views.agencies import AgencyDetailView, AgencyListView
from surveys.organisations.views.language import SetLanguageView

__all__ = [
    "AgencyDetailView",
    "AgencyListView",
    "ClosedAccountView",
    "ResetFinishedView",
    "ResetFromKeyView",
    "ResetSentView",
    "ResetView",
    "SetLanguageView",
    "SignInView",
    "SignOutView",
]
