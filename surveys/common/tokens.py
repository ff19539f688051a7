"""Secrets of links: made from the server's key, never stored.

A link's secret is ``token(purpose, nonce)``; the row keeps the nonce and ``hashed(secret)``. Whoever
reads the database cannot make a link, and a mail that is sent again carries the same one.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from typing import Final

from django.conf import settings
from django.utils.crypto import get_random_string

LENGTH: Final = 43
"""Characters of a token: 256 bits in base64url."""
NONCE_LENGTH: Final = 32


def new_nonce() -> str:
    """A nonce that no other link has: 190 random bits."""
    return get_random_string(NONCE_LENGTH)


def token(purpose: str, nonce: str) -> str:
    """The secret of the link that the nonce stands for; other purposes have other secrets.

    The same on every call as long as ``SECRET_KEY`` stays: changing it ends every link.
    """
    assert "\n" not in purpose, "the line end parts the purpose from the nonce"
    message = f"{purpose}\n{nonce}".encode()
    digest = hmac.digest(settings.SECRET_KEY.encode(), message, hashlib.sha256)
    return urlsafe_b64encode(digest).decode().rstrip("=")


def hashed(secret: str) -> str:
    """What is stored of a secret: its SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_token(secret: str, *, purpose: str, nonce: str) -> bool:
    """Whether the secret is that of the nonce, in a time that tells nothing."""
    return hmac.compare_digest(secret.encode(), token(purpose, nonce).encode())
