"""Everything that changes agencies, accounts and roles."""

from surveys.organisations.services.accounts import AccountExists, PasswordTooWeak, create_account
from surveys.organisations.services.addresses import set_addresses
from surveys.organisations.services.invitation_mails import PURPOSE as INVITATION_PURPOSE
from surveys.organisations.services.invitations import (
    Acceptance,
    AccountClosed,
    InvitationEnded,
    Invited,
    Part,
    accept_invitation,
    invite_contacts,
    invite_person,
    link_of,
    revoke_invitation,
    secret_of,
)
from surveys.organisations.services.load import LoadReport, load_organisations
from surveys.organisations.services.people import (
    UploadApplied,
    apply_upload,
    keep_upload,
    rows_of,
)
from surveys.organisations.services.roles import (
    MembershipExists,
    OwnMembership,
    change_membership,
    grant_department_role,
    grant_membership,
    revoke_department_role,
    revoke_membership,
)
from surveys.organisations.services.substituting import (
    StandIn,
    SubstituteIsAbsent,
    SubstitutionDaysUnfit,
    SubstitutionDocumentMissing,
    SubstitutionEnded,
    SubstitutionOverlaps,
    end_substitution,
    substitute,
)

__all__ = [
    "INVITATION_PURPOSE",
    "Acceptance",
    "AccountClosed",
    "AccountExists",
    "InvitationEnded",
    "Invited",
    "LoadReport",
    "MembershipExists",
    "OwnMembership",
    "Part",
    "PasswordTooWeak",
    "StandIn",
    "SubstituteIsAbsent",
    "SubstitutionDaysUnfit",
    "SubstitutionDocumentMissing",
    "SubstitutionEnded",
    "SubstitutionOverlaps",
    "UploadApplied",
    "accept_invitation",
    "apply_upload",
    "change_membership",
    "create_account",
    "end_substitution",
    "grant_department_role",
    "grant_membership",
    "invite_contacts",
    "invite_person",
    "keep_upload",
    "link_of",
    "load_organisations",
    "revoke_department_role",
    "revoke_invitation",
    "revoke_membership",
    "rows_of",
    "secret_of",
    "set_addresses",
    "substitute",
]
