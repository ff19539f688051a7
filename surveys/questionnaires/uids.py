"""Hidden ids of nodes."""

import secrets
from typing import Final

UID_BYTES: Final = 5


def new_uid() -> str:
    """A hidden id for a node, unique for practical purposes."""
    return secrets.token_hex(UID_BYTES)
