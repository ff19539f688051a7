"""Accounts are given by administrators."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.audit import services as audit
from surveys.audit.enums import Event
from surveys.common.errors import DomainError
from surveys.organisations.models import User


class AccountExists(DomainError):
    """An e-mail address stands for one account."""

    code = "account_exists"
    message = _("An account with this e-mail address exists already.")


class PasswordTooWeak(DomainError):
    """The password breaks the rules of the settings; ``details["reasons"]`` says which."""

    code = "password_too_weak"
    message = _("The password is too weak.")
    status = 422


@transaction.atomic
def create_account(
    *, email: str, full_name: str, password: str | None, actor: User | None, at: datetime
) -> User:
    """Give a person an account.

    Without a password the person sets one through the password reset. Raises AccountExists and
    PasswordTooWeak.
    """
    user = new_account(email=email, full_name=full_name, password=password)
    audit.record(Event.ACCOUNT_CREATED, user, actor=actor, at=at)
    return user


def new_account(*, email: str, full_name: str, password: str | None) -> User:
    """The account, not yet audited: for services of which it is a part.

    Raises AccountExists and PasswordTooWeak.
    """
    if User.objects.filter(email__iexact=email.strip()).exists():
        raise AccountExists
    if password is not None:
        try:
            validate_password(password, User(email=email, full_name=full_name))
        except ValidationError as refusal:
            raise PasswordTooWeak(" ".join(refusal.messages), reasons=refusal.messages) from refusal
    return User.objects.create_user(email.strip(), password, full_name=full_name.strip())
