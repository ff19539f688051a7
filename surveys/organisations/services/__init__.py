"""Everything that changes agencies, accounts and roles."""

from surveys.organisations.services.accounts import AccountExists, PasswordTooWeak, create_account
from surveys.organisations.services.load import LoadReport, load_organisations
from surveys.organisations.services.roles import (
    grant_department_role,
    grant_membership,
    revoke_department_role,
    revoke_membership,
)

__all__ = [
    "AccountExists",
    "LoadReport",
    "PasswordTooWeak",
    "create_account",
    "grant_department_role",
    "grant_membership",
    "load_organisations",
    "revoke_department_role",
    "revoke_membership",
]
