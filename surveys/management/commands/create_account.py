"""``manage.py create_account EMAIL``: an account, with memberships and roles if wanted."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from surveys.common.errors import DomainError
from surveys.organisations.enums import DepartmentRoleName, MembershipRole
from surveys.organisations.models import Agency
from surveys.organisations.services import (
    create_account,
    grant_department_role,
    grant_membership,
)


class Command(BaseCommand):
    """Gives a person an account."""

    help = "Create an account; memberships and roles are given as AGENCY_KEY:ROLE."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and what the person may do."""
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="full name")
        parser.add_argument(
            "--no-password",
            action="store_true",
            help="the person sets one through the password reset; otherwise it is asked for",
        )
        parser.add_argument(
            "--member",
            action="append",
            default=[],
            metavar="AGENCY:ROLE",
            help=f"ROLE is one of {', '.join(MembershipRole.values)}",
        )
        parser.add_argument(
            "--role",
            action="append",
            default=[],
            metavar="OWNER:ROLE",
            help=f"ROLE is one of {', '.join(DepartmentRoleName.values)}",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Create the account, all or nothing."""
        at = timezone.now()
        memberships = [_split(text, MembershipRole.values) for text in options["member"]]
        roles = [_split(text, DepartmentRoleName.values) for text in options["role"]]
        password = None if options["no_password"] else getpass.getpass("Password: ")
        try:
            with transaction.atomic():
                user = create_account(
                    email=options["email"],
                    full_name=options["name"],
                    password=password,
                    actor=None,
                    at=at,
                )
                for agency, role in memberships:
                    grant_membership(user=user, agency=agency, role=role, actor=None, at=at)
                for owner, role in roles:
                    grant_department_role(user=user, owner=owner, role=role, actor=None, at=at)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Created {user.email}")


def _split(text: str, roles: list[str]) -> tuple[Agency, str]:
    key, _colon, role = text.partition(":")
    if role not in roles:
        raise CommandError(f"{text!r}: the role must be one of {', '.join(roles)}.")
    agency = Agency.objects.filter(key=key).first()
    if agency is None:
        raise CommandError(f"{text!r}: there is no agency with the key {key!r}.")
    return agency, role
