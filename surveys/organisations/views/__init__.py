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
from surveys.organisations.views.changes import (
    AgencyMergeView,
    AgencyMoveView,
    AgencyRenameView,
    AgencySplitView,
)
from surveys.organisations.views.invitations import InvitationLinkView, InvitationView
from surveys.organisations.views.language import SetLanguageView
from surveys.organisations.views.people import (
    AgencyAddressView,
    InvitationRevokeView,
    MembershipEditView,
    MembershipEndView,
    PersonInviteView,
)
from surveys.organisations.views.substitutes import SubstitutesView, SubstitutionEndView
from surveys.organisations.views.uploads import (
    PeoplePreviewView,
    PeopleRefusedView,
    PeopleSampleView,
    PeopleUploadView,
)

__all__ = [
    "AgencyAddressView",
    "AgencyDetailView",
    "AgencyListView",
    "AgencyMergeView",
    "AgencyMoveView",
    "AgencyRenameView",
    "AgencySplitView",
    "ClosedAccountView",
    "InvitationLinkView",
    "InvitationRevokeView",
    "InvitationView",
    "MembershipEditView",
    "MembershipEndView",
    "PeoplePreviewView",
    "PeopleRefusedView",
    "PeopleSampleView",
    "PeopleUploadView",
    "PersonInviteView",
    "ResetFinishedView",
    "ResetFromKeyView",
    "ResetSentView",
    "ResetView",
    "SetLanguageView",
    "SignInView",
    "SignOutView",
    "SubstitutesView",
    "SubstitutionEndView",
]
