"""Agencies as a tree, people, and what people are to agencies."""

from surveys.organisations.models.accounts import User, UserManager
from surveys.organisations.models.agencies import (
    Agency,
    AgencyIdentifier,
    AgencyManager,
    AgencyQuerySet,
    AgencySuccession,
    CurrentAgencyManager,
)
from surveys.organisations.models.invitations import AccountInvitation, AccountInvitationQuerySet
from surveys.organisations.models.roles import DepartmentRole, Membership, Substitution
from surveys.organisations.models.uploads import PeopleUpload

__all__ = [
    "AccountInvitation",
    "AccountInvitationQuerySet",
    "Agency",
    "AgencyIdentifier",
    "AgencyManager",
    "AgencyQuerySet",
    "AgencySuccession",
    "CurrentAgencyManager",
    "DepartmentRole",
    "Membership",
    "PeopleUpload",
    "Substitution",
    "User",
    "UserManager",
]
