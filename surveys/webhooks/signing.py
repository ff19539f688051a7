"""Signatures of messages, as Standard Webhooks describes them.

A secret is made from the server's key and the nonce that the webhook's row keeps; it stands in no table.
So whoever reads the database, or a copy of it, signs nothing, and no key is kept beside the ones that
the server has. Changing ``SECRET_KEY`` gives every webhook another secret.
"""

import hashlib
import hmac
from base64 import b64encode, urlsafe_b64decode
from collections.abc import Sequence
from typing import Final

from surveys.common.tokens import token

PURPOSE: Final = "webhook"
START: Final = "whsec_"
"""What every secret begins with; the rest is the key in base64."""


def key_of(nonce: str) -> bytes:
    """The 32 bytes that messages are signed with."""
    return urlsafe_b64decode(token(PURPOSE, nonce) + "=")


def secret_of(nonce: str) -> str:
    """The secret as its receiver keeps it."""
    return START + b64encode(key_of(nonce)).decode()


def signature(keys: Sequence[bytes], *, message_id: str, timestamp: int, body: bytes) -> str:
    """The header ``Webhook-Signature``: one signature for each key, with a blank between.

    Each is that of ``<id>.<timestamp>.<body>`` by HMAC-SHA-256, in base64 after ``v1,``.
    """
    signed = f"{message_id}.{timestamp}.".encode() + body
    digests = (hmac.digest(key, signed, hashlib.sha256) for key in keys)
    return " ".join(f"v1,{b64encode(digest).decode()}" for digest in digests)
