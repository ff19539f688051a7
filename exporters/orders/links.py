"""Short-lived links to a file: signed, for one person, one export and one content."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.core.signing import BadSignature, TimestampSigner

from exporters.orders.models import Export
from surveys.organisations.models import User

LIFE: Final = timedelta(minutes=10)
SIGNER: Final = TimestampSigner(salt="exporters.orders.links")


class LinkDead(Exception):
    """The link was changed, or its time has run out."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a link says: which export, with which content, for whom."""

    export: int
    user: int
    sha256: str


def token_for(export: Export, user: User) -> str:
    """The part of an address that opens the file for ten minutes, to that person only."""
    return SIGNER.sign_object([export.pk, user.pk, export.sha256])


def read(token: str) -> Claim:
    """What a token says. Raises LinkDead."""
    try:
        export, user, sha256 = SIGNER.unsign_object(token, max_age=LIFE)
    except BadSignature as error:
        raise LinkDead from error
    return Claim(export, user, sha256)
