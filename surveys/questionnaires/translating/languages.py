"""What languages are called."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: Final[Mapping[str, Promise]] = {
    "vi": _("Vietnamese"),
    "en": _("English"),
    "tyz": _("Tày"),
    "blt": _("Thái"),
    "mtq": _("Mường"),
    "km": _("Khmer"),
    "nut": _("Nùng"),
    "hmn": _("Hmong"),
    "jra": _("Gia Rai"),
    "rad": _("Ê Đê"),
    "bdq": _("Ba Na"),
    "cjm": _("Chăm"),
    "zh": _("Chinese"),
    "fr": _("French"),
    "ja": _("Japanese"),
    "ko": _("Korean"),
    "lo": _("Lao"),
}
"""Languages that are offered; every other one goes by its code."""


def named(language: str) -> str:
    """The language's name for the reader; its code where it has none here."""
    return str(NAMES.get(language, language))
