"""Tokens are made, used and revoked."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surveys.audit.enums import Event
from surveys.audit.services import record
from surveys.common.errors import DomainError
from surveys.common.tokens import hashed
from surveys.machines.enums import Scope
from surveys.machines.models import LONGEST, NAME_LENGTH, PREFIX_LENGTH, ApiToken
from surveys.machines.queries import agencies_to_act_for
from surveys.organisations.models import Agency, User

START: Final = "kss_"
"""What every secret begins with, so that scanners of code find one that was left there."""
RANDOM_BYTES: Final = 32
USE_NOTED_EVERY: Final = timedelta(minutes=5)
MOST_TOKENS: Final = 50


class TokenNotDescribed(DomainError):
    """A token without a name or scopes, or with an agency that is not the person's."""

    code = "token_not_described"
    message = _("Give the token a name, and tick what it is good for.")
    status = 422


class TokenTooLong(DomainError):
    """A token that would hold for more than a year, or not at all."""

    code = "token_too_long"
    message = _("A token holds for a year at most, and ends after today.")
    status = 422


class AgencyNotYours(DomainError):
    """The token would act for an agency to which its person is nothing."""

    code = "agency_not_yours"
    message = _("You have no part in this agency, so no program of yours can act for it.")
    status = 422


class TooManyTokens(DomainError):
    """More tokens than anybody can keep apart."""

    code = "too_many_tokens"
    message = _("You have 50 tokens that hold. Revoke those that nobody uses any more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenWish:
    """What a token is to be: its name, what it is good for, until when, for which agency alone."""

    name: str
    scopes: Sequence[Scope]
    expires_at: datetime
    agency: Agency | None = None


@transaction.atomic
def make_token(wish: TokenWish, *, actor: User, at: datetime) -> tuple[ApiToken, str]:
    """A new token of the person's with its secret, which is known to nobody afterwards.

    Raises TokenNotDescribed, TokenTooLong, AgencyNotYours or TooManyTokens.
    """
    name = " ".join(wish.name.split())
    if not 0 < len(name) <= NAME_LENGTH or not wish.scopes:
        raise TokenNotDescribed
    if not at < wish.expires_at <= at + LONGEST:
        raise TokenTooLong
    if wish.agency and not agencies_to_act_for(actor).filter(pk=wish.agency.pk).exists():
        raise AgencyNotYours
    if ApiToken.objects.valid_at(at).filter(owner=actor).count() >= MOST_TOKENS:
        raise TooManyTokens
    secret = START + secrets.token_urlsafe(RANDOM_BYTES)
    token = ApiToken.objects.create(
        owner=actor,
        name=name,
        scopes=sorted({scope.value for scope in wish.scopes}),
        agency=wish.agency,
        prefix=secret[:PREFIX_LENGTH],
        token_hash=hashed(secret),
        created_at=at,
        expires_at=wish.expires_at,
    )
    data = {
        "name": name,
        "scopes": token.scopes,
        "agency": token.agency_id,
        "prefix": token.prefix,
        "expires_at": token.expires_at,
    }
    record(Event.API_TOKEN_MADE, token, actor=actor, at=at, data=data)
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, actor: User, at: datetime) -> None:
    """The token opens nothing from now on; revoked again, it stays as it is."""
    if not ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
        return
    data = {"name": token.name, "prefix": token.prefix}
    record(Event.API_TOKEN_REVOKED, token, actor=actor, at=at, data=data)


def note_use(token: ApiToken, *, at: datetime) -> None:
    """Note that the token was used, every five minutes at most: reading is to write nothing."""
    stale = at - USE_NOTED_EVERY
    if token.last_used_at is None or token.last_used_at < stale:
        unnoted = Q(last_used_at=None) | Q(last_used_at__lt=stale)
        ApiToken.objects.filter(unnoted, pk=token.pk).update(last_used_at=at)
