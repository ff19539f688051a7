"""Agencies as a tree, people, and what people are to agencies."""

from surveys.organisations.models.accounts import User, UserManager
from surveys.organisations.models.agencies import (
    PATH_LENGTH,
    Agency,
    AgencyIdentifier,
    AgencyManager,
    AgencyQuerySet,
    AgencySuccession,
    CurrentAgencyManager,
)
from surveys.organisations.models.changes import AgencyChange, FormerName
from surveys.organisations.models.invitations import AccountInvitation, AccountInvitationQuerySet
from surveys.organisations.models.roles import DepartmentRole, Membership, Substitution
from surveys.organisations.models.uploads import PeopleUpload

__all__ = [
    "PATH_LENGTH",
    "AccountInvitation",
    "AccountInvitationQuerySet",
    "Agency",
    "AgencyChange",
    "AgencyIdentifier",
    "AgencyManager",
    "AgencyQuerySet",
    "AgencySuccession",
    "CurrentAgencyManager",
    "DepartmentRole",
    "FormerName",
    "Membership",
    "PeopleUpload",
    "Substitution",
    "User",
    "UserManager",
]
