"""The settings of ODK Collect for a token, as a code that it scans."""

import base64
import json
import zlib
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from surveys.documents.qr import qr_svg
from surveys.machines.enums import Scope
from surveys.machines.models import ApiToken

NEEDED: Final = frozenset({Scope.RESPONSE_READ, Scope.RESPONSE_WRITE})
"""What a device does with a token: it fetches forms, and sends answers."""


@dataclass(frozen=True, slots=True)
class CollectSettings:
    """The server address with the secret in it, and the code to scan."""

    address: str
    code: SafeString


def collect_settings(token: ApiToken, secret: str, root: str) -> CollectSettings | None:
    """The settings for a token that was just made; None where it is not good for a device.

    ``root``: where the server is reached, with a slash at its end.
    """
    if not all(token.has_scope(scope) for scope in NEEDED):
        return None
    address = f"{root}openrosa/{secret}"
    code = qr_svg(packed(address, token.name), label=_("Settings for ODK Collect"))
    return CollectSettings(address, mark_safe(code))  # noqa: S308  (drawn by us, its label escaped)


def packed(address: str, name: str) -> str:
    """Settings as Collect reads them: JSON, compressed by zlib, in base64."""
    settings = {
        "general": {
            "server_url": address,
            "username": "",
            "password": "",
            "form_update_mode": "match_exactly",
        },
        "admin": {},
        "project": {"name": name},
    }
    plain = json.dumps(settings, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b64encode(zlib.compress(plain, 9)).decode()
