"""Tokens as lists, and by their secret."""

from datetime import datetime

from django.db.models import QuerySet

from surveys.common.tokens import hashed
from surveys.machines.models import ApiToken
from surveys.organisations.models import Agency, User
from surveys.organisations.rules import agencies_of, owners_of


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """A person's own tokens, the newest first."""
    return ApiToken.objects.visible_to(user).select_related("agency")


def token_by_secret(secret: str, *, at: datetime) -> ApiToken | None:
    """The token of a secret, with its person; None for one that opens nothing (any more)."""
    found = ApiToken.objects.valid_at(at).select_related("owner", "agency")
    return found.filter(token_hash=hashed(secret)).first()


def agencies_to_act_for(user: User) -> QuerySet[Agency]:
    """The agencies of which the person is a member, or in which they hold a department role."""
    return Agency.objects.filter(pk__in={*agencies_of(user), *owners_of(user)})
